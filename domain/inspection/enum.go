package inspection

import (
	"io"

	"gridwork/enum"
)

// ItemKind is how a question is answered.
type ItemKind string

const (
	PassFail ItemKind = "pass_fail"
	Number   ItemKind = "number" // in the item's unit
	Text     ItemKind = "text"
	OneOf    ItemKind = "choice"
	Photo    ItemKind = "photo"
)

// ItemKinds lists every kind.
var ItemKinds = []ItemKind{PassFail, Number, Text, OneOf, Photo}

// Severity is how grave a failed item is.
type Severity string

const (
	General Severity = "general" // 一般隐患
	Major   Severity = "major"   // 重大隐患
)

// Severities lists every severity, the milder first.
var Severities = []Severity{General, Major}

// CampaignState is how far a campaign has come.
type CampaignState string

const (
	Generating CampaignState = "generating" // its tasks are being made; those that are can be done
	Running    CampaignState = "running"
	Closed     CampaignState = "closed" // every task is done
)

// CampaignStates lists every state.
var CampaignStates = []CampaignState{Generating, Running, Closed}

// TaskState is how far a task has come.
type TaskState string

const (
	Open      TaskState = "open"
	Done      TaskState = "done"
	Cancelled TaskState = "cancelled"
)

// TaskStates lists every state.
var TaskStates = []TaskState{Open, Done, Cancelled}

// Outcome is how an item came out.
type Outcome string

const (
	Pass          Outcome = "pass"
	Fail          Outcome = "fail" // a finding
	NotApplicable Outcome = "not_applicable"
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{Pass, Fail, NotApplicable}

func (k ItemKind) MarshalGQL(w io.Writer)          { enum.Marshal(w, k) }
func (k *ItemKind) UnmarshalGQL(in any) error      { return enum.Unmarshal(k, in, ItemKinds) }
func (s Severity) MarshalGQL(w io.Writer)          { enum.Marshal(w, s) }
func (s *Severity) UnmarshalGQL(in any) error      { return enum.Unmarshal(s, in, Severities) }
func (s CampaignState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *CampaignState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, CampaignStates) }
func (s TaskState) MarshalGQL(w io.Writer)         { enum.Marshal(w, s) }
func (s *TaskState) UnmarshalGQL(in any) error     { return enum.Unmarshal(s, in, TaskStates) }
func (o Outcome) MarshalGQL(w io.Writer)           { enum.Marshal(w, o) }
func (o *Outcome) UnmarshalGQL(in any) error       { return enum.Unmarshal(o, in, Outcomes) }
