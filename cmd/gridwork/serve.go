package main

import (
	"context"

	"gridwork/migrations"
	"gridwork/server"
)

type serveCommand struct{}

func (serveCommand) Run(ctx context.Context) error {
	c, log, err := configured()
	if err != nil {
		return err
	}
	listener, err := server.Listen(ctx, c)
	if err != nil {
		return err
	}
	defer listener.Close()
	return attached(ctx, c, log, func(ctx context.Context, p *server.Process) error {
		p.Accounts = shownAccounts(c)
		go p.Announce(ctx)
		return p.Serve(ctx, listener)
	})
}

type workCommand struct{}

func (workCommand) Run(ctx context.Context) error {
	c, log, err := configured()
	if err != nil {
		return err
	}
	return attached(ctx, c, log, func(ctx context.Context, p *server.Process) error { return p.Work(ctx) })
}

type migrateCommand struct{}

func (migrateCommand) Run(ctx context.Context) error {
	c, log, err := configured()
	if err != nil {
		return err
	}
	c, stop, err := withStores(ctx, c, log)
	if err != nil {
		return err
	}
	if err := migrations.Up(ctx, c.DatabaseURL, c.City); err != nil {
		_ = stop()
		return err
	}
	return stop()
}
