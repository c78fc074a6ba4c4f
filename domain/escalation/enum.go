package escalation

import (
	"io"

	"gridwork/enum"
)

// Stage is the part of the work that a clock measures.
type Stage string

const (
	Verify   Stage = "verify"   // 核实: a clue is looked at on the spot
	File     Stage = "file"     // 立案: a clue is decided on
	Dispatch Stage = "dispatch" // 派遣: a filed case reaches a department
	Accept   Stage = "accept"   // 接件: the department accepts; silence past it counts as acceptance
	Dispose  Stage = "dispose"  // 处置: from dispatch until the disposal is reported
	Quality  Stage = "quality"  // 自查: the department's own look at what was reported
	Check    Stage = "check"    // 核查: a grid worker looks whether it is really fixed
	Total    Stage = "total"    // 全程: from filing to closing
	Reply    Stage = "reply"    // 督办回复: a written reply to a supervision order
	Alarm    Stage = "alarm"    // 求助: somebody has called for help, until it is over
)

// Stages lists every stage in the order of the work.
var Stages = []Stage{Verify, File, Dispatch, Accept, Dispose, Quality, Check, Total, Reply, Alarm}

// OfClue reports whether the stage's clocks run for a clue, before there is a case.
func (s Stage) OfClue() bool { return s == Verify || s == File }

// Action is what a step does to press on.
type Action string

const (
	Remind                 Action = "remind"                  // 催办: a message
	RequireAcknowledgement Action = "require_acknowledgement" // a message that has to be acknowledged
	Reassign               Action = "reassign"                // asks the audience to give the work to somebody else
	SupervisionOrder       Action = "supervision_order"       // 督办: an order that has to be acknowledged and replied to
	RaisePriority          Action = "raise_priority"          // the case moves up one priority, and the audience is told
	YellowCard             Action = "yellow_card"             // 黄牌 against the department that is late
	RedCard                Action = "red_card"                // 红牌
	DeemAccepted           Action = "deem_accepted"           // the case counts as accepted by silence
	SubmitForCheck         Action = "submit_for_check"        // the reported disposal goes to the check by itself
)

// Actions lists every action, mildest first.
var Actions = []Action{Remind, RequireAcknowledgement, Reassign, SupervisionOrder, RaisePriority, YellowCard, RedCard,
	DeemAccepted, SubmitForCheck}

// IsTransition reports whether the action moves the case on by itself.
func (a Action) IsTransition() bool { return a == DeemAccepted || a == SubmitForCheck }

// NeedsAck reports whether whoever is told has to acknowledge it.
func (a Action) NeedsAck() bool {
	return a == RequireAcknowledgement || a == Reassign || a == SupervisionOrder || a == RedCard
}

// IsNagging reports whether the action only says again that something is owed: whoever has acknowledged it may be spared
// for a while. Orders, cards, priorities and transitions are news each time.
func (a Action) IsNagging() bool {
	return a == Remind || a == RequireAcknowledgement || a == Reassign
}

// RestsOnTime reports whether the action is only just because time has really run out: a card, or a transition by
// silence. Such a step is never brought forward because nobody was there to hear the one before it.
func (a Action) RestsOnTime() bool { return a.IsTransition() || a == YellowCard || a == RedCard }

// Level says how far up an audience is looked for, from the cell in which the work lies.
type Level string

const (
	Named     Level = "named"     // the very person: the case's handler, or the grid worker of the open check or verification
	Community Level = "community" // 社区
	Street    Level = "street"    // 街道
	District  Level = "district"  // 区
	City      Level = "city"      // 市
)

// Levels lists every level, nearest first.
var Levels = []Level{Named, Community, Street, District, City}

// codeLength is how many digits of a cell's code name the region of the level.
var codeLength = map[Level]int{Community: 12, Street: 9, District: 6, City: 4}

// Quiet says whether a step's messages may be held back for the night, bundled and capped.
// Limits in urgent hours know no quiet, whatever the step says.
type Quiet string

const (
	Respect Quiet = "respect" // quiet hours, bundling and caps hold
	Break   Quiet = "break"   // the message goes out at once
)

// Quiets lists every quiet rule.
var Quiets = []Quiet{Respect, Break}

// Occasion is something that happens to a case and may press by itself, whatever the time.
type Occasion string

const (
	Unaccepted Occasion = "unaccepted" // the department kept silent past the accept clock
	Returned   Occasion = "returned"   // the n-th return request 退回 of the round
	Reworked   Occasion = "reworked"   // the n-th failed check 返工 of the round
	Merged     Occasion = "merged"     // the n-th clue stands behind the case
	Silent     Occasion = "silent"     // the n-th acknowledgement of the stage ran out and nothing had happened to the case
)

// Occasions lists every occasion.
var Occasions = []Occasion{Unaccepted, Returned, Reworked, Merged, Silent}

func (s Stage) MarshalGQL(w io.Writer)        { enum.Marshal(w, s) }
func (s *Stage) UnmarshalGQL(in any) error    { return enum.Unmarshal(s, in, Stages) }
func (a Action) MarshalGQL(w io.Writer)       { enum.Marshal(w, a) }
func (a *Action) UnmarshalGQL(in any) error   { return enum.Unmarshal(a, in, Actions) }
func (l Level) MarshalGQL(w io.Writer)        { enum.Marshal(w, l) }
func (l *Level) UnmarshalGQL(in any) error    { return enum.Unmarshal(l, in, Levels) }
func (q Quiet) MarshalGQL(w io.Writer)        { enum.Marshal(w, q) }
func (q *Quiet) UnmarshalGQL(in any) error    { return enum.Unmarshal(q, in, Quiets) }
func (o Occasion) MarshalGQL(w io.Writer)     { enum.Marshal(w, o) }
func (o *Occasion) UnmarshalGQL(in any) error { return enum.Unmarshal(o, in, Occasions) }
