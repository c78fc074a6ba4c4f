package measure

// A stretch of time by the wall, without the pauses in it, in whole seconds.
const clockSeconds = `greatest(0, extract(epoch from k.stopped_at - k.started_at) - coalesce((
		select sum(extract(epoch from least(coalesce(p.until, k.stopped_at), k.stopped_at) - p.since))
		from jsonb_to_recordset(k.pauses) as raw("from" timestamptz, "to" timestamptz), lateral (select raw."from" as since, raw."to" as until) p
		where p.since < k.stopped_at), 0))::bigint`

// What clocks took, as three lists side by side. Which clocks follows.
const stageLists = `coalesce(array_agg(k.stage order by k.started_at, k.id), '{}') as stages,
	coalesce(array_agg((k.stopped_at at time zone 'Asia/Shanghai')::date order by k.started_at, k.id), '{}') as stage_days,
	coalesce(array_agg(` + clockSeconds + ` order by k.started_at, k.id), '{}') as stage_seconds
	from clocks k where k.stopped_at is not null and `

// The facts of the rounds of cases ($1; null: of all), a pure function of the stored rows.
//
// A round belongs to the department that led it last, unless that gave it back; each other department that led it has a
// row for its own dispatches, returns and stages. The promise is the last disposal clock's: a rework makes a new one. A
// voided round owes nothing. A joint case is one that was filed, and a promise of each of its departments. A closing that did not hold, because the case was opened again, is none.
const factsSQL = `select r.case_id, r.round, part.department, c.street, left(c.cell, 12) as community, c.category, part.owner,
	(r.opened_at at time zone 'Asia/Shanghai')::date as opened_day,
	(promise.due_at at time zone 'Asia/Shanghai')::date as due_day,
	again.day as looked_day,
	(whole.owner and r.round = 1)::int as filed, (whole.owner and r.round > 1)::int as reopened,
	(whole.owner and r.outcome is not distinct from 'voided')::int as voided,
	(whole.owner and r.outcome is not distinct from 'force_closed')::int as forced,
	part.dispatched::int as dispatched, part.dispatched_right::int as dispatched_right,
	part.returns_asked::int as returns_asked, part.returns_upheld::int as returns_upheld,
	coalesce(done.disposals, 0)::int as disposals, coalesce(seen.checks, 0)::int as checks,
	coalesce(seen.passed, 0)::int as checks_passed, case when part.owner then r.reworks else 0 end as reworks,
	(promise.due_at is not null)::int as due,
	(promise.due_at is not null and c.state = 'suspended' and r.round = c.round)::int as deferred,
	(promise.due_at is not null and held.closed)::int as closed,
	(promise.due_at is not null and held.closed and promise.late = promise.excused)::int as closed_on_time,
	(promise.due_at is not null and held.closed and promise.late > 0 and promise.late = promise.excused)::int as exempted,
	coalesce(again.looked, 0) as looked, coalesce(again.unfixed, 0) as unfixed, coalesce(again.missed, 0) as missed,
	(whole.owner and r.dispute_outcome is not null)::int as disputes,
	(whole.owner and r.dispute_outcome is not distinct from 'sent_up')::int as disputes_sent_up,
	took.stages, took.stage_days, took.stage_seconds
	from case_rounds r join cases c on c.id = r.case_id
	cross join lateral (select r.outcome is not distinct from 'closed' and r.round = c.round as closed) held
	cross join lateral (select coalesce((
		select case when a.end_reason in ('recalled', 'returned') then '' else a.department end
		from assignments a where a.case_id = r.case_id and a.round = r.round and a.part = 'lead'
		order by a.ended_at is null desc, a.assigned_at desc, a.ended_at desc, a.id desc limit 1), '') as department) owns
	cross join lateral (
		select led.department, bool_or(led.owner) as owner, sum(led.sent) as dispatched, sum(led.sent - led.wrong) as dispatched_right,
			sum(led.asked) as returns_asked, sum(led.upheld) as returns_upheld
		from (
			select owns.department, true as owner, 0 as sent, 0 as wrong, 0 as asked, 0 as upheld
			union all
			select a.department, false, 1 - (a.end_reason is not distinct from 'reworked')::int,
				coalesce(a.end_reason in ('recalled', 'returned'), false)::int, 0, 0
			from assignments a where a.case_id = r.case_id and a.round = r.round and a.part = 'lead'
			union all
			select b.department, false, 0, 0, 1, coalesce(b.decision = 'upheld', false)::int
			from return_requests b where b.case_id = r.case_id and b.round = r.round
		) led group by led.department
	) part
	cross join lateral (select part.owner and c.parent_id is null as owner) whole
	left join lateral (
		select max(k.due_at) filter (where k.newest) as due_at, count(*) filter (where k.stopped_at > k.due_at) as late,
			count(*) filter (where k.stopped_at > k.due_at and k.excused) as excused
		from (
			select k.due_at, k.stopped_at, row_number() over (order by k.started_at desc, k.id desc) = 1 as newest,
				exists (select from appeals where appeals.clock_id = k.id and appeals.state = 'granted') as excused
			from clocks k where k.case_id = r.case_id and k.round = r.round and k.stage = 'dispose' and k.department = part.department
		) k
	) promise on part.owner and part.department <> '' and r.outcome is distinct from 'voided'
	left join lateral (select count(*) as disposals from disposals d where d.case_id = r.case_id and d.round = r.round) done on part.owner
	left join lateral (select count(*) as checks, count(*) filter (where t.state = 'passed') as passed
		from check_tasks t where t.case_id = r.case_id and t.round = r.round and t.state in ('passed', 'failed')) seen on part.owner
	left join lateral (
		select (max(x.answered_at) at time zone 'Asia/Shanghai')::date as day, count(*)::int as looked,
			(count(*) filter (where x.found = 'unfixed'))::int as unfixed, (count(*) filter (where x.missed))::int as missed
		from reinspections x where x.case_id = r.case_id and x.round = r.round and x.found in ('fixed', 'unfixed')) again on whole.owner
	cross join lateral (select ` + stageLists + ` k.case_id = r.case_id and k.round = r.round and k.stage <> 'reply'
		and (k.department = part.department or k.department is null and part.owner) and r.outcome is distinct from 'voided') took
	where not c.restricted and ($1::uuid[] is null or r.case_id = any($1))`

