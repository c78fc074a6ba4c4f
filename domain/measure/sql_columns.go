package measure

// The counts of a round, and those of a clue: columns of the facts and of the sums alike.
const (
	roundCounts = `filed, reopened, voided, forced, dispatched, dispatched_right, returns_asked, returns_upheld, disposals, checks,
	checks_passed, reworks, due, deferred, closed, closed_on_time, exempted, looked, unfixed, missed, disputes,
	disputes_sent_up`

	reportCounts = `reports, reports_filed, rated, satisfied, hotline_reports, hotline_answered, hotline_resolved, hotline_rated,
	hotline_satisfied`
)

// What facts with a sign add up to, each count on the day of its cohort (o opened, d due, l looked).
const roundTotals = `coalesce(sum(f.sign * f.filed) filter (where d.cohort = 'o'), 0) as filed,
	coalesce(sum(f.sign * f.reopened) filter (where d.cohort = 'o'), 0) as reopened,
	coalesce(sum(f.sign * f.voided) filter (where d.cohort = 'o'), 0) as voided,
	coalesce(sum(f.sign * f.forced) filter (where d.cohort = 'o'), 0) as forced,
	coalesce(sum(f.sign * f.dispatched) filter (where d.cohort = 'o'), 0) as dispatched,
	coalesce(sum(f.sign * f.dispatched_right) filter (where d.cohort = 'o'), 0) as dispatched_right,
	coalesce(sum(f.sign * f.returns_asked) filter (where d.cohort = 'o'), 0) as returns_asked,
	coalesce(sum(f.sign * f.returns_upheld) filter (where d.cohort = 'o'), 0) as returns_upheld,
	coalesce(sum(f.sign * f.disposals) filter (where d.cohort = 'o'), 0) as disposals,
	coalesce(sum(f.sign * f.checks) filter (where d.cohort = 'o'), 0) as checks,
	coalesce(sum(f.sign * f.checks_passed) filter (where d.cohort = 'o'), 0) as checks_passed,
	coalesce(sum(f.sign * f.reworks) filter (where d.cohort = 'o'), 0) as reworks,
	coalesce(sum(f.sign * f.due) filter (where d.cohort = 'd'), 0) as due,
	coalesce(sum(f.sign * f.deferred) filter (where d.cohort = 'd'), 0) as deferred,
	coalesce(sum(f.sign * f.closed) filter (where d.cohort = 'd'), 0) as closed,
	coalesce(sum(f.sign * f.closed_on_time) filter (where d.cohort = 'd'), 0) as closed_on_time,
	coalesce(sum(f.sign * f.exempted) filter (where d.cohort = 'd'), 0) as exempted,
	coalesce(sum(f.sign * f.looked) filter (where d.cohort = 'l'), 0) as looked,
	coalesce(sum(f.sign * f.unfixed) filter (where d.cohort = 'l'), 0) as unfixed,
	coalesce(sum(f.sign * f.missed) filter (where d.cohort = 'l'), 0) as missed,
	coalesce(sum(f.sign * f.disputes) filter (where d.cohort = 'o'), 0) as disputes,
	coalesce(sum(f.sign * f.disputes_sent_up) filter (where d.cohort = 'o'), 0) as disputes_sent_up`

const reportTotals = `sum(f.sign * f.reports) as reports, sum(f.sign * f.reports_filed) as reports_filed,
	sum(f.sign * f.rated) as rated, sum(f.sign * f.satisfied) as satisfied,
	sum(f.sign * f.hotline_reports) as hotline_reports, sum(f.sign * f.hotline_answered) as hotline_answered,
	sum(f.sign * f.hotline_resolved) as hotline_resolved, sum(f.sign * f.hotline_rated) as hotline_rated,
	sum(f.sign * f.hotline_satisfied) as hotline_satisfied`

