package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"gridwork/demo"
	"gridwork/demo/scratch"
	"gridwork/demo/traffic"
	"gridwork/server"
)

type demoTraffic struct {
	Rate    float64 `help:"Reports a second." default:"20"`
	Minutes float64 `help:"How long reports are made." default:"5"`
	Streets int     `help:"How many streets take part." default:"3"`
	URL     string  `help:"The platform, on this machine." default:"http://127.0.0.1:8080"`
	Speed   int     `help:"Play on a scratch city whose clock goes so many times as fast, so that ladders are climbed; 1 plays on --url." default:"1"`
	Seed    uint64  `help:"Another one plays another day." default:"1"`
}

// Run plays the traffic, and prints the closing table also when it is interrupted.
func (d demoTraffic) Run(ctx context.Context) error {
	if d.Speed == 1 {
		return d.play(ctx, d.URL)
	}
	if d.Speed < 1 || d.Speed > 1000 {
		return errors.New("--speed must be between 1 and 1000")
	}
	return onDemoStores(ctx, func(c server.Config) error { return d.hurried(ctx, c) })
}

// hurried plays on a scratch city. Its platform outlives an interruption, for the sake of the closing table.
func (d demoTraffic) hurried(ctx context.Context, c server.Config) (err error) {
	p, err := scratch.Start(context.WithoutCancel(ctx), c, demo.Size{Cells: 3000, Parts: []string{"440304"}}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	fmt.Printf("A scratch city is served on %s; its clock goes %d times as fast, and so do the times in the table.\n", p.URL, d.Speed)
	clock, stop := context.WithCancel(ctx)
	both, clock := errgroup.WithContext(clock)
	both.Go(func() error { return p.Hurry(clock, d.Speed) })
	both.Go(func() error { defer stop(); return d.play(ctx, p.URL) })
	return both.Wait()
}

func (d demoTraffic) play(ctx context.Context, url string) error {
	tally, err := traffic.Run(ctx, traffic.Options{URL: url, Rate: d.Rate, Length: time.Duration(d.Minutes * float64(time.Minute)),
		Streets: d.Streets, Seed: d.Seed, Out: os.Stdout, Redraw: isTerminal(os.Stdout)})
	if tally != nil {
		fmt.Print(tally.Table())
	}
	if err == nil && tally.Lost() > 0 {
		err = fmt.Errorf("%d acknowledged reports cannot be found", tally.Lost())
	}
	return err
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
