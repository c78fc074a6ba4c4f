package casework

import (
	"context"

	"github.com/google/uuid"

	"gridwork/pg"
)

const disposalsByIDSQL = `select ` + disposalColumns + ` from disposals d join cases scoped on scoped.id = d.case_id
	where d.id = any($5::uuid[]) and ` + visible + ` order by d.id`

// DisposalsByIDs finds disposals of cases that the viewer may see, ordered by id: their photos are shown to the same
// people.
func DisposalsByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Disposal, error) {
	return pg.All[Disposal](ctx, tx, disposalsByIDSQL, scoped(tx, ids)...)
}
