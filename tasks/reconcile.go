package tasks

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
)

const (
	reconcileEvery = 5 * time.Second
	reconcileBatch = 200
	rescueAtOnce   = 4
	lostAfter      = 15 * time.Second // when Redis is asked whether it still knows a job
	rememberFor    = time.Hour        // of a job that was asked for once and never again
)

// reconciler looks after jobs that were handed out and are not done: Redis may have forgotten them, or whoever took them
// may have died.
type reconciler struct {
	*worker
	// since remembers when this process first saw a job handed out, because asking for it makes it look new.
	since map[uuid.UUID]time.Time
}

func newReconciler(w *worker) *reconciler { return &reconciler{w, map[uuid.UUID]time.Time{}} }

// reconcile looks every few seconds, until ctx ends.
func (w *worker) reconcile(ctx, work context.Context) {
	r := newReconciler(w)
	for rest(ctx, nil, reconcileEvery) {
		if w.health.awayFor() > 0 {
			continue // the stand-in sees to them
		}
		if err := r.once(ctx, work); err != nil && ctx.Err() == nil {
			w.log.Warn("overdue jobs could not be looked after", "cause", cause(err))
		}
	}
}

func (r *reconciler) once(ctx, work context.Context) error {
	jobs, err := r.claimOverdue(ctx, r.all, func(k kind) time.Duration { return min(k.patience, lostAfter) }, reconcileBatch)
	if err != nil || len(jobs) == 0 {
		return err
	}
	// A new client, because an old one remembers that it has made its queues known, which a flushed Redis has forgotten.
	queues, inspector := asynq.NewClientFromRedisClient(r.redis), asynq.NewInspectorFromRedisClient(r.redis)
	held := make(chan claimed, len(jobs))
	err = within(ctx, batchAnswer, func(ctx context.Context) error {
		defer close(held)
		for _, job := range jobs {
			if isHeld, err := r.handOutAgain(ctx, queues, inspector, job); err != nil {
				return err
			} else if isHeld {
				held <- job
			}
		}
		return nil
	})
	if err != nil {
		return err // they are asked for again
	}
	for some := range slices.Chunk(r.orphans(held), rescueAtOnce) {
		r.attemptAll(work, some)
	}
	return nil
}

// orphans are those of the held jobs that somebody has had for longer than their kind's patience.
func (r *reconciler) orphans(held <-chan claimed) (dead []claimed) {
	for job := range held {
		first, known := r.since[job.ID]
		if !known {
			first = job.Since
			r.since[job.ID] = first
		}
		if job.At.Sub(first) >= r.kinds[job.Kind].patience {
			delete(r.since, job.ID)
			dead = append(dead, job)
		}
		maps.DeleteFunc(r.since, func(_ uuid.UUID, first time.Time) bool { return job.At.Sub(first) > rememberFor })
	}
	return dead
}

// handOutAgain gives the queue a job that it lost. A job that still stands in line is left there. One that some worker has
// is held: if for too long, it is done here, because the queue would notice a dead worker only after minutes, or
// never. Should that worker live after all, one of the two finds the job done.
func (r *reconciler) handOutAgain(ctx context.Context, queues *asynq.Client, inspector *asynq.Inspector, job claimed) (held bool, err error) {
	err = r.enqueue(ctx, queues, job)
	if !errors.Is(err, asynq.ErrTaskIDConflict) {
		return false, err
	}
	queue, id := r.queue(job.Kind), job.ID.String()
	info, err := inspector.GetTaskInfo(queue, id)
	if errors.Is(err, asynq.ErrTaskNotFound) {
		return false, nil // done in this very moment, or found by the next round
	}
	if err != nil {
		return false, err
	}
	switch info.State {
	case asynq.TaskStateActive:
		return true, nil
	case asynq.TaskStateArchived, asynq.TaskStateCompleted:
		// Its id would be refused for ever. The outbox decides when a job is given up.
		if err := inspector.DeleteTask(queue, id); err != nil {
			return false, err
		}
		return false, r.enqueue(ctx, queues, job)
	}
	return false, nil
}
