package tasks

import (
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/measure"
	"gridwork/pg"
)

const (
	measureEvery = time.Second
	measureBatch = 200
)

// measure keeps the figures up to date, each second, until ctx ends. Several processes may try: one of them rolls up, the
// others find nothing to do.
func (w *worker) measure(ctx context.Context) {
	ctx = actor.With(ctx, actor.System("measures"))
	for more := false; more || rest(ctx, nil, measureEvery); {
		n, err := pg.WriteVal(ctx, w.db, func(tx *pg.Tx) (int, error) { return measure.RollUp(ctx, tx, measureBatch) })
		if err != nil && ctx.Err() == nil {
			w.log.Warn("figures are not up to date", "cause", cause(err))
		}
		more = err == nil && n == measureBatch
	}
}
