package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/pg"
)

// The clocks of the case's round, those on the round's ladder first, each with the steps that fired on it.
const roundClocksSQL = `select '00000000-0000-0000-0000-000000000000'::uuid as deadline_id, -1 as step, 0 as occurrence, ` +
	escalation.ClockColumns + `,
		cases.number, cases.child_number, cases.cell, cases.urgent, cases.restricted, categories.name_zh, categories.name_en, cases.epoch,
		cases.department as lead, cases.handler_id as handler, check_tasks.assignee_id as worker
	from cases
	join case_rounds on case_rounds.case_id = cases.id and case_rounds.round = cases.round
	join clocks on clocks.case_id = cases.id and clocks.round = cases.round
	join categories on categories.code = cases.category
	left join check_tasks on check_tasks.case_id = cases.id and check_tasks.state = 'open'
	where cases.id = $1
	order by (clocks.ladder, clocks.ladder_version) = (case_rounds.ladder, case_rounds.ladder_version) desc nulls last,
		clocks.started_at desc, clocks.id desc`

const settledStepsSQL = `select distinct step from deadlines where clock_id = any($1) order by step`

// pressOn fires the steps that an occasion pulls, whatever the time: each at most once in a round. The caller holds the
// lock on the case's row, and has written what happened.
func pressOn(ctx context.Context, tx *pg.Tx, caseID uuid.UUID, e escalation.Event) error {
	if err := tx.Flush(ctx); err != nil { // clocks that were started in this transaction
		return err
	}
	clocks, err := pg.All[claimed](ctx, tx, roundClocksSQL, caseID)
	if err != nil || len(clocks) == 0 {
		return err
	}
	pin := clocks[0].pin()
	// A step is known by its index, which means something else on another ladder.
	clocks = slices.DeleteFunc(clocks, func(c claimed) bool { return c.pin() != pin })
	ladder, err := escalation.Load(ctx, tx, pin)
	if err != nil {
		return err
	}
	steps := ladder.On(e)
	if len(steps) == 0 {
		return nil
	}
	settled, err := pg.Vals[int](ctx, tx, settledStepsSQL, clockIDs(clocks))
	if err != nil {
		return err
	}
	var climbs []*climb
	for _, i := range steps {
		if !slices.Contains(settled, i) {
			c := &climb{claimed: carrier(clocks, ladder.Steps[i].Clock), beside: true, ladder: ladder, cal: calendar.RoundTheClock}
			c.fire(escalation.Deadline{Position: escalation.Position{Step: i}, DueAt: tx.Now}, false)
			climbs = append(climbs, c)
		}
	}
	if err := gather(ctx, tx, climbs); err != nil {
		return fmt.Errorf("find who is on duty: %w", err)
	}
	if err := orderReplies(ctx, tx, climbs); err != nil {
		return fmt.Errorf("order replies: %w", err)
	}
	settle(tx, climbs)
	return nil
}

// carrier is the clock that an occasion's step is written to: the newest of its stage, or where none ever ran, the first.
func carrier(clocks []claimed, stage escalation.Stage) claimed {
	for _, c := range clocks {
		if c.Stage == stage {
			return c
		}
	}
	return clocks[0]
}

func clockIDs(clocks []claimed) []uuid.UUID {
	ids := make([]uuid.UUID, len(clocks))
	for i := range clocks {
		ids[i] = clocks[i].ID
	}
	return ids
}
