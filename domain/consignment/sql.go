package consignment

const receiveSQL = `insert into import_files (id, person_id, name, bytes, sha256, received_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`

const fileSQL = `select id, person_id, name, bytes, sha256, received_at, dropped_at from import_files where id = $1 and person_id = $2 and dropped_at is null`

const importsOf = `select i.id, i.kind, i.file, i.person_id, case when i.finished_at is not null then 'done' else coalesce(r.state, 'stopped') end as state, i.datum,
		i.rows, i.written, i.rejected, r.about, r.code, r.reason, r.field, i.started_at, i.finished_at, i.person_id is not distinct from $1 as own,
		f.id is not null and f.dropped_at is null as kept, r.import_id is not null as bypage, coalesce(r.header, '{}') as header
	from imports i left join import_runs r on r.import_id = i.id left join import_files f on f.id = r.file_id
	where ($2::boolean or i.person_id = $1::uuid)`

const listSQL = importsOf + ` and ($3::uuid is null or i.id < $3) order by i.id desc limit $4`

const oneSQL = importsOf + ` and i.id = $3`

const rejectsSQL = `select id, row, field, code, reason, cells from import_rejects where import_id = $1 and id > coalesce($2, 0) order by id limit $3`

const setGoingSQL = `insert into import_runs (import_id, file_id, layer, approval, anyway, header, state, epoch) values ($1, $2, $3, $4, $5, $6, 'running', 1)
	on conflict (import_id) do update set file_id = excluded.file_id, layer = excluded.layer, approval = excluded.approval, anyway = excluded.anyway, header = excluded.header,
		state = 'running', code = null, reason = null, field = null, epoch = import_runs.epoch + 1
	where import_runs.state <> 'running' returning epoch`

const goOnSQL = `update import_runs set state = 'running', code = null, reason = null, field = null, epoch = epoch + 1
	where import_id = $1 and state <> 'running' returning epoch`

const stopSQL = `update import_runs r set state = 'stopped' from imports i where r.import_id = $1 and i.id = r.import_id and r.state = 'running' and i.finished_at is null`

const runSQL = `select r.file_id, r.layer, r.approval, r.anyway, r.header, r.state, r.epoch, r.about, f.name, f.person_id, f.dropped_at
	from import_runs r join import_files f on f.id = r.file_id where r.import_id = $1`

const loadSQL = `select id, kind, file, sha256, columns, datum, person_id, rows, written, rejected, started_at, finished_at from imports where id = $1`

const aboutSQL = `update import_runs set about = $2 where import_id = $1`

const goesOnSQL = `select state = 'running' and epoch = $2 from import_runs where import_id = $1 for update`

const rejectSQL = `insert into import_rejects (import_id, row, field, code, reason, cells)
	select $1, r.row, r.field, r.code, r.reason, array(select jsonb_array_elements_text(r.cells))
	from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::jsonb[]) with ordinality as r(row, field, code, reason, cells, nth) order by r.nth`

const breakSQL = `update import_runs set state = 'broken', code = $3, reason = $4, field = $5 where import_id = $1 and epoch = $2 and state = 'running'`

// A file that nobody has begun to take in waits for a day, one whose import is not over for a week.
const overSQL = `select f.id, f.name from import_files f
	where f.dropped_at is null and not exists (select from import_runs r join imports i on i.id = r.import_id
		where r.file_id = f.id and i.finished_at is null and (r.state = 'running' or f.received_at >= $2))
		and (f.received_at < $1 or exists (select from import_runs r where r.file_id = f.id))
	order by f.received_at, f.id limit $3`

const droppedSQL = `update import_files set dropped_at = $2 where id = any($1) and dropped_at is null`

const forgetRejectsSQL = `delete from import_rejects where id in (
	select r.id from import_rejects r join imports i on i.id = r.import_id where i.started_at < $1 order by r.id limit $2)`
