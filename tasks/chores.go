package tasks

import (
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/consignment"
	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/look"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/regrid"
	"gridwork/pg"
)

const (
	choreLook = 20 * time.Second
	keepJobs  = 7 * 24 * time.Hour // after they are done
	keepOnce  = 7 * 24 * time.Hour
	choreMax  = 20_000 // rows at a time
	sweepMax  = 500    // files at a time
)

// chore is something that one process of the city does once in a period, however many there are. The queue's own
// schedule lives in memory, forgets ticks and runs twice with two processes; a row in the table "once" does neither.
type chore struct {
	name  string
	every time.Duration
	do    func(context.Context, *pg.Tx) error // in the transaction that notes the period as served
	after func(context.Context) error         // and what cannot be in it; a period that fails is made up for by the next
}

func chores(d Deps) []chore {
	return []chore{
		{name: "held texts and notifications", every: time.Minute, do: func(ctx context.Context, tx *pg.Tx) error {
			_, err := notify.Release(ctx, tx, choreMax)
			return err
		}},
		{name: "cells that change", every: choreLook, do: regrid.BeginDue},
		{name: "work left behind in cells", every: time.Minute, do: regrid.CatchUp},
		{name: "clocks left behind", every: time.Minute, do: casework.CatchUp},
		{name: "end of the calendar", every: 24 * time.Hour, do: casework.WarnOfCalendar},
		{name: "plans", every: 24 * time.Hour, do: inspection.KeepPlans},
		{name: "done jobs", every: 10 * time.Minute, do: func(_ context.Context, tx *pg.Tx) error {
			tx.Queue(purgeSQL, tx.Now.Add(-keepJobs), choreMax)
			return nil
		}},
		{name: "looks that are over", every: time.Minute, do: look.Forget},
		{name: "subscriptions", every: time.Hour, do: notify.ForgetSubscriptions},
		{name: "sessions", every: time.Hour, do: identity.Forget},
		{name: "alarms long over", every: time.Hour, do: func(ctx context.Context, tx *pg.Tx) error {
			return fieldwork.BlankAlarms(ctx, tx, tx.Now.Add(-d.AlarmKeep))
		}},
		{name: "manifests", every: 24 * time.Hour, do: handheld.Forget},
		{name: "periods", every: time.Hour, do: func(_ context.Context, tx *pg.Tx) error {
			tx.Queue(forgetOnceSQL, tx.Now.Add(-keepOnce))
			return nil
		}},
		{name: "rejects of imports", every: time.Hour, do: func(_ context.Context, tx *pg.Tx) error {
			consignment.ForgetRejects(tx, choreMax)
			return nil
		}},
		{name: "import files", every: 10 * time.Minute, after: func(ctx context.Context) error {
			return consignment.Sweep(ctx, d.DB, d.Imports, sweepMax)
		}},
		{name: "photos", every: 10 * time.Minute, after: func(ctx context.Context) error {
			_, err := media.Sweep(ctx, d.DB, d.Files, sweepMax)
			return err
		}},
	}
}

// keepHouse does the chores until ctx ends.
func (w *worker) keepHouse(ctx context.Context, all []chore) {
	ctx = actor.With(ctx, actor.System("housekeeping"))
	for rest(ctx, nil, choreLook) {
		for _, c := range all {
			if err := w.chore(ctx, c); err != nil && ctx.Err() == nil {
				w.log.Warn("a chore was not done", "chore", c.name, "cause", cause(err))
			}
		}
	}
}

// turn is when the chore's turn that now lies in began. Days are the city's: what is done once a day is done when its day begins.
func (c chore) turn(now time.Time) time.Time {
	_, east := now.In(identity.City).Zone()
	ahead := time.Duration(east) * time.Second
	return now.Add(ahead).Truncate(c.every).Add(-ahead)
}

func (w *worker) chore(ctx context.Context, c chore) error {
	mine, err := pg.WriteVal(ctx, w.db, func(tx *pg.Tx) (bool, error) {
		key := c.name + " " + c.turn(tx.Now).Format(time.RFC3339)
		n, err := pg.Exec(ctx, tx, onceSQL, key, tx.Now)
		if err != nil || n == 0 || c.do == nil {
			return n > 0, err
		}
		return true, c.do(ctx, tx)
	})
	if err != nil || !mine || c.after == nil {
		return err
	}
	return c.after(ctx)
}
