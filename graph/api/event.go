package api

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/fault"
)

// Event is a line of a clue's or a case's history.
type Event struct {
	ID     uuid.UUID
	At     time.Time
	Kind   string
	Round  int        // 0 for a clue
	Actor  *uuid.UUID // staff; nil: the platform, or a reporter
	Role   string
	Detail json.RawMessage
}

// EventOfClue is a line of a clue's history.
func EventOfClue(e clue.Event) Event {
	return Event{ID: e.ID, At: e.At, Kind: e.Kind, Actor: e.Actor, Role: e.Role, Detail: e.Detail}
}

// EventsOfCase are lines of a case's history.
func EventsOfCase(events []casework.Event) ([]Event, error) {
	told := make([]Event, len(events))
	for i, e := range events {
		detail, err := json.Marshal(e.Detail)
		if err != nil {
			return nil, err
		}
		told[i] = Event{ID: e.ID, At: e.At, Kind: e.Kind, Round: e.Round, Actor: e.ActorID, Role: e.ActorRole, Detail: detail}
	}
	return told, nil
}

// TrackOutcome is what became of a clue, in words for its reporter.
type TrackOutcome string

// MarshalGQL writes the enum's value.
func (o TrackOutcome) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(o))))
}

// UnmarshalGQL refuses: outcomes are told, not taken.
func (o *TrackOutcome) UnmarshalGQL(any) error {
	return fault.Invalid(CodeInvalidValue, "an outcome is not taken as input")
}

// Routing is how the rules decided.
type Routing struct {
	RuleSet *int
	Rule    *string
	Tried   []TriedRule
}

// TriedRule is a rule that was tried, by the names that it has today.
type TriedRule struct {
	Rule    string
	NameZh  string
	NameEn  string
	Matched bool
	Failed  *string
	Was     *string
}
