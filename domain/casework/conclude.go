package casework

import (
	"context"
	"fmt"

	"gridwork/domain/notify"
	"gridwork/pg"
)

// conclude ends the case otherwise than by a passed check: it is voided or closed by force, as the row says.
func (t *turn) conclude(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	outcome := t.row.To
	t.ClosedAt, t.round.ClosedAt, t.round.Outcome = now(tx), now(tx), &outcome
	if t.check != nil {
		t.check.State, t.check.DecidedBy, t.check.DecidedAt = CheckCancelled, t.who(tx), now(tx)
		if err := t.writeCheck(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, endSuspensionSQL, t.ID, tx.Now); err != nil {
		return fmt.Errorf("end suspension: %w", err)
	}
	departments, err := pg.Vals[string](ctx, tx, endAssignmentsSQL, t.ID, tx.Now, string(outcome))
	if err != nil {
		return fmt.Errorf("end assignments: %w", err)
	}
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	if err := t.tellWorkers(ctx, tx, t.leading(departments), deref(t.HandlerID), notify.CaseEnded, map[string]any{"outcome": outcome}); err != nil {
		return err
	}
	if err := t.endChildren(ctx, tx, outcome); err != nil {
		return err
	}
	if err := t.tellReporters(ctx, tx, string(outcome)); err != nil {
		return err
	}
	return t.tellParent(ctx, tx)
}
