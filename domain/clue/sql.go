package clue

import "gridwork/actor"

const clueColumns = `id, payload_hash, number, source, mark, text, category, urgent, state, version, lon, lat, datum,
	accuracy_m, position_source, mocked, captured_at, point, cell, street, border_m, submitted_at, case_id, reason, decided_at,
	restricted, malice_asked_by, malice_reason`

// One round trip decides whether the id is new, and writes the first line of the history with it. No column is named to
// conflict on: the same anonymous report sent twice at once has the same claim code, and may meet its twin there first.
const insertClueSQL = `with stored as (
		insert into clues (id, payload_hash, source, mark, claim_hash, text, category, urgent, state, version,
			lon, lat, datum, accuracy_m, position_source, mocked, captured_at, point, cell, street, border_m, submitted_at, restricted)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted', 1, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
		on conflict do nothing returning id, number, source, submitted_at
	), noted as (
		insert into clue_events (id, clue_id, at, kind, actor_role, detail)
		select $22, id, submitted_at, 'submitted', source, '{}' from stored
	)
	select number from stored`

const insertEventSQL = `insert into clue_events (id, clue_id, at, kind, actor_id, actor_role, detail)
	values ($1, $2, $3, $4, $5, $6, $7)`

const clueSQL = `select ` + clueColumns + ` from clues where id = $1`

// unrestricted keeps out clues behind a restricted case: those are for its named readers ($4 is the viewer, null the platform).
const unrestricted = ` ($4::uuid is null or scoped.case_id is null or not exists (select from cases hidden
	where hidden.id = scoped.case_id and hidden.restricted and not exists (select from case_readers named
		where named.case_id = hidden.id and named.person_id = $4))) `

// confined keeps out restricted clues that are no case, but for those who decide on clues there; between its halves stand
// the regions where the viewer does.
const (
	confined    = ` (not scoped.restricted or scoped.case_id is not null or exists (select from unnest(`
	toWhoTriage = `::text[]) as triage(region) where scoped.street ^@ triage.region)) `
)

// visible keeps clues (alias scoped) to those that the viewer may see: of the streets in scope ($1, $2), one's own by
// mark ($3), those that one was asked to verify ($4); restricted ones where the viewer decides on clues ($5).
const visible = ` (scoped.mark = $3 or ` + unrestricted + ` and (` + actor.InRegion + ` and ` + confined + `$5` + toWhoTriage + `
	or exists (select from verify_tasks asked where asked.clue_id = scoped.id and asked.assignee_id = $4))) `

const visibleCluesSQL = `select ` + clueColumns + ` from clues scoped where ` + visible + ` and id = any($6::uuid[]) order by id`

const takeClueSQL = `select ` + clueColumns + ` from clues scoped where ` + visible + ` and id = $6 for update`

const lockClueSQL = `select ` + clueColumns + ` from clues where id = $1 for update`

const settleSQL = `update clues set state = $2, version = $3, case_id = $4, reason = $5, decided_at = $6, restricted = $7,
	malice_asked_by = $8, malice_reason = $9 where id = $1`

// The streets that the scope ($1, $2) and the filter's region ($3) reach: each is one ordered walk through an index.
const reach = ` (select scoped.street from (select code as street from regions where level = 'street' and code ^@ $3) scoped
	where ` + actor.InRegion + `) reach `

// What a filter keeps besides the state: category $6, text $7 (in lower case, or a number).
const filtered = ` ($6::text is null or category ^@ $6)
	and ($7::text is null or position($7 in lower(text)) > 0 or number::text = $7) `

// The state is said twice: the first one lets the planner take the index of the queue.
const queueSQL = `select clue.* from ` + reach + `
	cross join unnest($9::boolean[], $10::timestamptz[], $11::uuid[]) as part(urgent, after_at, after_id)
	cross join lateral (
		select ` + clueColumns + ` from clues scoped
		where street = reach.street and urgent = part.urgent and (submitted_at, id) > (part.after_at, part.after_id)
		  and state in ('submitted', 'verifying') and state = any($5::text[]) and ` + filtered + ` and ` + unrestricted + ` and ` + confined + `$12` + toWhoTriage + `
		order by submitted_at, id limit $8
	) clue
	order by clue.urgent desc, clue.submitted_at, clue.id limit $8`

const listSQL = `select clue.* from ` + reach + `
	cross join unnest($5::text[]) as wanted(state)
	cross join lateral (
		select ` + clueColumns + ` from clues scoped
		where street = reach.street and state = wanted.state and (submitted_at, id) < ($9::timestamptz, $10::uuid)
		  and ($11::boolean is null or urgent = $11) and ` + filtered + ` and ` + unrestricted + ` and ` + confined + `$12` + toWhoTriage + `
		order by submitted_at desc, id desc limit $8
	) clue
	order by clue.submitted_at desc, clue.id desc limit $8`

const mineSQL = `select ` + clueColumns + ` from clues where mark = $1 and (submitted_at, id) < ($2::timestamptz, $3::uuid)
	order by submitted_at desc, id desc limit $4`

const cluesOfCasesSQL = `select ` + clueColumns + ` from clues where case_id = any($1::uuid[])
	order by case_id, submitted_at, id`

const caseOfClueSQL = `select case_id from clues where id = $1`

const eventsSQL = `select id, clue_id, at, kind, actor_id, actor_role, detail from clue_events
	where clue_id = any($1::uuid[]) order by clue_id, id`

const clueByClaimSQL = `select ` + clueColumns + ` from clues where claim_hash = $1`

const progressSQL = `select clues.id, clues.number, clues.category, clues.submitted_at, clues.state, clues.version, clues.reason,
	clues.decided_at, cases.state as case_state, cases.accepted_at, cases.reported_at, cases.closed_at,
	cases.contestable_until
	from clues left join cases on cases.id = clues.case_id
	where clues.id = any($1::uuid[]) order by clues.id`

const taskColumns = `id, clue_id, cell, street, assignee_id, state, asked_by, asked_at, due_at, answered_at, note, point`

const insertTaskSQL = `insert into verify_tasks (id, clue_id, cell, street, assignee_id, state, asked_by, asked_at, due_at)
	values ($1, $2, $3, $4, $5, 'open', $6, $7, $8)`

const taskSQL = `select ` + taskColumns + ` from verify_tasks where id = $1 and assignee_id = $2`

const anyTaskSQL = `select ` + taskColumns + ` from verify_tasks where id = $1`

const tasksOfCluesSQL = `select ` + taskColumns + ` from verify_tasks where clue_id = any($1::uuid[]) order by clue_id, asked_at, id`

const tasksOfAssigneeSQL = `select ` + taskColumns + ` from verify_tasks
	where assignee_id = $1 and state = 'open' and (asked_at, id) > ($2::timestamptz, $3::uuid) order by asked_at, id limit $4`

const answerTaskSQL = `update verify_tasks set state = $2, answered_at = $3, note = $4, point = $5
	where id = $1 and state = 'open'`

const callOffSQL = `update verify_tasks set state = 'cancelled' where clue_id = $1 and state = 'open'`
