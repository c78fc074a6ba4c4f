package graph

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

const (
	// pollEvery is how often the feed looks by itself: commits of other processes are seen by that alone.
	pollEvery = time.Second
	// breath is the shortest time between two looks, however often commits of this process wake the feed.
	breath = 100 * time.Millisecond
	// glance is how far back most looks reach. Rows are stamped when their transaction begins, and seen when it ends.
	glance = 3 * time.Second
	// stare is how far back every so often a look reaches: a transaction may wait 30 s for a lock.
	stare      = 35 * time.Second
	stareEvery = 5 * time.Second
	// backlog bounds what waits for one listener. Whoever reads slower than things change is told of the newest.
	backlog = 500
	// pollTime bounds one look.
	pollTime = 5 * time.Second
)

// Feed tells subscriptions what has changed. It reads what was written lately, and only while somebody listens; it
// goes through no queue, so that losing one costs it nothing.
type Feed struct {
	db     *pg.DB
	log    *slog.Logger
	topics []*topic
	wake   chan struct{}

	mu      sync.Mutex
	running bool
	stared  time.Time
}

// change is something that was written. Its stamp differs with each change of the same object.
type change struct {
	id    uuid.UUID
	stamp any
	// mayConcern is a cheap first sieve: what it lets through is still read within the viewer's scope.
	mayConcern func(*actor.Actor) bool
}

// topic is one kind of change, and who listens for it.
type topic struct {
	feed      *Feed
	read      func(ctx context.Context, tx *pg.Tx, since time.Time) ([]change, error)
	seen      map[uuid.UUID]seen
	listeners map[*listener]struct{}
}

type seen struct {
	stamp any
	at    time.Time
}

// listener is one subscription: the objects that it has still to be told of.
type listener struct {
	viewer *actor.Actor
	only   *uuid.UUID // nil: every object
	ready  chan struct{}

	mu      sync.Mutex
	waiting []uuid.UUID
}

func newFeed(db *pg.DB, log *slog.Logger) *Feed {
	return &Feed{db: db, log: log, wake: make(chan struct{}, 1)}
}

func (f *Feed) topic(read func(context.Context, *pg.Tx, time.Time) ([]change, error)) *topic {
	t := &topic{feed: f, read: read, seen: map[uuid.UUID]seen{}, listeners: map[*listener]struct{}{}}
	f.topics = append(f.topics, t)
	return t
}

// Wake makes the feed look at once: something was committed in this process. It never blocks.
func (f *Feed) Wake() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// listen begins a subscription: what is committed from here on will be told. The subscription ends with ctx.
func (t *topic) listen(ctx context.Context, only *uuid.UUID) (*listener, error) {
	l := &listener{viewer: actor.From(ctx), only: only, ready: make(chan struct{}, 1)}
	f := t.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(t.listeners) == 0 {
		if err := f.look(stare, t); err != nil { // what was there before is not news
			return nil, err
		}
	}
	t.listeners[l] = struct{}{}
	if !f.running {
		f.running = true
		go f.run()
	}
	context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(t.listeners, l)
	})
	return l, nil
}

// run looks until nobody listens.
func (f *Feed) run() {
	for {
		time.Sleep(breath)
		select {
		case <-f.wake:
		case <-time.After(pollEvery - breath):
		}
		if !f.round() {
			return
		}
	}
}

// round looks once, and reports whether there is somebody to look for.
func (f *Feed) round() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	listened := slices.DeleteFunc(slices.Clone(f.topics), func(t *topic) bool { return len(t.listeners) == 0 })
	if f.running = len(listened) > 0; !f.running {
		return false
	}
	reach := glance
	if time.Since(f.stared) > stareEvery {
		reach, f.stared = stare, time.Now()
	}
	if err := f.look(reach, listened...); err != nil {
		f.log.Warn("subscription feed", "error", err)
		f.stared = time.Time{} // what this look has missed, a long one will find
	}
	return true
}

func (f *Feed) look(reach time.Duration, topics ...*topic) error {
	ctx, cancel := context.WithTimeout(actor.With(context.Background(), actor.System("subscription feed")), pollTime)
	defer cancel()
	return f.db.Read(ctx, func(tx *pg.Tx) error {
		for _, t := range topics {
			changes, err := t.read(ctx, tx, tx.Now.Add(-reach))
			if err != nil {
				return err
			}
			t.tell(changes, tx.Now)
		}
		return nil
	})
}

// tell hands the changes that are new to whoever they may concern, and forgets what no look will find again.
func (t *topic) tell(changes []change, now time.Time) {
	for _, c := range changes {
		if known, ok := t.seen[c.id]; ok && known.stamp == c.stamp {
			t.seen[c.id] = seen{c.stamp, now}
			continue
		}
		t.seen[c.id] = seen{c.stamp, now}
		for l := range t.listeners {
			if (l.only == nil || *l.only == c.id) && c.mayConcern(l.viewer) {
				l.add(c.id)
			}
		}
	}
	for id, s := range t.seen {
		if now.Sub(s.at) > 2*stare {
			delete(t.seen, id)
		}
	}
}

// add notes an object once, however often it changes before the listener gets to it.
func (l *listener) add(ids ...uuid.UUID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		for i, waiting := range l.waiting {
			if waiting == id {
				l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
				break
			}
		}
		l.waiting = append(l.waiting, id)
	}
	if over := len(l.waiting) - backlog; over > 0 {
		l.waiting = l.waiting[over:]
	}
	select {
	case l.ready <- struct{}{}:
	default:
	}
}

func (l *listener) take() []uuid.UUID {
	l.mu.Lock()
	defer l.mu.Unlock()
	ids := l.waiting
	l.waiting = nil
	return ids
}

// stream sends a listener the objects that its viewer may see, as they are when their turn comes.
func stream[T any](ctx context.Context, f *Feed, l *listener, read func(context.Context, *pg.Tx, []uuid.UUID) ([]T, error)) <-chan *T {
	out := make(chan *T)
	go func() {
		defer close(out)
		for {
			select {
			case <-l.ready:
			case <-ctx.Done():
				return
			}
			ids := l.take()
			found, err := pg.ReadVal(ctx, f.db, func(tx *pg.Tx) ([]T, error) { return read(ctx, tx, ids) })
			if err != nil && ctx.Err() == nil { // the store is busy: the next look tries again
				f.log.Warn("subscription", "error", err)
				time.AfterFunc(pollEvery, func() { l.add(ids...) })
				continue
			}
			for i := range found {
				select {
				case out <- &found[i]:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}
