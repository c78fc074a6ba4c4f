package casework

import (
	"github.com/google/uuid"

	"gridwork/pg"
)

const measureAgainSQL = `insert into measure_queue (id, case_id) select * from unnest($1::uuid[], $2::uuid[])`

// MeasureAgain has the figures look at cases again, with the commit. They follow by themselves a moment later: see
// domain/measure. Nothing is updated that another case's change would wait for.
func MeasureAgain(tx *pg.Tx, cases ...uuid.UUID) {
	ids := make([]uuid.UUID, len(cases))
	for i := range ids {
		ids[i] = pg.NewID()
	}
	tx.Queue(measureAgainSQL, ids, cases)
}
