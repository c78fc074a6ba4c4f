package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"gridwork/domain/staff"
	"gridwork/pg"
	"gridwork/server"
)

type administratorCommand struct {
	Login  string `arg:"" help:"What they sign in with: 3 to 64 of a-z, 0-9, dot, hyphen and underscore."`
	Name   string `arg:"" help:"As colleagues know them."`
	Region string `help:"Division code of what they administer." required:""`
	Locale string `help:"zh or en." default:"zh" enum:"zh,en"`
}

func (a administratorCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		return db.Write(ctx, func(tx *pg.Tx) error { return a.install(ctx, tx, os.Stdout) })
	})
}

// install prints the password for the only time.
func (a administratorCommand) install(ctx context.Context, tx *pg.Tx, out io.Writer) error {
	made, err := staff.Install(ctx, tx, staff.Registration{Name: a.Name, Login: a.Login, Locale: a.Locale, Grant: staff.GrantOf{Region: a.Region}})
	if err == nil {
		fmt.Fprintf(out, "login     %s\npassword  %s (shown only now, to be exchanged at /admin within three days)\n", *made.Login, made.Password)
	}
	return err
}
