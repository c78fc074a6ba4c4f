// Package tasks is the background edge: it carries what follows a commit from the outbox to its handler, keeps
// deadlines, links the audit chain, rolls the figures up and keeps house.
//
//	transaction → outbox row → relay → Redis (asynq) → handler, which marks the row done with its effect
//
// The row is the truth and Redis a way: a job leaves the outbox when its effect is committed, so that a Redis that was
// flushed, or a worker that was killed, costs time and nothing else. The reconciler hands out again what is not done
// in time; while Redis is away the jobs run in this process (see standIn). Every handler may be called twice; once
// keeps its effect single.
package tasks

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"gridwork/domain/consignment"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// Deps is what the background work needs of its process.
type Deps struct {
	DB          *pg.DB
	DatabaseURL string // of a connection that listens for other processes' announcements
	Redis       redis.UniversalClient
	Prefix      string // of the queues' names, without braces; by default the city's schema
	Senders     notify.Senders
	Files       media.Files
	Imports     consignment.Files
	AlarmKeep   time.Duration // after its end, how long it is known where an alarm was
	Log         *slog.Logger
	Metrics     prometheus.Registerer
	OnCommit    func(wake func()) // registers what is called after a commit of this process
	Grace       time.Duration     // how long running jobs may take to finish when the context ends
}

// Run does the background work until ctx ends, then lets running jobs finish within the grace period. What is not
// finished by then is done by the next process. Redis may be away at the start, the database may not.
func Run(ctx context.Context, d Deps) error {
	w := newWorker(d, lanes(d))
	if err := w.register(d.Metrics); err != nil {
		return fmt.Errorf("metrics of the background work: %w", err)
	}
	w.run(ctx, d)
	return nil
}

func (w *worker) run(ctx context.Context, d Deps) {
	work, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	d.OnCommit(w.bell.ring)
	var loops sync.WaitGroup
	for _, loop := range w.loops(ctx, work, d) {
		loops.Go(loop)
	}
	<-ctx.Done()
	stop := time.AfterFunc(w.grace, abort)
	defer stop.Stop()
	loops.Wait()
	w.awaitClosing()
}

// awaitClosing lets the queues' workers finish. They give up by themselves when the grace is over, unless Redis hangs,
// whose client they wait for; what they hold is then found by the reconciler of another process.
func (w *worker) awaitClosing() {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		w.closing.Wait()
	}()
	rest(context.Background(), closed, w.grace+time.Second)
}

func (w *worker) loops(ctx, work context.Context, d Deps) []func() {
	all := []func(){
		func() { w.reconcile(ctx, work) },
		func() { w.listen(ctx, d.DatabaseURL) },
		func() { w.keeper.Run(ctx) },
		func() { w.link(ctx) },
		func() { w.measure(ctx) },
		func() { w.keepHouse(ctx, chores(d)) },
	}
	relayEar := w.bell.ear()
	all = append(all, func() { w.relay(ctx, relayEar) })
	for _, l := range w.lanes {
		ear := w.bell.ear()
		all = append(all, func() { w.runLane(ctx, work, l, ear) })
	}
	return all
}
