package stand

import (
	"context"
	"log/slog"
	"os"

	"golang.org/x/sync/errgroup"

	"gridwork/server"
)

// Platform is what a program is that was spawned with an Environment: the server, with the background work beside it as `gridwork up`
// has them, or with that left to others.
func Platform(ctx context.Context, background bool) error {
	c, err := server.Load(os.Environ())
	if err != nil {
		return err
	}
	p, err := server.Open(ctx, c, slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel})))
	if err != nil {
		return err
	}
	defer p.Close()
	listener, err := Answer()
	if err != nil {
		return err
	}
	both, ctx := errgroup.WithContext(ctx)
	if background {
		both.Go(func() error { return p.Work(ctx) })
	} else {
		both.Go(func() error { p.Announce(ctx); return nil })
	}
	both.Go(func() error { return p.Serve(ctx, listener) })
	return both.Wait()
}
