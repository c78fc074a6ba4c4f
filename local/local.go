// Package local starts a private PostgreSQL + PostGIS and a private Redis for one
// folder: what `gridwork up` and the tests run on when no DATABASE_URL and
// REDIS_URL are set. Nothing listens on a network; both are reached over unix
// sockets that only this user (and root) can open.
//
// Any number of programs may use the same folder at once: the first starts the
// stores, the others attach, the last one to leave stops them. Who uses them is
// a shared flock on the file "users", so the kernel keeps the count, and a
// program that was killed has left like any other. Nobody left alive to stop the
// stores is the case of the watchdog (watchdog.sh), which waits for that very lock.
//
// PR_SET_PDEATHSIG would do less: it follows the thread of whoever started the
// stores, and so would take them away from everyone attached.
package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// stopPatience bounds an orderly shutdown: Postgres writes a checkpoint first,
// and on a slow disk after a bulk load that takes tens of seconds.
const stopPatience = 60 * time.Second

// startPatience leaves time for Postgres to replay the write-ahead log after a crash.
const startPatience = 5 * time.Minute

// Options says where the stores live and how careful they are.
type Options struct {
	// Dir keeps the data; it is made when missing. Programs that name the same
	// folder share the same stores; others never meet. When we are root and the
	// folder is out of reach for the account the stores run as, the data is kept
	// below /var/lib/gridwork and Dir/stores points there.
	Dir string
	// Fast gives up durability (no fsync) for speed. For tests only.
	Fast bool
	// Log is told what is started and where; nil keeps silent.
	Log *slog.Logger
}

// Stores are running, and stay so until Stop.
type Stores struct {
	// DatabaseURL opens the database "gridwork" as its owner: a role that may
	// create databases and roles, and is no superuser, as on any managed
	// Postgres. PostGIS is installed there and in template1.
	DatabaseURL string
	// AdminURL opens the same database as superuser, for fault tests and benchmarks.
	AdminURL string
	// RedisURL has the unix:// form that go-redis parses.
	RedisURL string

	// Postgres and Redis can be stopped, killed and started one by one.
	Postgres, Redis *Process

	home  home
	users *os.File
	stop  sync.Once
}

// held keeps every Stores that was not stopped from the garbage collector, which
// would close its file and so end its lock: a program that drops the value uses
// the stores until it ends.
var held sync.Map

// Start returns when both stores answer, started by us or found running. ctx
// bounds the starting only. Every error is one line that says what to do.
func Start(ctx context.Context, o Options) (*Stores, error) {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h, err := openHome(o.Dir, o.Log)
	if err != nil {
		return nil, err
	}
	users, err := h.openLock("users")
	if err != nil {
		return nil, err
	}
	if err := lockShared(ctx, users); err != nil {
		users.Close()
		return nil, fmt.Errorf("waiting for the stores in %s to finish stopping: %w", h.dir, err)
	}
	s := &Stores{home: h, users: users}
	held.Store(s, nil)
	if err := s.start(ctx, o); err != nil {
		// The first error is the cause; what goes wrong in leaving follows from it.
		_ = s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Stores) start(ctx context.Context, o Options) error {
	h := s.home
	starting, err := h.openLock("starting")
	if err != nil {
		return err
	}
	defer starting.Close()
	if err := lockExclusive(ctx, starting); err != nil {
		return fmt.Errorf("waiting for another program that starts the stores in %s: %w", h.dir, err)
	}
	s.DatabaseURL, s.AdminURL = h.postgresURL(ownerRole, database), h.postgresURL(adminRole, database)
	if s.Postgres, err = h.postgres(o); err != nil {
		return err
	}
	if s.Redis, s.RedisURL, err = h.redis(o); err != nil {
		return err
	}
	// Before the servers: were we killed in between, somebody has to stop them.
	if err := h.watch(); err != nil {
		return err
	}
	if err := s.Postgres.Start(ctx); err != nil {
		return err
	}
	if err := h.prepareDatabase(ctx, o); err != nil {
		return err
	}
	return s.Redis.Start(ctx)
}

// Stop leaves the stores. When nobody else uses them it shuts them down in order
// and returns when the last of their processes is gone. Further calls do nothing.
func (s *Stores) Stop() (err error) {
	s.stop.Do(func() { err = s.leave() })
	return err
}

func (s *Stores) leave() error {
	defer held.Delete(s)
	defer s.users.Close()
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	if !tryUpgrade(s.users) {
		// Either others stay, and then the shared lock is free for us at once, or
		// the watchdog was quicker, and then it is ours when the watchdog is done.
		return lockShared(ctx, s.users)
	}
	var errs []error
	for _, p := range []*Process{s.Redis, s.Postgres} {
		if p != nil {
			errs = append(errs, p.Stop(ctx))
		}
	}
	return errors.Join(append(errs, os.RemoveAll(s.home.sockets))...)
}

func (h home) path(elem ...string) string {
	return filepath.Join(append([]string{h.dir}, elem...)...)
}
