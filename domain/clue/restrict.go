package clue

import (
	"context"

	"gridwork/pg"
)

// Restrict keeps a clue for the street's dispatchers alone until it is filed, and the case for named readers from then on
// 设为受限: whoever reads it sees what its category does not say. It is never taken back.
//
// Faults: those of Take; ACTION_NOT_POSSIBLE for one that is restricted already.
func Restrict(ctx context.Context, tx *pg.Tx, target Target) (Clue, error) {
	c, err := Take(ctx, tx, target, DoRestrict)
	if err != nil {
		return Clue{}, err
	}
	c.Restricted = true
	if c, err = c.move(ctx, tx, DoRestrict); err != nil {
		return Clue{}, err
	}
	c.record(tx, "restricted", DoRestrict, nil)
	return c, nil
}
