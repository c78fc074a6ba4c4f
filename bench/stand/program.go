package stand

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// Run is the main function of a program that measures: Ctrl-C ends it in order, so that its stores do not stay.
func Run(measure func(context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := measure(ctx)
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// With sets a stand up, measures, and clears it.
func With(ctx context.Context, d Durability, measure func(*Stand) error) error {
	s, err := Set(ctx, d)
	if err != nil {
		return err
	}
	return errors.Join(measure(s), s.Clear())
}
