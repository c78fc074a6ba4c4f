package regrid

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

var (
	errNoEdit  = fault.NotFound("CELL_EDIT_NOT_FOUND", "no such edit of cells")
	errTooLate = fault.Conflict("CELL_EDIT_IN_FORCE", "the cells have changed already: make another edit")
)

// Publish makes an edit. The cells that it begins are announced at once, and valid from its time on, when the others end;
// what lies in those is moved in the background from then on (Move).
//
// Faults: ACTION_NOT_YOURS, CELL_EDIT_TIME; TEXT_… at "note"; those of cell.PlanChange, and the first finding of the shapes under its path.
func Publish(ctx context.Context, tx *pg.Tx, in Input) (Edit, error) {
	at, err := in.when(tx.Now)
	if err != nil {
		return Edit{}, err
	}
	note, err := prose.Clean("note", in.Note, maxNote)
	if err != nil {
		return Edit{}, err
	}
	plan, err := cell.PlanChange(ctx, tx, in.change(), true)
	if err != nil {
		return Edit{}, err
	}
	if err := permitted(tx, plan.Community); err != nil {
		return Edit{}, err
	}
	if len(plan.Findings) > 0 {
		f := plan.Findings[0]
		return Edit{}, fault.Invalid(f.Code, "%s", f.Message).At(f.Path)
	}
	h := plan.Heirs()
	e, err := pg.One[Edit](ctx, tx, insertEditSQL, pg.NewID(), plan.Community, plan.Street, note, h.Ended, h.Begun, at, publisher(tx.Actor), tx.Now)
	if err != nil {
		return Edit{}, fmt.Errorf("store an edit of cells: %w", err)
	}
	if err := cell.Replace(ctx, tx, plan, e.ID, at); err != nil {
		return Edit{}, err
	}
	audit.Record(tx, "cell_edit.publish", "cell_edit", e.ID.String(), map[string]any{"ends": e.Ends, "begins": e.Begins, "at": at})
	if at.After(tx.Now) {
		return e, nil
	}
	return e.begin(ctx, tx)
}

func publisher(a *actor.Actor) *uuid.UUID {
	if !a.IsPerson() {
		return nil
	}
	return &a.ID
}

// Cancel takes an edit back whose time has not come. The codes that it would have given are not given again. A second
// time changes nothing.
//
// Faults: CELL_EDIT_NOT_FOUND, CELL_EDIT_IN_FORCE.
func Cancel(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Edit, error) {
	scope := tx.Actor.Scope(actor.AdministerAll)
	e, err := pg.One[Edit](ctx, tx, takeEditSQL, scope.Regions, scope.Departments, id)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return Edit{}, errNoEdit
	case err != nil:
		return Edit{}, err
	case e.State == Cancelled:
		return e, nil
	case e.State != Pending || !e.EffectiveAt.After(tx.Now):
		return Edit{}, errTooLate
	}
	if err := cell.Restore(ctx, tx, e.Ends, e.Begins); err != nil {
		return Edit{}, err
	}
	audit.Record(tx, "cell_edit.cancel", "cell_edit", e.ID.String(), map[string]any{"ends": e.Ends, "begins": e.Begins})
	return pg.One[Edit](ctx, tx, cancelEditSQL, e.ID, publisher(tx.Actor), tx.Now)
}
