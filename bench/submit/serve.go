package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"runtime/pprof"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"gridwork/bench/floor"
	"gridwork/bench/stand"
)

// What this program is when it has started itself again: a server that is measured from outside.
const (
	roleFloor    = "floor"
	rolePlatform = "platform"
	roleWork     = "work"
)

// pool is how many connections to Postgres either server has: the platform's default.
const pool = 20

// be runs a server until it is told to stop, and writes down where its CPU went if it is given a file for that.
func be(ctx context.Context, role, profile string) error {
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if role == roleFloor {
		return beFloor(ctx)
	}
	return stand.Platform(ctx, role == roleWork)
}

func beFloor(ctx context.Context) error {
	cfg, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	cfg.MaxConns = pool
	db, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := floor.Prepare(ctx, db); err != nil {
		return err
	}
	listener, err := stand.Answer()
	if err != nil {
		return err
	}
	s := &http.Server{Handler: floor.Handler(db), ReadHeaderTimeout: 5 * time.Second}
	defer context.AfterFunc(ctx, func() { _ = s.Close() })()
	if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
