package tasks

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"gridwork/actor"
	"gridwork/domain/consignment"
	"gridwork/domain/media"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

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
	files, imports := media.Files{Dir: t.TempDir()}, consignment.Files{Dir: t.TempDir()}
	must(t, files.Prepare())
	must(t, imports.Prepare())
	return Deps{DB: b.db, DatabaseURL: b.url, Redis: b.redis, Prefix: b.prefix, Files: files, Imports: imports, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
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
