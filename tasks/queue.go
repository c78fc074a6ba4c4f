package tasks

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
)

const (
	delayedLook = time.Second // how often jobs that wait for another try are looked at
	longestWait = time.Minute // between two tries
)

// serve lets the lane's workers take jobs from Redis until ctx ends or Redis has been away for too long. What they are
// doing then is finished in the background: see closing. They are stopped, and not left to wait, because a queue that
// is answered with errors asks again at once, for as long as it takes, and says so each second.
func (w *worker) serve(ctx context.Context, l lane) {
	weights := map[string]int{}
	for _, k := range l.kinds {
		weights[w.queue(k.name)] = k.weight
	}
	server := asynq.NewServerFromRedisClient(w.redis, asynq.Config{
		Concurrency:              l.workers,
		Queues:                   weights,
		TaskCheckInterval:        l.look,
		DelayedTaskCheckInterval: delayedLook,
		RetryDelayFunc:           func(n int, err error, _ *asynq.Task) time.Duration { return pause(n, err) },
		ShutdownTimeout:          w.grace,
		Logger:                   quiet{w.log.With("lane", l.name)},
		LogLevel:                 asynq.WarnLevel,
	})
	if err := server.Start(asynq.HandlerFunc(w.process)); err != nil {
		w.log.Error("a lane cannot start", "lane", l.name, "error", err)
		return
	}
	defer func() { w.closing.Go(server.Shutdown) }()
	for w.health.awayFor() < w.standInAfter && rest(ctx, nil, standInLook) {
	}
}

func (w *worker) process(ctx context.Context, task *asynq.Task) error {
	job, err := uuid.Parse(task.ResultWriter().TaskID())
	if err != nil {
		return asynq.SkipRetry // not ours: somebody else writes into our queues
	}
	return w.attempt(ctx, w.kinds[task.Type()], job)
}

// pause is how long a job waits for its next try: longer where whoever was asked wants to be left alone.
func pause(tries int, err error) time.Duration { return max(backoff(tries), askedFor(err)) }

// backoff doubles from a second up to longestWait.
func backoff(tries int) time.Duration {
	return min(time.Second<<min(tries, 6), longestWait)
}

// quiet is the queue's log: what it complains of is a warning, because the outbox makes up for it.
type quiet struct{ log *slog.Logger }

func (q quiet) Debug(...any)      {}
func (q quiet) Info(...any)       {}
func (q quiet) Warn(args ...any)  { q.log.Warn("queue", "message", fmt.Sprint(args...)) }
func (q quiet) Error(args ...any) { q.log.Warn("queue", "message", fmt.Sprint(args...)) }
func (q quiet) Fatal(args ...any) { q.log.Error("queue", "message", fmt.Sprint(args...)) }

// The Redis client writes lines of its own to standard error, one for each failed connection. The relay says once that
// Redis is away, and once that it is back.
func init() { redis.SetLogger(silence{}) }

type silence struct{}

func (silence) Printf(context.Context, string, ...any) {}
