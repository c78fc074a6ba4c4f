// Package escalation is how silence is pressed: clocks that run while somebody owes work, ladders of steps that
// climb as time runs out, and the deadlines, rows of their own, that make each step happen.
//
// What is due when is pure (Ladder.Plan, Ladder.On); the verbs (Start, Stop, Freeze, Resume, Extend) keep clocks and
// deadlines in the transaction of the case or clue they belong to, whose row is locked first.
package escalation

import (
	"io"
	"slices"
	"strconv"
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
)

// Ladder 升级策略 is one version of an escalation policy; a version never changes. A clock is pinned to one.
type Ladder struct {
	Code    string
	Version int
	NameZH  string
	NameEN  string
	// Steps of all stages; those of one stage are climbed in this order. A deadline names a step by its index.
	Steps Steps
	// PublishedAt is set by Publish.
	PublishedAt time.Time
}

// Steps is a ladder's content. Its JSON form is read strictly: see UnmarshalJSON.
type Steps []Step

// Step is one rung: when, whom, what.
type Step struct {
	Clock    Stage      `json:"clock"`
	Trigger  Trigger    `json:"trigger"`
	Repeat   *Repeat    `json:"repeat,omitempty"`
	Audience []Audience `json:"audience"`
	Action   Action     `json:"action"`
	Quiet    Quiet      `json:"quiet"`
	// AckQuiet is how long an acknowledgement of the step keeps its nagging silent, in wall time; nil: half an hour.
	AckQuiet *Offset `json:"ack_quiet,omitempty"`
}

// Trigger is a share of the clock's limit, a distance from its end, or an occasion: exactly one of them.
type Trigger struct {
	Percent int     `json:"percent,omitempty"` // of the limit, 1 to 1000
	Offset  *Offset `json:"offset,omitempty"`  // from the limit's end, negative before it
	Event   *Event  `json:"event,omitempty"`
}

// Share is the trigger's percentage; nil where it has none.
func (t Trigger) Share() *int { return given(t.Percent) }

// Timed reports whether time alone pulls the trigger.
func (t Trigger) Timed() bool { return t.Event == nil }

// Event is the count-th time that an occasion happens in the round.
type Event struct {
	Occasion Occasion `json:"occasion"`
	Count    int      `json:"count"` // from 1; of clues behind the case, for Merged
}

// Repeat makes a timed step fire again, until its times are used up or the stage's next step is due.
type Repeat struct {
	Percent int     `json:"percent,omitempty"` // of the limit between two firings; or:
	Offset  *Offset `json:"offset,omitempty"`  // time between two firings, positive
	Times   int     `json:"times"`             // firings after the first, 1 to 100
}

// Share is the percentage between two firings; nil where an offset tells.
func (r Repeat) Share() *int { return given(r.Percent) }

func given[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

// Offset is time as the clock counts it: two hours of a working-time clock are two hours of open time.
// Its text is that of a Go duration: 30m, -2h.
type Offset time.Duration

// Duration is the offset in Go's own words.
func (o Offset) Duration() time.Duration { return time.Duration(o) }

func (o Offset) MarshalText() ([]byte, error) { return []byte(time.Duration(o).String()), nil }

func (o Offset) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(o.Duration().String()))
}

func (o *Offset) UnmarshalGQL(in any) error {
	s, _ := in.(string)
	return o.UnmarshalText([]byte(s))
}

func (o *Offset) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil {
		return malformed("an offset is written like 30m or -2h")
	}
	*o = Offset(d)
	return nil
}

// Audience is who hears of a step: a role, looked for at a level above the cell, in a department. The people are found
// on the roster of the moment at which the step fires.
type Audience struct {
	Role  actor.Role `json:"role"`
	Level Level      `json:"level"`
	// Department is empty for roles outside departments, OwnDepartment, or a department's code.
	Department string `json:"department,omitempty"`
}

// Of is the audience's department: its code, or OwnDepartment; nil for a role outside departments.
func (a Audience) Of() *string { return given(a.Department) }

// OwnDepartment stands for the department whose clock it is.
const OwnDepartment = "own"

// At resolves the audience for a clock of the given department (may be empty) that runs for work in a cell.
// It is meaningless for the level Named.
func (a Audience) At(cell, department string) identity.Audience {
	who := identity.Audience{Role: a.Role, Region: cell[:min(codeLength[a.Level], len(cell))], Department: a.Department}
	if a.Department == OwnDepartment {
		who.Department = department
	}
	return who
}

// Rung is the step's height within its stage, from 1: what a case's level counts. Steps pulled by occasions stand beside
// the ladder and have the height of the timed steps before them, at least 1.
func (l Ladder) Rung(step int) int {
	rung := 0
	for _, s := range l.Steps[:step+1] {
		if s.Clock == l.Steps[step].Clock && s.Trigger.Timed() {
			rung++
		}
	}
	return max(rung, 1)
}

// OnSilence finds the steps that are pulled when the count-th acknowledgement of a stage runs out in silence.
func (l Ladder) OnSilence(stage Stage, count int) []int {
	return slices.DeleteFunc(l.On(Event{Silent, count}), func(i int) bool { return l.Steps[i].Clock != stage })
}

// HeedsSilence reports whether any acknowledgement of the stage may be followed by a step, should nothing happen.
func (l Ladder) HeedsSilence(stage Stage) bool {
	return slices.ContainsFunc(l.Steps, func(s Step) bool {
		return s.Clock == stage && s.Trigger.Event != nil && s.Trigger.Event.Occasion == Silent
	})
}

// On finds the steps that an occasion pulls at its count-th time: indexes, in the ladder's order.
func (l Ladder) On(e Event) []int {
	var steps []int
	for i, s := range l.Steps {
		if s.Trigger.Event != nil && *s.Trigger.Event == e {
			steps = append(steps, i)
		}
	}
	return steps
}
