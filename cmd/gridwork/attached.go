package main

import (
	"context"
	"errors"
	"log/slog"

	"gridwork/server"
)

// attached runs fn in a process on the configured stores, or on the private ones of a running `gridwork up`.
func attached(ctx context.Context, c server.Config, log *slog.Logger, fn func(context.Context, *server.Process) error) error {
	c, stop, err := withStores(ctx, c, log)
	if err != nil {
		return err
	}
	p, err := server.Open(ctx, c, log)
	if err != nil {
		return errors.Join(err, stop())
	}
	err = fn(ctx, p)
	p.Close()
	return errors.Join(err, stop())
}
