package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/clue"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// FileInput is a clue that a dispatcher files 立案.
type FileInput struct {
	clue.Target
	Standard uuid.UUID // the row of the current filing standard whose condition is met; it decides the category
	// Restricted hides the case from everybody but the one who files it and Readers, at once; so do a restricted clue and
	// a restricted category, whatever it says. A duty lead of the street is among them: somebody has to name others.
	Restricted bool
	Readers    []uuid.UUID
}

// filing is how every case begins.
var filing = Row{Do: "file", To: Filed, Starts: afresh, Event: "filed"}

// File makes a case of a clue, in its first round, pinned to the current standard. Its dispatch clock starts, and the
// rules route it in the background (JobRoute).
//
// Faults: those of clue.Take, STANDARD_UNKNOWN and STANDARD_OUTDATED at "standard"; of a restricted case PERSON_UNKNOWN and
// READERS_LACK_LEAD at "readers".
func File(ctx context.Context, tx *pg.Tx, in FileInput) (Case, error) {
	taken, err := clue.Take(ctx, tx, in.Target, clue.DoFile)
	if err != nil {
		return Case{}, err
	}
	f, err := currentFiling(ctx, tx, in.Standard)
	if err != nil {
		return Case{}, fault.Under("standard", err)
	}
	draft := Case{Source: FromClue, Text: taken.Text, Point: taken.Point, Cell: taken.Cell, Street: taken.Street,
		Urgent: taken.Urgent, ClueCount: 1, Restricted: in.Restricted || taken.Restricted}
	t, err := open(ctx, tx, draft, f, map[string]any{"clue": taken.ID})
	if err != nil {
		return Case{}, err
	}
	if t.Restricted {
		if err := t.firstReaders(ctx, tx, append(in.Readers, tx.Actor.ID)); err != nil {
			return Case{}, fault.Under("readers", err)
		}
	}
	_, err = clue.Settle(ctx, tx, taken, clue.Outcome{Do: clue.DoFile, Case: &t.ID, Detail: map[string]any{"case": t.ID}, Restricted: t.Restricted})
	return t.Case, err
}

// currentFiling refuses a standard that is no more: a case is not filed under what has been replaced.
func currentFiling(ctx context.Context, tx *pg.Tx, id uuid.UUID) (standard.Filing, error) {
	f, err := standard.FilingOf(ctx, tx, id)
	if err != nil {
		return f, err
	}
	rows, err := standard.ForCategory(ctx, tx, f.Category)
	if err == nil && !slices.ContainsFunc(rows, func(r standard.Filing) bool { return r.ID == id }) {
		err = fault.Conflict("STANDARD_OUTDATED", "this standard has been replaced by a newer version")
	}
	return f, err
}

// open stores a draft as a new case under a filing standard, starts its clocks and asks for its routing.
func open(ctx context.Context, tx *pg.Tx, c Case, f standard.Filing, detail map[string]any) (*turn, error) {
	category, err := standard.CategoryOf(ctx, tx, f.Category)
	if err != nil {
		return nil, err
	}
	c.ID, c.Kind, c.Category, c.StandardID, c.FiledAt = pg.NewID(), category.Kind, f.Category, f.ID, tx.Now
	c.State, c.Round, c.Version, c.Epoch = Filed, 1, 1, 1
	c.Urgent, c.Restricted = c.Urgent || f.Urgent, c.Restricted || category.Restricted
	c.Priority = 3
	if c.Urgent {
		c.Priority = 1
	}
	if c.Number, err = pg.Val[int64](ctx, tx, insertCaseSQL, c.ID, c.Kind, c.State, c.Round, c.Version, c.Category, c.Urgent,
		c.Priority, c.Source, c.Text, c.Point, c.Cell, c.Street, c.StandardID, c.Restricted, c.ClueCount, c.FiledAt); err != nil {
		return nil, fmt.Errorf("insert case: %w", err)
	}
	t := &turn{Case: c, row: filing}
	if err := t.openRound(ctx, tx, BecauseFiled, f.Version); err != nil {
		return nil, err
	}
	if err := t.runClocks(ctx, tx); err != nil {
		return nil, err
	}
	record(tx, t.Case, filing, "", detail)
	t.askRouting(tx)
	return t, nil
}

// openRound begins the round that the case is in now.
func (t *turn) openRound(ctx context.Context, tx *pg.Tx, because Because, standardVersion int) error {
	t.round = Round{CaseID: t.ID, Round: t.Round, OpenedAt: tx.Now, OpenedBecause: because, StandardVersion: standardVersion}
	_, err := tx.Exec(ctx, insertRoundSQL, t.ID, t.Round, tx.Now, because, standardVersion)
	if err != nil {
		return fmt.Errorf("open round: %w", err)
	}
	return nil
}
