package escalation

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/pg"
)

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
	units      []string
	meant      []*string
	versions   []*int
	dues       []time.Time
	pauses     []Pauses
	deadlines  []uuid.UUID
	states     []string
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
		ladder, cal, err := pinned(ctx, tx, row.Clock)
		if err != nil {
			return nil, err
		}
		if err := m.add(tx, &row, ladder, cal); err != nil {
			return nil, err
		}
		moved[i] = row.Clock
	}
	m.queue(tx)
	return moved, nil
}

// Carried is a clock that was carried over to another calendar.
type Carried struct {
	Clock
	Was time.Time // when it was due before
}

// Moved reports whether the clock is due at another time now. Of a frozen clock nobody knows.
func (c Carried) Moved() bool { return !c.Frozen() && !c.DueAt.Equal(c.Was) }

// CarryCases carries the open working-time clocks of cases over to a calendar, if they were reckoned with an older one, and
// their next steps with them. Provisional clocks return to the unit that is meant where the calendar reaches that far.
// Steps that have fired stay fired, what is due in the past now fires at the keeper's next pass, and frozen clocks stay
// frozen. The caller holds the locks on the cases' rows.
func CarryCases(ctx context.Context, tx *pg.Tx, cal *calendar.Calendar, cases []uuid.UUID) ([]Carried, error) {
	return carry(ctx, tx, cal, olderOfCasesSQL, cases)
}

// CarryClues is CarryCases for the clocks of clues.
func CarryClues(ctx context.Context, tx *pg.Tx, cal *calendar.Calendar, clues []uuid.UUID) ([]Carried, error) {
	return carry(ctx, tx, cal, olderOfCluesSQL, clues)
}

func carry(ctx context.Context, tx *pg.Tx, cal *calendar.Calendar, query string, subjects []uuid.UUID) ([]Carried, error) {
	if err := tx.Flush(ctx); err != nil { // clocks that were started in this transaction
		return nil, err
	}
	rows, err := pg.All[live](ctx, tx, query, cal.Version(), subjects)
	if err != nil {
		return nil, err
	}
	ladders, err := laddersOf(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	var m moves
	carried := make([]Carried, len(rows))
	for i := range rows {
		was, pin := rows[i].DueAt, Pin{rows[i].Ladder, rows[i].LadderVersion}
		ladder, known := ladders[pin]
		if !known {
			return nil, fault.NotFound("LADDER_UNKNOWN", "there is no ladder %s of version %d", pin.Code, pin.Version)
		}
		if err := m.add(tx, &rows[i], ladder, cal); err != nil {
			return nil, err
		}
		carried[i] = Carried{rows[i].Clock, was}
	}
	m.queue(tx)
	return carried, nil
}

func laddersOf(ctx context.Context, tx *pg.Tx, rows []live) (map[Pin]Ladder, error) {
	seen := map[Pin]bool{}
	var pins []Pin
	for i := range rows {
		if pin := (Pin{rows[i].Ladder, rows[i].LadderVersion}); !seen[pin] {
			seen[pin], pins = true, append(pins, pin)
		}
	}
	return LoadAll(ctx, tx, pins)
}

func (m *moves) add(tx *pg.Tx, row *live, ladder Ladder, cal *calendar.Calendar) (err error) {
	if row.Clock, err = row.On(cal); err != nil {
		return err
	}
	m.clocks, m.numbers = append(m.clocks, row.ID), append(m.numbers, row.Number)
	m.units, m.meant = append(m.units, string(row.Unit)), append(m.meant, (*string)(row.MeantUnit))
	m.versions, m.dues, m.pauses = append(m.versions, row.CalendarVersion), append(m.dues, row.DueAt), append(m.pauses, row.Pauses)
	if row.DeadlineID == nil {
		return nil // the clock stands at the top of its ladder
	}
	state, running := "armed", row.Clock
	if row.Frozen() {
		state, running.Pauses = "frozen", row.Pauses.ended()
	}
	next, err := ladder.armed(running, cal, tx.Now, row.Position)
	if err != nil {
		return err
	}
	m.deadlines, m.states, m.stepDues = append(m.deadlines, *row.DeadlineID), append(m.states, state), append(m.stepDues, next.DueAt)
	m.steps, m.occurrence = append(m.steps, next.Step), append(m.occurrence, next.Occurrence)
	if state == "armed" {
		wake(tx, next)
	}
	return nil
}

func (m *moves) queue(tx *pg.Tx) {
	tx.Queue(rederiveClocksSQL, m.clocks, m.numbers, m.units, m.meant, m.versions, m.dues, m.pauses)
	tx.Queue(rederiveDeadlinesSQL, m.deadlines, m.states, m.stepDues, m.steps, m.occurrence)
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
