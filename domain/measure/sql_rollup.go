package measure

const lockRollupSQL = `select single from measure_rollup for update skip locked`

const waitRollupSQL = `select single from measure_rollup for update`

const rebuiltSQL = `update measure_rollup set rebuilt_at = $1`

const takeQueueSQL = `delete from measure_queue where id in (
		select id from measure_queue order by id limit $1 for update skip locked
	) returning case_id, clue_id`

const behindSQL = `select id from clues where case_id = any($1) order by id`

// Every row that a fact (f, on the day d.start of a cohort) stands in: its regions, its department and all, its category
// and all, its day and its month.
const everywhere = ` cross join lateral (values (left(f.street, 4)), (left(f.street, 6)), (f.street), (f.community)) as place(region)
	cross join lateral (values (f.department), ('*')) as whose(department)
	cross join lateral (values (f.category), ('*')) as what(category)
	cross join lateral (values ('day', d.start), ('month', date_trunc('month', d.start)::date)) as period(span, start) `

const placed = `place.region, whose.department, what.category, period.span, period.start`

const cohorts = ` cross join lateral (values ('o', f.opened_day), ('d', f.due_day), ('l', f.looked_day)) as d(cohort, start) `

const noRounds = `0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0`

const noReports = `0, 0, 0, 0, 0, 0, 0, 0, 0`

// The finished stages of a fact, each in its bucket.
const finished = ` cross join lateral (
		select s.stage, s.day as start, floor(ln(greatest(s.seconds, 1)) / ln(1.2::float8))::smallint as bucket
		from unnest(f.stages, f.stage_days, f.stage_seconds) as s(stage, day, seconds)) d `

const (
	intoRoundSums  = `insert into measure_sums as s (region, department, category, span, start, ` + roundCounts + `) `
	intoReportSums = `insert into measure_sums as s (region, department, category, span, start, ` + reportCounts + `) `

	roundSums = `select * from (
			select ` + placed + `, ` + roundTotals + ` from f ` + cohorts + everywhere + ` where d.start is not null group by ` + placed + `
		) as moved where (` + roundCounts + `) is distinct from (` + noRounds + `)
		order by region, department, category, span, start
		on conflict (region, department, category, span, start) do update set ` + addRounds

	reportSums = `select * from (
			select ` + placed + `, ` + reportTotals + ` from f cross join lateral (values (f.day)) as d(start) ` + everywhere + ` group by ` + placed + `
		) as moved where (` + reportCounts + `) is distinct from (` + noReports + `)
		order by region, department, category, span, start
		on conflict (region, department, category, span, start) do update set ` + addReports

	// Of rounds and clues alike.
	addTimes = `insert into measure_times as t (region, department, category, span, start, stage, bucket, n)
		select ` + placed + `, d.stage, d.bucket, sum(f.sign)::int as n from f ` + finished + everywhere + `
		group by ` + placed + `, d.stage, d.bucket having sum(f.sign) <> 0 order by ` + placed + `, d.stage, d.bucket
		on conflict (region, department, category, span, start, stage, bucket) do update set n = t.n + excluded.n`
)

// One statement, because it is one look at the cases: the facts that are made are taken out of the sums (f with sign -1) as
// they are stored, put in (sign 1) as they are made, and stored, whatever happens to the cases meanwhile.
const refreshRoundsSQL = `with made as materialized (select ` + roundColumns + ` from (` + factsSQL + `) made),
	f as materialized (select -1 as sign, ` + roundColumns + ` from measure_facts where case_id = any($1)
		union all select 1, ` + roundColumns + ` from made),
	sums as (` + intoRoundSums + roundSums + `),
	times as (` + addTimes + `),
	gone as (delete from measure_facts old where case_id = any($1) and not exists (select from made
		where made.case_id = old.case_id and made.round = old.round and made.department = old.department))
	insert into measure_facts (` + roundColumns + `) select ` + roundColumns + ` from made
	on conflict (case_id, round, department) do update set ` + replaceRound

const refreshReportsSQL = `with made as materialized (select ` + reportColumns + ` from (` + reportsSQL + `) made),
	f as materialized (select -1 as sign, ` + reportColumns + ` from measure_reports where clue_id = any($1)
		union all select 1, ` + reportColumns + ` from made),
	sums as (` + intoReportSums + reportSums + `),
	times as (` + addTimes + `),
	gone as (delete from measure_reports old where clue_id = any($1) and not exists (select from made where made.clue_id = old.clue_id))
	insert into measure_reports (` + reportColumns + `) select ` + reportColumns + ` from made
	on conflict (clue_id) do update set ` + replaceReport

// From nothing: everything is dropped, then made of the facts, which are made of the stored rows.
const (
	dropSumsSQL    = `delete from measure_sums`
	dropTimesSQL   = `delete from measure_times`
	dropFactsSQL   = `delete from measure_facts`
	dropReportsSQL = `delete from measure_reports`

	makeFactsSQL   = `insert into measure_facts (` + roundColumns + `) select ` + roundColumns + ` from (` + factsSQL + `) made`
	makeReportsSQL = `insert into measure_reports (` + reportColumns + `) select ` + reportColumns + ` from (` + reportsSQL + `) made`

	keptRounds  = `with f as (select 1 as sign, ` + roundColumns + ` from measure_facts) `
	keptReports = `with f as (select 1 as sign, ` + reportColumns + ` from measure_reports) `

	sumRoundsSQL   = keptRounds + intoRoundSums + roundSums
	sumReportsSQL  = keptReports + intoReportSums + reportSums
	timeRoundsSQL  = keptRounds + addTimes
	timeReportsSQL = keptReports + addTimes
)
