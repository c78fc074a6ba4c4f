package escalation

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
)

// ClockColumns select a Clock, from the table clocks.
const ClockColumns = `clocks.id, clocks.clue_id, clocks.case_id, clocks.round, clocks.stage, clocks.department, clocks.street,
	clocks.limit_number, clocks.limit_unit, clocks.started_at, clocks.due_at, clocks.stopped_at, clocks.pauses,
	clocks.calendar_version, clocks.ladder, clocks.ladder_version`

// Clock is a running or stopped limit of a clue, or of one round of a case.
type Clock struct {
	ID         uuid.UUID  `db:"id"`
	ClueID     *uuid.UUID `db:"clue_id"` // exactly one of ClueID and CaseID is set
	CaseID     *uuid.UUID `db:"case_id"`
	Round      int        `db:"round"` // 0 for a clue
	Stage      Stage      `db:"stage"`
	Department *string    `db:"department"` // whose clock it is; nil: the street's
	Street     string     `db:"street"`
	calendar.Limit
	StartedAt time.Time  `db:"started_at"`
	DueAt     time.Time  `db:"due_at"` // 100 % of the limit; of a frozen clock, what it was before the pause
	StoppedAt *time.Time `db:"stopped_at"`
	Pauses    Pauses     `db:"pauses"`
	// CalendarVersion is nil where the limit's unit runs day and night and needs no calendar.
	CalendarVersion *int   `db:"calendar_version"`
	Ladder          string `db:"ladder"`
	LadderVersion   int    `db:"ladder_version"`
}

// Frozen reports whether the clock stands still in a pause without end.
func (c Clock) Frozen() bool { return c.StoppedAt == nil && c.Pauses.open() >= 0 }

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

// end closes the open pause, if there is one, on a copy.
func (p Pauses) end(now time.Time) Pauses {
	ended := append(Pauses(nil), p...)
	if i := p.open(); i >= 0 {
		ended[i].To = &now
	}
	return ended
}
