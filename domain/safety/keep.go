package safety

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Blank forgets where the alarms were that ended before a time: the point, its cell, and the cell in what people were told; of
// timers that were ended in time at once. At most max at a time; it returns which.
func Blank(ctx context.Context, tx *pg.Tx, before time.Time, max int) ([]uuid.UUID, error) {
	ids, err := pg.Vals[uuid.UUID](ctx, tx, blankSQL, before, max, tx.Now)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	tx.Queue(blankMessagesSQL, ids)
	return ids, nil
}
