package scenario

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const deadlineQuery = `query ($id: UUID!) { deadline(id: $id) {
	stage dueAt state step case { id } clue { id } clock { meantUnit }
	explanation { limit { number unit } unit meantUnit remaining calendarVersion standardVersion
		segments { from to counted reason name } pauses { counted } } } }`

// deadlineView is why something is due when it is.
type deadlineView struct {
	Stage       string
	DueAt       *time.Time
	State       *string
	Step        *int
	Case, Clue  *struct{ ID uuid.UUID }
	Explanation *struct {
		Limit                            struct{ Number int }
		Unit                             string
		MeantUnit                        *string
		Remaining                        int
		CalendarVersion, StandardVersion *int
		Segments                         []struct {
			From, To     time.Time
			Counted      int
			Reason, Name *string
		}
		Pauses []struct{ Counted int }
	}
}

// explained is the deadline, whose account adds up to the limit and leaves no gap.
func (s *stage) explained(c *harness.Client, id uuid.UUID, seconds int) deadlineView {
	s.t.Helper()
	d := harness.Ask[struct{ Deadline deadlineView }](c, deadlineQuery, harness.Vars{"id": id}).Deadline
	e := d.Explanation
	if e == nil {
		s.t.Fatalf("%s is not explained", d.Stage)
	}
	sum := e.Remaining
	for i, segment := range e.Segments {
		sum += segment.Counted
		if i > 0 && !segment.From.Equal(e.Segments[i-1].To) {
			s.t.Errorf("%s: a gap before %v", d.Stage, segment.From)
		}
	}
	if sum != seconds {
		s.t.Errorf("%s: %d seconds are explained, want %d", d.Stage, sum, seconds)
	}
	if last := e.Segments[len(e.Segments)-1]; d.DueAt != nil && !last.To.Equal(*d.DueAt) {
		s.t.Errorf("%s: the account ends at %v, it is due %v", d.Stage, last.To, d.DueAt)
	}
	return d
}

func (d deadlineView) holiday(name string) bool {
	for _, segment := range d.Explanation.Segments {
		if segment.Reason != nil && *segment.Reason == "HOLIDAY" && segment.Name != nil && *segment.Name == name {
			return true
		}
	}
	return false
}

const rederivationFields = ` { id fromVersion toVersion state total done moved } `

var (
	previewCalendar = mutation{"previewCalendar", "CalendarInput", `preview { version open moved frozen provisional resumed
		groups { stage department { code } count largest } shifts { caseNumber clueNumber stage dueAt movesTo } }`}
	publishCalendar = mutation{"publishCalendar", "CalendarInput", `calendar { version exceptions { date name } } rederivation` + rederivationFields}
)

type rederivationView struct {
	ID                     uuid.UUID
	FromVersion, ToVersion int
	State                  string
	Total, Done, Moved     int
}

type previewView struct {
	Preview struct {
		Version, Open, Moved, Frozen, Provisional, Resumed int
		Groups                                             []struct {
			Stage          string
			Count, Largest int
		}
		Shifts []struct {
			CaseNumber     *int
			Stage          string
			DueAt, MovesTo time.Time
		}
	}
}

// publish publishes an edit and waits for the clocks.
func (s *stage) publish(in harness.Vars) rederivationView {
	s.t.Helper()
	admin := s.As(s.Admin)
	made, refused := attempt[struct{ Rederivation rederivationView }](admin, publishCalendar, in)
	if refused != nil {
		s.t.Fatalf("the calendar is refused: %v", refused)
	}
	s.Settle()
	r := harness.Ask[struct{ Rederivation rederivationView }](admin, `query ($id: UUID!) { rederivation(id: $id)`+rederivationFields+`}`,
		harness.Vars{"id": made.Rederivation.ID}).Rederivation
	if r.State != "DONE" || r.Done != r.Total {
		s.t.Errorf("the rederivation: %+v", r)
	}
	return r
}

