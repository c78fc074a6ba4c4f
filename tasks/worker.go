package tasks

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"gridwork/actor"
	"gridwork/pg"
)

// worker is the background edge of one process.
type worker struct {
	db      *pg.DB
	redis   redis.UniversalClient
	queues  *asynq.Client
	prefix  string // of the queues' names
	lanes   []lane
	kinds   map[string]kind
	all     []kind
	log     *slog.Logger
	health  health // of Redis, as the relay finds it
	bell    bell
	keeper  *Keeper
	grace   time.Duration
	closing sync.WaitGroup // workers of queues that finish what they have
	// standInAfter is how long Redis refuses before jobs run here.
	standInAfter time.Duration
	meters
}

// claimed is a job that was handed to us.
type claimed struct {
	ID    uuid.UUID `db:"id"`
	Kind  string    `db:"kind"`
	At    time.Time `db:"at"`    // when it was claimed
	Since time.Time `db:"since"` // when it was handed out before; the same, where it never was
}

func newWorker(d Deps, lanes []lane) *worker {
	w := &worker{db: d.DB, redis: d.Redis, queues: asynq.NewClientFromRedisClient(d.Redis), prefix: d.Prefix, lanes: lanes,
		kinds: map[string]kind{}, log: d.Log, grace: d.Grace, standInAfter: usualStandIn, meters: newMeters()}
	w.keeper = NewKeeper(d.DB, d.Log, w.bell.ear())
	if w.prefix == "" {
		w.prefix = d.DB.City()
	}
	for _, l := range lanes {
		for _, k := range l.kinds {
			w.kinds[k.name] = k
			w.all = append(w.all, k)
		}
	}
	return w
}

// claimWaiting takes up to max jobs that nobody was handed, oldest first.
func (w *worker) claimWaiting(ctx context.Context, kinds []kind, max int) ([]claimed, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return w.claim(ctx, func(tx *pg.Tx) ([]claimed, error) {
		return pg.All[claimed](ctx, tx, claimWaitingSQL, tx.Now, max, names)
	})
}

// claimOverdue takes up to max jobs that were handed out longer ago than is right for their kind, and are not done.
func (w *worker) claimOverdue(ctx context.Context, kinds []kind, right func(kind) time.Duration, max int) ([]claimed, error) {
	return w.claim(ctx, func(tx *pg.Tx) ([]claimed, error) {
		var names []string
		var before []time.Time
		latest := time.Time{}
		for _, k := range kinds {
			limit := tx.Now.Add(-right(k))
			names, before = append(names, k.name), append(before, limit)
			if limit.After(latest) {
				latest = limit
			}
		}
		return pg.All[claimed](ctx, tx, claimOverdueSQL, tx.Now, names, before, latest, max)
	})
}

func (w *worker) claim(ctx context.Context, take func(*pg.Tx) ([]claimed, error)) ([]claimed, error) {
	jobs, err := pg.WriteVal(actor.With(ctx, actor.System("relay")), w.db, take)
	slices.SortFunc(jobs, func(a, b claimed) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return jobs, err
}

// rest waits for the time to pass, the ear to ring or the context to end, which it reports as false.
func rest(ctx context.Context, ear <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-ear:
	case <-timer.C:
	}
	return ctx.Err() == nil
}

// bell wakes every loop that has an ear on it. Ringing never blocks, and ringing twice before anybody listens is
// ringing once.
type bell struct {
	mu   sync.RWMutex
	ears []chan struct{}
}

func (b *bell) ear() <-chan struct{} {
	ear := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ears = append(b.ears, ear)
	return ear
}

func (b *bell) ring() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, ear := range b.ears {
		select {
		case ear <- struct{}{}:
		default:
		}
	}
}

// health is how long Redis has been refusing.
type health struct {
	mu    sync.Mutex
	since time.Time // zero while it works
}

// fails notes a refusal and reports whether it is the first of a row.
func (h *health) fails() (first bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if first = h.since.IsZero(); first {
		h.since = time.Now()
	}
	return first
}

// works notes a success and returns how long it was away before it.
func (h *health) works() (away time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.since.IsZero() {
		away, h.since = time.Since(h.since), time.Time{}
	}
	return away
}

func (h *health) awayFor() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.since.IsZero() {
		return 0
	}
	return time.Since(h.since)
}
