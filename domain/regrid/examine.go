package regrid

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/pg"
)

// Overlap is ground that two valid cells of a community share, which must never be.
type Overlap struct {
	Code   string  `db:"code"`
	Other  string  `db:"other"`
	AreaM2 float64 `db:"area_m2"`
}

// Overlaps finds valid cells that overlap by more than 1 m², at most 100, by code.
func Overlaps(ctx context.Context, tx *pg.Tx) ([]Overlap, error) {
	return pg.All[Overlap](ctx, tx, overlapsSQL, tx.Now)
}

// LeftBehind counts what lies in cells that have ended while no edit is about to move it. CatchUp begins with that within
// a minute: what stands here for longer is not being moved.
func LeftBehind(ctx context.Context, tx *pg.Tx) ([]cell.Moving, error) {
	return pg.All[cell.Moving](ctx, tx, leftCountSQL, tx.Now)
}
