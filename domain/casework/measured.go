package casework

import (
	"github.com/google/uuid"

	"gridwork/domain/clue"
	"gridwork/pg"
)

const measureAgainSQL = `insert into measure_queue (id, case_id) select * from unnest($1::uuid[], $2::uuid[])`

// measureAgain has the figures look at cases again, with the commit. They follow by themselves a moment later: see
// domain/measure. Nothing is updated that another case's change would wait for.
func measureAgain(tx *pg.Tx, cases []uuid.UUID) {
	ids := make([]uuid.UUID, len(cases))
	for i := range ids {
		ids[i] = pg.NewID()
	}
	tx.Queue(measureAgainSQL, ids, cases)
}

func measureCluesAgain(tx *pg.Tx, clues []uuid.UUID) { clue.MeasureAgain(tx, clues...) }