// The facts of clues ($1; null: of all), but of those behind restricted cases.
const reportsSQL = `select c.id as clue_id, c.case_id, coalesce(k.department, '') as department, c.street, left(c.cell, 12) as community,
	coalesce(k.category, c.category, '') as category, (c.submitted_at at time zone 'Asia/Shanghai')::date as day,
	1 as reports, (c.state in ('filed', 'merged'))::int as reports_filed, said.rated::int as rated, said.satisfied::int as satisfied,
	caller.n as hotline_reports,
	caller.n * (c.decided_at is not null and said.late = 0)::int as hotline_answered,
	caller.n * (c.state = 'handled_on_spot' or k.state is not distinct from 'closed')::int as hotline_resolved,
	(caller.n * said.rated)::int as hotline_rated, (caller.n * said.satisfied)::int as hotline_satisfied,
	took.stages, took.stage_days, took.stage_seconds
	from clues c left join cases k on k.id = c.case_id
	cross join lateral (select (c.source = 'hotline')::int as n) caller
	cross join lateral (select
		(select count(*) from ratings where ratings.clue_id = c.id) as rated,
		(select count(*) from ratings where ratings.clue_id = c.id and ratings.score >= 4) as satisfied,
		(select count(*) from clocks late where late.clue_id = c.id and late.stopped_at > late.due_at) as late) said
	cross join lateral (select ` + stageLists + ` k.clue_id = c.id) took
	where not coalesce(k.restricted, false) and ($1::uuid[] is null or c.id = any($1))`

const roundColumns = `case_id, round, department, street, community, category, owner, opened_day, due_day, looked_day, ` + roundCounts +
	`, stages, stage_days, stage_seconds`

const reportColumns = `clue_id, case_id, department, street, community, category, day, ` + reportCounts + `, stages, stage_days, stage_seconds`
