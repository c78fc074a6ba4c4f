package escalation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/pg"
)

// soon is how long a keeper sleeps at most; what is due before has to wake it.
const soon = time.Second

// Subject is what a clock runs for: a case or a clue.
type Subject struct{ caseID, clueID *uuid.UUID }

func OfCase(id uuid.UUID) Subject { return Subject{caseID: &id} }
func OfClue(id uuid.UUID) Subject { return Subject{clueID: &id} }

// Start starts a clock now and arms the first step of its stage. Of c it takes ClueID, CaseID or AlarmID, Round, Stage,
// Department, Street, Limit, StandardVersion, Ladder and LadderVersion (0: the newest); the rest it sets itself. It returns
// when the limit is used up. Where the calendar does not reach that far, the clock runs provisionally (see Clock.MeantUnit):
// nothing is promised on guessed holidays, and nothing waits for them either. The rows travel with the commit; what reads
// them in the same transaction flushes first.
//
// Errors: LADDER_UNKNOWN, CALENDAR_MISSING.
func Start(ctx context.Context, tx *pg.Tx, c Clock) (due time.Time, err error) {
	ladder, err := Load(ctx, tx, Pin{c.Ladder, c.LadderVersion})
	if err != nil {
		return time.Time{}, err
	}
	cal := calendar.RoundTheClock
	if !c.Limit.Unit.RoundTheClock() {
		if cal, err = calendar.Current(ctx, tx); err != nil {
			return time.Time{}, err
		}
	}
	return ladder.Start(tx, c, cal)
}

// Start is the function Start for whoever has the ladder, and the calendar of the limit's unit, at hand: it asks the
// database nothing.
func (l Ladder) Start(tx *pg.Tx, c Clock, cal *calendar.Calendar) (due time.Time, err error) {
	return l.StartAt(tx, tx.Now, c, cal)
}

// StartAt is Start for a clock that begins at another time, such as one that waits for a timer: until then nothing is due.
func (l Ladder) StartAt(tx *pg.Tx, at time.Time, c Clock, cal *calendar.Calendar) (due time.Time, err error) {
	b, err := l.Begin(at, c, cal)
	if err != nil {
		return time.Time{}, err
	}
	c = b.Clock
	tx.Queue(insertClockSQL, c.ID, c.ClueID, c.CaseID, c.AlarmID, c.Round, c.Stage, c.Department, c.Street, c.Limit.Number, c.Limit.Unit,
		c.StartedAt, c.DueAt, Pauses{}, c.CalendarVersion, c.MeantUnit, c.StandardVersion, c.Ladder, c.LadderVersion)
	if first := b.First; first != nil {
		tx.Queue(insertDeadlineSQL, pg.NewID(), c.ID, c.ClueID, c.CaseID, c.AlarmID, first.Step, first.Occurrence, first.DueAt, tx.Now)
		wake(tx, first)
	}
	return c.DueAt, nil
}

// Stop stops the subject's running clocks of the given stages and cancels their deadlines, with the commit. The
// caller holds the lock on the subject's row.
func Stop(tx *pg.Tx, of Subject, stages ...Stage) {
	tx.Queue(stopSQL, tx.Now, of.caseID, of.clueID, append([]Stage{}, stages...))
}

// StopAll stops every running clock of the subject and cancels every deadline, with the commit. The caller holds the
// lock on the subject's row.
func StopAll(tx *pg.Tx, of Subject) {
	tx.Queue(stopSQL, tx.Now, of.caseID, of.clueID, []Stage(nil))
}

// Freeze pauses every running clock of a case, with the commit: nothing fires until Resume. The caller holds the lock
// on the case's row.
func Freeze(tx *pg.Tx, caseID uuid.UUID) {
	tx.Queue(freezeSQL, tx.Now.Format(time.RFC3339Nano), caseID)
}

// Hold lets a running clock stand still until a time that is known, from which on it runs by itself; one that is held already
// stands still until the later of both. Its next step moves by as much. The caller holds the lock on the subject's row.
func Hold(ctx context.Context, tx *pg.Tx, clockID uuid.UUID, until time.Time) error {
	_, err := rederive(ctx, tx, func(c *Clock) error {
		c.Pauses = append(c.Pauses, calendar.Pause{From: tx.Now, To: &until}) // what two of them cover is taken off once
		return nil
	}, liveClockSQL, clockID)
	return err
}

// Resume lets the frozen clocks of a case run on, and arms their steps for the time that the pause has moved them to.
// It returns those clocks with their new due times. The caller holds the lock on the case's row.
func Resume(ctx context.Context, tx *pg.Tx, caseID uuid.UUID) ([]Clock, error) {
	return rederive(ctx, tx, func(c *Clock) error {
		c.Pauses = c.Pauses.end(tx.Now)
		return nil
	}, frozenClocksSQL, caseID)
}

// Extend gives a running clock a longer limit, in the same unit, counted from its start. Steps that have fired stay
// fired; the next one moves. The unit of a provisional clock is the one that is meant, or the one in which it runs. It
// returns when the limit is used up now. The caller holds the lock on the case's row.
//
// Errors: CLOCK_NOT_RUNNING, CLOCK_FROZEN, LIMIT_UNIT, LIMIT_NUMBER.
func Extend(ctx context.Context, tx *pg.Tx, clockID uuid.UUID, limit calendar.Limit) (time.Time, error) {
	moved, err := rederive(ctx, tx, func(c *Clock) error {
		switch {
		case c.StoppedAt != nil:
			return errNotRunning
		case c.Frozen():
			return fault.Conflict("CLOCK_FROZEN", "the clock is paused")
		case limit.Unit != c.Limit.Unit && (c.MeantUnit == nil || limit.Unit != *c.MeantUnit):
			return fault.Invalid("LIMIT_UNIT", "a limit is extended in its own unit").At("unit")
		case limit.Number <= c.Limit.Number:
			return fault.Invalid("LIMIT_NUMBER", "an extended limit is longer").At("number")
		}
		c.Number = limit.Number
		return nil
	}, liveClockSQL, clockID)
	if err != nil {
		return time.Time{}, err
	}
	if len(moved) == 0 {
		return time.Time{}, errNotRunning
	}
	return moved[0].DueAt, nil
}

var errNotRunning = fault.Conflict("CLOCK_NOT_RUNNING", "the clock has stopped")

// NextDue is when the earliest armed deadline or acknowledgement is, or was, due; nil if none is armed.
func NextDue(ctx context.Context, tx *pg.Tx) (*time.Time, error) {
	return pg.Val[*time.Time](ctx, tx, nextDueSQL)
}

// wake rouses the keepers for what is due before they would look again by themselves.
func wake(tx *pg.Tx, d *Deadline) {
	if d.DueAt.Before(tx.Now.Add(soon)) {
		tx.Wake()
	}
}
