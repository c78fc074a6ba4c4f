package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"gridwork/actor"
	"gridwork/demo"
	"gridwork/migrations"
	"gridwork/pg"
	"gridwork/server"
)

type demoCommand struct {
	City     demoCity     `cmd:"" help:"Build the demo city in an empty database: regions, cells, standards, rules, people, some places and plans."`
	Traffic  demoTraffic  `cmd:"" help:"Play reporters, dispatchers, departments and grid workers on a running platform."`
	Story    demoStory    `cmd:"" help:"Tell one tip's life, on a scratch city with a clock of its own."`
	Accounts demoAccounts `cmd:"" help:"List who can sign in to the demo city."`
}

// errNoDemo keeps accounts with known passwords away from a real city.
var errNoDemo = errors.New("GRIDWORK_MODE is production: the demo city has accounts with known passwords (set GRIDWORK_MODE=demo for a database of its own)")

type demoCity struct {
	Cells int      `help:"About how many cells." default:"18000"`
	Part  []string `help:"Only this district, street or community, by its code; may be repeated."`
	Full  bool     `help:"With 640 000 buildings, 300 000 premises and 200 000 components, as a city of twenty million has; also into a demo city that is there already."`
}

// Run builds the city, or says that there is one.
func (d demoCity) Run(ctx context.Context) error {
	return onDemoStores(ctx, func(c server.Config) error {
		if err := migrations.Up(ctx, c.DatabaseURL, c.City); err != nil {
			return err
		}
		loaded, err := demo.Loaded(ctx, c.DatabaseURL, c.City)
		if err != nil {
			return err
		}
		if loaded && d.Full {
			return buildPlaces(ctx, c)
		}
		if loaded {
			return fmt.Errorf("schema %s has a city already: choose another CITY or an empty database", c.City)
		}
		size := demo.Size{Cells: d.Cells, Parts: d.Part}
		if !d.Full {
			return buildLived(ctx, c, size)
		}
		if err := buildCity(ctx, c, func(db *pg.DB) error { return demo.Load(ctx, db, size) }); err != nil {
			return err
		}
		return buildPlaces(ctx, c)
	})
}

// buildPlaces fills the demo city's address spine. A run that was cut goes on where it stopped.
func buildPlaces(ctx context.Context, c server.Config) error {
	begun := time.Now()
	db, err := openDatabase(ctx, c)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx = actor.With(ctx, actor.System("demo city"))
	err = demo.LoadPlaces(ctx, db, demo.Full, func(rows, of int) { fmt.Printf("\r%9d of %d places", rows, of) })
	if err == nil {
		fmt.Printf("\rThe demo city has %d buildings, %d premises and %d components, after %.0f s.\n", demo.Full.Buildings, demo.Full.Premises,
			demo.Full.Components, time.Since(begun).Seconds())
	}
	return err
}

// buildLived builds the demo city as it is shown.
func buildLived(ctx context.Context, c server.Config, size demo.Size) error {
	codes, err := c.Visits()
	if err != nil {
		return err
	}
	return buildCity(ctx, c, func(db *pg.DB) error { return demo.LoadLived(ctx, db, size, codes) })
}

// buildCity loads the demo city and says how long it took.
func buildCity(ctx context.Context, c server.Config, load func(*pg.DB) error) error {
	begun := time.Now()
	db, err := openDatabase(ctx, c)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := load(db); err != nil {
		return err
	}
	counts, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (demo.Counts, error) { return demo.Count(ctx, tx) })
	if err != nil {
		return err
	}
	fmt.Printf("The demo city is built: %s, in %.0f s.\n", counts, time.Since(begun).Seconds())
	return nil
}

type demoAccounts struct {
	JSON bool `help:"As JSON, with the regions of each account."`
}

// Run lists every account of the demo city, by role.
func (d demoAccounts) Run(ctx context.Context) error {
	return onDemoStores(ctx, func(c server.Config) error {
		if err := migrations.Check(ctx, c.DatabaseURL, c.City); err != nil {
			return err
		}
		db, err := openDatabase(ctx, c)
		if err != nil {
			return err
		}
		defer db.Close()
		accounts, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]demo.Account, error) { return demo.Accounts(ctx, tx) })
		if err != nil {
			return err
		}
		if len(accounts) == 0 {
			return fmt.Errorf("schema %s has no demo city: run `gridwork demo city`", c.City)
		}
		if d.JSON {
			out := json.NewEncoder(os.Stdout)
			out.SetIndent("", "  ")
			return out.Encode(accounts)
		}
		return printAccounts(accounts)
	})
}

func printAccounts(accounts []demo.Account) error {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "ROLE\tLOGIN\tPASSWORD OR KEY\tNAME\tWHERE")
	for _, a := range accounts {
		where := a.Where()
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s %s %s\n", a.Role, a.Login, a.Password+a.Key, a.Name, where.Code, where.NameZH, where.NameEN)
	}
	return out.Flush()
}

// onDemoStores runs fn on the configured stores, or on the private ones.
func onDemoStores(ctx context.Context, fn func(server.Config) error) error {
	c, log, err := configured()
	if err != nil {
		return err
	}
	if c.Mode != server.Demo {
		return errNoDemo
	}
	c, stop, err := withStores(ctx, c, log)
	if err != nil {
		return err
	}
	return errors.Join(fn(c), stop())
}

func openDatabase(ctx context.Context, c server.Config) (*pg.DB, error) {
	return pg.Open(ctx, pg.Options{URL: c.DatabaseURL, City: c.City, Conns: 2})
}
