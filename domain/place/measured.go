package place

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"gridwork/pg"
)

const measureAgainSQL = `insert into measure_queue (id, street) select * from unnest($1::uuid[], $2::text[])`

const (
	addressesStoodSQL = `select distinct street from addresses where code = any($1)`
	premisesStoodSQL  = `select distinct street from premises where code = any($1)`
)

// measureAgain has the figures count the places of streets again, with the commit. They follow by themselves a moment later:
// see domain/measure.
func measureAgain(tx *pg.Tx, streets []string) {
	ids := make([]uuid.UUID, len(streets))
	for i := range ids {
		ids[i] = pg.NewID()
	}
	tx.Queue(measureAgainSQL, ids, streets)
}

// recount has the figures count the streets of records that are about to be stored, and those where the same places stood before.
func (c columns) recount(ctx context.Context, tx *pg.Tx, stoodSQL string) error {
	streets, err := pg.Vals[string](ctx, tx, stoodSQL, c.codes)
	if err != nil {
		return fmt.Errorf("where they stood: %w", err)
	}
	seen := map[string]bool{}
	for _, s := range append(streets, c.streets...) {
		seen[s] = true
	}
	measureAgain(tx, slices.Sorted(maps.Keys(seen)))
	return nil
}
