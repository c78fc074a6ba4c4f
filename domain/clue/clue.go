// Package clue is the report by one reporter 线索: how it comes in, lands in a cell and gets its number, what the
// street's dispatchers may do with it, and what the reporter is shown of it. A clue is never deleted, and who reported
// it is sealed elsewhere.
package clue

import (
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/enum"
	"gridwork/geo"
)

// Codes of the faults about clues.
const (
	CodeID              = "ID_NOT_UUID_V7"        // a submission's id is a UUIDv7 made by the client
	CodeIDReused        = "CLUE_ID_REUSED"        // the id stands for another submission already
	CodeTextMissing     = "TEXT_MISSING"          // neither words nor a photo, or no reason where one is due
	CodeUnknownCategory = "UNKNOWN_CATEGORY"      // no such category
	CodeCapturedAt      = "CAPTURED_IN_FUTURE"    // the device's clock is ahead of the platform's
	CodeNotFound        = "CLUE_NOT_FOUND"        // no such clue for this viewer
	CodeUnknownClaim    = "CLAIM_CODE_UNKNOWN"    // no clue has this claim code
	CodeNotPossible     = "ACTION_NOT_POSSIBLE"   // the clue's state does not offer the action
	CodeNotYours        = "ACTION_NOT_YOURS"      // the action is offered to others
	CodeStale           = "STALE_VERSION"         // the clue has moved on since it was read
	CodeNobodyHolds     = "NOBODY_HOLDS_CELL"     // the clue's cell has no grid worker: name one
	CodeNotAGridWorker  = "ASSIGNEE_NOT_POSSIBLE" // the named person is no grid worker of that place
	CodeUnknownTask     = "TASK_NOT_FOUND"        // no such verification for this viewer
)

// State is how far a clue has come.
type State string

const (
	Submitted     State = "submitted"       // 待受理: waits for a decision
	Verifying     State = "verifying"       // 核实中: somebody looks at it on the spot
	Filed         State = "filed"           // 已立案: a case was made of it
	Merged        State = "merged"          // 已合并: it stands behind a case with others
	HandledOnSpot State = "handled_on_spot" // 即办: put right at once
	NotFiled      State = "not_filed"       // 不予立案
	Referred      State = "referred"        // 已转办: 110, 119 or another system has it
	Malicious     State = "malicious"       // 恶意上报: two persons agreed
)

// States lists every state, in the order of the work.
var States = []State{Submitted, Verifying, Filed, Merged, HandledOnSpot, NotFiled, Referred, Malicious}

// Open reports whether the clue still waits for a decision.
func (s State) Open() bool { return s == Submitted || s == Verifying }

// Source is what kind of reporter a clue has.
type Source string

const (
	Anonymous  Source = "anonymous"   // 匿名: follows the clue by a claim code
	Volunteer  Source = "volunteer"   // 志愿者
	Hotline    Source = "hotline"     // 热线: a dispatcher wrote down what a caller said
	GridWorker Source = "grid_worker" // 网格员
	Machine    Source = "machine"     // 系统: a sensor, a camera, another system
)

// Sources lists every source.
var Sources = []Source{Anonymous, Volunteer, Hotline, GridWorker, Machine}

// Clue is one report. Lon, lat, datum and what follows are the position as it came; Point is where that is in WGS 84.
type Clue struct {
	ID             uuid.UUID  `db:"id"`
	PayloadHash    []byte     `db:"payload_hash"`
	Number         int64      `db:"number"`
	Source         Source     `db:"source"`
	Mark           []byte     `db:"mark"` // keyed pseudonym of a signed-in reporter: never leaves the platform
	Text           string     `db:"text"`
	Category       *string    `db:"category"`
	Urgent         bool       `db:"urgent"`     // some filing standard of its category is
	Restricted     bool       `db:"restricted"` // for the street's dispatchers alone, and once filed for the case's readers
	State          State      `db:"state"`
	Version        int        `db:"version"` // grows with every change
	Lon            float64    `db:"lon"`     // degrees in Datum
	Lat            float64    `db:"lat"`
	Datum          geo.Datum  `db:"datum"`
	AccuracyM      float64    `db:"accuracy_m"`
	PositionSource geo.Source `db:"position_source"`
	Mocked         bool       `db:"mocked"`
	CapturedAt     time.Time  `db:"captured_at"` // by the reporter's clock, which decides nothing
	Point          geo.Point  `db:"point"`
	Cell           string     `db:"cell"`
	Street         string     `db:"street"`
	BorderM        *float64   `db:"border_m"` // metres outside every cell, when it was given to the nearest one
	SubmittedAt    time.Time  `db:"submitted_at"`
	CaseID         *uuid.UUID `db:"case_id"`
	Reason         *string    `db:"reason"` // why it was not filed, who it was referred to, what was done on the spot
	DecidedAt      *time.Time `db:"decided_at"`

	MaliceAskedBy *uuid.UUID `db:"malice_asked_by"` // the duty lead who asks for it to be marked malicious; nil: nobody does
	MaliceReason  *string    `db:"malice_reason"`   // never shown to the reporter
}

// Place is where a clue stands in the queue: urgent ones first, then the oldest.
type Place struct {
	Urgent bool
	At     time.Time
	ID     uuid.UUID
}

// Place is the clue's own: the cursor of what follows it.
func (c Clue) Place() Place { return Place{c.Urgent, c.SubmittedAt, c.ID} }

func (s State) MarshalGQL(w io.Writer)         { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error     { return enum.Unmarshal(s, in, States) }
func (s Source) MarshalGQL(w io.Writer)        { enum.Marshal(w, s) }
func (s *Source) UnmarshalGQL(in any) error    { return enum.Unmarshal(s, in, Sources) }
func (a Action) MarshalGQL(w io.Writer)        { enum.Marshal(w, a) }
func (a *Action) UnmarshalGQL(in any) error    { return enum.Unmarshal(a, in, Actions) }
func (s Stage) MarshalGQL(w io.Writer)         { enum.Marshal(w, s) }
func (s *Stage) UnmarshalGQL(in any) error     { return enum.Unmarshal(s, in, Stages) }
func (s TaskState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *TaskState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, TaskStates) }
func (s Service) MarshalGQL(w io.Writer)       { enum.Marshal(w, s) }
func (s *Service) UnmarshalGQL(in any) error   { return enum.Unmarshal(s, in, Services) }
