package safety

import "gridwork/domain/escalation"

const columns = `scoped.id, scoped.kind, scoped.state, scoped.person_id, scoped.street, scoped.cell, scoped.point, scoped.accuracy_m, scoped.datum,
	scoped.mocked, scoped.fixed_at, scoped.captured_at, scoped.made_at, scoped.back_by, scoped.raised_at, scoped.ended_at, scoped.ended_by,
	scoped.outcome, scoped.note`

const insertSQL = `insert into alarms (id, kind, state, person_id, street, cell, point, accuracy_m, datum, mocked, fixed_at, captured_at, made_at,
		back_by, raised_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (id) do nothing`

const alarmSQL = `select ` + columns + ` from alarms scoped where scoped.id = $1`

// On a shared border it is the cell with the smallest code, as when reports land.
const groundSQL = `select code, street from cells
	where shape && st_expand($1::geometry, 0.003) and st_dwithin(shape::geography, $1::geometry::geography, $3)
	  and valid_from <= $2 and (valid_to is null or valid_to > $2)
	order by st_distance(shape, $1::geometry), code limit 1`

const insertEventSQL = `insert into alarm_events (id, alarm_id, at, kind, actor_id, actor_role, detail, deadline_id)
	values ($1, $2, $3, $4, $5, $6, $7, $8)`

const seenSQL = `select ` + columns + ` from alarms scoped where scoped.id = any($4::uuid[]) and ` + mayKnow + ` order by scoped.id`

const lockSQL = `select ` + columns + ` from alarms scoped where scoped.id = $4 and ` + mayKnow + ` for no key update of scoped`

const openSQL = `select ` + columns + ` from alarms scoped where scoped.state = 'raised' and scoped.street ^@ $4 and ` + mayKnow + `
	order by scoped.id limit $5`

const carriedSQL = `select ` + columns + ` from alarms scoped
	where (scoped.state <> 'ended' or scoped.ended_at > $2) and (scoped.person_id = $1
		or scoped.raised_at is not null and exists (select from messages where messages.alarm_id = scoped.id and messages.person_id = $1))
	order by scoped.id`

// Messages to whoever called are answers, and tell nobody of the alarm.
const toldSQL = `select alarm_id, person_id from messages
	where alarm_id = any($1::uuid[]) and kind in ('alarm_raised', 'alarm_overdue')
	group by alarm_id, person_id order by alarm_id, min(created_at), person_id`

const answersSQL = `select distinct on (alarm_id, actor_id) alarm_id, actor_id as person_id, (detail->>'coming')::boolean as coming, at
	from alarm_events where alarm_id = any($1::uuid[]) and kind = 'answered' order by alarm_id, actor_id, id desc`

const eventsSQL = `select id, alarm_id, at, kind, actor_id, detail from alarm_events where alarm_id = any($1::uuid[]) order by alarm_id, id`

const nameSQL = `select name from people where id = $1`

const clockSQL = `select clocks.id, clocks.ladder, clocks.ladder_version,
		coalesce((select max(step) from deadlines where deadlines.clock_id = clocks.id and deadlines.state = 'fired'), 0) as step
	from clocks where clocks.alarm_id = $1 and clocks.stopped_at is null`

const endSQL = `update alarms set state = 'ended', ended_at = $2, ended_by = $3, outcome = $4, note = $5 where id = $1`

const boundsSQL = `select shortest, longest from timer_rules order by version desc limit 1`

const timerRulesSQL = `select version, shortest, longest, published_at from timer_rules order by version desc`

const extendSQL = `update alarms set back_by = $2 where id = $1`

const raiseSQL = `update alarms set state = 'raised', raised_at = $2 where id = $1 and state = 'waiting'`

// Deadlines and their alarm are locked together, and both are skipped where somebody else holds one of them.
const claimSQL = `select deadlines.id as deadline_id, deadlines.step, deadlines.occurrence, ` + escalation.ClockColumns + `,
		alarms.kind, alarms.state, alarms.person_id, people.name as worker, alarms.cell, alarms.point, alarms.captured_at, alarms.back_by
	from deadlines
	join alarms on alarms.id = deadlines.alarm_id
	join clocks on clocks.id = deadlines.clock_id
	join people on people.id = alarms.person_id
	where deadlines.state = 'armed' and deadlines.alarm_id is not null and deadlines.due_at <= $1
	order by deadlines.due_at, deadlines.id limit $2
	for no key update of deadlines, alarms skip locked`

// Of grid workers ($1) those who were not told before ($2) and whose ground is nearest. One without ground comes last.
const nearestSQL = `select worker.id from unnest($1::uuid[]) as worker(id)
	left join lateral (
		select min(st_distance(c.shape, coalesce($3::geometry, (select shape from cells where code = $4)))) as far
		from duties d join cells c on c.duty_grid_id = d.duty_grid_id
		where d.person_id = worker.id and d.valid_from <= $5 and (d.valid_to is null or d.valid_to > $5)
		  and c.valid_from <= $5 and (c.valid_to is null or c.valid_to > $5)
	) as ground on true
	group by worker.id, ground.far
	order by worker.id = any($2::uuid[]), ground.far nulls last, worker.id limit $6`

const blankSQL = `update alarms set point = null, accuracy_m = null, datum = null, fixed_at = null, cell = null, blanked_at = $3
	where id in (select id from alarms where state = 'ended' and blanked_at is null and (ended_at < $1 or outcome = 'back') order by ended_at, id limit $2)
	returning id`

const blankMessagesSQL = `update messages set params = params - 'cell' where alarm_id = any($1::uuid[]) and params ? 'cell'`
