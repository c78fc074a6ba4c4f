// Deadlines measures the keeper: what it costs while nothing is due, how late steps fire while a million others are armed,
// and how long it takes for a backlog, each firing with its event, its messages and their outbox rows.
//
//	go run ./bench/deadlines
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/tasks"
)

// The goals that every figure is printed beside.
const (
	goalP99   = 100 * time.Millisecond
	goalMost  = 300 * time.Millisecond
	goalBurst = 5 * time.Second
	goalIdle  = 0.01 // of one core
)

// ahead is how long before it is due something is armed: longer than arming takes.
const ahead = 8 * time.Second

// plan says how much is measured.
type plan struct {
	armed, due, burst int
	over, idle        time.Duration
	turns             int
}

func main() {
	var p plan
	flag.IntVar(&p.armed, "armed", 1_000_000, "deadlines that are armed and not due")
	flag.IntVar(&p.due, "due", 10_000, "deadlines that come due one after the other")
	flag.DurationVar(&p.over, "over", 10*time.Second, "within how long")
	flag.IntVar(&p.burst, "burst", 50_000, "deadlines that are due at once")
	flag.DurationVar(&p.idle, "idle", 20*time.Second, "how long to watch while nothing is due")
	flag.IntVar(&p.turns, "turns", 3, "how often to measure: what else the machine does shows in the spread")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Durable, func(s *stand.Stand) error { return p.measure(ctx, s) })
	})
}

func (p plan) measure(ctx context.Context, s *stand.Stand) error {
	address, err := s.DemoCity(ctx, "deadlines", demo.Whole)
	if err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 8)
	if err != nil {
		return err
	}
	defer db.Close()
	f, err := survey(ctx, address)
	if err != nil {
		return err
	}
	defer f.owner.Close(context.WithoutCancel(ctx))
	if err := errors.Join(f.fill(ctx, p.armed), calm(ctx, s.Stores.AdminURL)); err != nil {
		return err
	}
	fmt.Printf("%d deadlines armed in the demo city, durable commits; %s\n", p.armed, gauge.Machine())
	keeping, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	keeper := tasks.NewKeeper(db, slog.New(slog.NewTextHandler(os.Stderr, nil)), nil)
	go func() { defer close(done); keeper.Run(keeping) }()
	defer func() { stop(); <-done }()
	cpu := []gauge.Meter{gauge.Self("keeper"), s.Postgres()}
	if err := p.rest(ctx, cpu); err != nil {
		return err
	}
	for range p.turns {
		if err := errors.Join(p.stream(ctx, f, cpu), p.flood(ctx, f, cpu)); err != nil {
			return err
		}
	}
	fmt.Println(gauge.Machine())
	return f.check(ctx, db)
}

// rest measures what waiting costs.
func (p plan) rest(ctx context.Context, cpu []gauge.Meter) error {
	used, err := spent(cpu, func() error { return wait(ctx, p.idle) })
	if err != nil {
		return err
	}
	share := (used[0] + used[1]).Seconds() / p.idle.Seconds()
	fmt.Printf("nothing due for %v: %.2f %% of a core (keeper %v, Postgres %v)%s\n", p.idle, share*100, used[0], used[1], verdict(share <= goalIdle, "at most 1 %"))
	return nil
}

// stream measures how late steps fire that come due one after the other.
func (p plan) stream(ctx context.Context, f *field, cpu []gauge.Meter) error {
	if err := f.arm(ctx, p.due, time.Now().Add(ahead), p.over); err != nil {
		return err
	}
	var late lateness
	used, err := spent(cpu, func() (err error) { late, err = f.watch(ctx, p.due); return err })
	if err != nil {
		return err
	}
	p99, most := gauge.Per(late, 0.99), late[len(late)-1]
	fmt.Printf("%d due over %v: late p50 %v, p99 %v%s, most %v%s, least %v%s; CPU per step: keeper and onlooker %v, Postgres %v\n", p.due, p.over,
		gauge.Per(late, 0.5), p99, verdict(p99 <= goalP99, goalP99), most, verdict(most <= goalMost, goalMost),
		late[0], verdict(late[0] >= 0, "never early"), used[0]/time.Duration(p.due), used[1]/time.Duration(p.due))
	return nil
}

// flood measures how long a backlog takes that is due all at once.
func (p plan) flood(ctx context.Context, f *field, cpu []gauge.Meter) error {
	due := time.Now().Add(ahead).Truncate(time.Microsecond)
	if err := f.arm(ctx, p.burst, due, 0); err != nil {
		return err
	}
	if err := wait(ctx, time.Until(due)); err != nil {
		return err
	}
	used, err := spent(cpu, func() error { return f.gone(ctx, due) })
	if err != nil {
		return err
	}
	took := time.Since(due)
	fmt.Printf("%d due at once: all fired after %v%s; CPU per step: keeper %v, Postgres %v\n", p.burst, took,
		verdict(took <= goalBurst, goalBurst), used[0]/time.Duration(p.burst), used[1]/time.Duration(p.burst))
	return nil
}

// spent is the CPU that each meter has used while do ran.
func spent(cpu []gauge.Meter, do func() error) ([]time.Duration, error) {
	used := make([]time.Duration, len(cpu))
	for i, m := range cpu {
		before, err := m.Read()
		if err != nil {
			return nil, err
		}
		used[i] = -before
	}
	if err := do(); err != nil {
		return nil, err
	}
	for i, m := range cpu {
		after, err := m.Read()
		if err != nil {
			return nil, err
		}
		used[i] += after
	}
	return used, nil
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func verdict(met bool, goal any) string {
	if met {
		return fmt.Sprintf(" (goal %v: met)", goal)
	}
	return fmt.Sprintf(" (goal %v: MISSED)", goal)
}
