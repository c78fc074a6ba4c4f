package tasks

import (
	"context"
	"sync"
	"time"
)

const (
	usualStandIn = 5 * time.Second        // of Redis refusing
	standInLook  = 250 * time.Millisecond // between looks whether that is so, and for work then
)

// runLane keeps a lane going until ctx ends: by the queue while Redis works, by this process while it does not. Jobs under
// way go on after ctx ends, as long as work lasts.
func (w *worker) runLane(ctx, work context.Context, l lane, ear <-chan struct{}) {
	for ctx.Err() == nil {
		w.serve(ctx, l)
		w.standIn(ctx, work, l, ear)
	}
}

// standIn runs a lane's jobs in this process while Redis is away: cases still have to reach their departments. It begins
// when Redis has refused for five seconds, takes jobs oldest first, as many at once as the lane has workers, and ends
// when the relay finds Redis working. Jobs that Redis had before it went are taken too, once their kind's patience is
// over; should it come back and remember them, they are done already.
func (w *worker) standIn(ctx, work context.Context, l lane, ear <-chan struct{}) {
	for ctx.Err() == nil && w.health.awayFor() > 0 {
		jobs, err := w.claimDue(ctx, l)
		if err != nil && ctx.Err() == nil {
			w.log.Warn("jobs cannot be taken from the outbox", "lane", l.name, "cause", cause(err))
		}
		if len(jobs) == 0 {
			rest(ctx, ear, standInLook)
			continue
		}
		w.attemptAll(work, jobs)
	}
}

func (w *worker) claimDue(ctx context.Context, l lane) ([]claimed, error) {
	jobs, err := w.claimWaiting(ctx, l.kinds, l.workers)
	if err != nil || len(jobs) == l.workers {
		return jobs, err
	}
	overdue, err := w.claimOverdue(ctx, l.kinds, func(k kind) time.Duration { return k.patience }, l.workers-len(jobs))
	return append(jobs, overdue...), err
}

// attemptAll runs jobs side by side. Whatever becomes of them is in the outbox.
func (w *worker) attemptAll(ctx context.Context, jobs []claimed) {
	var all sync.WaitGroup
	for _, job := range jobs {
		all.Go(func() { _ = w.attempt(ctx, w.kinds[job.Kind], job.ID) })
	}
	all.Wait()
}
