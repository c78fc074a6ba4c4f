package clue

import "gridwork/actor"

const clueColumns = `id, payload_hash, number, source, mark, text, category, urgent, state, version, lon, lat, datum,
	accuracy_m, position_source, mocked, captured_at, point, cell, street, border_m, submitted_at, case_id, reason, decided_at`

// One round trip decides whether the id is new, and writes the first line of the history with it.
const insertClueSQL = `with stored as (
		insert into clues (id, payload_hash, source, mark, claim_hash, text, category, urgent, state, version,
			lon, lat, datum, accuracy_m, position_source, mocked, captured_at, point, cell, street, border_m, submitted_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted', 1, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
		on conflict (id) do nothing returning id, number, source, submitted_at
	), noted as (
		insert into clue_events (id, clue_id, at, kind, actor_role, detail)
		select $21, id, submitted_at, 'submitted', source, '{}' from stored
	)
	select number from stored`

const insertEventSQL = `insert into clue_events (id, clue_id, at, kind, actor_id, actor_role, detail)
	values ($1, $2, $3, $4, $5, $6, $7)`

const clueSQL = `select ` + clueColumns + ` from clues where id = $1`

// visible keeps clues (alias scoped) to those that the viewer may see: of the streets in scope ($1, $2), one's own by
// mark ($3), those that one was asked to verify ($4).
const visible = ` (` + actor.InRegion + ` or scoped.mark = $3
	or exists (select from verify_tasks asked where asked.clue_id = scoped.id and asked.assignee_id = $4)) `

const visibleCluesSQL = `select ` + clueColumns + ` from clues scoped where ` + visible + ` and id = any($5::uuid[]) order by id`

const takeClueSQL = `select ` + clueColumns + ` from clues scoped where ` + visible + ` and id = $5 for update`

const lockClueSQL = `select ` + clueColumns + ` from clues where id = $1 for update`

const settleSQL = `update clues set state = $2, version = $3, case_id = $4, reason = $5, decided_at = $6 where id = $1`

// The streets that the scope ($1, $2) and the filter's region ($3) reach: each is one ordered walk through an index.
const reach = ` (select scoped.street from (select code as street from regions where level = 'street' and code ^@ $3) scoped
	where ` + actor.InRegion + `) reach `

// What a filter keeps: states $4, category $5, text $6 (in lower case, or a number).
const filtered = ` ($4::text[] is null or state = any($4)) and ($5::text is null or category = $5)
	and ($6::text is null or position($6 in lower(text)) > 0 or number::text = $6) `

// The state is said twice: the first one lets the planner take the index of the queue.
const queueSQL = `select clue.* from ` + reach + `
	cross join unnest($8::boolean[], $9::timestamptz[], $10::uuid[]) as part(urgent, after_at, after_id)
	cross join lateral (
		select ` + clueColumns + ` from clues
		where street = reach.street and urgent = part.urgent and (submitted_at, id) > (part.after_at, part.after_id)
		  and state in ('submitted', 'verifying') and ` + filtered + `
		order by submitted_at, id limit $7
	) clue
	order by clue.urgent desc, clue.submitted_at, clue.id limit $7`

const listSQL = `select clue.* from ` + reach + `
	cross join lateral (
		select ` + clueColumns + ` from clues
		where street = reach.street and (submitted_at, id) < ($8::timestamptz, $9::uuid)
		  and ($10::boolean is null or urgent = $10) and ` + filtered + `
		order by submitted_at desc, id desc limit $7
	) clue
	order by clue.submitted_at desc, clue.id desc limit $7`

const mineSQL = `select ` + clueColumns + ` from clues where mark = $1 and (submitted_at, id) < ($2::timestamptz, $3::uuid)
	order by submitted_at desc, id desc limit $4`

const cluesOfCasesSQL = `select ` + clueColumns + ` from clues where case_id = any($1::uuid[])
	order by case_id, submitted_at, id`

const eventsSQL = `select id, clue_id, at, kind, actor_id, actor_role, detail from clue_events
	where clue_id = any($1::uuid[]) order by clue_id, id`

const clueByClaimSQL = `select ` + clueColumns + ` from clues where claim_hash = $1`

const progressSQL = `select clues.id, clues.number, clues.category, clues.submitted_at, clues.state, clues.version, clues.reason,
	clues.decided_at, cases.state as case_state, cases.accepted_at, cases.reported_at, cases.closed_at
	from clues left join cases on cases.id = clues.case_id
	where clues.id = any($1::uuid[]) order by clues.id`

const taskColumns = `id, clue_id, cell, street, assignee_id, state, asked_by, asked_at, due_at, answered_at, note, point`

const insertTaskSQL = `insert into verify_tasks (id, clue_id, cell, street, assignee_id, state, asked_by, asked_at, due_at)
	values ($1, $2, $3, $4, $5, 'open', $6, $7, $8)`

const taskSQL = `select ` + taskColumns + ` from verify_tasks where id = $1 and assignee_id = $2`

const tasksOfCluesSQL = `select ` + taskColumns + ` from verify_tasks where clue_id = any($1::uuid[]) order by clue_id, asked_at, id`

const visibleTasksSQL = `select ` + taskColumns + ` from verify_tasks scoped
	where (` + actor.InRegion + ` or assignee_id = $3) and id = any($4::uuid[]) order by id`

const tasksOfAssigneeSQL = `select ` + taskColumns + ` from verify_tasks
	where assignee_id = $1 and state = 'open' and (asked_at, id) > ($2::timestamptz, $3::uuid) order by asked_at, id limit $4`

const answerTaskSQL = `update verify_tasks set state = $2, answered_at = $3, note = $4, point = $5
	where id = $1 and state = 'open'`

const callOffSQL = `update verify_tasks set state = 'cancelled' where clue_id = $1 and state = 'open'`
