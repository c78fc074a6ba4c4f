// Package traffic plays a city that uses the platform: reporters, dispatchers, departments and grid workers, all of them
// through the public API over HTTP. It concentrates on a few streets, so that their queues are alive.
package traffic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gridwork/demo/client"
)

// Options say what is played, and where.
type Options struct {
	URL     string        // of the platform: this machine's, see Loopback
	Rate    float64       // reports a second
	Length  time.Duration // of the reporting
	Streets int           // how many streets take part
	Seed    uint64        // the same seed makes the same plans; answers still come in their own order
	Out     io.Writer     // progress
	Redraw  bool          // progress is one line that is written over, as on a terminal
}

// Check refuses what cannot be played.
func (o Options) Check() error {
	switch {
	case o.Rate <= 0 || o.Rate > 500:
		return errors.New("--rate must be above 0 and at most 500 reports a second")
	case o.Length <= 0 || o.Length > 24*time.Hour:
		return errors.New("--minutes must be above 0 and at most 1440")
	case o.Streets < 1 || o.Streets > 20:
		return errors.New("--streets must be between 1 and 20")
	}
	return Loopback(o.URL)
}

// Loopback refuses every platform but those of this machine: nobody's city is flooded by a slip of the finger.
func Loopback(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("--url must be http://… or https://…, not %q", address)
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil && ip.IsLoopback() || u.Hostname() == "localhost" {
		return nil
	}
	return fmt.Errorf("traffic is for a platform on this machine: %s is another one", u.Hostname())
}

const (
	// reporters at once: where the platform is slower than the rate, reports wait instead of piling up.
	reporters = 64
	// lastActs is how long those who work on the cases go on after the last report.
	lastActs = 5 * time.Second
	// afterwards bounds the questions that the closing table is made of.
	afterwards = 2 * time.Minute
)

// Run plays until the time is over or ctx ends, and returns what came of it either way.
func Run(ctx context.Context, o Options) (*Tally, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	return o.world().run(ctx)
}

func (o Options) world() *world {
	return &world{Options: o, anyone: client.New(o.URL), tally: newTally(), errands: newErrands()}
}

func (w *world) run(ctx context.Context) (*Tally, error) {
	if err := w.open(ctx); err != nil {
		return nil, fmt.Errorf("the traffic cannot begin: %w", err)
	}
	w.play(ctx)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), afterwards)
	defer cancel()
	return w.tally, w.survey(closing)
}

// play lets everybody act: staff until the last reports were taken up a little, reporters until the time is over.
func (w *world) play(ctx context.Context) {
	working, rest := context.WithCancel(ctx)
	var staff sync.WaitGroup
	for _, s := range w.streets {
		for _, work := range s.staff() {
			staff.Go(func() { w.keep(working, work) })
		}
		staff.Go(func() { w.patrol(working) })
	}
	staff.Go(func() { w.progress(working) })
	w.reportAll(ctx)
	_ = pause(ctx, lastActs)
	rest()
	staff.Wait()
}

// reportAll makes the reports at the rate, and waits for the last answer.
func (w *world) reportAll(ctx context.Context) {
	over, cancel := context.WithTimeout(ctx, w.Length)
	defer cancel()
	tick := time.NewTicker(time.Duration(float64(time.Second) / w.Rate))
	defer tick.Stop()
	free := make(chan struct{}, reporters)
	var all sync.WaitGroup
	defer all.Wait()
	for n := uint64(0); ; n++ {
		select {
		case <-over.Done():
			return
		case <-tick.C:
		}
		select {
		case <-over.Done():
			return
		case free <- struct{}{}:
		}
		r := rand.New(rand.NewPCG(w.Seed, n)) //nolint:gosec // a play, not a secret
		all.Go(func() {
			defer func() { <-free }()
			w.report(ctx, r)
		})
	}
}

// shift is the work of one member of staff: look, act, and say whether there was anything to do.
type shift struct {
	name  string
	every time.Duration // between two looks while there is work
	work  func(context.Context) (busy bool, err error)
}

// idle is how much longer somebody waits who found nothing to do.
const idle = 3

// keep works a shift until ctx ends. An error is counted, and the next look comes all the same.
func (w *world) keep(ctx context.Context, s shift) {
	for ctx.Err() == nil {
		busy, err := s.work(ctx)
		w.failed(ctx, s.name, err)
		gap := s.every
		if !busy {
			gap *= idle
		}
		_ = pause(ctx, gap)
	}
}

// list is what somebody goes through page by page, one at each look, and from the top again after the last: of a long
// list, too, everything gets its turn.
type list struct {
	client.CaseFilter
	after *string
}

// look is the next page, the oldest first.
func (l *list) look(ctx context.Context, who *client.Client) ([]client.Case, error) {
	page, err := who.Cases(ctx, l.CaseFilter, l.after)
	l.after = nil
	if page.PageInfo.HasNextPage {
		l.after = page.PageInfo.EndCursor
	}
	slices.Reverse(page.Nodes)
	return page.Nodes, err
}

// hands is how much of what somebody sees is acted on at a time: a browser, too, sends one thing before the last is answered.
const hands = 4

// each acts on everything that somebody sees, and reports whether anything was done.
func each[T any](ctx context.Context, w *world, doing string, seen []T, act func(T) (bool, error)) bool {
	var all sync.WaitGroup
	var busy atomic.Bool
	free := make(chan struct{}, hands)
	for _, one := range seen {
		if ctx.Err() != nil {
			break
		}
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			acted, err := act(one)
			w.failed(ctx, doing, err)
			if acted {
				busy.Store(true)
			}
		})
	}
	all.Wait()
	return busy.Load()
}

// failed counts an error of the platform. Two people who act on one thing at a time are no error: one of them is told.
func (w *world) failed(ctx context.Context, doing string, err error) {
	switch code := client.Code(err); {
	case err == nil, ctx.Err() != nil:
	case code == "STALE_VERSION", code == "ACTION_NOT_POSSIBLE":
		w.tally.count("overtaken")
	default:
		w.tally.fail(doing, err)
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
