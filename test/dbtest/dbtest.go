// Package dbtest gives tests a real Postgres: a transaction that is taken back (Tx, the default), or a database of
// their own, cloned from a migrated template (DB), where commits matter.
package dbtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gridwork/local"
	"gridwork/migrations"
	"gridwork/pg"
)

// City is the schema of every test.
const City = "gridwork"

// Tx returns a transaction on an empty, migrated database that is rolled back when the test ends.
func Tx(t testing.TB) (context.Context, *pg.Tx) {
	t.Helper()
	ctx := t.Context()
	db, err := shared()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	tx, end, err := db.Begin(ctx)
	if err != nil {
		t.Fatalf("begin: %v", err)
	}
	t.Cleanup(end)
	return ctx, tx
}

// DB returns a database of the test's own, dropped when the test ends.
func DB(t testing.TB) *pg.DB {
	t.Helper()
	db, _ := Open(t)
	return db
}

// Open is DB with the URL, for tests that start processes.
func Open(t testing.TB) (*pg.DB, string) {
	t.Helper()
	db, address, drop, err := open(t.Context(), ensureTemplate, lean)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(drop)
	return db, address
}

// Copy returns a copy of a database that Open made and nobody is connected to any more: for many runs from one beginning. drop
// closes and removes it, before the test ends.
func Copy(t testing.TB, address string) (db *pg.DB, drop func()) {
	t.Helper()
	origin, err := url.Parse(address)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	db, _, drop, err = open(t.Context(), func(context.Context, string) (string, error) { return strings.TrimPrefix(origin.Path, "/"), nil }, quick)
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	return db, drop
}

func open(ctx context.Context, from source, strategy string) (db *pg.DB, address string, drop func(), err error) {
	address, gone, err := clone(ctx, from, strategy)
	if err != nil {
		return nil, "", nil, err
	}
	db, err = pg.Open(ctx, pg.Options{URL: address, City: City, Conns: 20})
	if err != nil {
		return nil, "", nil, err
	}
	return db, address, func() { db.Close(); gone() }, nil
}

// RedisURL is the test Redis's. Tests that flush it start one of their own with gridwork/local.
func RedisURL(t testing.TB) string {
	t.Helper()
	s, err := stores()
	if err != nil {
		t.Fatalf("test stores: %v", err)
	}
	return s.redis
}

type addresses struct{ database, redis string }

// stores are those of the environment (make test starts them once for all packages), or private ones that live as
// long as this process.
var stores = sync.OnceValues(func() (addresses, error) {
	if db := os.Getenv("TEST_DATABASE_URL"); db != "" {
		return addresses{db, os.Getenv("TEST_REDIS_URL")}, nil
	}
	s, err := local.Start(context.Background(), local.Options{Dir: filepath.Join(os.TempDir(), fmt.Sprintf("gridwork-test-%d", os.Getuid())), Fast: true})
	if err != nil {
		return addresses{}, err
	}
	return addresses{s.DatabaseURL, s.RedisURL}, nil
})

// shared is the database behind Tx: one clone for each test process.
var shared = sync.OnceValues(func() (*pg.DB, error) {
	ctx := context.Background()
	address, _, err := clone(ctx, ensureTemplate, lean)
	if err != nil {
		return nil, err
	}
	return pg.Open(ctx, pg.Options{URL: address, City: City, Conns: 32})
})

// source names the database that a clone is made from.
type source func(ctx context.Context, address string) (name string, err error)

// How Postgres copies: file by file is quicker for one, and makes everybody else wait for a checkpoint.
const lean, quick = "wal_log", "file_copy"

// clone copies a template into a new database; drop removes it.
func clone(ctx context.Context, from source, strategy string) (address string, drop func(), err error) {
	s, err := stores()
	if err != nil {
		return "", nil, err
	}
	template, err := from(ctx, s.database)
	if err != nil {
		return "", nil, err
	}
	name := "gw_test_" + strings.ToLower(rand.Text()[:12])
	if err := admin(ctx, s.database, fmt.Sprintf(`create database %s template %s strategy %s`, name, template, strategy)); err != nil {
		return "", nil, err
	}
	drop = func() { _ = admin(context.Background(), s.database, `drop database if exists `+name+` with (force)`) }
	return withDatabase(s.database, name), drop, nil
}

// templateLock keeps two test processes from making the template at once.
const templateLock = 0x67726964776f726b

// ensureTemplate makes the migrated database that tests are cloned from, once for each content of the migrations.
func ensureTemplate(ctx context.Context, address string) (string, error) {
	name := "gw_template_" + migrations.Hash()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", int64(templateLock)); err != nil {
		return "", err
	}
	if err := dropLeftovers(ctx, conn, name); err != nil {
		return "", err
	}
	var exists bool
	if err := conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&exists); err != nil || exists {
		return name, err
	}
	making := name + "_making"
	if _, err := conn.Exec(ctx, "create database "+making); err != nil {
		return "", err
	}
	if err := migrations.Up(ctx, withDatabase(address, making), City); err != nil {
		return "", err
	}
	return name, retry(ctx, func() error {
		_, err := conn.Exec(ctx, fmt.Sprintf("alter database %s rename to %s", making, name))
		return err
	})
}

// Databases that nobody uses and that are older than any run, but for the template of now.
const dropAbandonedSQL = `select datname from pg_database d
	where (datname like 'gw\_template\_%' or datname like 'gw\_test\_%') and datname <> $1
	  and not exists (select from pg_stat_activity a where a.datname = d.datname)
	  and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '2 hours'`

// dropLeftovers removes what earlier runs left behind: one each that is shared, and more of those that were killed. A user who may not look at files leaves them alone.
func dropLeftovers(ctx context.Context, conn *pgx.Conn, template string) error {
	rows, err := conn.Query(ctx, dropAbandonedSQL, template)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil //nolint:nilerr // not a superuser: nothing to clear away with
	}
	for _, name := range names {
		if _, err := conn.Exec(ctx, "drop database if exists "+name); err != nil {
			return err
		}
	}
	return nil
}

// admin runs a statement that other sessions of the template database may hold up for a moment.
func admin(ctx context.Context, address, sql string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return retry(ctx, func() error { _, err := conn.Exec(ctx, sql); return err })
}

func retry(ctx context.Context, do func() error) error {
	for range 50 {
		err := do()
		if err == nil || !strings.Contains(err.Error(), "being accessed by other users") {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return do()
}

func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(fmt.Sprintf("TEST_DATABASE_URL must be a postgres:// URL: %v", err))
	}
	u.Path = "/" + name
	return u.String()
}
