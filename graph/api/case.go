package api

import (
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
)

type (
	// CaseConnection is a page of cases.
	CaseConnection = Connection[casework.Case]
	// CheckTaskConnection is a page of checks.
	CheckTaskConnection = Connection[casework.CheckTask]
)

// CaseFilter is a filter with what only the edge can tell: who asks.
type CaseFilter struct {
	casework.Filter
	Mine bool // only those named to the viewer
}

// For is the filter for whoever asks; no filter keeps everything in their scope.
func (f *CaseFilter) For(viewer uuid.UUID) casework.Filter {
	if f == nil {
		return casework.Filter{}
	}
	if f.Mine {
		f.Handler = &viewer
	}
	return f.Filter
}

// CasePayload is what every action on a case gives.
type CasePayload struct {
	Case   *casework.Case
	Errors []UserError
}

// ContestOutcomePayload is what contesting an outcome gives.
type ContestOutcomePayload struct {
	Clue   *TrackedClue
	Errors []UserError
}

// Explanation tells how a due time adds up.
type Explanation struct {
	Segments        []Segment
	Pauses          []calendar.PauseCost
	CalendarVersion *int // nil: the unit runs day and night
	Limit           calendar.Limit
	Unit            calendar.Unit
	MeantUnit       *calendar.Unit
	Remaining       time.Duration
	StandardVersion *int
}

// Segment is a stretch of time that was counted or not.
type Segment struct {
	From    time.Time
	To      time.Time
	Counted time.Duration
	Reason  calendar.Reason
	Name    *string
}

// Explain is why a clock is due when it is, as the API tells it; nil where no calendar reaches that far.
func Explain(f escalation.Face) (*Explanation, error) {
	e, err := f.Explain()
	if e == nil {
		return nil, err
	}
	said := &Explanation{Segments: make([]Segment, len(e.Segments)), Pauses: e.Pauses, CalendarVersion: unless(e.CalendarVersion),
		Limit: e.Limit, Unit: e.Limit.Unit, MeantUnit: f.MeantUnit, StandardVersion: f.StandardVersion}
	var exact, told time.Duration
	for i, s := range e.Segments {
		// Whole seconds have to add up too: what one segment lost of a second, the next one that counts makes up for.
		exact += s.Counted
		counted := exact.Truncate(time.Second) - told
		told += counted
		said.Segments[i] = Segment{s.From, s.To, counted, s.Reason, unless(s.Name)}
	}
	said.Remaining = e.Counted - told
	return said, err
}

// unless is a value, or null for the zero that stands for none.
func unless[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}
