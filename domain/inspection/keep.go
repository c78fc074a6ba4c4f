package inspection

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/pg"
)

// JobEnd is the outbox kind that asks for End until nothing is left; its payload is a GenerateJob.
const JobEnd = "campaign.end"

// KeepPlans begins the periods that are due to begin, looks for new places in those that are under way, and ends those
// that are over. It may run as often as it likes: a period is one row, and a place has one task in it. The tasks follow in
// the background.
func KeepPlans(ctx context.Context, tx *pg.Tx) error {
	over, err := pg.Vals[uuid.UUID](ctx, tx, overPeriodsSQL, tx.Now)
	if err != nil {
		return fmt.Errorf("end periods: %w", err)
	}
	for _, campaign := range over {
		tx.Emit(JobEnd, GenerateJob{Campaign: campaign})
	}
	plans, err := pg.All[Plan](ctx, tx, livePlansSQL)
	if err != nil {
		return fmt.Errorf("read plans: %w", err)
	}
	for _, p := range plans {
		if err := p.keep(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// keep begins the periods of today, or goes on with them.
func (p Plan) keep(ctx context.Context, tx *pg.Tx) error {
	for _, r := range p.Rhythms {
		now, ok := p.at(r, today(tx.Now))
		if !ok {
			continue
		}
		campaign, err := pg.Val[uuid.UUID](ctx, tx, beginPeriodSQL, pg.NewID(), p.Name, p.Region, p.ChecklistID, now.DueAt(), tx.Now,
			p.Places, p.Kind, r.Risk, p.ID, now.Start)
		if errors.Is(err, pgx.ErrNoRows) {
			continue // its tasks are being made
		}
		if err != nil {
			return fmt.Errorf("begin a period of plan %s: %w", p.ID, err)
		}
		tx.Emit(JobGenerate, GenerateJob{Campaign: campaign})
	}
	return nil
}

// End takes the next open tasks of a campaign that is ending off people's hands, at most batch of them, and reports whether
// more are to come. A task that is being answered at the moment is left to its answer.
func End(ctx context.Context, tx *pg.Tx, campaign uuid.UUID, batch int) (more bool, err error) {
	if _, err := pg.Val[uuid.UUID](ctx, tx, lockEndingSQL, campaign); err != nil {
		if errors.Is(err, pgx.ErrNoRows) {
			return false, nil // ended before
		}
		return false, err
	}
	if _, err := tx.Exec(ctx, endTasksSQL, campaign, batch); err != nil {
		return false, fmt.Errorf("end the tasks of campaign %s: %w", campaign, err)
	}
	open, err := pg.Val[int](ctx, tx, openSQL, campaign, 1)
	if err != nil || open > 0 {
		return open > 0, err
	}
	return false, closeIfDone(ctx, tx, campaign)
}
