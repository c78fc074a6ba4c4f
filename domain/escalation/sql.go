package escalation

const (
	ladderColumns = `code, version, name_zh, name_en, steps, published_at`
	liveColumns   = ClockColumns + `, deadlines.id as deadline_id, coalesce(deadlines.step, 0) as step, coalesce(deadlines.occurrence, 0) as occurrence`
)

// Version 0 is the newest.
const ladderSQL = `select ` + ladderColumns + ` from ladders where code = $1 and (version = $2 or $2 = 0)
	order by version desc limit 1`

const laddersSQL = `select ` + ladderColumns + ` from ladders
	where (code, version) in (select * from unnest($1::text[], $2::integer[])) order by code, version`

const newestLaddersSQL = `select distinct on (code) ` + ladderColumns + ` from ladders order by code, version desc`

const nextLadderVersionSQL = `select coalesce(max(version), 0) + 1 from ladders where code = $1`

const insertLadderSQL = `insert into ladders (code, version, name_zh, name_en, steps, published_at) values ($1, $2, $3, $4, $5, $6)`

const insertClockSQL = `insert into clocks (id, clue_id, case_id, alarm_id, round, stage, department, street, limit_number, limit_unit,
	started_at, due_at, pauses, calendar_version, meant_unit, standard_version, ladder, ladder_version)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`

const insertDeadlineSQL = `insert into deadlines (id, clock_id, clue_id, case_id, alarm_id, step, occurrence, due_at, state, armed_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, 'armed', $9)`

// Stages null: every stage.
const stopSQL = `with stopped as (
		update clocks set stopped_at = $1
		where (case_id = $2 or clue_id = $3) and stopped_at is null and ($4::text[] is null or stage = any($4))
		returning id
	)
	update deadlines set state = 'cancelled', settled_at = $1
	from stopped where deadlines.clock_id = stopped.id and deadlines.state in ('armed', 'frozen')`

const freezeSQL = `with frozen as (
		update clocks set pauses = pauses || jsonb_build_array(jsonb_build_object('from', $1::text, 'to', null))
		where case_id = $2 and stopped_at is null and not pauses @> '[{"to": null}]'
		returning id
	)
	update deadlines set state = 'frozen' from frozen where deadlines.clock_id = frozen.id and deadlines.state = 'armed'`

const frozenClocksSQL = `select ` + liveColumns + ` from clocks
	left join deadlines on deadlines.clock_id = clocks.id and deadlines.state in ('armed', 'frozen')
	where clocks.case_id = $1 and clocks.stopped_at is null and clocks.pauses @> '[{"to": null}]'
	order by clocks.id`

const liveClockSQL = `select ` + liveColumns + ` from clocks
	left join deadlines on deadlines.clock_id = clocks.id and deadlines.state in ('armed', 'frozen')
	where clocks.id = $1`

// The open clocks of cases, or of clues, that were reckoned with an older calendar than $1.
const olderOfCasesSQL = `select ` + liveColumns + ` from clocks
	left join deadlines on deadlines.clock_id = clocks.id and deadlines.state in ('armed', 'frozen')
	where clocks.case_id = any($2::uuid[]) and clocks.stopped_at is null and clocks.calendar_version < $1
	order by clocks.id`

const olderOfCluesSQL = `select ` + liveColumns + ` from clocks
	left join deadlines on deadlines.clock_id = clocks.id and deadlines.state in ('armed', 'frozen')
	where clocks.clue_id = any($2::uuid[]) and clocks.stopped_at is null and clocks.calendar_version < $1
	order by clocks.id`

const rederiveClocksSQL = `update clocks set limit_number = moved.limit_number, limit_unit = moved.limit_unit,
		meant_unit = moved.meant_unit, calendar_version = moved.calendar_version, due_at = moved.due_at, pauses = moved.pauses
	from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::integer[], $6::timestamptz[], $7::jsonb[])
		as moved(id, limit_number, limit_unit, meant_unit, calendar_version, due_at, pauses)
	where clocks.id = moved.id`

const rederiveDeadlinesSQL = `update deadlines set state = moved.state, due_at = moved.due_at, step = moved.step, occurrence = moved.occurrence
	from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::integer[], $5::integer[]) as moved(id, state, due_at, step, occurrence)
	where deadlines.id = moved.id and deadlines.state in ('armed', 'frozen')`

const nextDueSQL = `select least(
	(select due_at from deadlines where state = 'armed' and case_id is not null order by due_at, id limit 1),
	(select due_at from deadlines where state = 'armed' and clue_id is not null order by due_at, id limit 1),
	(select due_at from deadlines where state = 'armed' and alarm_id is not null order by due_at, id limit 1),
	(select due_at from acknowledgements where state = 'armed' order by due_at, id limit 1))`
