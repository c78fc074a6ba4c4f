package clue

import (
	"gridwork/actor"
	"gridwork/fault"
)

// Action is what can be done to a clue.
type Action string

const (
	DoAskVerification    Action = "ask_verification"    // 核实: have the cell's grid worker look
	DoAnswerVerification Action = "answer_verification" // by the grid worker who was asked
	DoFile               Action = "file"                // 立案
	DoMerge              Action = "merge"               // 并案: join a case that is there
	DoUnmerge            Action = "unmerge"             // 拆分: look at it on its own again
	DoHandleOnSpot       Action = "handle_on_spot"      // 即办
	DoRefuse             Action = "refuse"              // 不予立案, with the reason
	DoRefer              Action = "refer"               // 转办 to 119, 110 or another system
	DoRestrict           Action = "restrict"            // 设为受限: for named people alone
	DoAskMalicious       Action = "ask_malicious"       // 提请认定恶意上报
	DoMarkMalicious      Action = "mark_malicious"      // 认定恶意上报, by another person
	DoRefuseMalicious    Action = "refuse_malicious"    // 不予认定
	DoWithdrawMalicious  Action = "withdraw_malicious"  // 撤回提请
)

// Actions lists every action.
var Actions = []Action{
	DoAskVerification, DoAnswerVerification, DoFile, DoMerge, DoUnmerge, DoHandleOnSpot, DoRefuse, DoRefer, DoRestrict,
	DoAskMalicious, DoMarkMalicious, DoRefuseMalicious, DoWithdrawMalicious,
}

// By says who an action is offered to.
type By string

const (
	ByTriage   By = "triage"   // dispatchers and duty leads of the clue's street
	ByAssignee By = "assignee" // the grid worker who was asked to verify
	ByLead     By = "lead"     // a duty lead of the street, while nobody has asked
	ByTwo      By = "two"      // another duty lead than the one who has asked, or a supervisor
	ByAsker    By = "asker"    // the duty lead who has asked
)

// Row is one line of the flow: in a state, somebody may do something, and the clue goes on.
type Row struct {
	From State
	Do   Action
	To   State
	By   By
}

// Flow is the whole life of a clue, as data.
var Flow = append(append([]Row{
	{From: Submitted, Do: DoAskVerification, To: Verifying, By: ByTriage},
	{From: Verifying, Do: DoAnswerVerification, To: Submitted, By: ByAssignee},
}, append(waiting(Submitted), waiting(Verifying)...)...),
	Row{From: Merged, Do: DoUnmerge, To: Submitted, By: ByTriage})

// waiting is what can be decided about a clue. Whoever knows enough need not wait for the grid worker: the task is called off.
func waiting(s State) []Row {
	return []Row{
		{From: s, Do: DoFile, To: Filed, By: ByTriage},
		{From: s, Do: DoMerge, To: Merged, By: ByTriage},
		{From: s, Do: DoHandleOnSpot, To: HandledOnSpot, By: ByTriage},
		{From: s, Do: DoRefuse, To: NotFiled, By: ByTriage},
		{From: s, Do: DoRefer, To: Referred, By: ByTriage},
		{From: s, Do: DoRestrict, To: s, By: ByTriage},
		{From: s, Do: DoAskMalicious, To: s, By: ByLead},
		{From: s, Do: DoMarkMalicious, To: Malicious, By: ByTwo},
		{From: s, Do: DoRefuseMalicious, To: s, By: ByTwo},
		{From: s, Do: DoWithdrawMalicious, To: s, By: ByAsker},
	}
}

// Next is where an action leads from a state: ACTION_NOT_POSSIBLE where it is not offered there.
func Next(from State, do Action) (State, error) {
	for _, row := range Flow {
		if row.From == from && row.Do == do {
			return row.To, nil
		}
	}
	return "", fault.Conflict(CodeNotPossible, "a clue that is %s cannot be changed this way", from)
}

// Actions are what this viewer is offered for the clue, in the order of the flow. Answering a verification is offered
// on its task, not here.
func (c Clue) Actions(viewer *actor.Actor) []Action {
	var offered []Action
	for _, row := range Flow {
		if row.From == c.State && row.By.is(c, viewer) && c.holds(row.Do) == nil {
			offered = append(offered, row.Do)
		}
	}
	return offered
}

// offers reports whether the viewer is one of those who may do it, where it is possible at all.
func (c Clue) offers(do Action, viewer *actor.Actor) bool {
	for _, row := range Flow {
		if row.Do == do {
			return row.By.is(c, viewer)
		}
	}
	return false
}

// is reports whether the viewer is such a person.
func (b By) is(c Clue, viewer *actor.Actor) bool {
	lead := viewer.As(actor.DutyLead, c.Street, "")
	asked := c.MaliceAskedBy != nil && *c.MaliceAskedBy == viewer.ID
	switch b {
	case ByTriage:
		return viewer.May(actor.Triage, c.Street, "")
	case ByLead:
		return lead
	case ByTwo:
		return !asked && (lead || viewer.As(actor.Supervisor, c.Street, ""))
	case ByAsker:
		return lead && (asked || c.MaliceAskedBy == nil)
	}
	return false
}

// holds refuses what the clue does not need, or what nobody has asked for.
func (c Clue) holds(do Action) error {
	open := c.MaliceAskedBy != nil
	switch do {
	case DoRestrict:
		if c.Restricted {
			return fault.Conflict(CodeNotPossible, "this clue is restricted already")
		}
	case DoAskMalicious:
		if open {
			return fault.Conflict(CodeNotPossible, "this was asked for already")
		}
	case DoMarkMalicious, DoRefuseMalicious, DoWithdrawMalicious:
		if !open {
			return fault.Conflict(CodeNotPossible, "nobody has asked for this")
		}
	}
	return nil
}

// allows is Next with what the clue itself says about it.
func (c Clue) allows(do Action) error {
	if _, err := Next(c.State, do); err != nil {
		return err
	}
	return c.holds(do)
}
