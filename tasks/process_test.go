package tasks

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

func TestAChoreIsDoneOnceInItsPeriodHoweverManyProcessesThereAre(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	var done, after atomic.Int32
	c := chore{name: "test", every: time.Hour,
		do:    func(context.Context, *pg.Tx) error { done.Add(1); return nil },
		after: func(context.Context) error { after.Add(1); return nil }}
	rounds := func() {
		var all sync.WaitGroup
		for range 5 {
			w := b.worker(t, b.effect())
			all.Go(func() {
				if err := w.chore(t.Context(), c); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	rounds()
	equal(t, "in one period", done.Load()+after.Load(), 2)
	b.db.Advance(time.Hour)
	rounds()
	equal(t, "in two periods", done.Load()+after.Load(), 4)
}

func TestEveryChoreWorks(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	w := b.worker(t, b.effect())
	for _, c := range chores(b.deps(t)) {
		if err := w.chore(t.Context(), c); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestDoneJobsAreForgottenAfterAWeekAndOpenOnesNever(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	w := b.worker(t, b.effect())
	finished, open := b.emit(t), b.emit(t)
	must(t, w.attempt(t.Context(), w.all[0], finished))
	b.db.Advance(8 * 24 * time.Hour)
	for _, c := range chores(b.deps(t)) {
		must(t, w.chore(t.Context(), c))
	}
	b.system(t, func(ctx context.Context, tx *pg.Tx) error {
		left, err := pg.Vals[uuid.UUID](ctx, tx, `select id from outbox`)
		if len(left) != 1 || left[0] != open {
			t.Errorf("left: %v", left)
		}
		return err
	})
}

func TestTheBacklogCanBeMeasured(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	w := b.worker(t, b.effect())
	registry := prometheus.NewRegistry()
	must(t, w.register(registry))
	b.emit(t)
	must(t, w.attempt(t.Context(), w.all[0], b.emit(t)))
	b.db.Advance(time.Minute)
	found := map[string]float64{}
	families, err := registry.Gather()
	must(t, err)
	for _, f := range families {
		if m := f.GetMetric()[0]; m.Gauge != nil {
			found[f.GetName()] = m.GetGauge().GetValue()
		} else if m.Counter != nil {
			found[f.GetName()] = m.GetCounter().GetValue()
		}
	}
	equal(t, "waiting", found["gridwork_outbox_waiting"], 1)
	equal(t, "unfinished", found["gridwork_outbox_unfinished"], 0)
	equal(t, "Redis", found["gridwork_redis_up"], 1)
	equal(t, "tries", found["gridwork_jobs_total"], 1)
	if age := found["gridwork_outbox_oldest_seconds"]; age < 60 || age > 120 {
		t.Errorf("age of the oldest: %v s", age)
	}
}

func TestACommitOfAnotherProcessIsHeard(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	w := b.worker(t, b.effect())
	ear := w.bell.ear()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go w.listen(ctx, b.url)
	<-ear // it listens

	other, err := pg.Open(ctx, pg.Options{URL: b.url, City: dbtest.City, Conns: 2})
	must(t, err)
	defer other.Close()
	announced := make(chan struct{})
	go func() {
		defer close(announced)
		Announce(ctx, other, other.OnCommit)
	}()
	eventually(t, "the commit is announced", func() bool {
		must(t, other.Write(ctx, func(tx *pg.Tx) error { tx.Wake(); return nil }))
		select {
		case <-ear:
			return true
		default:
			return false
		}
	})
	stop()
	<-announced
}

// By UTC the day begins at eight in the morning: what is due at midnight would come a working day late.
func TestADayOfChoresIsTheCitysDay(t *testing.T) {
	t.Parallel()
	daily, hourly := chore{every: 24 * time.Hour}, chore{every: time.Hour}
	for _, tt := range []struct{ now, day, hour string }{
		{"2026-11-01T15:59:59Z", "2026-10-31T16:00:00Z", "2026-11-01T15:00:00Z"},
		{"2026-11-01T16:00:00Z", "2026-11-01T16:00:00Z", "2026-11-01T16:00:00Z"},
		{"2026-11-02T00:30:00Z", "2026-11-01T16:00:00Z", "2026-11-02T00:00:00Z"},
	} {
		now, err := time.Parse(time.RFC3339, tt.now)
		must(t, err)
		if day := daily.turn(now).UTC().Format(time.RFC3339); day != tt.day {
			t.Errorf("at %s the day began at %s, want %s", tt.now, day, tt.day)
		}
		if hour := hourly.turn(now).UTC().Format(time.RFC3339); hour != tt.hour {
			t.Errorf("at %s the hour began at %s, want %s", tt.now, hour, tt.hour)
		}
	}
}

func TestAJobWaitsLongerWhereItWasAskedTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tries int
		err   error
		want  time.Duration
	}{
		{0, &failed{code: "http_503"}, time.Second},
		{3, errors.New("no code"), 8 * time.Second},
		{9, &failed{code: "timeout"}, longestWait},
		{0, fmt.Errorf("deliver: %w", &failed{"http_429", 10 * time.Minute}), 10 * time.Minute},
		{3, &failed{"http_429", 2 * time.Second}, 8 * time.Second},
	} {
		if got := pause(c.tries, c.err); got != c.want {
			t.Errorf("try %d after %v: %s, want %s", c.tries, c.err, got, c.want)
		}
	}
}

func TestAPushServiceThatIsSlowHoldsUpNothingElse(t *testing.T) {
	t.Parallel()
	for _, l := range lanes(Deps{}) {
		for _, k := range l.kinds {
			if k.name == notify.JobPush && len(l.kinds) == 1 {
				return
			}
		}
	}
	t.Error("notifications share their workers")
}
