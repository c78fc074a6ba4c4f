// Package stand sets up what is measured: private stores in a folder that goes away, and cities in them.
package stand

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/jackc/pgx/v5"

	"gridwork/bench/gauge"
	"gridwork/demo"
	"gridwork/local"
	"gridwork/migrations"
	"gridwork/pg"
)

// City is the schema of every city in the stand.
const City = "gridwork"

// Stand is a private Postgres and a private Redis that nobody else uses.
type Stand struct {
	Stores *local.Stores
	dir    string
}

// Durability is whether commits survive a power cut. What is measured of commits needs it, a bulk load for reading
// does not.
type Durability bool

const (
	Durable  Durability = true
	Fleeting Durability = false
)

// Set sets a stand up.
func Set(ctx context.Context, d Durability) (*Stand, error) {
	dir, err := os.MkdirTemp("", "gridwork-bench-")
	if err != nil {
		return nil, err
	}
	// The stores' account has to pass through.
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	stores, err := local.Start(ctx, local.Options{Dir: dir, Fast: d == Fleeting})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &Stand{stores, dir}, nil
}

// Clear stops the stores and removes their data.
func (s *Stand) Clear() error { return errors.Join(s.Stores.Stop(), os.RemoveAll(s.dir)) }

// Postgres is the CPU of the private Postgres, whoever it works for.
func (s *Stand) Postgres() gauge.Meter { return gauge.Family("Postgres", s.Stores.Postgres.Pid()) }

// Database makes an empty database and returns how its owner opens it.
func (s *Stand) Database(ctx context.Context, name string) (address string, err error) {
	conn, err := pgx.Connect(ctx, s.Stores.DatabaseURL)
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "create database "+pgx.Identifier{name}.Sanitize()); err != nil {
		return "", err
	}
	u, err := url.Parse(s.Stores.DatabaseURL)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// DemoCity makes a database with the demo city in it.
func (s *Stand) DemoCity(ctx context.Context, name string, size demo.Size) (address string, err error) {
	address, err = s.Database(ctx, name)
	if err != nil {
		return "", err
	}
	if err := migrations.Up(ctx, address, City); err != nil {
		return "", err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return "", err
	}
	defer db.Close()
	if err := demo.Load(ctx, db, size); err != nil {
		return "", fmt.Errorf("demo city: %w", err)
	}
	return address, nil
}

// Open opens a city as the platform does.
func (s *Stand) Open(ctx context.Context, address string, conns int32) (*pg.DB, error) {
	return pg.Open(ctx, pg.Options{URL: address, City: City, Conns: conns})
}

// owner opens a city as the owner of its database, for bulk loads.
func (s *Stand) owner(ctx context.Context, address string) (*pgx.Conn, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	cfg.RuntimeParams["search_path"] = pg.SearchPath(City)
	return pgx.ConnectConfig(ctx, cfg)
}
