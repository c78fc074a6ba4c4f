// Package casework is the life of a case 案件: filed from clues or findings, routed to a department, worked on, checked
// on the spot, closed, and opened again where it was not fixed after all.
//
// What may happen is one table (flow.go). Every verb locks the case's row first, asks the table, computes, and then
// writes: the case, its clocks, the event, the audit row and the messages, all in the caller's transaction.
package casework

import (
	"time"

	"github.com/google/uuid"

	"gridwork/domain/standard"
	"gridwork/geo"
)

// What people may write, in characters.
const (
	noteMost = 500  // of a reason, a basis, a decision
	textMost = 2000 // of a disposal, an answer, a case
)

// Case is one row: something is wrong at a place, and a department owes its disposal.
type Case struct {
	ID         uuid.UUID     `db:"id"`
	Number     int64         `db:"number"` // a child has its parent's, see Reference
	Kind       standard.Kind `db:"kind"`
	State      State         `db:"state"`
	Round      int           `db:"round"`    // from 1; a reopening starts the next
	Version    int           `db:"version"`  // grows with every change: the optimistic lock
	Level      int           `db:"level"`    // the highest rung of a ladder reached in this round, from 0
	Epoch      int           `db:"epoch"`    // grows whenever its clocks are started or stopped
	Category   string        `db:"category"` // 4 digits
	Urgent     bool          `db:"urgent"`
	Priority   int           `db:"priority"` // 1 highest … 4
	Source     Source        `db:"source"`
	Text       string        `db:"text"`
	Point      geo.Point     `db:"point"` // WGS 84
	Cell       string        `db:"cell"`
	Street     string        `db:"street"`
	StandardID uuid.UUID     `db:"standard_id"`
	Department *string       `db:"department"` // the lead; nil until routed
	HandlerID  *uuid.UUID    `db:"handler_id"`

	ParentID    *uuid.UUID `db:"parent_id"`    // of a child 协办件; nil: a case of its own
	ParentRound *int       `db:"parent_round"` // in which the child was opened
	ChildNumber int        `db:"child_number"` // the n-th child of its parent, from 1; 0: no child

	Restricted bool `db:"restricted"` // visible to named readers only, shown on no map
	ClueCount  int  `db:"clue_count"`

	FiledAt      time.Time  `db:"filed_at"` // of the first round
	DispatchedAt *time.Time `db:"dispatched_at"`
	AcceptedAt   *time.Time `db:"accepted_at"`
	ReportedAt   *time.Time `db:"reported_at"`
	ClosedAt     *time.Time `db:"closed_at"`
	DueAt        *time.Time `db:"due_at"` // of the disposal; nil until dispatched

	ContestableUntil *time.Time `db:"contestable_until"` // by its reporters (Contest), pinned when it closed; nil while open
}

// Round is one run through the states. Those before the case's own never change again.
type Round struct {
	CaseID          uuid.UUID  `db:"case_id"`
	Round           int        `db:"round"`
	OpenedAt        time.Time  `db:"opened_at"`
	OpenedBecause   Because    `db:"opened_because"`
	StandardVersion int        `db:"standard_version"`
	RuleSetVersion  *int       `db:"rule_set_version"` // nil until the rules were asked
	Trace           Trace      `db:"trace"`            // why here; empty until the rules were asked
	Ladder          *string    `db:"ladder"`           // nil until routed
	LadderVersion   *int       `db:"ladder_version"`
	Returns         int        `db:"returns"`
	Extensions      int        `db:"extensions"`
	Suspensions     int        `db:"suspensions"`
	Reworks         int        `db:"reworks"` // failed checks 返工
	ClosedAt        *time.Time `db:"closed_at"`
	Outcome         *State     `db:"outcome"`   // closed, voided or force_closed
	PassedAt        *time.Time `db:"passed_at"` // of its own check, where it waits, or waited, for its children

	DisputeOutcome *DisputeOutcome `db:"dispute_outcome"` // of a dispute that was closed by a passed check
	SentUpTo       *SentUpTo       `db:"sent_up_to"`
}

