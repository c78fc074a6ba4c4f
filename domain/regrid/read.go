package regrid

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/pg"
)

// ByID finds an edit of the administrator's part of the city.
func ByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Edit, error) {
	scope := tx.Actor.Scope(actor.AdministerAll)
	e, err := pg.One[Edit](ctx, tx, editSQL, scope.Regions, scope.Departments, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return e, errNoEdit
	}
	return e, err
}

// Edits lists those of a region of any level ("" = the administrator's part of the city), the newest first, after the given one. more tells whether
// older ones follow.
func Edits(ctx context.Context, tx *pg.Tx, region string, before *uuid.UUID, first int) (found []Edit, more bool, err error) {
	scope := tx.Actor.Scope(actor.AdministerAll)
	found, err = pg.All[Edit](ctx, tx, editsSQL, scope.Regions, scope.Departments, region, before, first+1)
	return pg.Page(found, first, err)
}
