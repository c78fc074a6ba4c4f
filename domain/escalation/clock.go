package escalation

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
)

// ClockColumns select a Clock, from the table clocks.
const ClockColumns = `clocks.id, clocks.clue_id, clocks.case_id, clocks.alarm_id, clocks.round, clocks.stage, clocks.department, clocks.street,
	clocks.limit_number, clocks.limit_unit, clocks.started_at, clocks.due_at, clocks.stopped_at, clocks.pauses,
	clocks.calendar_version, clocks.meant_unit, clocks.standard_version, clocks.ladder, clocks.ladder_version`

// Clock is a running or stopped limit of a clue, of one round of a case, or of an alarm.
type Clock struct {
	ID         uuid.UUID  `db:"id"`
	ClueID     *uuid.UUID `db:"clue_id"` // exactly one of ClueID, CaseID and AlarmID is set
	CaseID     *uuid.UUID `db:"case_id"`
	AlarmID    *uuid.UUID `db:"alarm_id"`
	Round      int        `db:"round"` // 0 for a clue or an alarm
	Stage      Stage      `db:"stage"`
	Department *string    `db:"department"` // whose clock it is; nil: the street's
	Street     string     `db:"street"`
	calendar.Limit
	StartedAt time.Time  `db:"started_at"`
	DueAt     time.Time  `db:"due_at"` // 100 % of the limit; of a frozen clock, what it was before the pause
	StoppedAt *time.Time `db:"stopped_at"`
	Pauses    Pauses     `db:"pauses"`
	// CalendarVersion is nil where the limit's unit runs day and night and needs no calendar.
	CalendarVersion *int `db:"calendar_version"`
	// MeantUnit is the unit of the promise where the clock runs provisionally 暂计 in a stricter one, because the calendar
	// does not reach to its end; else nil.
	MeantUnit *calendar.Unit `db:"meant_unit"`
	// StandardVersion is that of the filing standard, or of the stage limits, that the limit was taken from; nil: not known.
	StandardVersion *int   `db:"standard_version"`
	Ladder          string `db:"ladder"`
	LadderVersion   int    `db:"ladder_version"`
}

// Frozen reports whether the clock stands still in a pause without end.
func (c Clock) Frozen() bool { return c.StoppedAt == nil && c.Pauses.open() >= 0 }

// On is the clock as it is reckoned on a calendar: when its limit is used up, in the unit that is meant if the calendar
// reaches that far, else provisionally in the stricter one. Of a frozen clock, DueAt is what it would be without the pause
// that lasts.
func (c Clock) On(cal *calendar.Calendar) (Clock, error) {
	if c.MeantUnit != nil {
		c.Unit, c.MeantUnit = *c.MeantUnit, nil
	}
	if meant := c.Unit; !meant.RoundTheClock() {
		version := cal.Version()
		c.CalendarVersion = &version
		due, err := cal.Due(c.StartedAt, c.Limit, c.Pauses.ended())
		if !errors.Is(err, calendar.ErrYear) {
			c.DueAt = due.UTC()
			return c, err
		}
		c.Unit, c.MeantUnit = meant.Provisional(), &meant
	}
	due, err := cal.Due(c.StartedAt, c.Limit, c.Pauses.ended())
	c.DueAt = due.UTC()
	return c, err
}

// Pauses of one clock, in the order in which they began.
type Pauses []calendar.Pause

// pause is the stored form: {"from": "2026-11-20T01:00:00Z", "to": null}.
type pause struct {
	From time.Time  `json:"from"`
	To   *time.Time `json:"to"`
}

func (p Pauses) MarshalJSON() ([]byte, error) {
	stored := make([]pause, len(p))
	for i := range p {
		stored[i] = pause(p[i])
	}
	return json.Marshal(stored)
}

func (p *Pauses) UnmarshalJSON(data []byte) error {
	var stored []pause
	if err := json.Unmarshal(data, &stored); err != nil {
		return err
	}
	*p = make(Pauses, len(stored))
	for i := range stored {
		(*p)[i] = calendar.Pause(stored[i])
	}
	return nil
}

// open is the index of the pause without end, or -1.
func (p Pauses) open() int {
	for i := range p {
		if p[i].To == nil {
			return i
		}
	}
	return -1
}

// ended are the pauses without the one that lasts.
func (p Pauses) ended() Pauses {
	i := p.open()
	if i < 0 {
		return p
	}
	return slices.Delete(slices.Clone(p), i, i+1)
}

// end closes the open pause, if there is one, on a copy.
func (p Pauses) end(now time.Time) Pauses {
	ended := append(Pauses(nil), p...)
	if i := p.open(); i >= 0 {
		ended[i].To = &now
	}
	return ended
}
