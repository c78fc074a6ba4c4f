package staff

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
)

// Shift 班次 is when somebody is on duty in a role, week by week, by the city's clocks. One that ends when or before it begins
// runs over midnight.
type Shift struct {
	ID         uuid.UUID      `db:"id"`
	PersonID   uuid.UUID      `db:"person_id"`
	Role       actor.Role     `db:"role"`
	Region     string         `db:"region"`
	Department *string        `db:"department"`
	Weekdays   []int          `db:"weekdays"` // 1 is Monday, 7 Sunday
	Starts     calendar.Clock `db:"starts"`
	Ends       calendar.Clock `db:"ends"`
	ValidFrom  time.Time      `db:"valid_from"` // a day
	ValidTo    *time.Time     `db:"valid_to"`   // a day, exclusive
}

// Days are the weekdays on which the shift begins.
func (s Shift) Days() []calendar.Weekday {
	days := make([]calendar.Weekday, len(s.Weekdays))
	for i, n := range s.Weekdays {
		days[i] = week[n-1]
	}
	return days
}

// From is the first day.
func (s Shift) From() calendar.Date { return calendar.DateOf(s.ValidFrom) }

// To is the day from which on the shift is over; nil: until further notice.
func (s Shift) To() *calendar.Date {
	if s.ValidTo == nil {
		return nil
	}
	day := calendar.DateOf(*s.ValidTo)
	return &day
}

