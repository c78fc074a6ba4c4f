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

// turned is a case or a clue to which something happened, an inspection that was answered, or a street of whose places some
// came, went, or are others.
type turned struct {
	Case       *uuid.UUID `db:"case_id"`
	Clue       *uuid.UUID `db:"clue_id"`
	Inspection *uuid.UUID `db:"inspection_id"`
	Street     *string    `db:"street"`
}

// changed are the things that have turned, each once.
type changed struct {
	cases, clues, inspections []uuid.UUID
	streets                   []string
}

// Each of these statements brings figures up to date with what has changed.
var refreshes = []struct {
	what, sql string
	of        func(changed) []any
}{
	{"rounds", refreshRoundsSQL, func(c changed) []any { return []any{c.cases} }},
	{"reports", refreshReportsSQL, func(c changed) []any { return []any{c.clues} }},
	{"inspections", refreshInspectionsSQL, func(c changed) []any { return []any{c.inspections} }},
	{"presence", refreshPresenceSQL, func(c changed) []any { return []any{c.cases, c.clues, c.inspections} }},
	{"visits", refreshVisitsSQL, func(c changed) []any { return []any{c.inspections} }},
	{"places", refreshPlacesSQL, func(c changed) []any { return []any{c.streets} }},
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
	c := apart(changes)
	behind, err := pg.Vals[uuid.UUID](ctx, tx, behindSQL, c.cases) // a clue is resolved with its case
	if err != nil {
		return 0, err
	}
	c.clues = append(c.clues, behind...)
	for _, r := range refreshes {
		if _, err := tx.Exec(ctx, r.sql, r.of(c)...); err != nil {
			return 0, fmt.Errorf("roll up %s: %w", r.what, err)
		}
	}
	return len(changes), nil
}

func apart(changes []turned) changed {
	all := changed{[]uuid.UUID{}, []uuid.UUID{}, []uuid.UUID{}, []string{}} // null would mean all
	seen, streets := map[uuid.UUID]bool{}, map[string]bool{}
	for _, c := range changes {
		switch {
		case c.Case != nil && !seen[*c.Case]:
			seen[*c.Case], all.cases = true, append(all.cases, *c.Case)
		case c.Clue != nil && !seen[*c.Clue]:
			seen[*c.Clue], all.clues = true, append(all.clues, *c.Clue)
		case c.Inspection != nil:
			all.inspections = append(all.inspections, *c.Inspection)
		case c.Street != nil && !streets[*c.Street]:
			streets[*c.Street], all.streets = true, append(all.streets, *c.Street)
		}
	}
	return all
}

// Rebuild makes all figures from nothing but the stored cases, clues and inspections. What changes meanwhile stays in the queue, and is
// rolled up afterwards. Operators run it; so does whoever changes what a count means.
func Rebuild(ctx context.Context, tx *pg.Tx) error {
	if _, err := pg.Val[bool](ctx, tx, waitRollupSQL); err != nil {
		return err
	}
	for _, sql := range []string{dropSumsSQL, dropTimesSQL, dropFactsSQL, dropReportsSQL, dropPresenceSQL, dropVisitedSQL, dropVisitsSQL, dropPlacesSQL} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("rebuild: %w", err)
		}
	}
	cities, err := pg.Vals[string](ctx, tx, citiesSQL)
	if err != nil {
		return err
	}
	for _, make := range []struct {
		sql string
		of  []any // null: all
	}{{makeFactsSQL, []any{nil}}, {makeReportsSQL, []any{nil}}, {makeInspectionsSQL, []any{nil}},
		{refreshPresenceSQL, []any{nil, nil, nil}}, {refreshVisitsSQL, []any{nil}}, {refreshPlacesSQL, []any{cities}}} {
		if _, err := tx.Exec(ctx, make.sql, make.of...); err != nil {
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
	_, err = tx.Exec(ctx, rebuiltSQL, tx.Now)
	return err
}
