// Package server is the running program: its configuration, its doors and how it starts and stops.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"gridwork/actor"
	"gridwork/domain/badge"
	"gridwork/domain/cell"
	"gridwork/domain/consignment"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/vault"
	"gridwork/domain/visit"
	"gridwork/flood"
	"gridwork/graph"
	"gridwork/migrations"
	"gridwork/pg"
)

// atlasAge is how long a change of the cells may go unseen by a running process.
const atlasAge = 10 * time.Second

// demoRates are generous: a whole demo city calls from one loopback address.
var demoRates = graph.Rates{Submit: flood.Rate{PerSecond: 1000, Burst: 1000}, Track: flood.Rate{PerSecond: 100, Burst: 100}, SignIn: flood.Rate{PerSecond: 100, Burst: 500}}

// Process is what the doors and the background work of one program share.
type Process struct {
	Config Config
	DB     *pg.DB
	Redis  redis.UniversalClient
	Keys   *vault.Keys
	Badges badge.Key
	Visits visit.Key
	Push   *notify.Push // nil: no notifications
	Files  media.Files
	// Imports are files of other offices that administrators have brought.
	Imports consignment.Files
	Log     *slog.Logger
	// Accounts are shown on the status page; the demo city sets them.
	Accounts []Account
	// Rates slow floods down; the zero value is graph.DefaultRates.
	Rates graph.Rates
	// Metrics is what /metrics answers; the background work adds its own.
	Metrics *prometheus.Registry

	atlas atomic.Pointer[cell.Atlas]

	wakeMu sync.RWMutex
	wakes  []func()
}

// garbage is how much of it may gather before it is collected, in percent of what lives: most of that is the city in memory,
// which stays small, so collecting half as often as usual costs some tens of megabytes.
const garbage = 200

// Open connects to the stores and loads the city. A schema of another version is an error that says what to do.
func Open(ctx context.Context, c Config, log *slog.Logger) (*Process, error) {
	keys, err := c.Keys()
	if err != nil {
		return nil, err
	}
	badges, err := c.badges()
	if err != nil {
		return nil, err
	}
	visits, err := c.Visits()
	if err != nil {
		return nil, err
	}
	push, err := c.push()
	if err != nil {
		return nil, err
	}
	if err := migrations.Check(ctx, c.DatabaseURL, c.City); err != nil {
		return nil, err
	}
	redisOptions, err := redis.ParseURL(c.RedisURL)
	if err != nil {
		return nil, errors.New("REDIS_URL: cannot be read")
	}
	files, err := c.Files(ctx)
	if err != nil {
		return nil, err
	}
	db, err := pg.Open(ctx, pg.Options{URL: c.DatabaseURL, City: c.City, Conns: int32(c.DBPool)})
	if err != nil {
		return nil, err
	}
	p := &Process{Config: c, DB: db, Redis: redis.NewClient(redisOptions), Keys: keys, Badges: badges, Visits: visits, Push: push, Files: files, Imports: consignment.Files{Dir: c.ImportDir}, Log: log}
	if c.Mode == Demo {
		p.Rates = demoRates
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	p.Metrics = p.metrics()
	db.OnCommit(p.wake)
	if err := errors.Join(p.photos(ctx), p.Imports.Prepare(), p.loadAtlas(ctx)); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// Close lets go of the stores.
func (p *Process) Close() {
	p.DB.Close()
	_ = p.Redis.Close()
	_ = p.Files.Close()
}

// Atlas is the city's grid as of some seconds ago.
func (p *Process) Atlas() *cell.Atlas { return p.atlas.Load() }

// OnCommit adds to what is called after a commit of this process that emitted work or armed a deadline.
// None may block.
func (p *Process) OnCommit(wake func()) {
	p.wakeMu.Lock()
	defer p.wakeMu.Unlock()
	p.wakes = append(p.wakes, wake)
}

func (p *Process) wake() {
	p.wakeMu.RLock()
	defer p.wakeMu.RUnlock()
	for _, wake := range p.wakes {
		wake()
	}
}

func (p *Process) loadAtlas(ctx context.Context) error {
	ctx = actor.With(ctx, actor.System("atlas"))
	atlas, err := pg.ReadVal(ctx, p.DB, func(tx *pg.Tx) (*cell.Atlas, error) {
		if known := p.atlas.Load(); known != nil {
			return known.Fresh(ctx, tx)
		}
		return cell.LoadAtlas(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("load the city's grid: %w", err)
	}
	p.atlas.Store(atlas)
	return nil
}

// followAtlas keeps the grid in memory true until ctx ends. A failure leaves the last one in force.
func (p *Process) followAtlas(ctx context.Context) {
	tick := time.NewTicker(atlasAge)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := p.loadAtlas(ctx); err != nil && ctx.Err() == nil {
				p.Log.Warn("the city's grid could not be reloaded", "error", err)
			}
		}
	}
}
