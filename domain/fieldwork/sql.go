package fieldwork

import "gridwork/actor"

const claimSQL = `insert into receipts (operation_id, device_id, kind, payload_hash, body, captured_at, received_at, answer)
	values ($1, $2, $3, $4, $5, $6, $7, '{}') on conflict (operation_id) do nothing`

const receiptSQL = `select payload_hash, body, answer from receipts where operation_id = $1`

const settleSQL = `update receipts set answer = $2 where operation_id = $1`

// What an operation is about, by its id or code: where that lies, which case it belongs to, and how it stands.
const (
	clueVersionSQL = `select street, case_id, jsonb_build_object('state', state, 'text', text, 'category', category,
			'capturedAt', captured_at, 'submittedAt', submitted_at) as theirs from clues where id = $1::text::uuid`

	inspectionVersionSQL = `select t.street, null::uuid as case_id, jsonb_build_object('state', t.state, 'assignee', t.assignee_id,
			'doneAt', t.done_at, 'answers', i.answers, 'person', i.person_id, 'capturedAt', i.captured_at) as theirs
		from inspection_tasks t left join inspections i on i.task_id = t.id where t.id = $1::text::uuid`

	verificationVersionSQL = `select street, null::uuid as case_id, jsonb_build_object('state', state, 'assignee', assignee_id,
			'answeredAt', answered_at, 'note', note) as theirs from verify_tasks where id = $1::text::uuid`

	checkVersionSQL = `select street, case_id, jsonb_build_object('state', state, 'assignee', assignee_id, 'answeredAt', answered_at,
			'fixed', fixed, 'note', note) as theirs from check_tasks where id = $1::text::uuid`

	caseVersionSQL = `select street, id as case_id, jsonb_build_object('state', state, 'handler', handler_id, 'version', version,
			'reportedAt', reported_at) as theirs from cases where id = $1::text::uuid`

	alarmVersionSQL = `select street, null::uuid as case_id, jsonb_build_object('state', state, 'outcome', outcome, 'endedAt', ended_at) as theirs
		from alarms where id = $1::text::uuid`

	premisesVersionSQL = `select street, null::uuid as case_id, jsonb_build_object('name', name, 'kind', kind, 'legal_entity', legal_entity,
			'credit_code', credit_code) as theirs from premises where code = $1`
)

const insertConflictSQL = `insert into conflicts (id, reason, operation_id, device_id, kind, field, payload_hash, body, captured_at, received_at,
		street, subject, case_id, theirs, state)
	values ($1, $2, $3, $4, $5, '', $6, $7, $8, $9, $10, $11, $12, $13, 'open')
	on conflict (operation_id, field, payload_hash) do update set reason = conflicts.reason returning id`

// One of a field that settled by itself opens again where it is contested again.
const openContestsSQL = `insert into conflicts (id, reason, operation_id, device_id, kind, field, payload_hash, body, captured_at, received_at,
		street, subject, theirs, state)
	select contest.id, 'changed', r.operation_id, r.device_id, r.kind, contest.field, r.payload_hash, r.body, r.captured_at, r.received_at,
		$5, $6, jsonb_build_object('value', contest.stands), 'open'
	from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as contest(id, operation, field, stands)
		join receipts r on r.operation_id = contest.operation
	on conflict (operation_id, field, payload_hash) do update set theirs = excluded.theirs, state = 'open'
		where conflicts.state in ('open', 'settled')`

const settleContestsSQL = `update conflicts set state = 'settled' where kind = 'premises.update' and reason = 'changed' and subject = $1
	and field = any($2::text[]) and state = 'open'
	and (operation_id, field) not in (select operation, field from unnest($3::uuid[], $4::text[]) as contest(operation, field))`

const conflictOfSQL = `select id from conflicts where operation_id = $1 and state = 'open' order by field, id limit 1`

const conflictColumns = `scoped.id, scoped.reason, scoped.operation_id, scoped.device_id,
	(select person_id from devices where devices.id = scoped.device_id) as person_id, scoped.kind, scoped.field, scoped.body, scoped.theirs,
	scoped.subject, scoped.street, scoped.captured_at, scoped.received_at, scoped.state, scoped.decided_by, scoped.decided_at, scoped.note`

// What belongs to a restricted case is for the case's readers ($3), what belongs to a restricted clue for nobody but them.
const mayKnow = ` not exists (select from cases where cases.id = scoped.case_id and cases.restricted
		and not exists (select from case_readers named where named.case_id = cases.id and named.person_id = $3)) `

const decidable = actor.InRegion + ` and ` + mayKnow

const openConflictsSQL = `select ` + conflictColumns + ` from conflicts scoped where scoped.state = 'open' and scoped.id > $4 and ` + decidable + `
	order by scoped.id limit $5`

const conflictSQL = `select ` + conflictColumns + ` from conflicts scoped where scoped.id = $4 and ` + decidable

const lockConflictSQL = conflictSQL + ` for update of scoped`

const decideConflictSQL = `update conflicts scoped set state = $2, decided_by = $3, decided_at = $4, note = nullif($5, '') where id = $1
	returning ` + conflictColumns

const insertHeldSQL = `insert into quarantine (operation_id, device_id, kind, payload_hash, body, captured_at, sent_at, signature, received_at,
		street, case_id, state)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open')`

const heldColumns = `scoped.operation_id, scoped.device_id, (select person_id from devices where devices.id = scoped.device_id) as person_id,
	scoped.kind, scoped.body, scoped.captured_at, scoped.received_at, scoped.street, scoped.state, scoped.decided_by, scoped.decided_at, scoped.reason`

const openHeldSQL = `select ` + heldColumns + ` from quarantine scoped where scoped.state = 'open' and scoped.operation_id > $4 and ` + decidable + `
	order by scoped.operation_id limit $5`

const lockHeldSQL = `select ` + heldColumns + ` from quarantine scoped where scoped.operation_id = $4 and ` + decidable + ` for update of scoped`

const decideHeldSQL = `update quarantine scoped set state = $2, decided_by = $3, decided_at = $4, reason = nullif($5, '') where operation_id = $1
	returning ` + heldColumns
