package tasks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"

	"gridwork/actor"
	"gridwork/pg"
)

const (
	relayBatch  = 200
	relayPoll   = time.Second          // how long a job may wait whose commit nobody told us of
	relayBreath = 5 * time.Millisecond // between two batches: what is committed meanwhile goes together
	relayPause  = time.Second          // after a refusal, of Redis or of the database
	redisAnswer = 2 * time.Second      // how long Redis may take for one question, whatever its client's settings
	batchAnswer = 5 * time.Second      // and for a batch
	maxRetry    = 100                  // of the queue's own counting; the outbox counts the tries that matter
)

// relay hands waiting jobs to Redis, oldest first, until ctx ends. It is woken by commits of this process and of
// others, and looks by itself once a second.
func (w *worker) relay(ctx context.Context, ear <-chan struct{}) {
	for ctx.Err() == nil {
		n, err := w.dispatch(ctx)
		switch {
		case err != nil:
			rest(ctx, nil, relayPause)
		case n < relayBatch:
			_ = rest(ctx, nil, relayBreath) && rest(ctx, ear, relayPoll)
		}
	}
}

// dispatch moves one batch from the outbox to the queues.
func (w *worker) dispatch(ctx context.Context) (int, error) {
	if w.health.awayFor() > 0 {
		// Asked before a claim, so that an outage does not claim and give back the same rows each second.
		if err := w.probe(ctx); err != nil {
			return 0, err
		}
	}
	jobs, err := w.claimWaiting(ctx, w.all, relayBatch)
	if err != nil {
		if ctx.Err() == nil {
			w.log.Warn("the relay cannot read the outbox", "cause", cause(err))
		}
		return 0, err
	}
	if len(jobs) == 0 {
		return 0, w.probe(ctx)
	}
	left, err := w.enqueueAll(ctx, jobs)
	if len(left) > 0 {
		w.redisFails(ctx, err)
		return 0, errors.Join(err, w.unclaim(ctx, left))
	}
	w.redisWorks()
	return len(jobs), nil
}

// unclaim gives back what could not be handed over. If that fails too, the reconciler finds it.
func (w *worker) unclaim(ctx context.Context, jobs []claimed) error {
	ctx, cancel := context.WithTimeout(actor.With(context.WithoutCancel(ctx), actor.System("relay")), bookkeeping)
	defer cancel()
	ids := make([]uuid.UUID, len(jobs))
	for i, j := range jobs {
		ids[i] = j.ID
	}
	return w.db.Write(ctx, func(tx *pg.Tx) error {
		tx.Queue(unclaimSQL, ids)
		return nil
	})
}

// enqueueAll hands jobs over in order, and returns those that Redis did not take, with the reason. A job that the queue
// knows already is taken.
func (w *worker) enqueueAll(ctx context.Context, jobs []claimed) (left []claimed, err error) {
	taken := make(chan struct{}, len(jobs))
	err = within(ctx, batchAnswer, func(ctx context.Context) error {
		for _, job := range jobs {
			if err := w.enqueue(ctx, w.queues, job); err != nil && !errors.Is(err, asynq.ErrTaskIDConflict) {
				return err
			}
			taken <- struct{}{}
		}
		return nil
	})
	if err == nil {
		return nil, nil
	}
	return jobs[len(taken):], err
}

// enqueue hands one job over. Redis learns its id and kind, nothing else.
func (w *worker) enqueue(ctx context.Context, queues *asynq.Client, job claimed) error {
	k := w.kinds[job.Kind]
	_, err := queues.EnqueueContext(ctx, asynq.NewTask(job.Kind, nil), asynq.TaskID(job.ID.String()), asynq.Queue(w.queue(job.Kind)),
		asynq.Timeout(k.timeout+bookkeeping), asynq.MaxRetry(maxRetry))
	return err
}

// queue is the name of a kind's queue. It carries no braces: in a cluster each queue lies in one slot, different queues
// in different ones.
func (w *worker) queue(kind string) string { return w.prefix + "." + kind }

// probe writes something, because a Redis that is full or may not save still answers.
func (w *worker) probe(ctx context.Context) error {
	err := within(ctx, redisAnswer, func(ctx context.Context) error {
		return w.redis.Set(ctx, w.prefix+".probe", 1, time.Minute).Err()
	})
	if err != nil {
		w.redisFails(ctx, err)
		return err
	}
	w.redisWorks()
	return nil
}

func (w *worker) redisFails(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return // we are stopping: it says nothing about Redis
	}
	if w.health.fails() {
		w.log.Warn("Redis is away; jobs run here meanwhile", "error", err)
	}
}

func (w *worker) redisWorks() {
	if away := w.health.works(); away > 0 {
		w.log.Info("Redis is back", "away", away.Round(time.Millisecond).String())
	}
}

// within gives fn a time that holds even if fn ignores its context, as a Redis client does that waits for a server that
// accepts and never answers. What fn is doing then ends by itself, by the client's own timeouts.
func within(ctx context.Context, d time.Duration, fn func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, d)
	done := make(chan error, 1)
	go func() {
		defer cancel()
		done <- fn(ctx)
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		select {
		case err := <-done:
			return err
		default:
			return fmt.Errorf("no answer: %w", ctx.Err())
		}
	}
}
