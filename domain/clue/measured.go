package clue

import (
	"github.com/google/uuid"

	"gridwork/pg"
)

const measureAgainSQL = `insert into measure_queue (id, clue_id) select * from unnest($1::uuid[], $2::uuid[])`

// MeasureAgain has the figures look at clues again, with the commit. They follow by themselves a moment later: see
// domain/measure.
func MeasureAgain(tx *pg.Tx, clues ...uuid.UUID) {
	if len(clues) == 0 {
		return
	}
	ids := make([]uuid.UUID, len(clues))
	for i := range ids {
		ids[i] = pg.NewID()
	}
	tx.Queue(measureAgainSQL, ids, clues)
}
