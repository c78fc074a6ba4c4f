package intake

const runningSQL = `select id, kind, file, sha256, columns, datum, person_id, rows, written, rejected, started_at, finished_at from imports
	where kind = $1 and sha256 = $2 and columns = $3 and datum = $4 and person_id is not distinct from $5 and finished_at is null`

const beginSQL = `insert into imports (id, kind, file, sha256, columns, datum, person_id, rows, written, rejected, started_at)
	values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, $8) on conflict do nothing`

const lockSQL = `select rows from imports where id = $1 and finished_at is null for update`

const moveOnSQL = `update imports set rows = $2, written = $3, rejected = $4 where id = $1`

const finishSQL = `update imports set finished_at = $2 where id = $1 and rows = $3 and finished_at is null`

const saveProfileSQL = `insert into import_profiles (name, kind, columns, datum, saved_at) values ($1, $2, $3, $4, $5)
	on conflict (kind, name) do update set columns = excluded.columns, datum = excluded.datum, saved_at = excluded.saved_at`

const profileSQL = `select columns, datum from import_profiles where kind = $1 and name = $2`

const profilesSQL = `select name, columns, datum from import_profiles where kind = $1 order by name`
