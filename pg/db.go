// Package pg is how the platform speaks to Postgres: a short transaction that knows who acts, when,
// and what must follow.
package pg

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/geo"
)

// AppRole is the database role that every transaction runs as. It owns nothing: the migrations grant it what it
// may touch, which excludes reading the vault and rewriting the audit log.
const AppRole = "gridwork_app"

// tries bounds how often a Write runs again after a serialization failure or a deadlock.
const tries = 5

// acquireWait bounds how long a request waits for a connection before it is told to come again.
const acquireWait = 3 * time.Second

// DB opens transactions. Its zero value is not usable; see Open.
type DB struct {
	pool *pgxpool.Pool
	city string
	// skew moves the transactions' time away from the database's. Only tests and the demo's story set it.
	skew atomic.Int64
	// woken is called after a commit that emitted work or armed a deadline.
	woken atomic.Pointer[func()]
}

// Options says how to reach one city's schema.
type Options struct {
	URL   string // postgres://…
	City  string // the schema of the city; its vault is <city>_vault
	Conns int32  // size of the pool
}

// Open connects a pool whose every connection acts as AppRole on the city's search_path.
func Open(ctx context.Context, o Options) (*DB, error) {
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	cfg.MaxConns = o.Conns
	cfg.ConnConfig.RuntimeParams["search_path"] = SearchPath(o.City)
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = "30s"
	cfg.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
	cfg.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		registerUUID(conn)
		if err := geo.Register(ctx, conn); err != nil {
			return err
		}
		_, err := conn.Exec(ctx, "set role "+AppRole)
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("database: %w", err)
	}
	return &DB{pool: pool, city: o.City}, nil
}

// SearchPath is where a city's unqualified names are found.
func SearchPath(city string) string {
	return fmt.Sprintf(`"%s", "%s_vault", public`, city, city)
}

// Close waits for the running transactions and closes the pool.
func (db *DB) Close() { db.pool.Close() }

// City is the schema that this DB works in.
func (db *DB) City() string { return db.city }

// Stat is the pool's, for metrics.
func (db *DB) Stat() *pgxpool.Stat { return db.pool.Stat() }

// Advance moves the time that every later transaction is stamped with.
func (db *DB) Advance(d time.Duration) { db.skew.Add(int64(d)) }

// OnCommit sets what is called after each commit that emitted work or armed a deadline. It must not block.
func (db *DB) OnCommit(wake func()) { db.woken.Store(&wake) }

// Read runs fn in a read-only transaction.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return db.run(ctx, "begin read only", fn)
}

// Write runs fn in a transaction and commits it. fn may run more than once, so its only side effects
// are SQL and Emit.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	return db.again(ctx, "begin", fn)
}

// Snapshot is Write for a function whose queries shall all see one moment of the store: repeatable read. What others commit
// meanwhile is seen by none of them, and a row that one of those changed too makes it run again.
func (db *DB) Snapshot(ctx context.Context, fn func(*Tx) error) error {
	return db.again(ctx, "begin isolation level repeatable read", fn)
}

// ReadVal is Read for a function with a result.
func ReadVal[T any](ctx context.Context, db *DB, fn func(*Tx) (T, error)) (v T, err error) {
	err = db.Read(ctx, func(tx *Tx) error { v, err = fn(tx); return err })
	return v, err
}

// WriteVal is Write for a function with a result.
func WriteVal[T any](ctx context.Context, db *DB, fn func(*Tx) (T, error)) (v T, err error) {
	err = db.Write(ctx, func(tx *Tx) error { v, err = fn(tx); return err })
	return v, err
}

// Glance runs one query and reads the database's time with it, in a single round trip and without a transaction around
// them: for what is asked with every request. No rows is an empty slice.
func Glance[T any](ctx context.Context, db *DB, sql string, args ...any) (found []T, now time.Time, err error) {
	conn, err := db.acquire(ctx)
	if err != nil {
		return nil, time.Time{}, err
	}
	defer conn.Release()
	b := &pgx.Batch{}
	b.Queue(nowSQL).QueryRow(func(row pgx.Row) error { return row.Scan(&now) })
	b.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	})
	err = conn.SendBatch(ctx, b).Close()
	return found, db.moved(now), err
}

func (db *DB) again(ctx context.Context, begin string, fn func(*Tx) error) error {
	var err error
	for range tries {
		if err = db.run(ctx, begin, fn); !retryable(err) {
			return err
		}
	}
	return fault.Busy("CONTENTION", "too many changes at once, try again").Because(err)
}

func (db *DB) run(ctx context.Context, begin string, fn func(*Tx) error) error {
	conn, err := db.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	tx, err := db.begin(ctx, conn.Conn(), begin)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.rollback()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.commit(ctx); err != nil {
		return err
	}
	if wake := db.woken.Load(); wake != nil && tx.wakes {
		(*wake)()
	}
	return nil
}

func (db *DB) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, acquireWait)
	defer cancel()
	conn, err := db.pool.Acquire(wait)
	if err != nil && ctx.Err() == nil {
		return nil, fault.Busy("STORE_BUSY", "the store is busy, try again").Because(err)
	}
	return conn, err
}

// nowSQL is where time comes from: the database's, at the beginning of the transaction.
const nowSQL = "select now()"

// begin opens the transaction and reads the database's time in one round trip.
func (db *DB) begin(ctx context.Context, conn *pgx.Conn, begin string) (*Tx, error) {
	tx := &Tx{conn: conn, Actor: actor.From(ctx)}
	b := &pgx.Batch{}
	b.Queue(begin)
	b.Queue(nowSQL).QueryRow(func(row pgx.Row) error { return row.Scan(&tx.Now) })
	if err := conn.SendBatch(ctx, b).Close(); err != nil {
		tx.rollback()
		return nil, err
	}
	tx.Now = db.moved(tx.Now)
	return tx, nil
}

// moved is the platform's time for the database's.
func (db *DB) moved(now time.Time) time.Time { return now.Add(time.Duration(db.skew.Load())).UTC() }

// retryable reports whether the same work may well succeed when run again.
func retryable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// Constraint names the constraint that err violates, or "". The package that owns the table maps it to a fault.
func Constraint(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.ConstraintName
	}
	return ""
}
