package tasks

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

// patient is longer than any of these tests waits for anything.
const patient = 20 * time.Second

func TestAJobIsDoneOnceSoonAfterItsCommit(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	b.start(t, b.worker(t, b.effect()))

	jobs := []uuid.UUID{b.emit(t), b.emit(t), b.emit(t)}

	eventually(t, "all are done", func() bool { return b.done(t, jobs...) })
	for _, job := range jobs {
		equal(t, "effects", b.effects(t, job), 1)
	}
}

func TestAJobWhoseWorkerDiedIsDoneByAnother(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	// given a worker that takes the job and then says nothing any more, though it lives
	dying, taken, release := b.effect(), make(chan struct{}), make(chan struct{})
	do := dying.do
	dying.do = func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
		close(taken)
		<-release
		return do(context.WithoutCancel(ctx), db, job)
	}
	stop := b.start(t, b.worker(t, dying))
	job := b.emit(t)
	<-taken

	other := newReconciler(b.worker(t, b.effect()))
	for _, later := range []time.Duration{0, 20 * time.Second, 20 * time.Second} {
		b.db.Advance(later)
		must(t, other.once(t.Context(), t.Context()))
		equal(t, "done before the patience is over", b.done(t, job), false)
	}
	b.db.Advance(20 * time.Second)
	must(t, other.once(t.Context(), t.Context()))

	equal(t, "done by the other", b.done(t, job), true)
	close(release)
	stop()
	equal(t, "effects", b.effects(t, job), 1)
}

func TestAnEffectThatWasInterruptedLeavesNothingAndHappensAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	var tries atomic.Int32
	k := b.effect()
	whole := k.do
	k.do = func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
		if tries.Add(1) > 1 {
			return whole(ctx, db, job)
		}
		return inTx(func(ctx context.Context, tx *pg.Tx, p payload) error {
			must(t, b.leaveEffect(ctx, tx, job))
			panic("power cut")
		})(ctx, db, job)
	}
	b.start(t, b.worker(t, k))

	job := b.emit(t)

	eventually(t, "it is done", func() bool { return b.done(t, job) })
	equal(t, "effects", b.effects(t, job), 1)
	equal(t, "tries", tries.Load(), 2)
}

func TestAJobThatSeveralWorkersHaveIsDoneOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	w := b.worker(t, b.effect())
	job := b.emit(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := w.attempt(t.Context(), w.all[0], job); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	equal(t, "effects", b.effects(t, job), 1)
}

func TestAJobThatKeepsFailingIsDeadUntilSomebodyRequeuesIt(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	var broken atomic.Bool
	broken.Store(true)
	k := b.effect()
	k.tries = 3
	whole := k.do
	k.do = func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
		if broken.Load() {
			return errors.New("the telephone of somebody")
		}
		return whole(ctx, db, job)
	}
	w := b.worker(t, k)
	job := b.emit(t)
	for i := range 3 {
		if err := w.attempt(t.Context(), k, job); (err == nil) != (i == 2) {
			t.Fatalf("try %d: %v", i, err)
		} else if err != nil {
			equal(t, "what Redis learns", err.Error(), "internal")
		}
	}
	b.system(t, func(ctx context.Context, tx *pg.Tx) error {
		dead, err := Dead(ctx, tx, nil, 10)
		if err != nil || len(dead) != 1 || dead[0].ID != job || dead[0].Attempts != 3 || dead[0].LastError != "internal" {
			t.Errorf("dead jobs: %+v, %v", dead, err)
		}
		return err
	})

	broken.Store(false)
	b.start(t, w)
	b.system(t, func(ctx context.Context, tx *pg.Tx) error { return Requeue(ctx, tx, job) })

	eventually(t, "it is done", func() bool { return b.done(t, job) })
	b.system(t, func(ctx context.Context, tx *pg.Tx) error {
		if err := Requeue(ctx, tx, job); !fault.Is(err, "ACTION_NOT_POSSIBLE") {
			t.Errorf("requeue of what is done: %v", err)
		}
		tx.Actor = actor.Anonymous
		if err := Requeue(ctx, tx, job); !fault.Is(err, "NOT_ALLOWED") {
			t.Errorf("requeue by anybody: %v", err)
		}
		return nil
	})
}

func TestWhatTheDomainRefusesIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	k := b.effect()
	k.do = func(context.Context, *pg.DB, uuid.UUID) error { return fault.Conflict("ACTION_NOT_POSSIBLE", "no") }
	job := b.emit(t)
	must(t, b.worker(t, k).attempt(t.Context(), k, job))
	b.system(t, func(ctx context.Context, tx *pg.Tx) error {
		found, err := Count(ctx, tx)
		equal(t, "dead", found.Dead, 1)
		return err
	})
}

func TestRunningJobsFinishBeforeTheProcessDoes(t *testing.T) {
	t.Parallel()
	b := newBench(t, dbtest.RedisURL(t))
	k, running := b.effect(), make(chan struct{})
	whole := k.do
	stopped := make(chan struct{})
	k.do = func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
		close(running)
		<-stopped
		return whole(ctx, db, job)
	}
	stop := b.start(t, b.worker(t, k))
	job := b.emit(t)
	<-running

	time.AfterFunc(50*time.Millisecond, func() { close(stopped) })
	stop()

	equal(t, "done", b.done(t, job), true)
}
