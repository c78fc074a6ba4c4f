package tasks

import (
	"context"
	"errors"
	"log/slog"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"gridwork/actor"
	"gridwork/domain/media"
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

func TestAFlushedRedisCostsTimeAndNothingElse(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	w := b.worker(t, b.effect())
	job := b.emit(t)
	if n, err := w.dispatch(t.Context()); n != 1 || err != nil {
		t.Fatalf("dispatched %d, %v", n, err)
	}

	if err := w.redis.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	b.db.Advance(time.Hour) // the patience is over
	b.start(t, w)
	must(t, w.reconcileOnce(t.Context(), t.Context()))

	eventually(t, "it is done", func() bool { return b.done(t, job) })
	equal(t, "effects", b.effects(t, job), 1)
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

	b.db.Advance(time.Hour)
	must(t, b.worker(t, b.effect()).reconcileOnce(t.Context(), t.Context()))

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

func TestJobsRunHereWhileRedisIsAwayAndThereWhenItIsBack(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	w := b.worker(t, b.effect())
	w.standInAfter = 50 * time.Millisecond
	server.stop(t)
	b.start(t, w)

	away := b.emit(t)
	eventually(t, "it is done without Redis", func() bool { return b.done(t, away) })

	server.start(t)
	eventually(t, "Redis is found back", func() bool { return w.health.awayFor() == 0 })
	back := b.emit(t)
	eventually(t, "it is done with Redis", func() bool { return b.done(t, back) })
	equal(t, "effects", b.effects(t, away)+b.effects(t, back), 2)
}

func TestARedisThatHangsDoesNotHangTheRelay(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	w := b.worker(t, b.effect())
	must(t, server.cmd.Process.Signal(syscall.SIGSTOP))
	job := b.emit(t)

	if n, err := w.dispatch(t.Context()); err == nil {
		t.Fatalf("dispatched %d into the void", n)
	}

	must(t, server.cmd.Process.Signal(syscall.SIGCONT))
	b.start(t, w)
	eventually(t, "it is done afterwards", func() bool { return b.done(t, job) })
	equal(t, "effects", b.effects(t, job), 1)
}

func TestARedisThatIsFullCountsAsAway(t *testing.T) {
	t.Parallel()
	server := newRedis(t)
	b := newBench(t, server.url)
	must(t, b.redis.ConfigSet(t.Context(), "maxmemory", "1").Err())
	w := b.worker(t, b.effect())
	w.standInAfter = 50 * time.Millisecond
	b.start(t, w)
	job := b.emit(t)
	eventually(t, "it is done without Redis", func() bool { return b.done(t, job) })
	equal(t, "away", w.health.awayFor() > 0, true)
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

// payload is that of the only kind of job in these tests, whose effect is a row that names the job.
type payload struct {
	Case uuid.UUID `json:"case"`
}

// bench is a city of its own with a job to do.
type bench struct {
	db     *pg.DB
	url    string
	redis  redis.UniversalClient
	prefix string
	bell   bell
}

const testKind = "test.effect"

func newBench(t testing.TB, redisURL string) *bench {
	t.Helper()
	db, url := dbtest.Open(t)
	owner, err := pgx.Connect(t.Context(), url)
	must(t, err)
	defer owner.Close(t.Context())
	_, err = owner.Exec(t.Context(), `create table gridwork.effects (job uuid not null); grant all on gridwork.effects to `+pg.AppRole)
	must(t, err)
	options, err := redis.ParseURL(redisURL)
	must(t, err)
	b := &bench{db: db, url: url, redis: redis.NewClient(options), prefix: "test." + pg.NewID().String()}
	db.OnCommit(b.bell.ring)
	t.Cleanup(func() { b.forget(); _ = b.redis.Close() })
	return b
}

// forget removes what the test left in a Redis that it shares.
func (b *bench) forget() {
	ctx := context.Background()
	if keys, err := b.redis.Keys(ctx, "asynq:{"+b.prefix+"*").Result(); err == nil && len(keys) > 0 {
		b.redis.Del(ctx, keys...)
	}
	b.redis.SRem(ctx, "asynq:queues", b.prefix+"."+testKind)
}

func (b *bench) deps(t testing.TB) Deps {
	files := media.Files{Dir: t.TempDir()}
	must(t, files.Prepare())
	return Deps{DB: b.db, DatabaseURL: b.url, Redis: b.redis, Prefix: b.prefix, Files: files, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Grace: 5 * time.Second, OnCommit: func(wake func()) { b.db.OnCommit(wake) }}
}

// worker is one process's background edge that knows one kind.
func (b *bench) worker(t testing.TB, k kind) *worker {
	return newWorker(b.deps(t), []lane{{name: "test", workers: 4, look: 20 * time.Millisecond, kinds: []kind{k}}})
}

func (b *bench) effect() kind {
	return kind{name: testKind, weight: 1, timeout: patient, tries: 5, patience: time.Minute,
		do: func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
			return inTx(func(ctx context.Context, tx *pg.Tx, _ payload) error { return b.leaveEffect(ctx, tx, job) })(ctx, db, job)
		}}
}

func (b *bench) leaveEffect(ctx context.Context, tx *pg.Tx, job uuid.UUID) error {
	_, err := tx.Exec(ctx, `insert into effects (job) values ($1)`, job)
	return err
}

// start runs a worker until the test ends, or until stop.
func (b *bench) start(t testing.TB, w *worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); w.run(ctx, b.deps(t)) }()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(stop)
	return stop
}

