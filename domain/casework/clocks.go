package casework

import (
	"context"
	"fmt"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/standard"
	"gridwork/pg"
)

// Ladders of what no routing rule has put on one: a case that waits for its dispatch, or that a dispatcher routes by hand.
const (
	urgentLadder = "urgent"
	usualLadder  = "standard"
)

// runClocks stops and starts what the row says. Ending a case stops everything.
func (t *turn) runClocks(ctx context.Context, tx *pg.Tx) error {
	t.moved = t.moved || !t.row.To.Open() || len(t.row.Stops)+len(t.row.Starts) > 0
	if !t.row.To.Open() {
		escalation.StopAll(tx, escalation.OfCase(t.ID))
	} else if len(t.row.Stops) > 0 {
		escalation.Stop(tx, escalation.OfCase(t.ID), t.row.Stops...)
	}
	return t.start(ctx, tx, t.row.Starts...)
}

func (t *turn) start(ctx context.Context, tx *pg.Tx, stages ...escalation.Stage) error {
	for _, stage := range stages {
		if err := t.startOne(ctx, tx, stage); err != nil {
			return fmt.Errorf("start the clock of stage %s: %w", stage, err)
		}
	}
	return nil
}

func (t *turn) startOne(ctx context.Context, tx *pg.Tx, stage escalation.Stage) error {
	limit, version, err := t.limit(ctx, tx, stage)
	if err != nil {
		return err
	}
	clock := escalation.Clock{CaseID: &t.ID, Round: t.Round, Stage: stage, Street: t.Street, Limit: limit, StandardVersion: &version,
		Ladder: t.ladder()}
	if t.round.LadderVersion != nil {
		clock.LadderVersion = *t.round.LadderVersion
	}
	if stage == escalation.Accept || stage == escalation.Dispose || stage == escalation.Quality {
		clock.Department = t.Department
	}
	due, err := escalation.Start(ctx, tx, clock)
	if stage == escalation.Dispose {
		t.DueAt = &due
	}
	if stage == escalation.Check {
		t.check.DueAt = &due
	}
	return err
}

// limit is the filing standard's for the disposal, and the published one of every other stage, with the version of either.
func (t *turn) limit(ctx context.Context, tx *pg.Tx, stage escalation.Stage) (limit calendar.Limit, version int, err error) {
	if stage != escalation.Dispose {
		term, err := standard.StageTerm(ctx, tx, string(stage), t.Urgent)
		return term.Limit(), term.Version, err
	}
	f, err := standard.FilingOf(ctx, tx, t.StandardID)
	return f.Limit(), f.Version, err
}

func (t *turn) ladder() string {
	switch {
	case t.round.Ladder != nil:
		return *t.round.Ladder
	case t.Urgent:
		return urgentLadder
	}
	return usualLadder
}

// pin binds the round to a ladder's newest version.
func (t *turn) pin(ctx context.Context, tx *pg.Tx, code string) error {
	ladder, err := escalation.Load(ctx, tx, escalation.Pin{Code: code})
	t.round.Ladder, t.round.LadderVersion = &ladder.Code, &ladder.Version
	return err
}
