package measure

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/pg"
)

// turned is a case or a clue to which something happened, or an inspection that was answered.
type turned struct {
	Case       *uuid.UUID `db:"case_id"`
	Clue       *uuid.UUID `db:"clue_id"`
	Inspection *uuid.UUID `db:"inspection_id"`
}

// RollUp brings the figures up to date with what has changed since: for at most max changes it takes the old facts out of
// the sums and puts the new ones in, in this transaction. It returns how many changes it took. Any number of processes may
// call it, as the platform: one at a time rolls up, the others find nothing to do.
func RollUp(ctx context.Context, tx *pg.Tx, max int) (int, error) {
	_, err := pg.Val[bool](ctx, tx, lockRollupSQL)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	changes, err := pg.All[turned](ctx, tx, takeQueueSQL, max)
	if err != nil || len(changes) == 0 {
		return 0, err
	}
	cases, clues, inspections := apart(changes)
	behind, err := pg.Vals[uuid.UUID](ctx, tx, behindSQL, cases) // a clue is resolved with its case
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, refreshRoundsSQL, cases); err != nil {
		return 0, fmt.Errorf("roll up rounds: %w", err)
	}
	if _, err := tx.Exec(ctx, refreshReportsSQL, append(clues, behind...)); err != nil {
		return 0, fmt.Errorf("roll up reports: %w", err)
	}
	if _, err := tx.Exec(ctx, refreshInspectionsSQL, inspections); err != nil {
		return 0, fmt.Errorf("roll up inspections: %w", err)
	}
	return len(changes), nil
}

// apart are the cases, the clues and the inspections, each once.
func apart(changes []turned) (cases, clues, inspections []uuid.UUID) {
	cases, clues, inspections = []uuid.UUID{}, []uuid.UUID{}, []uuid.UUID{} // null would mean all
	seen := map[uuid.UUID]bool{}
	for _, c := range changes {
		switch {
		case c.Case != nil && !seen[*c.Case]:
			seen[*c.Case], cases = true, append(cases, *c.Case)
		case c.Clue != nil && !seen[*c.Clue]:
			seen[*c.Clue], clues = true, append(clues, *c.Clue)
		case c.Inspection != nil:
			inspections = append(inspections, *c.Inspection)
		}
	}
	return cases, clues, inspections
}

// Rebuild makes all figures from nothing but the stored cases, clues and inspections. What changes meanwhile stays in the queue, and is
// rolled up afterwards. Operators run it; so does whoever changes what a count means.
func Rebuild(ctx context.Context, tx *pg.Tx) error {
	if _, err := pg.Val[bool](ctx, tx, waitRollupSQL); err != nil {
		return err
	}
	for _, sql := range []string{dropSumsSQL, dropTimesSQL, dropFactsSQL, dropReportsSQL, dropVisitsSQL} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("rebuild: %w", err)
		}
	}
	for _, sql := range []string{makeFactsSQL, makeReportsSQL, makeInspectionsSQL} {
		if _, err := tx.Exec(ctx, sql, nil); err != nil {
			return fmt.Errorf("rebuild the facts: %w", err)
		}
	}
	for _, sql := range []string{sumRoundsSQL, sumReportsSQL, widerSumsSQL, jointSumsSQL, wholeSumsSQL, monthSumsSQL,
		timeRoundsSQL, timeReportsSQL, widerTimesSQL, jointTimesSQL, wholeTimesSQL, monthTimesSQL} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("rebuild the sums: %w", err)
		}
	}
	audit.Record(tx, "measure.rebuild", "measure", "all", struct{}{})
	_, err := tx.Exec(ctx, rebuiltSQL, tx.Now)
	return err
}
