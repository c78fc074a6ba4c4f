// Package safety is how somebody who works outside calls for help, and how silence about it presses: an alarm has a clock on a
// ladder of its own, so that the next people are told when nobody answers, whatever else has failed.
//
// No track is kept: an alarm has one position, which is blanked when it is long over, and a timer is nobody else's to see until
// it has run out.
package safety

import (
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/enum"
	"gridwork/fault"
	"gridwork/geo"
)

// Kind is how an alarm came about.
type Kind string

const (
	SOS     Kind = "sos"     // 求助: somebody held the button
	Overdue Kind = "overdue" // 未报平安: a timer ran out, and nobody ended it
)

// Kinds lists every kind.
var Kinds = []Kind{SOS, Overdue}

// State is how far an alarm has come.
type State string

const (
	Waiting State = "waiting" // a timer runs
	Raised  State = "raised"
	Ended   State = "ended"
)

// States lists every state.
var States = []State{Waiting, Raised, Ended}

// Outcome is how an alarm ended.
type Outcome string

const (
	Safe       Outcome = "safe"        // 平安
	FalseAlarm Outcome = "false_alarm" // 误报
	Handed110  Outcome = "handed_110"  // 移交公安
	Handed119  Outcome = "handed_119"  // 移交消防
	Handed120  Outcome = "handed_120"  // 移交急救
	Back       Outcome = "back"        // 按时返回: a timer was ended before it ran out
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{Safe, FalseAlarm, Handed110, Handed119, Handed120, Back}

// Action is what somebody may do about an alarm.
type Action string

const (
	Come  Action = "come"  // answer: on my way
	See   Action = "see"   // answer: seen, seeing to it
	Close Action = "close" // say that it is over
)

// Actions lists every action.
var Actions = []Action{Come, See, Close}

func (k Kind) MarshalGQL(w io.Writer)        { enum.Marshal(w, k) }
func (k *Kind) UnmarshalGQL(in any) error    { return enum.Unmarshal(k, in, Kinds) }
func (s State) MarshalGQL(w io.Writer)       { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error   { return enum.Unmarshal(s, in, States) }
func (o Outcome) MarshalGQL(w io.Writer)     { enum.Marshal(w, o) }
func (o *Outcome) UnmarshalGQL(in any) error { return enum.Unmarshal(o, in, Outcomes) }
func (a Action) MarshalGQL(w io.Writer)      { enum.Marshal(w, a) }
func (a *Action) UnmarshalGQL(in any) error  { return enum.Unmarshal(a, in, Actions) }

// Alarm 求助 is a call for help, or a timer that will become one.
type Alarm struct {
	ID       uuid.UUID `db:"id"` // UUIDv7, made by the handheld
	Kind     Kind      `db:"kind"`
	State    State     `db:"state"`
	PersonID uuid.UUID `db:"person_id"` // who needs help
	// Street is whose ground it is: where the point lies, else where the person works. It may be a larger region.
	Street     string     `db:"street"`
	Cell       *string    `db:"cell"`        // nil: the point is not known, or far from every cell
	Point      *geo.Point `db:"point"`       // WGS 84; nil: not known, or blanked
	Accuracy   *float64   `db:"accuracy_m"`  // metres; 0: not told
	Datum      *geo.Datum `db:"datum"`       // in which the device told it
	Mocked     bool       `db:"mocked"`      // the device said that another app feigned it
	FixedAt    *time.Time `db:"fixed_at"`    // when the device was there, by its own clock
	CapturedAt time.Time  `db:"captured_at"` // by the handheld's clock, never later than MadeAt
	MadeAt     time.Time  `db:"made_at"`
	BackBy     *time.Time `db:"back_by"` // of a timer
	RaisedAt   *time.Time `db:"raised_at"`
	EndedAt    *time.Time `db:"ended_at"`
	EndedBy    *uuid.UUID `db:"ended_by"`
	Outcome    *Outcome   `db:"outcome"`
	Note       *string    `db:"note"`
}

// CodeNotFound is of the fault for an alarm that there is not, or that the viewer was not told of.
const CodeNotFound = "ALARM_NOT_FOUND"

var errNotFound = fault.NotFound(CodeNotFound, "no such alarm").At("alarm")