// What is added to a row of sums that is there.
const addRounds = `filed = s.filed + excluded.filed, reopened = s.reopened + excluded.reopened, voided = s.voided + excluded.voided,
	forced = s.forced + excluded.forced, dispatched = s.dispatched + excluded.dispatched,
	dispatched_right = s.dispatched_right + excluded.dispatched_right,
	returns_asked = s.returns_asked + excluded.returns_asked,
	returns_upheld = s.returns_upheld + excluded.returns_upheld, disposals = s.disposals + excluded.disposals,
	checks = s.checks + excluded.checks, checks_passed = s.checks_passed + excluded.checks_passed,
	reworks = s.reworks + excluded.reworks, due = s.due + excluded.due, deferred = s.deferred + excluded.deferred,
	closed = s.closed + excluded.closed, closed_on_time = s.closed_on_time + excluded.closed_on_time,
	exempted = s.exempted + excluded.exempted, looked = s.looked + excluded.looked,
	unfixed = s.unfixed + excluded.unfixed, missed = s.missed + excluded.missed,
	disputes = s.disputes + excluded.disputes, disputes_sent_up = s.disputes_sent_up + excluded.disputes_sent_up`

const addReports = `reports = s.reports + excluded.reports, reports_filed = s.reports_filed + excluded.reports_filed,
	rated = s.rated + excluded.rated, satisfied = s.satisfied + excluded.satisfied,
	hotline_reports = s.hotline_reports + excluded.hotline_reports,
	hotline_answered = s.hotline_answered + excluded.hotline_answered,
	hotline_resolved = s.hotline_resolved + excluded.hotline_resolved,
	hotline_rated = s.hotline_rated + excluded.hotline_rated,
	hotline_satisfied = s.hotline_satisfied + excluded.hotline_satisfied`

// totals of rows of sums, of areas with a sign.
const totals = `coalesce(sum(a.sign * s.filed), 0)::int as filed, coalesce(sum(a.sign * s.reopened), 0)::int as reopened,
	coalesce(sum(a.sign * s.voided), 0)::int as voided, coalesce(sum(a.sign * s.forced), 0)::int as forced,
	coalesce(sum(a.sign * s.dispatched), 0)::int as dispatched,
	coalesce(sum(a.sign * s.dispatched_right), 0)::int as dispatched_right,
	coalesce(sum(a.sign * s.returns_asked), 0)::int as returns_asked,
	coalesce(sum(a.sign * s.returns_upheld), 0)::int as returns_upheld,
	coalesce(sum(a.sign * s.disposals), 0)::int as disposals, coalesce(sum(a.sign * s.checks), 0)::int as checks,
	coalesce(sum(a.sign * s.checks_passed), 0)::int as checks_passed,
	coalesce(sum(a.sign * s.reworks), 0)::int as reworks, coalesce(sum(a.sign * s.due), 0)::int as due,
	coalesce(sum(a.sign * s.deferred), 0)::int as deferred, coalesce(sum(a.sign * s.closed), 0)::int as closed,
	coalesce(sum(a.sign * s.closed_on_time), 0)::int as closed_on_time,
	coalesce(sum(a.sign * s.exempted), 0)::int as exempted, coalesce(sum(a.sign * s.looked), 0)::int as looked,
	coalesce(sum(a.sign * s.unfixed), 0)::int as unfixed, coalesce(sum(a.sign * s.missed), 0)::int as missed,
	coalesce(sum(a.sign * s.disputes), 0)::int as disputes,
	coalesce(sum(a.sign * s.disputes_sent_up), 0)::int as disputes_sent_up,
	coalesce(sum(a.sign * s.reports), 0)::int as reports,
	coalesce(sum(a.sign * s.reports_filed), 0)::int as reports_filed,
	coalesce(sum(a.sign * s.rated), 0)::int as rated, coalesce(sum(a.sign * s.satisfied), 0)::int as satisfied,
	coalesce(sum(a.sign * s.hotline_reports), 0)::int as hotline_reports,
	coalesce(sum(a.sign * s.hotline_answered), 0)::int as hotline_answered,
	coalesce(sum(a.sign * s.hotline_resolved), 0)::int as hotline_resolved,
	coalesce(sum(a.sign * s.hotline_rated), 0)::int as hotline_rated,
	coalesce(sum(a.sign * s.hotline_satisfied), 0)::int as hotline_satisfied`

