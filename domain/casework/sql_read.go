package casework

import "gridwork/domain/escalation"

const casesByIDSQL = `select ` + caseColumns + ` from cases scoped where scoped.id = any($5::uuid[]) and ` + visible + ` order by scoped.id`

// ofCases keeps what belongs to cases that were asked for ($5) and may be seen.
const ofCases = ` where scoped.id = any($5::uuid[]) and ` + visible

const roundsSQL = `select ` + roundColumns + ` from case_rounds join cases scoped on scoped.id = case_rounds.case_id ` + ofCases + `
	order by case_rounds.case_id, case_rounds.round`

const assignmentsSQL = `select a.id, a.case_id, a.round, a.department, a.part, a.assigned_at, a.accepted_at, a.deemed, a.handler_id,
	a.ended_at, a.end_reason from assignments a join cases scoped on scoped.id = a.case_id ` + ofCases + `
	order by a.case_id, a.assigned_at, a.part desc, a.id`

const returnsSQL = `select ` + returnColumns + ` from return_requests join cases scoped on scoped.id = return_requests.case_id ` + ofCases + `
	order by return_requests.case_id, return_requests.requested_at, return_requests.id`

const disposalColumns = `d.id, d.case_id, d.round, d.handler_id, d.reported_at, d.text, d.point, d.distance_m, d.away_reason,
	d.dispute_outcome, d.sent_up_to, d.outcome_reason`

const disposalsSQL = `select ` + disposalColumns + ` from disposals d join cases scoped on scoped.id = d.case_id ` + ofCases + ` order by d.case_id, d.reported_at, d.id`

const checksSQL = `select ` + checkColumns + ` from check_tasks join cases scoped on scoped.id = check_tasks.case_id ` + ofCases + `
	order by check_tasks.case_id, check_tasks.asked_at, check_tasks.id`

const checksByIDSQL = `select ` + checkColumns + ` from check_tasks join cases scoped on scoped.id = check_tasks.case_id
	where check_tasks.id = any($5::uuid[]) and ` + visible + ` order by check_tasks.id`

const myChecksSQL = `select ` + checkColumns + ` from check_tasks
	where assignee_id = $1 and state = 'open' and answered_at is null and (asked_at, id) > ($2::timestamptz, $3::uuid)
	order by asked_at, id limit $4`

const clocksSQL = `select ` + escalation.FaceColumns + ` from clocks join cases scoped on scoped.id = clocks.case_id ` + ofCases + `
	order by clocks.case_id, clocks.stopped_at is not null, clocks.started_at desc, clocks.id`

// Ids are made in the order of events.
const timelineSQL = `select e.id, e.case_id, e.round, e.at, e.kind, e.actor_id, e.actor_role, e.detail, e.deadline_id
	from case_events e where e.case_id = $1 and e.id > $2 order by e.id limit $3`

const standingsSQL = `select scoped.id, scoped.state, scoped.street, coalesce(scoped.department, '') as department,
	coalesce(scoped.handler_id, '00000000-0000-0000-0000-000000000000') as handler, case_rounds.returns,
	coalesce(check_tasks.assignee_id, '00000000-0000-0000-0000-000000000000') as checker,
	check_tasks.answered_at is not null as answered, coalesce(check_tasks.fixed, false) as fixed, scoped.contestable_until,
	scoped.due_at, case_rounds.suspensions, case_rounds.extensions,
	(select coalesce(jsonb_object_agg(kind, asked_by), '{}') from case_requests where case_id = scoped.id and state = 'asked') as asked,
	scoped.parent_id is not null as child, case_rounds.passed_at is not null as waiting,
	exists (select from cases below where below.parent_id = scoped.id and ` + childOpen + `) as children_open, scoped.restricted, scoped.kind = 'dispute' as dispute
	from cases scoped join case_rounds on case_rounds.case_id = scoped.id and case_rounds.round = scoped.round
	left join check_tasks on check_tasks.case_id = scoped.id and check_tasks.state = 'open'
	where scoped.id = any($5::uuid[]) and ` + visible + ` order by scoped.id`

