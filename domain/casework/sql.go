package casework

const caseColumns = `scoped.id, scoped.number, scoped.kind, scoped.state, scoped.round, scoped.version, scoped.level, scoped.epoch,
	scoped.category, scoped.urgent, scoped.priority, scoped.source, scoped.text, scoped.point, scoped.cell, scoped.street,
	scoped.standard_id, scoped.department, scoped.handler_id, scoped.parent_id, scoped.parent_round, scoped.child_number,
	scoped.restricted, scoped.clue_count,
	scoped.filed_at, scoped.dispatched_at, scoped.accepted_at, scoped.reported_at, scoped.closed_at, scoped.contestable_until,
	scoped.due_at`

const lockCaseSQL = `select ` + caseColumns + ` from cases scoped where scoped.id = $5 and ` + visible + ` for update of scoped`

// For whoever proved a right by the clue behind the case: the case's own scope is not asked.
const lockBehindSQL = `select ` + caseColumns + ` from cases scoped where scoped.id = $1 for update`

// For the platform, whose keeper holds the locks already: no scope, and the order in which every transaction locks.
const lockCasesSQL = `select ` + caseColumns + ` from cases scoped where id = any($1) and state = $2 order by id for update`

const insertCaseSQL = `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text,
	point, cell, street, standard_id, restricted, clue_count, filed_at)
	values ($1, $2, $3, $4, $5, 0, 1, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning number`

const updateCaseSQL = `update cases set state = $2, round = $3, version = $4, level = $5, epoch = $6, priority = $7, standard_id = $8,
	department = $9, handler_id = $10, clue_count = $11, dispatched_at = $12, accepted_at = $13, reported_at = $14, closed_at = $15,
	due_at = $16, contestable_until = $17 where id = $1`

const readersSQL = `select person_id from case_readers where case_id = $1 order by person_id`

const roundColumns = `case_rounds.case_id, case_rounds.round, case_rounds.opened_at, case_rounds.opened_because,
	case_rounds.standard_version, case_rounds.rule_set_version, case_rounds.trace, case_rounds.ladder, case_rounds.ladder_version,
	case_rounds.returns, case_rounds.extensions, case_rounds.suspensions, case_rounds.reworks, case_rounds.closed_at,
	case_rounds.outcome, case_rounds.passed_at, case_rounds.dispute_outcome, case_rounds.sent_up_to`

const roundSQL = `select ` + roundColumns + ` from case_rounds where case_id = $1 and round = $2`

const pinsSQL = `select cases.id, case_rounds.ladder, case_rounds.ladder_version
	from cases join case_rounds on case_rounds.case_id = cases.id and case_rounds.round = cases.round
	where cases.id = any($1) and case_rounds.ladder is not null order by cases.id`

const insertRoundSQL = `insert into case_rounds (case_id, round, opened_at, opened_because, standard_version, returns, extensions,
	suspensions, reworks) values ($1, $2, $3, $4, $5, 0, 0, 0, 0)`

const updateRoundSQL = `update case_rounds set rule_set_version = $3, trace = $4, ladder = $5, ladder_version = $6, returns = $7,
	reworks = $8, closed_at = $9, outcome = $10, suspensions = $11, extensions = $12, passed_at = $13,
	dispute_outcome = $14, sent_up_to = $15 where case_id = $1 and round = $2`

const insertAssignmentsSQL = `insert into assignments (id, case_id, round, department, part, assigned_at, deemed)
	select id, $2, $3, department, part, $1, false
	from unnest($4::uuid[], $5::text[], $6::text[]) as made(id, department, part)`

const acceptAssignmentSQL = `update assignments set accepted_at = coalesce(accepted_at, $2), handler_id = $3
	where case_id = $1 and part = 'lead' and ended_at is null`

const endAssignmentsSQL = `with ended as (
		update assignments set ended_at = $2, end_reason = $3 where case_id = $1 and ended_at is null returning id, department, part
	) select department from ended order by part desc, id`

