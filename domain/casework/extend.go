package casework

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/pg"
)

const disposalClockSQL = `select id, limit_number, limit_unit from clocks
	where case_id = $1 and stage = 'dispose' and stopped_at is null`

// disposalClock is the running one.
type disposalClock struct {
	ID uuid.UUID `db:"id"`
	calendar.Limit
}

// extend gives the disposal its original limit once more, in the unit that its clock runs in.
func (t *turn) extend(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	original, _, err := t.limit(ctx, tx, escalation.Dispose)
	if err != nil {
		return err
	}
	if err := tx.Flush(ctx); err != nil { // a clock that was started or extended in this transaction
		return err
	}
	clock, err := pg.One[disposalClock](ctx, tx, disposalClockSQL, t.ID)
	if err != nil {
		return fmt.Errorf("disposal clock of case %s: %w", t.ID, err)
	}
	clock.Number += original.Number
	due, err := escalation.Extend(ctx, tx, clock.ID, clock.Limit)
	if err != nil {
		return err
	}
	t.DueAt, t.moved = &due, true
	t.round.Extensions++
	detail["due"], detail["count"] = due, t.round.Extensions
	return t.end(ctx, tx, detail)
}