// emit commits a job and returns its id.
func (b *bench) emit(t testing.TB) (job uuid.UUID) {
	t.Helper()
	marker := pg.NewID()
	b.system(t, func(_ context.Context, tx *pg.Tx) error { tx.Emit(testKind, payload{Case: marker}); return nil })
	b.system(t, func(ctx context.Context, tx *pg.Tx) (err error) {
		job, err = pg.Val[uuid.UUID](ctx, tx, `select id from outbox where payload = jsonb_build_object('case', $1::uuid)`, marker)
		return err
	})
	return job
}

func (b *bench) done(t testing.TB, jobs ...uuid.UUID) (all bool) {
	t.Helper()
	b.system(t, func(ctx context.Context, tx *pg.Tx) (err error) {
		all, err = pg.Val[bool](ctx, tx, `select count(*) = $2 from outbox where id = any($1) and done_at is not null`, jobs, len(jobs))
		return err
	})
	return all
}

func (b *bench) effects(t testing.TB, job uuid.UUID) (n int) {
	t.Helper()
	b.system(t, func(ctx context.Context, tx *pg.Tx) (err error) {
		n, err = pg.Val[int](ctx, tx, `select count(*) from effects where job = $1`, job)
		return err
	})
	return n
}

func (b *bench) system(t testing.TB, fn func(context.Context, *pg.Tx) error) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.System("test"))
	must(t, b.db.Write(ctx, func(tx *pg.Tx) error { return fn(ctx, tx) }))
}

// redisServer is a Redis of the test's own, to be flushed, stopped and hung.
type redisServer struct {
	url, socket string
	cmd         *exec.Cmd
}

func newRedis(t testing.TB) *redisServer {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "r") // short: a socket's path ends at 107 bytes
	s := &redisServer{url: "unix://" + socket + "?read_timeout=300ms&max_retries=1", socket: socket}
	s.start(t)
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(syscall.SIGCONT)
		s.stop(t)
	})
	return s
}

func (s *redisServer) start(t testing.TB) {
	t.Helper()
	s.cmd = exec.Command("redis-server", "--port", "0", "--unixsocket", s.socket, "--save", "", "--appendonly", "no")
	must(t, s.cmd.Start())
	options, err := redis.ParseURL(s.url)
	must(t, err)
	client := redis.NewClient(options)
	defer client.Close()
	eventually(t, "Redis answers", func() bool { return client.Ping(context.Background()).Err() == nil })
}

func (s *redisServer) stop(testing.TB) {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// eventually looks again and again until it is so.
func eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	deadline := time.After(patient)
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !so() {
		select {
		case <-look.C:
		case <-deadline:
			t.Fatalf("it did not come to pass that %s", what)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