const deemCasesSQL = `update cases set state = 'working', accepted_at = $1, version = version + 1, epoch = epoch + 1 where id = any($2)`

const deemAssignmentsSQL = `update assignments set accepted_at = $1, deemed = true
	where case_id = any($2) and part = 'lead' and ended_at is null and accepted_at is null`

const insertReturnSQL = `insert into return_requests (id, case_id, round, department, proposed, basis, requested_by, requested_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8)`

const decideReturnSQL = `update return_requests set decision = $3, decided_by = $4, decided_at = $2, note = $5
	where case_id = $1 and decision is null returning ` + returnColumns

const returnColumns = `return_requests.id, return_requests.case_id, return_requests.round, return_requests.department,
	return_requests.proposed, return_requests.basis, return_requests.requested_by, return_requests.requested_at,
	return_requests.decision, return_requests.decided_by, return_requests.decided_at, return_requests.note`

const firstOwnerSQL = `select department from assignments where case_id = $1 and round = $2 and part = 'lead'
	order by assigned_at, id limit 1`

const disposalHashSQL = `select payload_hash from disposals where id = $1`

const insertDisposalSQL = `insert into disposals (id, payload_hash, case_id, round, handler_id, reported_at, text, point, distance_m, away_reason,
	dispute_outcome, sent_up_to, outcome_reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

// Whoever fixed it in this round, named or not any more, does not check it.
const fixersSQL = `select handler_id from disposals where case_id = $1 and round = $2 order by reported_at, id`

// Everybody who looks after a cell of the street, each with the cell that speaks for them most: the case's own, then
// the nearest; holders before stand-ins.
const checkersSQL = `select distinct on (duties.person_id) duties.person_id, cells.code = $2 as own, duties.part = 'holder' as holder,
	st_distance(cells.shape, $3) as away
	from cells join duties on duties.duty_grid_id = cells.duty_grid_id
	where cells.street = $1 and (cells.valid_to is null or cells.valid_to > $4) and cells.valid_from <= $4
	and (duties.valid_to is null or duties.valid_to > $4) and duties.valid_from <= $4
	order by duties.person_id, own desc, holder desc, away, cells.code`

const communitiesSQL = `select code from regions where parent = $1 order by code`

const checkColumns = `check_tasks.id, check_tasks.case_id, check_tasks.round, check_tasks.cell, check_tasks.street,
	check_tasks.assignee_id, check_tasks.state, check_tasks.asked_at, check_tasks.due_at, check_tasks.answered_at, check_tasks.fixed,
	check_tasks.note, check_tasks.point, check_tasks.decided_by, check_tasks.decided_at`

const openCheckSQL = `select ` + checkColumns + ` from check_tasks where case_id = $1 and state = 'open'`

const caseOfCheckSQL = `select case_id from check_tasks where id = $1`

const insertCheckSQL = `insert into check_tasks (id, case_id, round, cell, street, assignee_id, state, asked_at, due_at)
	values ($1, $2, $3, $4, $5, $6, 'open', $7, $8)`

const updateCheckSQL = `update check_tasks set assignee_id = $2, state = $3, answered_at = $4, fixed = $5, note = $6, point = $7,
	decided_by = $8, decided_at = $9 where id = $1`

const insertCaseEventsSQL = `insert into case_events (id, case_id, round, at, kind, actor_id, actor_role, detail)
	select id, case_id, round, $1, $2, $3, $4, detail
	from unnest($5::uuid[], $6::uuid[], $7::integer[], $8::jsonb[]) as happened(id, case_id, round, detail)`

// The reporters who can be told of a case: the marks of its clues, never more of them.
const marksSQL = `select id, number, mark from clues where case_id = $1 and mark is not null order by id`

const takeFindingSQL = `select id, cell, street, category, note, point, fixed, case_id from findings where id = $1 for update`

const settleFindingSQL = `update findings set case_id = $2 where id = $1`
