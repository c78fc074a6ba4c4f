package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"golang.org/x/sync/errgroup"

	"gridwork/demo"
	"gridwork/local"
	"gridwork/migrations"
	"gridwork/server"
)

type upCommand struct{}

// Run is the whole platform in one process. The port comes first, so that one in use costs nothing.
func (upCommand) Run(ctx context.Context) (err error) {
	c, log, err := configured()
	if err != nil {
		return err
	}
	listener, err := server.Listen(ctx, c)
	if err != nil {
		return err
	}
	defer listener.Close()
	c, stop, err := withStores(ctx, c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	log.Info("configuration", "config", c)
	if err := migrations.Up(ctx, c.DatabaseURL, c.City); err != nil {
		return err
	}
	if c.Mode == server.Demo {
		if err := loadDemo(ctx, c); err != nil {
			return err
		}
	}
	p, err := server.Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer p.Close()
	p.Accounts = shownAccounts(c)
	welcome(c)
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return p.Serve(ctx, listener) })
	both.Go(func() error { return p.Work(ctx) })
	return both.Wait()
}

// withStores starts private stores unless the configuration names others.
func withStores(ctx context.Context, c server.Config, log *slog.Logger) (server.Config, func() error, error) {
	if !c.PrivateStores() {
		return c, func() error { return nil }, nil
	}
	s, err := local.Start(ctx, local.Options{Dir: c.StoresDir(), Log: log})
	if err != nil {
		return c, nil, err
	}
	c.DatabaseURL, c.RedisURL = s.DatabaseURL, s.RedisURL
	return c, s.Stop, nil
}

func loadDemo(ctx context.Context, c server.Config) error {
	loaded, err := demo.Loaded(ctx, c.DatabaseURL, c.City)
	if err != nil || loaded {
		return err
	}
	fmt.Println("The database is empty: building the demo city (some seconds, once).")
	return buildLived(ctx, c, demo.Whole)
}

// welcome says where to go and who to sign in as.
func welcome(c server.Config) {
	fmt.Printf("\nGridwork is ready:  http://%s\n", c.Listen)
	fmt.Println("Screens:  /tip  report it    /field  handheld    /desk  dispatch    /dept  department    /wall  city    /admin  administration    /codes  codes of premises")
	if c.Mode == server.Demo {
		fmt.Println("Sign in as, for example:")
		for _, a := range demo.Examples() {
			fmt.Printf("  %-18s %-14s password %s\n", a.Role, a.Login, a.Password)
		}
		fmt.Println("More: gridwork demo accounts --json    Traffic: gridwork demo traffic    One tip's life: gridwork demo story")
	}
	fmt.Println("Ctrl-C stops everything that was started here.")
	fmt.Println()
}

// shownAccounts are those that the status page offers: in demo mode only.
func shownAccounts(c server.Config) []server.Account {
	var shown []server.Account
	if c.Mode != server.Demo {
		return nil
	}
	for _, a := range demo.Examples() {
		where := a.Regions[0]
		shown = append(shown, server.Account{Role: a.Role, WhereZH: where.NameZH, WhereEN: where.NameEN, Login: a.Login, Password: a.Password})
	}
	return shown
}
