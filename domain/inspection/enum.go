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

// Places is what is visited.
type Places string

const (
	OfCells    Places = "cells"
	OfPremises Places = "premises" // 场所
)

// AllPlaces lists what can be visited.
var AllPlaces = []Places{OfCells, OfPremises}

// count is the statement that counts them, street by street.
func (p Places) count() string {
	if p == OfCells {
		return countCellsSQL
	}
	return countPremisesSQL
}

// Unit is what a period is made of.
type Unit string

const (
	Days   Unit = "day"
	Weeks  Unit = "week"
	Months Unit = "month"
)

// Units lists every unit.
var Units = []Unit{Days, Weeks, Months}

// CampaignState is how far a campaign has come.
type CampaignState string

const (
	Generating CampaignState = "generating" // its tasks are being made; those that are can be done
	Running    CampaignState = "running"
	Ending     CampaignState = "ending" // nobody has to do what is open any more
	Closed     CampaignState = "closed" // every task is done, or will not be
)

// CampaignStates lists every state.
var CampaignStates = []CampaignState{Generating, Running, Ending, Closed}

// TaskState is how far a task has come.
type TaskState string

const (
	Open      TaskState = "open"
	Done      TaskState = "done"
	Cancelled TaskState = "cancelled" // its campaign was closed before: not reached
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

func (p Places) MarshalGQL(w io.Writer)            { enum.Marshal(w, p) }
func (p *Places) UnmarshalGQL(in any) error        { return enum.Unmarshal(p, in, AllPlaces) }
func (u Unit) MarshalGQL(w io.Writer)              { enum.Marshal(w, u) }
func (u *Unit) UnmarshalGQL(in any) error          { return enum.Unmarshal(u, in, Units) }
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
