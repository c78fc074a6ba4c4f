package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/server"
)

type webhookCommand struct {
	Add    webhookAdd    `cmd:"" help:"Tell another system of the cases of a region. Its host must be in WEBHOOK_ALLOW."`
	List   webhookList   `cmd:"" help:"List the systems that are told."`
	Retire webhookRetire `cmd:"" help:"Stop telling one of them, for good."`
}

type webhookAdd struct {
	URL        string `arg:"" help:"Where to call."`
	Region     string `help:"Division code of the region." required:""`
	Department string `help:"Only cases of this department."`
}

// Run prints the secret of the signatures for the only time.
func (a webhookAdd) Run(ctx context.Context) error {
	hook := notify.Webhook{URL: a.URL, Region: a.Region}
	if a.Department != "" {
		hook.Department = &a.Department
	}
	return asOperator(ctx, func(ctx context.Context, c server.Config, db *pg.DB) error {
		return db.Write(ctx, func(tx *pg.Tx) error {
			made, secret, err := notify.AddWebhook(ctx, tx, c.WebhookPolicy(), hook)
			if err == nil {
				fmt.Printf("webhook %s\nsecret  %s (shown only now)\n", made.ID, hex.EncodeToString(secret))
			}
			return err
		})
	})
}

type webhookList struct{}

func (webhookList) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		hooks, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) ([]notify.Webhook, error) { return notify.Webhooks(ctx, tx) })
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		for _, h := range hooks {
			department := "all departments"
			if h.Department != nil {
				department = *h.Department
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\tsince %s\n", h.ID, h.Region, department, h.URL, h.CreatedAt.Format(time.DateOnly))
		}
		return out.Flush()
	})
}

type webhookRetire struct {
	ID uuid.UUID `arg:"" help:"The webhook's id."`
}

func (r webhookRetire) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error {
		return db.Write(ctx, func(tx *pg.Tx) error { return notify.RetireWebhook(ctx, tx, r.ID) })
	})
}

// asOperator runs fn on the configured stores, or on the private ones, as whoever has the machine.
func asOperator(ctx context.Context, fn func(context.Context, server.Config, *pg.DB) error) (err error) {
	c, log, err := configured()
	if err != nil {
		return err
	}
	c, stop, err := withStores(ctx, c, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	db, err := pg.Open(ctx, pg.Options{URL: c.DatabaseURL, City: c.City, Conns: 4})
	if err != nil {
		return err
	}
	defer db.Close()
	return fn(actor.With(ctx, actor.System("operator")), c, db)
}
