package tasks

import (
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/pg"
)

const (
	linkEvery = time.Second
	linkBatch = 1000
)

// link appends what was audited to the hash chain, each second, until ctx ends. Several processes may try: one of them
// finds the chain free.
func (w *worker) link(ctx context.Context) {
	ctx = actor.With(ctx, actor.System("audit linker"))
	for more := false; more || rest(ctx, nil, linkEvery); {
		n, err := pg.WriteVal(ctx, w.db, func(tx *pg.Tx) (int, error) { return audit.Link(ctx, tx, linkBatch) })
		if err != nil && ctx.Err() == nil {
			w.log.Warn("audit rows cannot be linked", "cause", cause(err))
		}
		more = err == nil && n == linkBatch
	}
}
