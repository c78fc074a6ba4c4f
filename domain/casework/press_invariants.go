package casework

import (
	"context"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Violation is something that must never be. Invariants are numbered as the promises about timers are: I1 every running
// clock waits for exactly one step or stands at its ladder's top; I2 level and epoch never fall; I3 what fired has one
// event and somebody who was told, or the note that nobody was there; I4 nothing fires after the end.
type Violation struct {
	Invariant string    `db:"invariant"`
	Object    string    `db:"object"` // what the id names
	ID        uuid.UUID `db:"id"`
	Says      string    `db:"says"`
}

// That no clock waits for two steps is a unique index. The top of a stage is its last step that time pulls.
const strayClocksSQL = `with running as (
		select clocks.*, cases.state as of_case, clues.state as of_clue, alarms.state as of_alarm, deadlines.state as live
		from clocks left join cases on cases.id = clocks.case_id left join clues on clues.id = clocks.clue_id
		left join alarms on alarms.id = clocks.alarm_id
		left join deadlines on deadlines.clock_id = clocks.id and deadlines.state in ('armed', 'frozen')
		where clocks.stopped_at is null
	)
	select 'I1' as invariant, 'clock' as object, r.id, case
			when r.of_case in ('closed', 'voided', 'force_closed') or r.of_clue not in ('submitted', 'verifying') or r.of_alarm = 'ended' then 'runs for something that is over'
			when r.live = 'frozen' and not r.pauses @> '[{"to": null}]' then 'its deadline is frozen, the clock is not'
			when r.live = 'armed' and (r.pauses @> '[{"to": null}]' or r.of_case = 'suspended') then 'its deadline is armed, the clock is frozen'
			else 'waits for no step, below the top of its ladder' end as says
	from running r
	where r.of_case in ('closed', 'voided', 'force_closed') or r.of_clue not in ('submitted', 'verifying') or r.of_alarm = 'ended'
		or r.live = 'frozen' and not r.pauses @> '[{"to": null}]'
		or r.live = 'armed' and (r.pauses @> '[{"to": null}]' or r.of_case = 'suspended')
		or r.live is null and exists (
			select from ladders, lateral (
				select max(s.position) - 1 as top, max(s.times) filter (where s.position = s.last) as times from (
					select s.position, coalesce((s.step->'repeat'->>'times')::integer, 0) as times,
						max(s.position) over () as last
					from jsonb_array_elements(ladders.steps) with ordinality as s(step, position)
					where s.step->>'clock' = r.stage and not s.step->'trigger' ? 'event') as s) as stage
			where ladders.code = r.ladder and ladders.version = r.ladder_version and stage.top is not null
				and not exists (select from deadlines d where d.clock_id = r.id and d.step = stage.top
					and d.occurrence = stage.times and d.state in ('fired', 'missed')))
	order by r.id`

const strayDeadlinesSQL = `select 'I1' as invariant, 'deadline' as object, d.id, 'is armed for a clock that has stopped' as says
	from deadlines d join clocks on clocks.id = d.clock_id
	where d.state in ('armed', 'frozen') and clocks.stopped_at is not null order by d.id`

const strayAcknowledgementsSQL = `select 'I1' as invariant, 'acknowledgement' as object, a.id, 'waits for silence in a case that is over, or suspended' as says
	from acknowledgements a join cases c on c.id = a.case_id
	where a.state = 'armed' and (c.state in ('suspended', 'closed', 'voided', 'force_closed') or c.round <> a.round) order by a.id`

// A parent whose own part has passed waits for its children on no clock but that of a reply; a child's work is owed no longer
// than its parent's round.
const strayJointsSQL = `select 'I1' as invariant, 'case' as object, c.id, case
			when c.state <> 'checking' then 'is ' || c.state || ', and yet waits for its children'
			when not exists (select from cases below where below.parent_id = c.id and ` + childOpen + `) then 'waits for children that are all over'
			else 'runs a clock, though its own part has passed' end as says
	from cases c join case_rounds r on r.case_id = c.id and r.round = c.round
	where r.passed_at is not null and c.state not in ('closed', 'voided', 'force_closed')
		and (c.state <> 'checking' or not exists (select from cases below where below.parent_id = c.id and ` + childOpen + `)
			or exists (select from clocks where clocks.case_id = c.id and clocks.stopped_at is null and clocks.stage <> 'reply'))
	union all select 'I1', 'case', below.id, 'is open though its parent, or its parent''s round, is over'
		from cases below join cases above on above.id = below.parent_id
		where ` + childOpen + ` and (above.state in ('filed', 'closed', 'voided', 'force_closed') or above.round <> below.parent_round)
	order by id`

const fallenCasesSQL = `select 'I2' as invariant, 'case' as object, c.id,
		case when c.level < e.level then 'its level fell' else 'its epoch fell' end as says
	from cases c join (
		select case_id, round, max((detail->>'level')::integer) as level, max((detail->>'epoch')::integer) as epoch
		from case_events where kind = 'pressed' group by case_id, round) as e on e.case_id = c.id and e.round = c.round
	where c.level < e.level or c.epoch < e.epoch order by c.id`

const strayOrdersSQL = `select 'I1' as invariant, 'order' as object, o.id, case
			when cases.state in ('closed', 'voided', 'force_closed') then 'is open though its case is over'
			when o.state = 'due' then 'is due, and its clock does not run'
			else 'was replied to, and its clock runs' end as says
	from supervision_orders o join cases on cases.id = o.case_id left join clocks on clocks.id = o.clock_id
	where o.state in ('due', 'replied') and (cases.state in ('closed', 'voided', 'force_closed')
		or o.clock_id is not null and (o.state = 'due') <> (clocks.id is not null and clocks.stopped_at is null))
	order by o.id`

const silentDeadlinesSQL = `with settled as (
		select d.id, d.state, e.id as event_id, (e.detail->>'told')::integer as told, coalesce(m.messages, 0) as messages
		from deadlines d left join (
			select id, deadline_id, detail from case_events where deadline_id is not null
			union all select id, deadline_id, detail from clue_events where deadline_id is not null
			union all select id, deadline_id, detail from alarm_events where deadline_id is not null) as e on e.deadline_id = d.id
		left join (select deadline_id, count(*) as messages from messages where deadline_id is not null group by deadline_id) as m
			on m.deadline_id = d.id
	)
	select 'I3' as invariant, 'deadline' as object, id, case
			when state <> 'fired' then 'has not fired, and yet an event or a message says so'
			when event_id is null then 'fired without an event'
			else 'told another number of people than its event says' end as says
	from settled
	where state = 'fired' and (event_id is null or messages <> told) or state <> 'fired' and (event_id is not null or messages > 0)
	order by id`

const earlyDeadlinesSQL = `select 'I3' as invariant, 'deadline' as object, id, 'fired before it was due' as says
	from deadlines where state in ('fired', 'missed') and settled_at < due_at order by id`

// The ids of events, made while the case's row is locked, tell which of two transactions came first; their times, stamped
// when a transaction begins, do not.
const lateFiringsSQL = `select 'I4' as invariant, 'deadline' as object, e.deadline_id as id, 'fired after the end of its round' as says
	from case_events e join case_events ending on ending.case_id = e.case_id and ending.round = e.round
		and ending.kind in ('closed', 'voided', 'force_closed') and ending.id < e.id
	where e.kind = 'pressed' and e.deadline_id is not null
	union all select 'I4', 'deadline', e.deadline_id, 'fired after the end of its alarm'
		from alarm_events e join alarm_events ending on ending.alarm_id = e.alarm_id and ending.kind = 'ended' and ending.id < e.id
		where e.kind = 'pressed'
	order by id`

// No foreign key says so: see the migration hot_rows.
const orphansSQL = `select 'I1' as invariant, 'deadline' as object, d.id, 'belongs to no clock' as says
	from deadlines d where not exists (select from clocks where clocks.id = d.clock_id)
	union all select 'I3', 'case event', e.id, 'belongs to no case' from case_events e where not exists (select from cases where cases.id = e.case_id)
	union all select 'I3', 'clue event', e.id, 'belongs to no clue' from clue_events e where not exists (select from clues where clues.id = e.clue_id)
	union all select 'I3', 'delivery', d.id, 'belongs to no message' from deliveries d
		where d.message_id is not null and not exists (select from messages where messages.id = d.message_id)
	union all select 'I3', 'message', m.id, 'is for nobody' from messages m
		where m.person_id is not null and not exists (select from people where people.id = m.person_id)
	order by object, id`

// CheckInvariants finds what should be impossible about deadlines. It reads whole tables: tests run it after every
// fault, and an operator's doctor now and then.
func CheckInvariants(ctx context.Context, tx *pg.Tx) ([]Violation, error) {
	if err := tx.Flush(ctx); err != nil {
		return nil, err
	}
	var found []Violation
	for _, query := range []string{strayClocksSQL, strayDeadlinesSQL, strayOrdersSQL, strayAcknowledgementsSQL, strayJointsSQL, fallenCasesSQL,
		silentDeadlinesSQL, earlyDeadlinesSQL, lateFiringsSQL, orphansSQL} {
		violations, err := pg.All[Violation](ctx, tx, query)
		if err != nil {
			return nil, err
		}
		found = append(found, violations...)
	}
	return found, nil
}
