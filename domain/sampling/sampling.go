// Package sampling looks at closed cases again 抽查: a random sample of them, drawn so that what is found says how many of
// all of them are not fixed, and how sure that is. Grid workers who had no hand in a case look at it; a supervisor confirms
// what they found not fixed, which opens the case again.
//
// Its arithmetic is the textbook's: sizes and stratified estimates from Cochran, Sampling Techniques (3rd edition, 1977,
// chapters 4 and 5), intervals from Wilson (1927), with the effective size of a stratified sample in the place of its own.
package sampling

import (
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/enum"
	"gridwork/geo"
)

// Stratification is what a sample's strata 层 are: each is sampled by itself, in proportion.
type Stratification string

const (
	ByRegion     Stratification = "region"     // what lies directly in the sample's region
	ByDepartment Stratification = "department" // the one that led the case
	ByCategory   Stratification = "category"   // the major one, 2 digits
)

// Stratifications lists them all.
var Stratifications = []Stratification{ByRegion, ByDepartment, ByCategory}

// State is where a sample stands.
type State string

const (
	Running State = "running" // cases are looked at
	Closed  State = "closed"  // what was not looked at by then stays unknown
)

// States lists them all.
var States = []State{Running, Closed}

// Verdict is what somebody found.
type Verdict string

const (
	Fixed   Verdict = "fixed"
	Unfixed Verdict = "unfixed"
	Unseen  Verdict = "unseen" // it could not be looked at: locked, torn down, nobody let them in
)

// Verdicts lists them all.
var Verdicts = []Verdict{Fixed, Unfixed, Unseen}

// Step is where one re-inspection stands.
type Step string

const (
	Open     Step = "open"     // to be looked at
	Answered Step = "answered" // found not fixed: a supervisor confirms
	Settled  Step = "settled"
)

// Steps lists them all.
var Steps = []Step{Open, Answered, Settled}

func (s Stratification) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *Stratification) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, Stratifications) }
func (s State) MarshalGQL(w io.Writer)              { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error          { return enum.Unmarshal(s, in, States) }
func (v Verdict) MarshalGQL(w io.Writer)            { enum.Marshal(w, v) }
func (v *Verdict) UnmarshalGQL(in any) error        { return enum.Unmarshal(v, in, Verdicts) }
func (s Step) MarshalGQL(w io.Writer)               { enum.Marshal(w, s) }
func (s *Step) UnmarshalGQL(in any) error           { return enum.Unmarshal(s, in, Steps) }

// Sample is one drawing, and its design.
type Sample struct {
	ID         uuid.UUID      `db:"id"`
	Name       string         `db:"name"`
	Region     string         `db:"region"`     // division code
	Department *string        `db:"department"` // nil: of every department
	Category   string         `db:"category"`   // 2 or 4 digits; "" for all
	ClosedFrom calendar.Date  `db:"closed_from"`
	ClosedTo   calendar.Date  `db:"closed_to"`
	By         Stratification `db:"by"`
	Confidence float64        `db:"confidence"`
	Margin     float64        `db:"margin"`
	Expected   float64        `db:"expected"`
	Seed       []byte         `db:"seed"`       // 16 bytes that the platform drew
	Population int            `db:"population"` // cases that could have been drawn
	Size       int            `db:"size"`
	DueAt      time.Time      `db:"due_at"`
	DrawnBy    uuid.UUID      `db:"drawn_by"`
	DrawnAt    time.Time      `db:"drawn_at"`
	State      State          `db:"state"`
	ClosedAt   *time.Time     `db:"closed_at"`
}

// Stratum is one part of a sample, with what was found in it so far.
type Stratum struct {
	Sample     uuid.UUID `db:"sample_id"`
	Key        string    `db:"key"`
	Population int       `db:"population"`
	Size       int       `db:"size"`
	Looked     int       `db:"looked"`  // settled as fixed or not fixed
	Unfixed    int       `db:"unfixed"` // of those
	Missed     int       `db:"missed"`  // of those: something else stood there
	Unseen     int       `db:"unseen"`  // could not be looked at
}

// Reinspection is one case that is looked at again.
type Reinspection struct {
	ID          uuid.UUID  `db:"id"`
	SampleID    uuid.UUID  `db:"sample_id"`
	Stratum     string     `db:"stratum"`
	CaseID      uuid.UUID  `db:"case_id"`
	Round       int        `db:"round"` // the one whose closing is looked at
	Cell        string     `db:"cell"`
	Street      string     `db:"street"`
	AssigneeID  *uuid.UUID `db:"assignee_id"` // nil: nobody could be asked yet
	State       Step       `db:"state"`
	DueAt       time.Time  `db:"due_at"` // the sample's
	Verdict     *Verdict   `db:"verdict"`
	Missed      *bool      `db:"missed"` // something else stood there that nobody had reported
	Note        *string    `db:"note"`
	Point       *geo.Point `db:"point"`      // WGS 84, where it was answered
	DistanceM   *float64   `db:"distance_m"` // metres from the case's point
	AnsweredAt  *time.Time `db:"answered_at"`
	Found       *Verdict   `db:"found"` // what counts
	SettledBy   *uuid.UUID `db:"settled_by"`
	SettledNote *string    `db:"settled_note"`
	SettledAt   *time.Time `db:"settled_at"`
}
