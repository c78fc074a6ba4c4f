// Package scratch runs a whole platform for a while, on a city of its own: real server, real background work, a clock that
// can be moved forward. Nothing of it is left behind.
package scratch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/hibiken/asynq"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"gridwork/actor"
	"gridwork/demo"
	"gridwork/migrations"
	"gridwork/pg"
	"gridwork/server"
)

// prefix begins the schemas of scratch cities.
const prefix = "scratch_"

// Platform is one that runs in this process.
type Platform struct {
	URL string // http://127.0.0.1:…

	process *server.Process
	running *errgroup.Group
	cancel  context.CancelFunc
	lock    *pgx.Conn // held while the city is in use
	city    string
	folder  string
}

// Start builds a demo city beside those of the configured stores, as a schema of its own, and serves it on a free port of
// the loopback address.
func Start(ctx context.Context, c server.Config, size demo.Size, log *slog.Logger) (p *Platform, err error) {
	p = &Platform{city: prefix + strings.ToLower(rand.Text()[:12])}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Stop())
			p = nil
		}
	}()
	if p.lock, err = pgx.Connect(ctx, c.DatabaseURL); err != nil {
		return p, err
	}
	if err := p.claim(ctx); err != nil {
		return p, err
	}
	if p.folder, err = os.MkdirTemp("", "gridwork-scratch-"); err != nil {
		return p, err
	}
	c = p.configure(c)
	if err := build(ctx, c, size); err != nil {
		return p, err
	}
	return p, p.run(ctx, c, log)
}

// configure leaves nothing of the real city's but the stores: its own keys and photos, and no way out of the platform.
func (p *Platform) configure(c server.Config) server.Config {
	c.Mode, c.City, c.Listen = server.Demo, p.city, "127.0.0.1:0"
	c.DataDir, c.PhotoDir, c.PhotoBucket, c.ImportDir = p.folder, p.folder+"/photos", "", p.folder+"/imports"
	c.SealPublicKey, c.ClaimKey, c.MarkKey, c.BadgeKey, c.VisitKey, c.PushKey = "", "", "", "", "", ""
	c.SMSURL, c.SMSToken, c.WebhookAllow = "", "", nil
	c.SessionTTL = 720 * time.Hour // its clock runs ahead
	return c
}

func build(ctx context.Context, c server.Config, size demo.Size) error {
	if err := migrations.Up(ctx, c.DatabaseURL, c.City); err != nil {
		return err
	}
	db, err := pg.Open(ctx, pg.Options{URL: c.DatabaseURL, City: c.City, Conns: 2})
	if err != nil {
		return err
	}
	defer db.Close()
	return demo.Load(ctx, db, size)
}

func (p *Platform) run(ctx context.Context, c server.Config, log *slog.Logger) error {
	listener, err := server.Listen(ctx, c)
	if err != nil {
		return err
	}
	if p.process, err = server.Open(ctx, c, log); err != nil {
		_ = listener.Close()
		return err
	}
	p.URL = "http://" + listener.Addr().String()
	ctx, p.cancel = context.WithCancel(ctx)
	p.running, ctx = errgroup.WithContext(ctx)
	p.running.Go(func() error { return p.process.Serve(ctx, listener) })
	p.running.Go(func() error { return p.process.Work(ctx) })
	return nil
}

// Advance moves the city's clock forward: what falls due by then happens next.
func (p *Platform) Advance(ctx context.Context, by time.Duration) error {
	p.process.DB.Advance(by)
	ctx = actor.With(ctx, actor.System("clock"))
	return p.process.DB.Write(ctx, func(tx *pg.Tx) error { tx.Wake(); return nil })
}

// stride is how often a clock that hurries is moved.
const stride = 200 * time.Millisecond

// Hurry lets the city's clock go the given number of times as fast, until ctx ends.
func (p *Platform) Hurry(ctx context.Context, times int) error {
	tick := time.NewTicker(stride)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := p.Advance(ctx, time.Duration(times-1)*stride); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

// Now is the city's time.
func (p *Platform) Now(ctx context.Context) (time.Time, error) {
	return pg.ReadVal(ctx, p.process.DB, func(tx *pg.Tx) (time.Time, error) { return tx.Now, nil })
}

// Stop ends everything and removes the city.
func (p *Platform) Stop() error {
	var errs []error
	if p.cancel != nil {
		p.cancel()
		errs = append(errs, p.running.Wait())
	}
	if p.process != nil {
		p.forgetQueues()
		p.process.Close()
	}
	if p.lock != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		errs = append(errs, drop(ctx, p.lock, p.city), p.lock.Close(ctx))
	}
	if p.folder != "" {
		errs = append(errs, os.RemoveAll(p.folder))
	}
	return errors.Join(errs...)
}

// forgetQueues leaves nothing of the city in Redis. Redis away is no reason to complain: there is nothing to lose in it.
func (p *Platform) forgetQueues() {
	queues := asynq.NewInspectorFromRedisClient(p.process.Redis)
	names, _ := queues.Queues()
	for _, name := range names {
		if strings.HasPrefix(name, p.city) {
			_ = queues.DeleteQueue(name, true)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	keys := p.process.Redis.Scan(ctx, 0, "*"+p.city+"*", 1000).Iterator()
	for keys.Next(ctx) {
		_ = p.process.Redis.Del(ctx, keys.Val()).Err()
	}
}

const (
	leftoversSQL = `select nspname from pg_namespace where nspname like 'scratch\_%' and nspname not like '%\_vault' order by nspname`
	claimSQL     = `select pg_try_advisory_lock(hashtext($1))`
)

// claim takes the city's name, and removes the cities of processes that were killed: nobody holds theirs any more.
func (p *Platform) claim(ctx context.Context) error {
	rows, err := p.lock.Query(ctx, leftoversSQL)
	if err != nil {
		return err
	}
	leftovers, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, city := range append(leftovers, p.city) {
		var free bool
		if err := p.lock.QueryRow(ctx, claimSQL, city).Scan(&free); err != nil {
			return err
		}
		if free && city != p.city {
			if err := drop(ctx, p.lock, city); err != nil {
				return err
			}
		}
	}
	return nil
}

func drop(ctx context.Context, conn *pgx.Conn, city string) error {
	_, err := conn.Exec(ctx, fmt.Sprintf(`set client_min_messages = warning; drop schema if exists %s cascade; drop schema if exists %s cascade`,
		pgx.Identifier{city}.Sanitize(), pgx.Identifier{city + "_vault"}.Sanitize()))
	return err
}
