package casework

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// shiftsListed is how many clocks a preview names.
const shiftsListed = 100

// Shift is a clock that an edit of the calendar would move.
type Shift struct {
	ClockID    uuid.UUID
	CaseNumber int64 // 0 for a clue's
	ClueNumber int64 // 0 for a case's
	Street     string
	Stage      escalation.Stage
	Department *string // whose clock it is; nil: the street's
	DueAt      time.Time
	MovesTo    time.Time
}

// By is how far the due time moves, negative where it comes earlier.
func (s Shift) By() time.Duration { return s.MovesTo.Sub(s.DueAt) }

// ShiftGroup counts the clocks of one stage and department that would move.
type ShiftGroup struct {
	Stage      escalation.Stage
	Department *string // nil: the street's own
	Count      int
	Largest    time.Duration // the shift that is farthest from none, negative where it comes earlier
}

// CalendarPreview is what an edit of the calendar would do to what is open now. Frozen clocks have no due time to move:
// they are counted apart.
type CalendarPreview struct {
	Version int // the version that publishing would make
	Open    int // working-time clocks that run
	Frozen  int
	Moved   int
	Overdue int // of the moved: due already when it is published, so that their next step fires at once
	Resumed int // provisional clocks that would return to the unit that is meant
	// Provisional clocks would still be without a calendar.
	Provisional int
	Groups      []ShiftGroup // by stage and department
	Shifts      []Shift      // the largest first, at most a hundred
}

// PreviewCalendar tells what publishing an edit would move, and writes nothing.
//
// Faults: ACTION_NOT_YOURS, CALENDAR_MISSING, and those of calendar.Edit.
func PreviewCalendar(ctx context.Context, tx *pg.Tx, edit calendar.Edit) (CalendarPreview, error) {
	next, _, err := edited(ctx, tx, edit)
	if err != nil {
		return CalendarPreview{}, err
	}
	rows, err := tx.Query(ctx, openClocksSQL)
	if err != nil {
		return CalendarPreview{}, err
	}
	defer rows.Close()
	p := preview{CalendarPreview: CalendarPreview{Version: next.Version()}, groups: map[groupKey]*ShiftGroup{}}
	for rows.Next() { // one by one: a city has more of them than fit an answer
		clock, err := pgx.RowToStructByName[openClock](rows)
		if err != nil {
			return CalendarPreview{}, err
		}
		if err := p.add(clock, next, tx.Now); err != nil {
			return CalendarPreview{}, err
		}
	}
	return p.sum(), rows.Err()
}

// edited is the newest calendar with an edit made by somebody who may, and the version that the edit was made on.
func edited(ctx context.Context, tx *pg.Tx, edit calendar.Edit) (next *calendar.Calendar, from int, err error) {
	if !mayAdminister(tx) {
		return nil, 0, fault.Denied("ACTION_NOT_YOURS", "only administrators edit the working calendar")
	}
	current, err := calendar.Current(ctx, tx)
	if err != nil {
		return nil, 0, err
	}
	next, err = current.Edit(edit)
	return next, current.Version(), err
}

// openClock is a running clock and what may be told of it.
type openClock struct {
	escalation.Clock
	CaseNumber int64 `db:"case_number"`
	ClueNumber int64 `db:"clue_number"`
	Restricted bool  `db:"restricted"`
}

type groupKey struct {
	stage      escalation.Stage
	department string
}

// preview gathers shifts.
type preview struct {
	CalendarPreview
	groups map[groupKey]*ShiftGroup
}

func (p *preview) add(c openClock, cal *calendar.Calendar, now time.Time) error {
	then, err := c.On(cal)
	if err != nil {
		return fmt.Errorf("clock %s: %w", c.ID, err)
	}
	p.Open++
	switch {
	case then.MeantUnit != nil:
		p.Provisional++
	case c.MeantUnit != nil:
		p.Resumed++
	}
	if c.Frozen() {
		p.Frozen++
		return nil
	}
	if then.DueAt.Equal(c.DueAt) {
		return nil
	}
	p.Moved++
	if !then.DueAt.After(now) {
		p.Overdue++
	}
	s := Shift{ClockID: c.ID, CaseNumber: c.CaseNumber, ClueNumber: c.ClueNumber, Street: c.Street, Stage: c.Stage,
		Department: c.Department, DueAt: c.DueAt, MovesTo: then.DueAt}
	p.count(s)
	if !c.Restricted {
		p.list(s)
	}
	return nil
}

func (p *preview) count(s Shift) {
	key := groupKey{s.Stage, deref(s.Department)}
	g := p.groups[key]
	if g == nil {
		g = &ShiftGroup{Stage: s.Stage, Department: s.Department}
		p.groups[key] = g
	}
	g.Count++
	if s.By().Abs() > g.Largest.Abs() {
		g.Largest = s.By()
	}
}

// list keeps the largest shifts, and from time to time forgets the others.
func (p *preview) list(s Shift) {
	p.Shifts = append(p.Shifts, s)
	if len(p.Shifts) >= 20*shiftsListed {
		p.cut()
	}
}

func (p *preview) cut() {
	slices.SortFunc(p.Shifts, func(a, b Shift) int {
		return cmp.Or(cmp.Compare(b.By().Abs(), a.By().Abs()), a.DueAt.Compare(b.DueAt), slices.Compare(a.ClockID[:], b.ClockID[:]))
	})
	p.Shifts = p.Shifts[:min(shiftsListed, len(p.Shifts))]
}

func (p *preview) sum() CalendarPreview {
	p.cut()
	for _, g := range p.groups {
		p.Groups = append(p.Groups, *g)
	}
	slices.SortFunc(p.Groups, func(a, b ShiftGroup) int {
		return cmp.Or(cmp.Compare(slices.Index(escalation.Stages, a.Stage), slices.Index(escalation.Stages, b.Stage)),
			cmp.Compare(deref(a.Department), deref(b.Department)))
	})
	return p.CalendarPreview
}

// PublishCalendar publishes the newest calendar with an edit as the next version, and begins to carry every open
// working-time clock over to it (Rederive).
//
// Faults: ACTION_NOT_YOURS, CALENDAR_MISSING, CALENDAR_RACE, and those of calendar.Edit.
func PublishCalendar(ctx context.Context, tx *pg.Tx, edit calendar.Edit) (Rederivation, error) {
	next, from, err := edited(ctx, tx, edit)
	if err != nil {
		return Rederivation{}, err
	}
	version, err := calendar.Publish(ctx, tx, next)
	if err != nil {
		return Rederivation{}, err
	}
	if version != next.Version() {
		return Rederivation{}, fault.Conflict("CALENDAR_RACE", "another calendar was published at the same time")
	}
	audit.Record(tx, "calendar.publish", "calendar", strconv.Itoa(version), map[string]any{"from": from, "years": edit.Years,
		"set": len(edit.Set), "clear": len(edit.Clear), "week": edit.Week != nil, "dayHours": edit.DayHours})
	return beginRederivation(ctx, tx, from, version)
}

// CatchUp begins to carry over what a rederivation has left behind: clocks that were started with terms of the version
// before, while the next one was published. Nothing to do is no error.
func CatchUp(ctx context.Context, tx *pg.Tx) error {
	behind, err := pg.One[laggard](ctx, tx, laggardSQL)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		_, err = beginRederivation(ctx, tx, behind.From, behind.To)
	}
	return err
}

// mayAdminister reports whether whoever acts may look after the working calendar.
func mayAdminister(tx *pg.Tx) bool { return tx.Actor.System != "" || tx.Actor.Has(actor.Admin) }
