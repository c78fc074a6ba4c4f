package regrid

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/place"
	"gridwork/domain/sampling"
	"gridwork/pg"
)

// JobMove is the outbox kind that asks for Move until nothing is left; its payload is a MoveJob.
const JobMove = "cells.move"

// MoveJob names the edit.
type MoveJob struct {
	Edit uuid.UUID `json:"edit"`
}

// Batch is how much is moved in one transaction: some tenths of a second, for which people who act on one of them wait.
const Batch = 1000

// campaigns are how many campaigns' tasks are moved in one transaction: each has one for every place of some cells.
const campaigns = 20

// most is how many edits are begun in one transaction.
const most = 100

// BeginDue begins the edits whose time has come. The cells themselves changed at that time, with nothing written.
func BeginDue(ctx context.Context, tx *pg.Tx) error {
	return beginAll(ctx, tx, dueSQL)
}

// CatchUp begins again where something lies in a cell that has ended: a report that was landed by a grid some seconds
// old, a case that was opened again, a file of places that was being imported meanwhile. Nothing to do is no error.
func CatchUp(ctx context.Context, tx *pg.Tx) error {
	return beginAll(ctx, tx, leftBehindSQL)
}

func beginAll(ctx context.Context, tx *pg.Tx, which string) error {
	edits, err := pg.All[Edit](ctx, tx, which, tx.Now, most)
	if err != nil {
		return fmt.Errorf("edits of cells to begin: %w", err)
	}
	for _, e := range edits {
		if _, err := e.begin(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (e Edit) begin(ctx context.Context, tx *pg.Tx) (Edit, error) {
	h, err := cell.HeirsOf(ctx, tx, e.Ends, e.Begins)
	if err != nil {
		return Edit{}, fmt.Errorf("edit %s of cells: %w", e.ID, err)
	}
	moves, err := homes(ctx, tx, h)
	if err != nil {
		return Edit{}, err
	}
	total := 0
	for _, m := range moves {
		total += m.Count
	}
	if err := inspection.BeforeRehome(ctx, tx, e.Community); err != nil {
		return Edit{}, err
	}
	tx.Emit(JobMove, MoveJob{e.ID})
	audit.Record(tx, "cell_edit.begin", "cell_edit", e.ID.String(), map[string]any{"total": total})
	return pg.One[Edit](ctx, tx, beginEditSQL, e.ID, total, tx.Now)
}

// Move moves the next things that lie in the cells an edit has ended, places first, and reports whether more are to come.
// Each batch is a transaction of its own. What was moved lies in no ended cell any more: an interrupted job goes on with
// what is left, and one that runs twice finds its work done.
func Move(ctx context.Context, tx *pg.Tx, id uuid.UUID, batch int) (more bool, err error) {
	e, err := pg.One[Edit](ctx, tx, lockApplyingSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil // finished, by this job's first run
	}
	if err != nil {
		return false, err
	}
	h, err := cell.HeirsOf(ctx, tx, e.Ends, e.Begins)
	if err != nil {
		return false, fmt.Errorf("edit %s of cells: %w", id, err)
	}
	moved, more, err := e.move(ctx, tx, h, batch)
	if err != nil {
		return false, fmt.Errorf("edit %s of cells: %w", id, err)
	}
	if more {
		_, err = tx.Exec(ctx, advanceSQL, id, moved)
		return true, err
	}
	audit.Record(tx, "cell_edit.done", "cell_edit", id.String(), map[string]any{"moved": e.Moved + moved})
	_, err = tx.Exec(ctx, finishSQL, id, moved, tx.Now)
	return false, err
}

// move does one batch, of one kind at a time.
func (e Edit) move(ctx context.Context, tx *pg.Tx, h cell.Heirs, batch int) (moved int, more bool, err error) {
	for _, rehome := range []func() (int, error){
		func() (int, error) { return place.Rehome(ctx, tx, h, batch) },
		func() (int, error) { return clue.Rehome(ctx, tx, h, e.ID, batch) },
		func() (int, error) { return casework.Rehome(ctx, tx, h, e.ID, batch) },
		func() (int, error) { return sampling.Rehome(ctx, tx, h, batch) },
	} {
		if moved, err = rehome(); err != nil || moved > 0 {
			return moved, true, err
		}
	}
	of, moved, err := inspection.Rehome(ctx, tx, h, campaigns)
	return moved, of > 0, err
}