var week = []calendar.Weekday{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// Absence 缺勤 is a time during which somebody is on no duty.
type Absence struct {
	ID       uuid.UUID `db:"id"`
	PersonID uuid.UUID `db:"person_id"`
	From     time.Time `db:"from_at"`
	To       time.Time `db:"to_at"`
}

// Part is what somebody is to a duty grid.
type Part string

const (
	Holder  Part = "holder"   // looks after it
	StandIn Part = "stand_in" // when the holder is not on duty
)

// Parts lists them all.
var Parts = []Part{Holder, StandIn}

func (p Part) MarshalGQL(w io.Writer)     { enum.Marshal(w, p) }
func (p *Part) UnmarshalGQL(in any) error { return enum.Unmarshal(p, in, Parts) }

// Duty is one's part in a duty grid.
type Duty struct {
	Grid      uuid.UUID `db:"duty_grid_id"`
	PersonID  uuid.UUID `db:"person_id"`
	Part      Part      `db:"part"`
	ValidFrom time.Time `db:"valid_from"`
}

// Shifts are those of people that are not over.
func Shifts(ctx context.Context, tx *pg.Tx, people []uuid.UUID) ([]Shift, error) {
	return pg.All[Shift](ctx, tx, shiftsSQL, people, cityDay(tx.Now))
}

// Absences are those of people that are not over, the next one first.
func Absences(ctx context.Context, tx *pg.Tx, people []uuid.UUID) ([]Absence, error) {
	return pg.All[Absence](ctx, tx, absencesSQL, people, tx.Now)
}

// Duties are the parts that people have in duty grids now.
func Duties(ctx context.Context, tx *pg.Tx, people []uuid.UUID) ([]Duty, error) {
	return pg.All[Duty](ctx, tx, dutiesSQL, people, tx.Now)
}

// ShiftInput puts somebody on duty for a grant that they hold.
type ShiftInput struct {
	Grant    uuid.UUID
	Weekdays []calendar.Weekday // each once
	Starts   calendar.Clock
	Ends     calendar.Clock
	From     calendar.Date // the first day
}

// AddShift puts somebody on duty. Administrators keep their own rosters too: being on duty gives nobody anything.
// Faults: GRANT_NOT_FOUND at "grant"; SHIFT_MALFORMED at "weekdays", "starts", "ends".
func AddShift(ctx context.Context, tx *pg.Tx, in ShiftInput) (Member, error) {
	days, err := in.days()
	if err != nil {
		return Member{}, err
	}
	reach := tx.Actor.Scope(actor.AdministerAll)
	found, err := pg.All[Grant](ctx, tx, lockGrantSQL, reach.Regions, reach.Departments, in.Grant)
	if err == nil && len(found) == 0 {
		err = fault.NotFound(CodeNoGrant, "no such grant is in force").At("grant")
	}
	if err != nil {
		return Member{}, err
	}
	g, id := found[0], pg.NewID()
	if _, err := tx.Exec(ctx, insertShiftSQL, id, g.PersonID, g.Role, g.Region, g.Department, days, in.Starts.String(), in.Ends.String(), in.From.String()); err != nil {
		return Member{}, fmt.Errorf("add shift: %w", err)
	}
	audit.Record(tx, "shift.add", "person", g.PersonID.String(), map[string]any{"shift": id, "role": g.Role, "region": g.Region})
	return one(ctx, tx, byIDSQL, g.PersonID)
}

func (in ShiftInput) days() (days []int, err error) {
	for _, d := range in.Weekdays {
		n := slices.Index(week, d) + 1
		if slices.Contains(days, n) {
			return nil, fault.Invalid(CodeShift, "a weekday is named once").At("weekdays")
		}
		days = append(days, n)
	}
	if len(days) == 0 {
		return nil, fault.Invalid(CodeShift, "a shift has a weekday").At("weekdays")
	}
	slices.Sort(days)
	return days, nil
}

// EndShift ends a shift with the day that is over, so that a turn that has begun goes on. Fault: SHIFT_NOT_FOUND.
func EndShift(ctx context.Context, tx *pg.Tx, shift uuid.UUID) (Member, error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	ended, err := pg.Vals[uuid.UUID](ctx, tx, endShiftSQL, reach.Regions, reach.Departments, shift, cityDay(tx.Now))
	if err == nil && len(ended) == 0 {
		err = fault.NotFound(CodeNoShift, "no such shift").At("shift")
	}
	if err != nil {
		return Member{}, err
	}
	audit.Record(tx, "shift.end", "person", ended[0].String(), map[string]any{"shift": shift})
	return one(ctx, tx, byIDSQL, ended[0])
}

// AbsenceInput says when somebody is away.
type AbsenceInput struct {
	Person   uuid.UUID
	From, To time.Time
}

// AddAbsence takes somebody off every duty for a time: ladders and tasks pass them by. Faults: PERSON_NOT_FOUND at "person";
// PERIOD_REVERSED at "to".
func AddAbsence(ctx context.Context, tx *pg.Tx, in AbsenceInput) (Member, error) {
	if !in.To.After(in.From) || !in.To.After(tx.Now) {
		return Member{}, fault.Invalid(CodePeriod, "an absence ends after it begins, and is not over").At("to")
	}
	m, err := Look(ctx, tx, in.Person)
	if err != nil {
		return m, err
	}
	id := pg.NewID()
	tx.Queue(insertAbsenceSQL, id, m.ID, in.From, in.To)
	audit.Record(tx, "absence.add", "person", m.ID.String(), map[string]any{"absence": id, "from": in.From, "to": in.To})
	return m, nil
}

// EndAbsence brings somebody back: an absence that has begun ends now, one to come does not happen. Fault: ABSENCE_NOT_FOUND.
func EndAbsence(ctx context.Context, tx *pg.Tx, absence uuid.UUID) (Member, error) {
	person, err := pg.Vals[uuid.UUID](ctx, tx, absentSQL, absence, tx.Now)
	var m Member
	if err == nil && len(person) > 0 {
		m, err = Look(ctx, tx, person[0])
	}
	if fault.Is(err, CodeNotFound) || err == nil && len(person) == 0 {
		err = fault.NotFound(CodeNoAbsence, "no such absence").At("absence")
	}
	if err != nil {
		return m, err
	}
	tx.Queue(forgetAbsenceSQL, absence, tx.Now)
	tx.Queue(endAbsenceSQL, absence, tx.Now)
	audit.Record(tx, "absence.end", "person", m.ID.String(), map[string]any{"absence": absence})
	return m, nil
}

// DutyInput names somebody's part in a duty grid.
type DutyInput struct {
	Grid   uuid.UUID
	Person uuid.UUID
	Part   Part
}

// AssignDuty gives a grid worker of the street a part in a duty grid from now on. A new holder takes the place of the one
// before, who keeps the work that is already theirs.
// Faults: DUTY_GRID_NOT_FOUND at "grid"; PERSON_NOT_FOUND, NOT_A_GRID_WORKER at "person"; DUTY_HELD.
func AssignDuty(ctx context.Context, tx *pg.Tx, in DutyInput) (Member, error) {
	street, err := lockGrid(ctx, tx, in.Grid)
	if err != nil {
		return Member{}, err
	}
	m, err := Look(ctx, tx, in.Person)
	if err != nil {
		return m, err
	}
	workers, err := identity.Holders(ctx, tx, actor.GridWorker, street, "")
	if err != nil {
		return m, err
	}
	if !slices.ContainsFunc(workers, func(p identity.Person) bool { return p.ID == m.ID }) {
		return m, fault.Conflict(CodeNoWorker, "a duty grid is for grid workers of its street").At("person")
	}
	mine, err := Duties(ctx, tx, []uuid.UUID{m.ID})
	if err != nil {
		return m, err
	}
	if slices.ContainsFunc(mine, func(d Duty) bool { return d.Grid == in.Grid && d.Part == in.Part }) {
		return m, fault.Conflict(CodeDuty, "has this part already").At("person")
	}
	tx.Queue(endDutySQL, in.Grid, m.ID, tx.Now)
	if in.Part == Holder {
		tx.Queue(endHolderSQL, in.Grid, tx.Now)
	}
	tx.Queue(insertDutySQL, in.Grid, m.ID, in.Part, tx.Now)
	audit.Record(tx, "duty.assign", "duty_grid", in.Grid.String(), map[string]any{"person": m.ID, "part": in.Part})
	return m, nil
}

// EndDutyInput names whose part in a duty grid ends.
type EndDutyInput struct {
	Grid   uuid.UUID
	Person uuid.UUID
}

// EndDuty ends somebody's part in a duty grid. Faults: DUTY_GRID_NOT_FOUND at "grid"; PERSON_NOT_FOUND, DUTY_NOT_FOUND at "person".
func EndDuty(ctx context.Context, tx *pg.Tx, in EndDutyInput) (Member, error) {
	if _, err := lockGrid(ctx, tx, in.Grid); err != nil {
		return Member{}, err
	}
	m, err := Look(ctx, tx, in.Person)
	if err != nil {
		return m, err
	}
	mine, err := Duties(ctx, tx, []uuid.UUID{m.ID})
	if err == nil && !slices.ContainsFunc(mine, func(d Duty) bool { return d.Grid == in.Grid }) {
		err = fault.NotFound(CodeNoDuty, "has no part in this duty grid").At("person")
	}
	if err != nil {
		return m, err
	}
	tx.Queue(endDutySQL, in.Grid, m.ID, tx.Now)
	audit.Record(tx, "duty.end", "duty_grid", in.Grid.String(), map[string]any{"person": m.ID})
	return m, nil
}

// lockGrid finds the street of a duty grid where the actor administers, and keeps others from changing its roster.
func lockGrid(ctx context.Context, tx *pg.Tx, grid uuid.UUID) (street string, err error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	found, err := pg.Vals[string](ctx, tx, lockGridSQL, reach.Regions, reach.Departments, grid)
	if err == nil && len(found) == 0 {
		err = fault.NotFound(CodeNoGrid, "no such duty grid").At("grid")
	}
	if err != nil {
		return "", err
	}
	return found[0], nil
}

// cityDay is the day of an instant by the city's clocks, as the database reads it.
func cityDay(at time.Time) string { return at.In(identity.City).Format(time.DateOnly) }
