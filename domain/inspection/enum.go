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
	// What the first handhelds do not know: see Item.First.
	Several   ItemKind = "choices"   // one or more of the item's choices
	Signature ItemKind = "signature" // 签名: a picture, sealed
	Location  ItemKind = "location"  // 定位: a position of its own, such as of the gas valve
	Note      ItemKind = "note"      // words to read, with no answer
)

// ItemKinds lists every kind.
var ItemKinds = []ItemKind{PassFail, Number, Text, OneOf, Photo, Several, Signature, Location, Note}

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

// CameBy is how a task came to whoever has it.
type CameBy string

const (
	Made       CameBy = "made"        // with its campaign
	Claimed    CameBy = "claimed"     // by themselves
	HandedOver CameBy = "handed_over" // by a colleague, whose offer they accepted
	Assigned   CameBy = "assigned"    // by a dispatcher
)

// CameBys lists every way.
var CameBys = []CameBy{Made, Claimed, HandedOver, Assigned}

// Hindrance is why a task is given back.
type Hindrance string

const (
	NobodyThere    Hindrance = "nobody_there"  // 无人
	RefusedEntry   Hindrance = "refused_entry" // 拒绝入内
	ClosedDown     Hindrance = "closed_down"   // 已停业或不存在
	Unsafe         Hindrance = "unsafe"        // 不安全
	NotMine        Hindrance = "not_mine"      // 不属本网格
	NoTime         Hindrance = "no_time"       // 来不及
	OtherHindrance Hindrance = "other"         // said in the note
)

// Hindrances lists every reason.
var Hindrances = []Hindrance{NobodyThere, RefusedEntry, ClosedDown, Unsafe, NotMine, NoTime, OtherHindrance}

// UnreachedReason is why a task was not reached: what it was given back for last, or that nobody had it, or that whoever had
// it did not do it.
type UnreachedReason string

// UnreachedReasons lists every reason.
var UnreachedReasons = []UnreachedReason{"nobody_there", "refused_entry", "closed_down", "unsafe", "not_mine", "no_time", "other", "unassigned", "not_done"}

// TaskEventKind is what became of a task.
type TaskEventKind string

// TaskEventKinds lists every kind.
var TaskEventKinds = []TaskEventKind{"claimed", "offered", "accepted", "declined", "withdrawn", "given_back", "assigned"}

// TaskAction is what somebody may do with a task.
type TaskAction string

const (
	DoSubmit        TaskAction = "submit"
	DoClaim         TaskAction = "claim"
	DoOffer         TaskAction = "offer"
	DoWithdrawOffer TaskAction = "withdraw_offer"
	DoAnswerOffer   TaskAction = "answer_offer"
	DoGiveBack      TaskAction = "give_back"
	DoAssign        TaskAction = "assign"
)

// TaskActions lists every action.
var TaskActions = []TaskAction{DoSubmit, DoClaim, DoOffer, DoWithdrawOffer, DoAnswerOffer, DoGiveBack, DoAssign}

// Outcome is how an item came out.
type Outcome string

const (
	Pass          Outcome = "pass"
	Fail          Outcome = "fail" // a finding
	NotApplicable Outcome = "not_applicable"
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{Pass, Fail, NotApplicable}

func (p Places) MarshalGQL(w io.Writer)              { enum.Marshal(w, p) }
func (p *Places) UnmarshalGQL(in any) error          { return enum.Unmarshal(p, in, AllPlaces) }
func (u Unit) MarshalGQL(w io.Writer)                { enum.Marshal(w, u) }
func (u *Unit) UnmarshalGQL(in any) error            { return enum.Unmarshal(u, in, Units) }
func (k ItemKind) MarshalGQL(w io.Writer)            { enum.Marshal(w, k) }
func (k *ItemKind) UnmarshalGQL(in any) error        { return enum.Unmarshal(k, in, ItemKinds) }
func (s Severity) MarshalGQL(w io.Writer)            { enum.Marshal(w, s) }
func (s *Severity) UnmarshalGQL(in any) error        { return enum.Unmarshal(s, in, Severities) }
func (s CampaignState) MarshalGQL(w io.Writer)       { enum.Marshal(w, s) }
func (s *CampaignState) UnmarshalGQL(in any) error   { return enum.Unmarshal(s, in, CampaignStates) }
func (s TaskState) MarshalGQL(w io.Writer)           { enum.Marshal(w, s) }
func (s *TaskState) UnmarshalGQL(in any) error       { return enum.Unmarshal(s, in, TaskStates) }
func (o Outcome) MarshalGQL(w io.Writer)             { enum.Marshal(w, o) }
func (o *Outcome) UnmarshalGQL(in any) error         { return enum.Unmarshal(o, in, Outcomes) }
func (c CameBy) MarshalGQL(w io.Writer)              { enum.Marshal(w, c) }
func (c *CameBy) UnmarshalGQL(in any) error          { return enum.Unmarshal(c, in, CameBys) }
func (h Hindrance) MarshalGQL(w io.Writer)           { enum.Marshal(w, h) }
func (h *Hindrance) UnmarshalGQL(in any) error       { return enum.Unmarshal(h, in, Hindrances) }
func (k TaskEventKind) MarshalGQL(w io.Writer)       { enum.Marshal(w, k) }
func (k *TaskEventKind) UnmarshalGQL(in any) error   { return enum.Unmarshal(k, in, TaskEventKinds) }
func (a TaskAction) MarshalGQL(w io.Writer)          { enum.Marshal(w, a) }
func (a *TaskAction) UnmarshalGQL(in any) error      { return enum.Unmarshal(a, in, TaskActions) }
func (u UnreachedReason) MarshalGQL(w io.Writer)     { enum.Marshal(w, u) }
func (u *UnreachedReason) UnmarshalGQL(in any) error { return enum.Unmarshal(u, in, UnreachedReasons) }
