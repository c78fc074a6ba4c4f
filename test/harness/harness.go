// Package harness runs the whole platform inside a test: the real server on a port of its own, the real background
// work, a database and a Redis that nobody else uses, and around it a small city with its people, gateways that
// remember what they were sent, and a clock that moves.
//
// Silence is an assertion too: a text message or a call that nobody expected fails the test, and so does a line in the
// log at level error. When the story is over, what the platform has promised about timers and the audit log is checked.
package harness

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"gridwork/domain/identity"
	"gridwork/pg"
	"gridwork/server"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// Monday is when stories begin: nine thirty in the morning of a working day, in the city. The working calendar of the
// fixtures covers it, whatever the year in which the tests run.
var Monday = time.Date(2026, time.March, 2, 9, 30, 0, 0, identity.City)

// Harness is one running platform.
type Harness struct {
	Town
	t testing.TB

	URL string // of the server, without a slash at the end

	process *server.Process
	address string // of the database, as its owner
	redis   string
	skew    time.Duration
	texts   gateway
	hooks   receiver
	journal journal

	mu       sync.Mutex
	visitors int // strangers so far, each at an address of its own
}

type settings struct {
	begin      time.Time
	through    int // the last year of the working calendar; 0: as the town has it
	production bool
	redisAway  bool
}

// Option changes what New starts.
type Option func(*settings)

// At begins the story at another time.
func At(begin time.Time) Option { return func(s *settings) { s.begin = begin } }

// Today tells the story now, as browsers do that have clocks of their own. Years that no notice is known for yet are plain
// weeks, through the next one: a story of today does not end with what its calendar knew.
func Today() Option {
	return func(s *settings) { s.begin, s.through = time.Now(), time.Now().Year()+1 }
}

// Production runs in production mode: trusted documents only, no text messages.
func Production() Option { return func(s *settings) { s.production = true } }

// RedisAway runs without a Redis: its address leads nowhere.
func RedisAway() Option { return func(s *settings) { s.redisAway = true } }

// New starts a platform that ends with the test.
func New(t testing.TB, options ...Option) *Harness {
	t.Helper()
	s := settings{begin: Monday}
	for _, o := range options {
		o(&s)
	}
	h := &Harness{t: t}
	h.texts.open(t)
	h.hooks.open(t)
	db, address := dbtest.Open(t)
	h.address = address
	h.redis = "unix:///nonexistent/redis.sock"
	if !s.redisAway {
		h.redis = ownRedis(t)
	}
	h.skew = time.Until(s.begin)
	h.found(t, db, s.through)
	h.start(h.configuration(s))
	return h
}

// found commits the city before the platform reads it.
func (h *Harness) found(t testing.TB, db *pg.DB, through int) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *pg.Tx) error {
		h.Town = BuildTown(t, tx)
		if through > 0 {
			fixture.Through(t, t.Context(), tx, through)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("harness: %v", err)
	}
}

// Given commits what a story starts from and the API does not offer, such as another person or an absence.
func (h *Harness) Given(write func(context.Context, *pg.Tx)) {
	h.t.Helper()
	err := h.process.DB.Write(h.t.Context(), func(tx *pg.Tx) error { write(h.t.Context(), tx); return nil })
	if err != nil {
		h.t.Fatalf("given: %v", err)
	}
}

func (h *Harness) configuration(s settings) server.Config {
	environment := []string{
		"GRIDWORK_MODE=demo", "DATABASE_URL=" + h.address, "REDIS_URL=" + h.redis, "CITY=" + dbtest.City, "DB_POOL=12",
		"LISTEN=127.0.0.1:0", "TRUSTED_PROXIES=127.0.0.0/8", "SESSION_TTL=720h", "DATA_DIR=" + h.t.TempDir(),
		"LOG_LEVEL=debug", "WEBHOOK_ALLOW=127.0.0.1", "WEBHOOK_PRIVATE=127.0.0.0/8", "SEAL_PUBLIC_KEY=" + sealKey, "CLAIM_KEY=" + claimKey, "MARK_KEY=" + markKey,
		"BADGE_KEY=" + badgeKey, "VISIT_KEY=" + visitKey, "PUSH_KEY=" + pushKey, "PUSH_CONTACT=mailto:city@example.org",
	}
	if s.production {
		environment[0] = "GRIDWORK_MODE=production"
	} else {
		environment = append(environment, "SMS_URL="+h.texts.URL, "SMS_TOKEN="+gatewayToken)
	}
	c, err := server.Load(environment)
	if err != nil {
		h.t.Fatalf("harness: %v", err)
	}
	return c
}

// start opens the process, moves its clock, and lets server and background work run until the test ends.
func (h *Harness) start(c server.Config) {
	h.t.Helper()
	p, err := server.Open(h.t.Context(), c, h.journal.logger())
	if err != nil {
		h.t.Fatalf("harness: %v", err)
	}
	h.process = p
	p.DB.Advance(h.skew)
	listener, err := server.Listen(h.t.Context(), c)
	if err != nil {
		h.t.Fatalf("harness: %v", err)
	}
	h.URL = "http://" + listener.Addr().String()
	// Not the test's own context: it ends before the last checks.
	ctx, stop := context.WithCancel(context.Background())
	ended := h.run(ctx, listener)
	h.t.Cleanup(func() {
		if !h.t.Failed() {
			h.settleLast()
		}
		outward.CloseIdleConnections() // a server waits for fresh ones, which might still ask something
		stop()
		for _, err := range []error{<-ended, <-ended} {
			if err != nil && !errors.Is(err, context.Canceled) {
				h.t.Errorf("the platform ended with: %v", err)
			}
		}
		h.verify()
		p.Close()
	})
}

func (h *Harness) run(ctx context.Context, listener net.Listener) <-chan error {
	ended := make(chan error, 2)
	go func() { ended <- h.process.Serve(ctx, listener) }()
	go func() { ended <- h.process.Work(ctx) }()
	return ended
}

// Keys that belong to no real city.
const (
	sealKey  = "1Vn2Il2JbRgtC/WUBzIF9tpjxxe81mM6aBZdyoYHwXI="
	claimKey = "Y2xhaW1jbGFpbWNsYWltY2xhaW1jbGFpbWNsYWltY2w="
	visitKey = "dmlzaXR2aXNpdHZpc2l0dmlzaXR2aXNpdHZpc2l0dmk="
	pushKey  = "cHVzaHB1c2hwdXNocHVzaHB1c2hwdXNocHVzaHB1c2g="
	badgeKey = "YmFkZ2ViYWRnZWJhZGdlYmFkZ2ViYWRnZWJhZGdlYmE="
	markKey  = "bWFya21hcmttYXJrbWFya21hcmttYXJrbWFya21hcms="
)
