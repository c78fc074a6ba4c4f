package casework

import (
	"context"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/clue"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// usualWindow is how long a closing may be contested where no window is published: seventy-two hours, day and night.
var usualWindow = calendar.Limit{Number: 72, Unit: calendar.UrgentHour}

// pinWindow keeps until when the closing may be contested, by the window that is published now: what is published later
// moves no case that is closed.
func (t *turn) pinWindow(ctx context.Context, tx *pg.Tx) error {
	window, err := standard.StageLimit(ctx, tx, "reopen", t.Urgent)
	if fault.Is(err, "STAGE_LIMIT_MISSING") {
		window, err = usualWindow, nil
	}
	if err != nil {
		return err
	}
	until, err := endOf(ctx, tx, window, tx.Now)
	t.ContestableUntil = &until
	return err
}

// endOf is when a published window is over that opens at a moment. Where nobody has published the holidays of that year,
// it is reckoned in the unit that needs none, as provisional clocks are.
func endOf(ctx context.Context, tx *pg.Tx, window calendar.Limit, from time.Time) (time.Time, error) {
	cal := calendar.RoundTheClock
	if !window.Unit.RoundTheClock() {
		var err error
		if cal, err = calendar.Current(ctx, tx); err != nil {
			return time.Time{}, err
		}
	}
	end, err := cal.Due(from, window, nil)
	if fault.Is(err, "CALENDAR_YEAR_MISSING") {
		window.Unit = window.Unit.Provisional()
		end, err = calendar.RoundTheClock.Due(from, window, nil)
	}
	return end.UTC(), err
}

func contestable(until *time.Time, now time.Time) bool { return until != nil && !now.After(*until) }

// ContestableUntil is until when the reporter of a clue may contest its outcome (Contest) and rate it (Rate); nil where
// that is over, or where there is no closed case to contest.
func ContestableUntil(p clue.Progress, now time.Time) *time.Time {
	if p.Outcome == nil || *p.Outcome != string(Closed) || !contestable(p.ContestableUntil, now) {
		return nil
	}
	return p.ContestableUntil
}
