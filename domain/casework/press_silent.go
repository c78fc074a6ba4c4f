package casework

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/pg"
)

// Acknowledgements that have run out, locked with their case like deadlines are: nobody waits for the keeper. Whatever
// happens to a case cancels them, so that those still armed were followed by silence.
const claimSilenceSQL = `select acknowledgements.id as acknowledgement, acknowledgements.due_at as outlasted_at,
		cases.round = acknowledgements.round and cases.state not in ('suspended', 'closed', 'voided', 'force_closed') as in_work,
		(select count(*) from acknowledgements earlier where earlier.case_id = acknowledgements.case_id
			and earlier.round = acknowledgements.round and earlier.stage = acknowledgements.stage and earlier.state = 'silent') as earlier,
		acknowledgements.id as deadline_id, -1 as step, 0 as occurrence, ` + escalation.ClockColumns + `,
		cases.number, cases.child_number, cases.cell, cases.urgent, cases.restricted, categories.name_zh, categories.name_en, cases.epoch,
		cases.department as lead, cases.handler_id as handler, check_tasks.assignee_id as worker
	from acknowledgements
	join cases on cases.id = acknowledgements.case_id
	join clocks on clocks.id = acknowledgements.clock_id
	join categories on categories.code = cases.category
	left join check_tasks on check_tasks.case_id = cases.id and check_tasks.state = 'open' and clocks.stage = 'check'
	where acknowledgements.state = 'armed' and acknowledgements.due_at <= $1
	order by acknowledgements.due_at, acknowledgements.id limit $2
	for no key update of acknowledgements, cases skip locked`

// Like settled deadlines: should one of them not be armed and due, the transaction is nothing.
const settleSilenceSQL = `with settled as (
		update acknowledgements set state = heard.state, settled_at = $1
		from unnest($2::uuid[], $3::text[]) as heard(id, state)
		where acknowledgements.id = heard.id and acknowledgements.state = 'armed' and acknowledgements.due_at <= $1
		returning acknowledgements.id
	)
	select 1 / (count(*) = cardinality($2::uuid[]))::integer from settled`

const putOffSilenceSQL = `update acknowledgements set due_at = $1 where id = any($2) and state = 'armed'`

// outlasted is an acknowledgement after which nothing happened, with the clock whose step was acknowledged.
type outlasted struct {
	Acknowledgement uuid.UUID `db:"acknowledgement"`
	InWork          bool      `db:"in_work"`
	Earlier         int       `db:"earlier"` // acknowledgements of the stage and round that had ended so before
	OutlastedAt     time.Time `db:"outlasted_at"`
	claimed
}

// pulledBySilence settles acknowledgements that have run out, and finds the steps that their silence pulls: each count of a
// stage once in a round.
func pulledBySilence(ctx context.Context, tx *pg.Tx, expired []outlasted) ([]*climb, error) {
	if len(expired) == 0 {
		return nil, nil
	}
	pins := map[escalation.Pin]bool{}
	for i := range expired {
		pins[expired[i].pin()] = true
	}
	ladders, err := escalation.LoadAll(ctx, tx, keys(pins))
	if err != nil {
		return nil, err
	}
	var climbs []*climb
	ids, states := make([]uuid.UUID, len(expired)), make([]string, len(expired))
	counts := map[stageOfRound]int{}
	for i := range expired {
		x := &expired[i]
		ids[i], states[i] = x.Acknowledgement, "cancelled"
		if !x.InWork {
			continue // whatever ended the work ought to have said so: nothing fires after the end
		}
		states[i] = "silent"
		of := stageOfRound{*x.CaseID, x.Round, x.Stage}
		counts[of]++
		climbs = append(climbs, x.pulls(ladders[x.pin()], x.Earlier+counts[of])...)
	}
	tx.Queue(settleSilenceSQL, tx.Now, ids, states)
	return climbs, nil
}

// stageOfRound is what acknowledgements are counted in.
type stageOfRound struct {
	Case  uuid.UUID
	Round int
	Stage escalation.Stage
}

// pulls are the steps of the ladder for the count-th silence, beside the clock that was acknowledged.
func (x *outlasted) pulls(ladder escalation.Ladder, count int) []*climb {
	var climbs []*climb
	for _, i := range ladder.OnSilence(x.Stage, count) {
		c := &climb{claimed: x.claimed, beside: true, ladder: ladder, cal: calendar.RoundTheClock}
		c.fire(escalation.Deadline{Position: escalation.Position{Step: i}, DueAt: x.OutlastedAt}, false)
		climbs = append(climbs, c)
	}
	return climbs
}

// putOff lets acknowledgements wait a while that could not be pressed, as postpone does with deadlines.
func putOff(tx *pg.Tx, expired []outlasted, cause error) {
	if len(expired) == 0 {
		return
	}
	ids := make([]uuid.UUID, len(expired))
	for i := range expired {
		ids[i] = expired[i].Acknowledgement
		recordPostponed(tx, ids[i], cause)
	}
	tx.Queue(putOffSilenceSQL, tx.Now.Add(setAside), ids)
}