func TestATyphoonDayMovesWhatItShouldAndNothingElse(t *testing.T) {
	t.Parallel()
	s := open(t) // Monday 2 March, half past nine
	usual := s.accepted(tip{Text: "消火栓损坏", Category: fixture.Hydrant, Cell: 1})
	urgent := s.accepted(tip{Text: "通道被堵", Category: fixture.BlockedExit, Cell: 2})
	s.Settle()
	s.TakeSMS() // of the urgent case
	dispose, urgently := usual.running("DISPOSE"), urgent.running("DISPOSE")
	before := s.explained(s.As(s.Supervisor), dispose.ID, 5*8*3600)
	s.explained(s.As(s.Handlers[fixture.Fire]), urgently.ID, 4*3600)

	// Given that Wednesday is closed for a typhoon, which the administrator looks at first,
	typhoon := harness.Vars{"basedOn": 1, "set": []harness.Vars{{"date": "2026-03-04", "name": "台风停工"}}}
	foreseen, refused := attempt[previewView](s.As(s.Admin), previewCalendar, typhoon)
	if refused != nil || foreseen.Preview.Version != 2 || foreseen.Preview.Moved == 0 || len(foreseen.Preview.Shifts) != foreseen.Preview.Moved {
		t.Fatalf("foreseen: %+v, %v", foreseen, refused)
	}
	if now := s.read(s.As(s.Supervisor), usual.ID); !now.DueAt.Equal(*usual.DueAt) {
		t.Error("a preview moved something")
	}
	r := s.publish(typhoon)
	if r.Moved != foreseen.Preview.Moved || r.Total != foreseen.Preview.Open {
		t.Errorf("foreseen %+v, done %+v", foreseen.Preview, r)
	}

	// then five working days end a working day later, and say why; four urgent hours do not move.
	now := s.read(s.As(s.Supervisor), usual.ID)
	after := s.explained(s.As(s.Supervisor), dispose.ID, 5*8*3600)
	if want := before.DueAt.AddDate(0, 0, 1); !after.DueAt.Equal(want) || !now.DueAt.Equal(want) || now.Version != usual.Version {
		t.Errorf("due %v, the case %v, want %v", after.DueAt, now.DueAt, want)
	}
	if before.holiday("台风停工") || !after.holiday("台风停工") || *after.Explanation.CalendarVersion != 2 || *after.Explanation.StandardVersion != 1 {
		t.Errorf("the account: %+v", after.Explanation)
	}
	if now.happened("rederived") != 1 {
		t.Errorf("%d lines in the timeline", now.happened("rederived"))
	}
	if same := s.read(s.As(s.Supervisor), urgent.ID); !same.DueAt.Equal(*urgent.DueAt) || same.happened("rederived") != 0 {
		t.Errorf("the urgent case is due %v", same.DueAt)
	}

	// An edit of the older version is refused, and nobody but an administrator edits.
	s.refused(s.As(s.Admin), publishCalendar, typhoon, "STALE_VERSION")
	s.refused(s.As(s.DutyLead), publishCalendar, typhoon, "ACTION_NOT_YOURS")
	s.hidden("another street", s.As(s.FarDispatcher), deadlineQuery, dispose.ID, "DEADLINE_NOT_FOUND")
}

func TestAYearNobodyHasPublishedIsNotGuessed(t *testing.T) {
	t.Parallel()
	s := open(t, harness.At(time.Date(2026, time.December, 30, 2, 0, 0, 0, time.UTC))) // Wednesday, ten o'clock
	c := s.accepted(tip{Text: "消火栓损坏", Category: fixture.Hydrant, Cell: 1})
	dispose := c.running("DISPOSE")

	// Given five working days that end in a year without a calendar, the case is taken, on a stricter clock that says so.
	d := s.explained(s.As(s.Dispatcher), dispose.ID, 5*24*3600)
	if e := d.Explanation; e.Unit != "CALENDAR_DAY" || e.MeantUnit == nil || *e.MeantUnit != "WORKING_DAY" || *e.CalendarVersion != 1 {
		t.Errorf("the account: %+v", e)
	}

	// When the notice is published, then the promise is what was meant.
	s.publish(harness.Vars{"basedOn": 1, "years": []int{2027}, "set": []harness.Vars{{"date": "2027-01-01", "name": "元旦"}}})
	d = s.explained(s.As(s.Dispatcher), dispose.ID, 5*8*3600)
	if e := d.Explanation; e.Unit != "WORKING_DAY" || e.MeantUnit != nil || *e.CalendarVersion != 2 || !d.holiday("元旦") {
		t.Errorf("the account: %+v", e)
	}
	if now := s.read(s.As(s.Dispatcher), c.ID); !now.DueAt.Equal(*d.DueAt) {
		t.Errorf("the case is due %v, its clock %v", now.DueAt, d.DueAt)
	}
}
