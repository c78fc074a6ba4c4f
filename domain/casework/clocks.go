package casework

import (
	"context"
	"fmt"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/standard"
	"gridwork/fault"
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
	limit, err := t.limit(ctx, tx, stage)
	if err != nil {
		return err
	}
	clock := escalation.Clock{CaseID: &t.ID, Round: t.Round, Stage: stage, Street: t.Street, Limit: limit, Ladder: t.ladder()}
	if t.round.LadderVersion != nil {
		clock.LadderVersion = *t.round.LadderVersion
	}
	if stage == escalation.Accept || stage == escalation.Dispose || stage == escalation.Quality {
		clock.Department = t.Department
	}
	due, err := startClock(ctx, tx, clock)
	if stage == escalation.Dispose {
		t.DueAt = &due
	}
	if stage == escalation.Check {
		t.check.DueAt = &due
	}
	return err
}

// limit is the filing standard's for the disposal, and the published one of every other stage.
func (t *turn) limit(ctx context.Context, tx *pg.Tx, stage escalation.Stage) (calendar.Limit, error) {
	if stage != escalation.Dispose {
		return standard.StageLimit(ctx, tx, string(stage), t.Urgent)
	}
	f, err := standard.FilingOf(ctx, tx, t.StandardID)
	return f.Limit(), err
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

// startClock starts a clock although nobody has published the holidays of the year in which its limit ends: then in a
// unit that needs no calendar and runs out no later, so that nothing is promised on guessed holidays and nothing waits
// for them either.
func startClock(ctx context.Context, tx *pg.Tx, c escalation.Clock) (time.Time, error) {
	due, err := escalation.Start(ctx, tx, c)
	if !fault.Is(err, "CALENDAR_YEAR_MISSING") {
		return due, err
	}
	c.Limit = aroundTheClock(c.Limit)
	return escalation.Start(ctx, tx, c)
}

// aroundTheClock is the limit in the unit that needs no calendar and runs out no later.
func aroundTheClock(l calendar.Limit) calendar.Limit {
	switch l.Unit {
	case calendar.WorkingDay:
		l.Unit = calendar.CalendarDay
	case calendar.WorkingHour:
		l.Unit = calendar.UrgentHour
	}
	return l
}
