package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"gridwork/demo/traffic"
)

type demoTraffic struct {
	Rate    float64 `help:"Reports a second." default:"20"`
	Minutes float64 `help:"How long reports are made." default:"5"`
	Streets int     `help:"How many streets take part." default:"3"`
	URL     string  `help:"The platform, on this machine." default:"http://127.0.0.1:8080"`
	Seed    uint64  `help:"Another one plays another day." default:"1"`
}

// Run plays the traffic, and prints the closing table also when it is interrupted.
func (d demoTraffic) Run(ctx context.Context) error {
	tally, err := traffic.Run(ctx, traffic.Options{URL: d.URL, Rate: d.Rate, Length: time.Duration(d.Minutes * float64(time.Minute)),
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
