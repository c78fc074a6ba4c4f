package casework

import (
	"io"
	"slices"

	"gridwork/domain/routing"
	"gridwork/enum"
)

// State is where a case stands.
type State string

const (
	Filed           State = "filed"            // 已立案: waits for a department
	Routed          State = "routed"           // 已派遣: waits for its acceptance
	ReturnRequested State = "return_requested" // 申请退回: the department says "not ours"
	Working         State = "working"          // 处置中
	Suspended       State = "suspended"        // 挂账: every clock stands still
	Reported        State = "reported"         // 已处置: the department looks at it itself
	Checking        State = "checking"         // 核查中: somebody else looks at it on the spot
	Closed          State = "closed"           // 已结案
	Voided          State = "voided"           // 作废
	ForceClosed     State = "force_closed"     // 强制结案
)

// States lists every state, in the order of the work.
var States = []State{Filed, Routed, ReturnRequested, Working, Suspended, Reported, Checking, Closed, Voided, ForceClosed}

// Open reports whether somebody still owes work in the state.
func (s State) Open() bool { return s != Closed && s != Voided && s != ForceClosed }

// OpenStates lists the states in which work is owed.
func OpenStates() []State {
	return slices.DeleteFunc(slices.Clone(States), func(s State) bool { return !s.Open() })
}

// Source is what a case was filed from.
type Source string

const (
	FromClue       Source = "clue"       // 线索
	FromInspection Source = "inspection" // 巡查隐患
)

// Sources lists every source.
var Sources = []Source{FromClue, FromInspection}

// Because is why a round was opened.
type Because string

const (
	BecauseFiled      Because = "filed"
	BecauseReporter   Because = "reporter"   // the reporter says that it is not fixed
	BecauseSampling   Because = "sampling"   // a random re-inspection does
	BecauseSupervisor Because = "supervisor" // a supervisor does
	BecauseAssisting  Because = "assisting"  // a department assists in the parent
)

// Becauses lists every reason.
var Becauses = []Because{BecauseFiled, BecauseReporter, BecauseSampling, BecauseSupervisor, BecauseAssisting}

// Part is a department's in a case.
type Part string

const (
	Lead      Part = "lead"      // 主办
	Assisting Part = "assisting" // 协办
)

// Parts lists every part.
var Parts = []Part{Lead, Assisting}

// Decision is an answer to a return request.
type Decision string

const (
	Upheld   Decision = "upheld"   // 同意退回
	Rejected Decision = "rejected" // 不同意退回
)

// Decisions lists every decision.
var Decisions = []Decision{Upheld, Rejected}

// CheckState is how far a check has come.
type CheckState string

const (
	CheckOpen      CheckState = "open" // waits for the grid worker, or for the decision on the answer
	CheckPassed    CheckState = "passed"
	CheckFailed    CheckState = "failed"
	CheckCancelled CheckState = "cancelled"
)

// CheckStates lists every state of a check.
var CheckStates = []CheckState{CheckOpen, CheckPassed, CheckFailed, CheckCancelled}

// Trace is every routing rule that was tried, in order: why the case is where it is.
type Trace []routing.Tried

func (s State) MarshalGQL(w io.Writer)          { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error      { return enum.Unmarshal(s, in, States) }
func (s Source) MarshalGQL(w io.Writer)         { enum.Marshal(w, s) }
func (s *Source) UnmarshalGQL(in any) error     { return enum.Unmarshal(s, in, Sources) }
func (b Because) MarshalGQL(w io.Writer)        { enum.Marshal(w, b) }
func (b *Because) UnmarshalGQL(in any) error    { return enum.Unmarshal(b, in, Becauses) }
func (p Part) MarshalGQL(w io.Writer)           { enum.Marshal(w, p) }
func (p *Part) UnmarshalGQL(in any) error       { return enum.Unmarshal(p, in, Parts) }
func (d Decision) MarshalGQL(w io.Writer)       { enum.Marshal(w, d) }
func (d *Decision) UnmarshalGQL(in any) error   { return enum.Unmarshal(d, in, Decisions) }
func (s CheckState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *CheckState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, CheckStates) }
func (a Action) MarshalGQL(w io.Writer)         { enum.Marshal(w, a) }
func (a *Action) UnmarshalGQL(in any) error     { return enum.Unmarshal(a, in, AllActions()) }

func (s RederivationState) MarshalGQL(w io.Writer) { enum.Marshal(w, s) }
func (s *RederivationState) UnmarshalGQL(in any) error {
	return enum.Unmarshal(s, in, RederivationStates)
}
func (s DeadlineState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *DeadlineState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, DeadlineStates) }
