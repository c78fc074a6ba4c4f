// Package tasks is the background edge: it carries what follows a commit from the outbox to its handler, keeps
// deadlines, links the audit chain and keeps house.
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

	"github.com/hibiken/asynq"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

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
	return w.run(ctx, d)
}

func (w *worker) run(ctx context.Context, d Deps) error {
	work, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	d.OnCommit(w.bell.ring)
	var servers []*asynq.Server
	defer func() { w.drain(servers) }()
	for _, l := range w.lanes {
		s, err := w.serve(l)
		if err != nil {
			return err
		}
		servers = append(servers, s)
	}
	var loops sync.WaitGroup
	for _, loop := range w.loops(ctx, work, d) {
		loops.Go(loop)
	}
	<-ctx.Done()
	stop := time.AfterFunc(w.grace, abort)
	defer stop.Stop()
	w.drain(servers)
	loops.Wait()
	return nil
}

func (w *worker) loops(ctx, work context.Context, d Deps) []func() {
	all := []func(){
		func() { w.reconcile(ctx, work) },
		func() { w.listen(ctx, d.DatabaseURL) },
		func() { w.keeper.Run(ctx) },
		func() { w.link(ctx) },
		func() { w.keepHouse(ctx, chores(d)) },
	}
	relayEar := w.bell.ear()
	all = append(all, func() { w.relay(ctx, relayEar) })
	for _, l := range w.lanes {
		ear := w.bell.ear()
		all = append(all, func() { w.standIn(ctx, work, l, ear) })
	}
	return all
}

// drain lets the queues' workers finish, all lanes at once. Draining a second time does nothing.
func (w *worker) drain(servers []*asynq.Server) {
	var all sync.WaitGroup
	for _, s := range servers {
		all.Go(s.Shutdown)
	}
	all.Wait()
}
