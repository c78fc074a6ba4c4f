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

// Start starts a clock now and arms the first step of its stage. Of c it takes ClueID or CaseID, Round, Stage,
// Department, Street, Limit, Ladder and LadderVersion (0: the newest); the rest it sets itself. It returns when the limit
// is used up. The rows travel with the commit; what reads them in the same transaction flushes first.
//
// Errors: LADDER_UNKNOWN; CALENDAR_YEAR_MISSING if the limit ends in a year whose holidays are not known.
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
	b, err := l.Begin(tx.Now, c, cal)
	if err != nil {
		return time.Time{}, err
	}
	c = b.Clock
	tx.Queue(insertClockSQL, c.ID, c.ClueID, c.CaseID, c.Round, c.Stage, c.Department, c.Street, c.Limit.Number, c.Limit.Unit,
		c.StartedAt, c.DueAt, Pauses{}, c.CalendarVersion, c.Ladder, c.LadderVersion)
	if first := b.First; first != nil {
		tx.Queue(insertDeadlineSQL, pg.NewID(), c.ID, c.ClueID, c.CaseID, first.Step, first.Occurrence, first.DueAt, tx.Now)
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

// Resume lets the frozen clocks of a case run on, and arms their steps for the time that the pause has moved them to.
// It returns those clocks with their new due times. The caller holds the lock on the case's row.
func Resume(ctx context.Context, tx *pg.Tx, caseID uuid.UUID) ([]Clock, error) {
	return rederive(ctx, tx, func(c *Clock) error {
		c.Pauses = c.Pauses.end(tx.Now)
		return nil
	}, frozenClocksSQL, caseID)
}

// Extend gives a running clock a longer limit, in the same unit, counted from its start. Steps that have fired stay
// fired; the next one moves. It returns when the limit is used up now. The caller holds the lock on the case's row.
//
// Errors: CLOCK_NOT_RUNNING, CLOCK_FROZEN, LIMIT_UNIT, LIMIT_NUMBER, CALENDAR_YEAR_MISSING.
func Extend(ctx context.Context, tx *pg.Tx, clockID uuid.UUID, limit calendar.Limit) (time.Time, error) {
	moved, err := rederive(ctx, tx, func(c *Clock) error {
		switch {
		case c.StoppedAt != nil:
			return errNotRunning
		case c.Frozen():
			return fault.Conflict("CLOCK_FROZEN", "the clock is paused")
		case limit.Unit != c.Limit.Unit:
			return fault.Invalid("LIMIT_UNIT", "a limit is extended in its own unit").At("unit")
		case limit.Number <= c.Limit.Number:
			return fault.Invalid("LIMIT_NUMBER", "an extended limit is longer").At("number")
		}
		c.Limit = limit
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

// live is a clock with its armed or frozen deadline, if it has one.
type live struct {
	Clock
	Position
	DeadlineID *uuid.UUID `db:"deadline_id"`
}

// moves are rederived clocks and deadlines, column by column.
type moves struct {
	clocks     []uuid.UUID
	numbers    []int
	dues       []time.Time
	pauses     []Pauses
	deadlines  []uuid.UUID
	stepDues   []time.Time
	steps      []int
	occurrence []int
}

// rederive changes clocks and works out anew when they and their next steps are due.
func rederive(ctx context.Context, tx *pg.Tx, change func(*Clock) error, query string, args ...any) ([]Clock, error) {
	if err := tx.Flush(ctx); err != nil { // clocks that were started or frozen in this transaction
		return nil, err
	}
	rows, err := pg.All[live](ctx, tx, query, args...)
	if err != nil {
		return nil, err
	}
	var m moves
	moved := make([]Clock, len(rows))
	for i, row := range rows {
		if err := change(&row.Clock); err != nil {
			return nil, err
		}
		if err := m.add(ctx, tx, &row); err != nil {
			return nil, err
		}
		moved[i] = row.Clock
	}
	tx.Queue(rederiveClocksSQL, m.clocks, m.numbers, m.dues, m.pauses)
	tx.Queue(rederiveDeadlinesSQL, m.deadlines, m.stepDues, m.steps, m.occurrence)
	return moved, nil
}

func (m *moves) add(ctx context.Context, tx *pg.Tx, row *live) error {
	ladder, cal, err := pinned(ctx, tx, row.Clock)
	if err != nil {
		return err
	}
	due, err := cal.Due(row.StartedAt, row.Limit, row.Pauses)
	if err != nil {
		return err
	}
	row.DueAt = due.UTC()
	m.clocks, m.numbers = append(m.clocks, row.ID), append(m.numbers, row.Limit.Number)
	m.dues, m.pauses = append(m.dues, row.DueAt), append(m.pauses, row.Pauses)
	if row.DeadlineID == nil {
		return nil // the clock stands at the top of its ladder
	}
	next, err := ladder.armed(row.Clock, cal, tx.Now, row.Position)
	if err != nil {
		return err
	}
	m.deadlines, m.stepDues = append(m.deadlines, *row.DeadlineID), append(m.stepDues, next.DueAt)
	m.steps, m.occurrence = append(m.steps, next.Step), append(m.occurrence, next.Occurrence)
	wake(tx, next)
	return nil
}

// wake rouses the keepers for what is due before they would look again by themselves.
func wake(tx *pg.Tx, d *Deadline) {
	if d.DueAt.Before(tx.Now.Add(soon)) {
		tx.Wake()
	}
}

// pinned reads the ladder and the calendar that a clock is bound to.
func pinned(ctx context.Context, tx *pg.Tx, c Clock) (Ladder, *calendar.Calendar, error) {
	ladder, err := Load(ctx, tx, Pin{c.Ladder, c.LadderVersion})
	if err != nil || c.CalendarVersion == nil {
		return ladder, calendar.RoundTheClock, err
	}
	cal, err := calendar.At(ctx, tx, *c.CalendarVersion)
	return ladder, cal, err
}