// Assignment 派遣 is a department's part in one round of a case.
type Assignment struct {
	ID         uuid.UUID  `db:"id"`
	CaseID     uuid.UUID  `db:"case_id"`
	Round      int        `db:"round"`
	Department string     `db:"department"`
	Part       Part       `db:"part"`
	AssignedAt time.Time  `db:"assigned_at"`
	AcceptedAt *time.Time `db:"accepted_at"`
	Deemed     bool       `db:"deemed"` // accepted by silence
	HandlerID  *uuid.UUID `db:"handler_id"`
	EndedAt    *time.Time `db:"ended_at"`
	EndReason  *string    `db:"end_reason"` // recalled, returned, reworked, closed
}

// Return 退回 is a department's "not ours", and what was decided about it.
type Return struct {
	ID          uuid.UUID  `db:"id"`
	CaseID      uuid.UUID  `db:"case_id"`
	Round       int        `db:"round"`
	Department  string     `db:"department"`
	Proposed    string     `db:"proposed"` // whose it is instead
	Basis       string     `db:"basis"`    // the cited rule
	RequestedBy *uuid.UUID `db:"requested_by"`
	RequestedAt time.Time  `db:"requested_at"`
	Decision    *Decision  `db:"decision"`
	DecidedBy   *uuid.UUID `db:"decided_by"`
	DecidedAt   *time.Time `db:"decided_at"`
	Note        *string    `db:"note"`
}

// Disposal 处置反馈 is what a handler says was done.
type Disposal struct {
	ID         uuid.UUID  `db:"id"` // made by the client
	CaseID     uuid.UUID  `db:"case_id"`
	Round      int        `db:"round"`
	HandlerID  uuid.UUID  `db:"handler_id"`
	ReportedAt time.Time  `db:"reported_at"`
	Text       string     `db:"text"`
	Point      *geo.Point `db:"point"`       // where it was reported from, WGS 84
	DistanceM  *float64   `db:"distance_m"`  // of that, from the case's point
	AwayReason *string    `db:"away_reason"` // why it was reported from outside the geofence

	Outcome       *DisputeOutcome `db:"dispute_outcome"` // of a dispute
	SentUpTo      *SentUpTo       `db:"sent_up_to"`
	OutcomeReason *string         `db:"outcome_reason"` // why it was sent up, or withdrawn
}

// CheckTask 核查 asks a grid worker who did not fix it to look whether it is fixed.
type CheckTask struct {
	ID         uuid.UUID  `db:"id"`
	CaseID     uuid.UUID  `db:"case_id"`
	Round      int        `db:"round"`
	Cell       string     `db:"cell"`
	Street     string     `db:"street"`
	AssigneeID *uuid.UUID `db:"assignee_id"` // nil: nobody could be found
	State      CheckState `db:"state"`
	AskedAt    time.Time  `db:"asked_at"`
	DueAt      *time.Time `db:"due_at"`
	AnsweredAt *time.Time `db:"answered_at"`
	Fixed      *bool      `db:"fixed"` // the grid worker's evidence
	Note       *string    `db:"note"`
	Point      *geo.Point `db:"point"` // where it was answered from, WGS 84
	DecidedBy  *uuid.UUID `db:"decided_by"`
	DecidedAt  *time.Time `db:"decided_at"`
}

// Event is one line of a case's timeline.
type Event struct {
	ID         uuid.UUID      `db:"id"`
	CaseID     uuid.UUID      `db:"case_id"`
	Round      int            `db:"round"`
	At         time.Time      `db:"at"`
	Kind       string         `db:"kind"`       // filed, routed, accepted, …, pressed
	ActorID    *uuid.UUID     `db:"actor_id"`   // nil: the platform, or a reporter
	ActorRole  string         `db:"actor_role"` // roles, "reporter", or the system's reason
	Detail     map[string]any `db:"detail"`     // codes, numbers, ids and what staff wrote
	DeadlineID *uuid.UUID     `db:"deadline_id"`
}
