package casework

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gridwork/domain/escalation"
	"gridwork/pg"
)

// silence is what the platform does for a case whose department said nothing.
var silence = map[escalation.Action]func(context.Context, *pg.Tx, []uuid.UUID) error{
	escalation.DeemAccepted:   DeemAcceptedBySilence,
	escalation.SubmitForCheck: SubmitBySilence,
}

// transit fires the steps that move cases on, and moves them, in this transaction. If one of them cannot move, each goes
// by itself, and only those that fail are put off.
func transit(ctx context.Context, tx *pg.Tx, climbs []*climb) error {
	for action := range silence {
		var group []*climb
		for _, c := range climbs {
			if c.transition() == action {
				group = append(group, c)
			}
		}
		if len(group) == 0 {
			continue
		}
		err := apart(ctx, tx, func() error { return moveOn(ctx, tx, action, group) })
		if err == nil {
			continue
		}
		if err := transitEach(ctx, tx, action, group); err != nil {
			return err
		}
	}
	return nil
}

func transitEach(ctx context.Context, tx *pg.Tx, action escalation.Action, climbs []*climb) error {
	for _, c := range climbs {
		err := apart(ctx, tx, func() error { return moveOn(ctx, tx, action, []*climb{c}) })
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			c.postpone(tx, err)
			settle(tx, []*climb{c})
		}
	}
	return nil
}

// moveOn fires the steps, then lets the cases take the turn that silence stands for.
func moveOn(ctx context.Context, tx *pg.Tx, action escalation.Action, climbs []*climb) error {
	settle(tx, climbs)
	if err := tx.Flush(ctx); err != nil { // the turn reads the cases again
		return err
	}
	ids := make([]uuid.UUID, len(climbs))
	for i, c := range climbs {
		ids[i] = *c.CaseID
	}
	return silence[action](ctx, tx, ids)
}

// apart runs do, and takes back everything that it wrote if it fails.
func apart(ctx context.Context, tx *pg.Tx, do func() error) error {
	if err := tx.Flush(ctx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "savepoint apart"); err != nil {
		return err
	}
	err := do()
	if flushed := tx.Flush(ctx); err == nil { // also what a failing turn has queued: it must not outlive the savepoint
		err = flushed
	}
	ending := "release savepoint apart"
	if err != nil {
		ending = "rollback to savepoint apart"
	}
	if _, broken := tx.Exec(ctx, ending); broken != nil {
		return fmt.Errorf("%s: %w", ending, broken)
	}
	return err
}