// What a filter keeps of the cases c: region $5, department $7, category $8, due before $9, text $10 (in lower case, or a
// number), handler $11, what follows the place $12, $13. A restricted case is listed to its readers alone.
const kept = ` c.cell ^@ $5 and ($7::text is null or c.department = $7) and c.category ^@ $8
	and ($9::timestamptz is null or c.due_at < $9) and ($10::text is null or position($10 in lower(c.text)) > 0 or c.number::text = $10
		or c.child_number > 0 and c.number || '-' || c.child_number = $10)
	and ($11::uuid is null or c.handler_id = $11) and (c.filed_at, c.id) < ($12::timestamptz, $13::uuid)
	and (not c.restricted or $3::uuid is null
		or exists (select from case_readers named where named.case_id = c.id and named.person_id = $3)) `

const newest = ` order by c.filed_at desc, c.id desc limit $14 `

// The streets that the scope and the filter's region reach, each with the department or ” for all of them.
const streets = ` (select distinct r.code as street, reach.department
	from regions r join unnest($1::text[], $2::text[]) as reach(region, department) on r.code ^@ reach.region
	where r.level = 'street' and (r.code ^@ $5 or $5 ^@ r.code)) `

// Every way to a case is an ordered walk through an index for each state, which reads no more than a page of it; the
// page is the newest of all of them.
const picked = ` (
	select found.id, found.filed_at from ` + streets + ` s cross join unnest($6::text[]) as wanted(state)
		cross join lateral (select c.id, c.filed_at from cases c
			where c.street = s.street and c.state = wanted.state and ` + kept + newest + `) found
		where s.department = ''
	union
	select found.id, found.filed_at from ` + streets + ` s cross join unnest($6::text[]) as wanted(state)
		cross join lateral (select c.id, c.filed_at from cases c
			where c.department = s.department and c.street = s.street and c.state = wanted.state and ` + kept + newest + `) found
		where s.department <> ''
	union
	select found.id, found.filed_at from unnest($6::text[]) as wanted(state)
		cross join lateral (select c.id, c.filed_at from cases c
			where c.handler_id = $3 and c.state = wanted.state and ` + kept + newest + `) found
	union
	(select c.id, c.filed_at from assignments helped join ` + streets + ` s on s.department = helped.department
		join cases c on c.id = helped.case_id and c.round = helped.round and c.street = s.street
		where helped.part = 'assisting' and helped.ended_at is null and c.state = any($6) and ` + kept + newest + `)
	union
	(select c.id, c.filed_at from check_tasks asked join cases c on c.id = asked.case_id
		where asked.assignee_id = $3 and asked.state = 'open' and c.state = any($6) and ` + kept + newest + `)
	union
	select found.id, found.filed_at
		from duties join cells held on held.duty_grid_id = duties.duty_grid_id
		cross join lateral (select c.id, c.filed_at from cases c
			where c.cell = held.code and c.state = any($6) and ` + kept + newest + `) found
		where duties.person_id = $3 and duties.valid_from <= $4 and (duties.valid_to is null or duties.valid_to > $4)
	) picked `

const listSQL = `select ` + caseColumns + ` from (
		select picked.id, picked.filed_at from ` + picked + ` order by picked.filed_at desc, picked.id desc limit $14
	) page join cases scoped on scoped.id = page.id order by scoped.filed_at desc, scoped.id desc`

const countRegisterSQL = `select count(*)::int from ` + picked + ` join cases on cases.id = picked.id and not cases.restricted`

const registerSQL = `select ` + caseColumns + `, categories.name_zh as category_zh, categories.name_en as category_en,
	regions.name_zh as street_zh, regions.name_en as street_en, departments.name_zh as department_zh, departments.name_en as department_en
	from (select picked.id from ` + picked + ` order by picked.filed_at desc, picked.id desc limit $14) page
	join cases scoped on scoped.id = page.id
	join categories on categories.code = scoped.category join regions on regions.code = scoped.street
	left join departments on departments.code = scoped.department
	order by scoped.filed_at desc, scoped.id desc`