// What replaces a fact that is there.
const replaceRound = `street = excluded.street, community = excluded.community, category = excluded.category, owner = excluded.owner,
	opened_day = excluded.opened_day, due_day = excluded.due_day, looked_day = excluded.looked_day,
	filed = excluded.filed, reopened = excluded.reopened, voided = excluded.voided, forced = excluded.forced,
	dispatched = excluded.dispatched, dispatched_right = excluded.dispatched_right,
	returns_asked = excluded.returns_asked, returns_upheld = excluded.returns_upheld, disposals = excluded.disposals,
	checks = excluded.checks, checks_passed = excluded.checks_passed, reworks = excluded.reworks, due = excluded.due,
	deferred = excluded.deferred, closed = excluded.closed, closed_on_time = excluded.closed_on_time,
	exempted = excluded.exempted, looked = excluded.looked, unfixed = excluded.unfixed, missed = excluded.missed,
	disputes = excluded.disputes, disputes_sent_up = excluded.disputes_sent_up,
	stages = excluded.stages, stage_days = excluded.stage_days, stage_seconds = excluded.stage_seconds`

const replaceReport = `case_id = excluded.case_id, department = excluded.department, street = excluded.street,
	community = excluded.community, category = excluded.category, day = excluded.day, reports = excluded.reports,
	reports_filed = excluded.reports_filed, rated = excluded.rated, satisfied = excluded.satisfied,
	hotline_reports = excluded.hotline_reports, hotline_answered = excluded.hotline_answered,
	hotline_resolved = excluded.hotline_resolved, hotline_rated = excluded.hotline_rated,
	hotline_satisfied = excluded.hotline_satisfied, stages = excluded.stages, stage_days = excluded.stage_days,
	stage_seconds = excluded.stage_seconds`

// The counts of a row of sums, and of what was made beside it.
const (
	sumsOfRounds = `s.filed, s.reopened, s.voided, s.forced, s.dispatched, s.dispatched_right, s.returns_asked, s.returns_upheld,
	s.disposals, s.checks, s.checks_passed, s.reworks, s.due, s.deferred, s.closed, s.closed_on_time, s.exempted,
	s.looked, s.unfixed, s.missed, s.disputes, s.disputes_sent_up`

	madeOfRounds = `f.filed, f.reopened, f.voided, f.forced, f.dispatched, f.dispatched_right, f.returns_asked, f.returns_upheld,
	f.disposals, f.checks, f.checks_passed, f.reworks, f.due, f.deferred, f.closed, f.closed_on_time, f.exempted,
	f.looked, f.unfixed, f.missed, f.disputes, f.disputes_sent_up`
)

// The counts of a fact by name, for the cases behind a number.
const (
	roundsByName = `('filed', f.filed), ('reopened', f.reopened), ('voided', f.voided), ('forced', f.forced),
	('dispatched', f.dispatched), ('dispatched_right', f.dispatched_right), ('returns_asked', f.returns_asked),
	('returns_upheld', f.returns_upheld), ('disposals', f.disposals), ('checks', f.checks),
	('checks_passed', f.checks_passed), ('reworks', f.reworks), ('due', f.due), ('deferred', f.deferred),
	('closed', f.closed), ('closed_on_time', f.closed_on_time), ('exempted', f.exempted), ('looked', f.looked),
	('unfixed', f.unfixed), ('missed', f.missed), ('disputes', f.disputes),
	('disputes_sent_up', f.disputes_sent_up)`

	reportsByName = `('reports', f.reports), ('reports_filed', f.reports_filed), ('rated', f.rated), ('satisfied', f.satisfied),
	('hotline_reports', f.hotline_reports), ('hotline_answered', f.hotline_answered),
	('hotline_resolved', f.hotline_resolved), ('hotline_rated', f.hotline_rated),
	('hotline_satisfied', f.hotline_satisfied)`
)

// What rows of sums add up to.
const summedUp = `sum(s.filed), sum(s.reopened), sum(s.voided), sum(s.forced), sum(s.dispatched), sum(s.dispatched_right),
	sum(s.returns_asked), sum(s.returns_upheld), sum(s.disposals), sum(s.checks), sum(s.checks_passed), sum(s.reworks),
	sum(s.due), sum(s.deferred), sum(s.closed), sum(s.closed_on_time), sum(s.exempted), sum(s.looked), sum(s.unfixed),
	sum(s.missed), sum(s.disputes), sum(s.disputes_sent_up), sum(s.reports), sum(s.reports_filed), sum(s.rated),
	sum(s.satisfied), sum(s.hotline_reports), sum(s.hotline_answered), sum(s.hotline_resolved), sum(s.hotline_rated),
	sum(s.hotline_satisfied)`
