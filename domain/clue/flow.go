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
	DoMarkMalicious      Action = "mark_malicious"      // 恶意上报, by two persons
)

// Actions lists every action.
var Actions = []Action{
	DoAskVerification, DoAnswerVerification, DoFile, DoMerge, DoUnmerge,
	DoHandleOnSpot, DoRefuse, DoRefer, DoMarkMalicious,
}

// By says who an action is offered to.
type By string

const (
	ByTriage   By = "triage"   // dispatchers and duty leads of the clue's street
	ByAssignee By = "assignee" // the grid worker who was asked to verify
	ByTwo      By = "two"      // a duty lead and one more person
)

// Row is one line of the flow: in a state, somebody may do something, and the clue goes on.
type Row struct {
	From  State
	Do    Action
	To    State
	By    By
	Later bool // known, and not offered yet
}

// Flow is the whole life of a clue, as data.
var Flow = []Row{
	{From: Submitted, Do: DoAskVerification, To: Verifying, By: ByTriage},
	{From: Submitted, Do: DoFile, To: Filed, By: ByTriage},
	{From: Submitted, Do: DoMerge, To: Merged, By: ByTriage},
	{From: Submitted, Do: DoHandleOnSpot, To: HandledOnSpot, By: ByTriage},
	{From: Submitted, Do: DoRefuse, To: NotFiled, By: ByTriage},
	{From: Submitted, Do: DoRefer, To: Referred, By: ByTriage},
	{From: Submitted, Do: DoMarkMalicious, To: Malicious, By: ByTwo, Later: true},

	{From: Verifying, Do: DoAnswerVerification, To: Submitted, By: ByAssignee},
	// Whoever knows enough need not wait for the grid worker; the task is called off.
	{From: Verifying, Do: DoFile, To: Filed, By: ByTriage},
	{From: Verifying, Do: DoMerge, To: Merged, By: ByTriage},
	{From: Verifying, Do: DoHandleOnSpot, To: HandledOnSpot, By: ByTriage},
	{From: Verifying, Do: DoRefuse, To: NotFiled, By: ByTriage},
	{From: Verifying, Do: DoRefer, To: Referred, By: ByTriage},
	{From: Verifying, Do: DoMarkMalicious, To: Malicious, By: ByTwo, Later: true},

	{From: Merged, Do: DoUnmerge, To: Submitted, By: ByTriage},
}

// Next is where an action leads from a state: ACTION_NOT_POSSIBLE where it is not offered there.
func Next(from State, do Action) (State, error) {
	for _, row := range Flow {
		if row.From == from && row.Do == do && !row.Later {
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
		if row.From == c.State && row.By == ByTriage && !row.Later && viewer.May(actor.Triage, c.Street, "") {
			offered = append(offered, row.Do)
		}
	}
	return offered
}
