// Gridwork is the field-operations platform of a city, in one binary.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"gridwork/server"
)

// commands are what the binary can do. Settings come from the environment: docs/operating.md lists them.
type commands struct {
	Up            upCommand            `cmd:"" help:"Everything in one: private stores unless DATABASE_URL is set, migrations, the demo city when empty, server and background work."`
	Serve         serveCommand         `cmd:"" help:"Answer requests."`
	Work          workCommand          `cmd:"" help:"Do the background work: jobs, deadlines, the audit chain."`
	Migrate       migrateCommand       `cmd:"" help:"Bring the database to this program's version."`
	Demo          demoCommand          `cmd:"" help:"The demo city, its traffic, one tip's story, its accounts."`
	Doctor        doctorCommand        `cmd:"" help:"Check stores, versions, invariants and overdue work; the exit code says it."`
	Compliance    complianceCommand    `cmd:"" help:"The rules against formalism at the fingertips, and whether this installation keeps them; the exit code says it."`
	Webhook       webhookCommand       `cmd:"" help:"Other systems that are told of cases."`
	Calendar      calendarCommand      `cmd:"" help:"Working calendars: the official notice of a year, and the versions there are."`
	Measure       measureCommand       `cmd:"" help:"Measures: what they are, and the figures that they are made of."`
	Import        importCommands       `cmd:"" help:"Read addresses, premises, components, people, boundaries or a checklist from a file."`
	Administrator administratorCommand `cmd:"" help:"Take in one of the administrators that a city begins with."`
	Vault         vaultCommand         `cmd:"" help:"Keys of the vault, for whoever holds the private half."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var cli commands
	parser := kong.Must(&cli, kong.Name("gridwork"), kong.Description("Field operations of a city on its grid."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	err = command.Run()
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintln(os.Stderr, "gridwork: "+line)
		}
		os.Exit(1)
	}
}

// configured loads the configuration and prints what is in force.
func configured() (server.Config, *slog.Logger, error) {
	c, err := server.Load(os.Environ())
	if err != nil {
		return c, nil, err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel}))
	return c, log, nil
}
