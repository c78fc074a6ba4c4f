package casework

import "gridwork/domain/escalation"

const rederivationColumns = `rederivations.id, rederivations.from_version, rederivations.to_version, rederivations.state,
	rederivations.total, rederivations.done, rederivations.moved, rederivations.part, rederivations.cursor, rederivations.started_at,
	rederivations.finished_at`

const insertRederivationSQL = `insert into rederivations (id, from_version, to_version, state, total, done, moved, part, cursor, started_at)
	select $1, $2, $3, 'running', count(*), 0, 0, 'case', '00000000-0000-0000-0000-000000000000', $4
	from clocks where stopped_at is null and calendar_version < $3
	returning ` + rederivationColumns

// The oldest version that is left behind, where nobody is about to carry it over. Two lookups in one index.
const laggardSQL = `select behind.version as from_version, newest.version as to_version
	from (select min(calendar_version) as version from clocks where stopped_at is null and calendar_version is not null) behind,
		(select max(version) as version from calendars) newest
	where behind.version < newest.version
		and not exists (select from rederivations r where r.to_version = newest.version and r.state = 'running')`

const lockRederivationSQL = `select ` + rederivationColumns + ` from rederivations where id = $1 and state = 'running' for update`

const updateRederivationSQL = `update rederivations set state = $2, done = $3, moved = $4, part = $5, cursor = $6, finished_at = $7 where id = $1`

const rederivationSQL = `select ` + rederivationColumns + ` from rederivations where id = $1 and $2`

const rederivationsSQL = `select ` + rederivationColumns + ` from rederivations
	where (started_at, id) < ($1::timestamptz, $2::uuid) and $4 order by started_at desc, id desc limit $3`

// The next cases or clues with a clock to carry over: an ordered walk through the index of those that run.
const nextCasesSQL = `select distinct case_id from clocks
	where stopped_at is null and case_id is not null and case_id > $1 and calendar_version < $2 order by case_id limit $3`

const nextCluesSQL = `select distinct clue_id from clocks
	where stopped_at is null and clue_id is not null and clue_id > $1 and calendar_version < $2 order by clue_id limit $3`

// Nobody is skipped, and everybody locks in this order.
const holdCasesSQL = `select id from cases where id = any($1) order by id for no key update`

const holdCluesSQL = `select id from clues where id = any($1) order by id for no key update`

const carryCasesSQL = `update cases set due_at = carried.due_at, epoch = cases.epoch + 1
	from unnest($1::uuid[], $2::timestamptz[]) as carried(id, due_at) where cases.id = carried.id`

const carryChecksSQL = `update check_tasks set due_at = carried.due_at
	from unnest($1::uuid[], $2::timestamptz[]) as carried(id, due_at) where check_tasks.case_id = carried.id and check_tasks.state = 'open'`

const carryVerificationsSQL = `update verify_tasks set due_at = carried.due_at
	from unnest($1::uuid[], $2::timestamptz[]) as carried(id, due_at) where verify_tasks.clue_id = carried.id and verify_tasks.state = 'open'`

const insertRederivedCasesSQL = `insert into case_events (id, case_id, round, at, kind, actor_role, detail)
	select moved.id, cases.id, cases.round, $1, 'rederived', $2, moved.detail
	from unnest($3::uuid[], $4::uuid[], $5::jsonb[]) as moved(id, case_id, detail) join cases on cases.id = moved.case_id`

const insertRederivedCluesSQL = `insert into clue_events (id, clue_id, at, kind, actor_role, detail)
	select moved.id, moved.clue_id, $1, 'rederived', $2, moved.detail
	from unnest($3::uuid[], $4::uuid[], $5::jsonb[]) as moved(id, clue_id, detail)`

// Restricted cases are counted and never listed; a clue that waits for a decision has no case yet.
const openClocksSQL = `select ` + escalation.ClockColumns + `, coalesce(cases.number, 0) as case_number,
		coalesce(clues.number, 0) as clue_number, coalesce(cases.restricted, false) as restricted
	from clocks left join cases on cases.id = clocks.case_id left join clues on clues.id = clocks.clue_id
	where clocks.stopped_at is null and clocks.calendar_version is not null`
