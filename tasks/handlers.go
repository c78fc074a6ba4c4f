package tasks

import (
	"context"
	"time"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/consignment"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/regrid"
	"gridwork/pg"
)

// lanes is the whole answer to which job is done by what, and beside what. Filed to inbox within 300 ms needs the short
// look of the first lane.
func lanes(d Deps) []lane {
	deliver := outside(func(ctx context.Context, db *pg.DB, job notify.DeliverJob) error {
		return notify.Deliver(ctx, db, d.Senders, job.Delivery)
	})
	return []lane{
		{name: "cases", workers: 8, look: 100 * time.Millisecond, kinds: []kind{
			prompt(casework.JobRoute, 6, inTx(casework.Route)),
			prompt(inspection.JobFile, 3, inTx(func(ctx context.Context, tx *pg.Tx, job inspection.FileJob) error {
				return casework.FileFinding(ctx, tx, job.Finding)
			})),
			prompt(clue.JobSubmitted, 3, inTx(func(ctx context.Context, tx *pg.Tx, job clue.Job) error {
				return clue.Announce(ctx, tx, job.Clue)
			})),
			prompt(notify.JobFanOut, 1, inTx(func(ctx context.Context, tx *pg.Tx, job notify.FanOutJob) error {
				return notify.FanOut(ctx, tx, job)
			})),
		}},
		{name: "outside", workers: 8, look: 200 * time.Millisecond, kinds: []kind{
			{name: notify.JobText, weight: 3, timeout: 30 * time.Second, tries: 20, patience: time.Minute, do: deliver},
			{name: notify.JobCall, weight: 1, timeout: 30 * time.Second, tries: 20, patience: time.Minute, do: deliver},
		}},
		// A lane of its own: makers of browsers may be slow for hours, and a text or a hook has nothing to do with them.
		{name: "notifications", workers: 8, look: 200 * time.Millisecond, kinds: []kind{
			{name: notify.JobPush, weight: 1, timeout: 30 * time.Second, tries: 20, patience: time.Minute, do: deliver},
		}},
		// One at a time, because pictures are decoded one at a time.
		{name: "photos", workers: 1, look: 200 * time.Millisecond, kinds: []kind{
			{name: media.JobProcess, weight: 1, timeout: 5 * time.Minute, tries: 8, patience: 10 * time.Minute,
				do: outside(func(ctx context.Context, db *pg.DB, job media.Job) error {
					return media.Process(ctx, db, d.Files, job.Photo)
				})},
			{name: media.JobAppraise, weight: 1, timeout: time.Minute, tries: 8, patience: 10 * time.Minute,
				do: outside(func(ctx context.Context, db *pg.DB, job media.Job) error {
					return media.Appraise(ctx, db, d.Files, job.Photo)
				})},
		}},
		// A lane of its own: a typhoon day does not wait for the tasks of a campaign.
		{name: "calendar", workers: 1, look: 200 * time.Millisecond, kinds: []kind{
			{name: casework.JobRederive, weight: 1, timeout: 30 * time.Minute, tries: 20, patience: 35 * time.Minute, do: outside(rederive)},
		}},
		{name: "cells", workers: 1, look: 200 * time.Millisecond, kinds: []kind{
			{name: regrid.JobMove, weight: 1, timeout: 30 * time.Minute, tries: 20, patience: 35 * time.Minute, do: outside(moveCells)},
		}},
		// A batch is some seconds at most: a turn that is not over by then has lost its worker.
		{name: "imports", workers: 2, look: 200 * time.Millisecond, kinds: []kind{
			{name: consignment.JobCarry, weight: 1, timeout: 15 * time.Minute, tries: 20, patience: 5 * time.Minute,
				do: outside(func(ctx context.Context, db *pg.DB, job consignment.Job) error {
					return consignment.Carry(ctx, db, d.Imports, job, consignment.Turn)
				})},
		}},
		{name: "campaigns", workers: 1, look: 200 * time.Millisecond, kinds: []kind{
			{name: inspection.JobGenerate, weight: 1, timeout: 30 * time.Minute, tries: 20, patience: 35 * time.Minute, do: outside(generate)},
			{name: inspection.JobEnd, weight: 1, timeout: 30 * time.Minute, tries: 20, patience: 35 * time.Minute, do: outside(endCampaign)},
		}},
	}
}

// prompt is a job of one short transaction: people wait for what it does.
func prompt(name string, weight int, do handler) kind {
	return kind{name: name, weight: weight, do: do, timeout: 30 * time.Second, tries: 20, patience: 10 * time.Second}
}

// rederive carries clocks over to a new calendar batch by batch, each committed by itself.
func rederive(ctx context.Context, db *pg.DB, job casework.RederiveJob) error {
	for more := true; more; {
		var err error
		more, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) {
			return casework.Rederive(ctx, tx, job.Rederivation, casework.RederiveBatch)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// moveCells moves what lies in ended cells batch by batch, each committed by itself.
func moveCells(ctx context.Context, db *pg.DB, job regrid.MoveJob) error {
	for more := true; more; {
		var err error
		more, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) {
			return regrid.Move(ctx, tx, job.Edit, regrid.Batch)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// endCampaign takes a campaign's open tasks off people's hands batch by batch, each committed by itself.
func endCampaign(ctx context.Context, db *pg.DB, job inspection.GenerateJob) error {
	for more := true; more; {
		var err error
		more, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) {
			return inspection.End(ctx, tx, job.Campaign, inspection.Batch)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// generate makes a campaign's tasks batch by batch, each committed by itself.
func generate(ctx context.Context, db *pg.DB, job inspection.GenerateJob) error {
	for more := true; more; {
		var err error
		more, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) {
			return inspection.Generate(ctx, tx, job.Campaign, inspection.Batch)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
