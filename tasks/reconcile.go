package tasks

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hibiken/asynq"
)

const (
	reconcileEvery = 5 * time.Second
	reconcileBatch = 200
	rescueAtOnce   = 4
)

// reconcile looks after jobs that were handed out and are not done when their kind's patience is over, until ctx ends:
// Redis may have forgotten them, or whoever took them may have died.
func (w *worker) reconcile(ctx, work context.Context) {
	for rest(ctx, nil, reconcileEvery) {
		if w.health.awayFor() > 0 {
			continue // the stand-in sees to them
		}
		if err := w.reconcileOnce(ctx, work); err != nil && ctx.Err() == nil {
			w.log.Warn("overdue jobs could not be looked after", "cause", cause(err))
		}
	}
}

func (w *worker) reconcileOnce(ctx, work context.Context) error {
	jobs, err := w.claimOverdue(ctx, w.all, reconcileBatch)
	if err != nil || len(jobs) == 0 {
		return err
	}
	// A new client, because an old one remembers that it has made its queues known, which a flushed Redis has forgotten.
	queues, inspector := asynq.NewClientFromRedisClient(w.redis), asynq.NewInspectorFromRedisClient(w.redis)
	var orphans []claimed
	err = within(ctx, batchAnswer, func(ctx context.Context) error {
		for _, job := range jobs {
			orphaned, err := w.handOutAgain(ctx, queues, inspector, job)
			if err != nil {
				return err
			}
			if orphaned {
				orphans = append(orphans, job)
			}
		}
		return nil
	})
	if err != nil {
		return err // their patience starts again
	}
	for some := range slices.Chunk(orphans, rescueAtOnce) {
		w.attemptAll(work, some)
	}
	return nil
}

// handOutAgain gives the queue a job that it lost. A job that still stands in line is left there. One that some worker
// has had for longer than its patience is an orphan: the queue would notice a dead worker only after minutes, or
// never, so it is done here. If that worker lives after all, one of the two finds the job done.
func (w *worker) handOutAgain(ctx context.Context, queues *asynq.Client, inspector *asynq.Inspector, job claimed) (orphan bool, err error) {
	err = w.enqueue(ctx, queues, job)
	if !errors.Is(err, asynq.ErrTaskIDConflict) {
		return false, err
	}
	queue, id := w.queue(job.Kind), job.ID.String()
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
		return false, w.enqueue(ctx, queues, job)
	}
	return false, nil
}
