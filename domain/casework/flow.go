package casework

import (
	"slices"

	"gridwork/actor"
	"gridwork/domain/escalation"
)

// Action is something that can be done to a case.
type Action string

const (
	DoRouteByRules   Action = "route_by_rules"    // 派遣
	DoRoute          Action = "route"             // 人工派遣
	DoRecall         Action = "recall"            // 收回
	DoAccept         Action = "accept"            // 接件
	DoDeemAccepted   Action = "deem_accepted"     // 逾期视为接件
	DoReturn         Action = "return"            // 申请退回
	DoUpholdReturn   Action = "uphold_return"     // 同意退回
	DoRejectReturn   Action = "reject_return"     // 不同意退回
	DoNameHandler    Action = "name_handler"      // 指定处置人员
	DoResume         Action = "resume"            // 解挂
	DoReport         Action = "report"            // 处置反馈
	DoSendBack       Action = "send_back"         // 自查退回
	DoSubmitForCheck Action = "submit_for_check"  // 提交核查
	DoAssignCheck    Action = "assign_check"      // 改派核查
	DoAnswerCheck    Action = "answer_check"      // 核查反馈
	DoPass           Action = "pass"              // 结案
	DoFail           Action = "fail"              // 返工
	DoCloseJoint     Action = "close_joint"       // 协办办结后结案
	DoOrder          Action = "order_supervision" // 督办
	DoReopen         Action = "reopen"            // 重新立案

	// What one person asks for and another one decides 申请.
	DoAskSuspension    Action = "ask_suspension"     // 申请挂账
	DoSuspend          Action = "suspend"            // 同意挂账
	DoRefuseSuspension Action = "refuse_suspension"  // 不同意挂账
	DoAskExtension     Action = "ask_extension"      // 申请延期
	DoExtend           Action = "extend"             // 同意延期
	DoRefuseExtension  Action = "refuse_extension"   // 不同意延期
	DoAskVoid          Action = "ask_void"           // 申请作废
	DoVoid             Action = "void"               // 同意作废
	DoRefuseVoid       Action = "refuse_void"        // 不同意作废
	DoAskForceClose    Action = "ask_force_close"    // 申请强制结案
	DoForceClose       Action = "force_close"        // 同意强制结案
	DoRefuseForceClose Action = "refuse_force_close" // 不同意强制结案
	DoWithdraw         Action = "withdraw_request"   // 撤回申请

	// Of joint cases 联合处置.
	DoAddAssisting    Action = "add_assisting"     // 增加协办
	DoVoidChild       Action = "void_child"        // 随主办件作废
	DoForceCloseChild Action = "force_close_child" // 随主办件强制结案

	// Of restricted cases 受限案件.
	DoNameReaders  Action = "name_readers"  // 指定知情人
	DoRemoveReader Action = "remove_reader" // 撤销知情人

	// Of disputes 矛盾纠纷.
	DoGuide   Action = "record_guidance"  // 引导
	DoMediate Action = "record_mediation" // 调解
)

// Party is who may act: a role that the actor holds where the case lies, or one of the others.
type Party string

const (
	Dispatcher     = Party(actor.Dispatcher)
	DutyLead       = Party(actor.DutyLead)
	DepartmentDesk = Party(actor.DepartmentDesk) // of the lead department
	Handler        = Party(actor.Handler)        // the very one who is named in the case
	GridWorker     = Party(actor.GridWorker)     // the very one who was asked to check
	Supervisor     = Party(actor.Supervisor)
	Platform       = Party("platform") // the rules, the clocks
	Reporter       = Party("reporter") // whoever proved to be behind one of the case's clues
	Asker          = Party("asker")    // whoever asked for what is open
)

// returnsMost in a round: after the second the owner keeps the case 首接负责.
const returnsMost = 2

// Row of the table: from a state, an action by one of the parties leads to a state, if its guard holds.
type Row struct {
	From   State
	Do     Action
	To     State
	By     []Party
	Guard  Guard
	Of     RequestKind // the open request that the row decides, which whoever asked may not, or that its asker withdraws
	Starts []escalation.Stage
	Stops  []escalation.Stage // leaving for a state without work stops all
	Event  string             // what the timeline calls it
	Waits  bool               // nothing of its own is left to do there: the case waits for its children
}

var (
	street = []Party{Dispatcher, DutyLead}
	desk   = []Party{DepartmentDesk}
	system = []Party{Platform}

	toDepartment = []escalation.Stage{escalation.Accept, escalation.Dispose} // the disposal clock starts at dispatch
	dispatch     = []escalation.Stage{escalation.Dispatch}
	acceptance   = []escalation.Stage{escalation.Accept}
	quality      = []escalation.Stage{escalation.Quality}
	check        = []escalation.Stage{escalation.Check}
)

// Flow is the whole of what can happen to a case, domain.md's state table as data.
var Flow = append([]Row{
	{From: Filed, Do: DoRouteByRules, To: Routed, By: system, Starts: toDepartment, Stops: dispatch, Event: "routed"},
	{From: Filed, Do: DoRoute, To: Routed, By: street, Starts: toDepartment, Stops: dispatch, Event: "routed"},

	{From: Routed, Do: DoRecall, To: Filed, By: street, Guard: reasonGiven, Starts: dispatch, Stops: toDepartment, Event: "recalled"},
	{From: Routed, Do: DoAccept, To: Working, By: desk, Guard: handlerNamed, Stops: acceptance, Event: "accepted"},
	{From: Routed, Do: DoDeemAccepted, To: Working, By: system, Stops: acceptance, Event: "deemed_accepted"},
	{From: Routed, Do: DoReturn, To: ReturnRequested, By: desk, Guard: mayReturn, Starts: dispatch, Stops: acceptance, Event: "return_requested"},

	// Nothing stops the disposal clock while a return is argued about: only when the case really leaves the department.
	{From: ReturnRequested, Do: DoUpholdReturn, To: Filed, By: street, Guard: firstReturn, Stops: disposal, Event: "return_upheld"},
	{From: ReturnRequested, Do: DoUpholdReturn, To: Filed, By: []Party{DutyLead}, Guard: secondReturn, Stops: disposal, Event: "return_upheld"},
	{From: ReturnRequested, Do: DoRejectReturn, To: Routed, By: street, Guard: firstReturn, Starts: acceptance, Stops: dispatch, Event: "return_rejected"},
	{From: ReturnRequested, Do: DoRejectReturn, To: Routed, By: []Party{DutyLead}, Guard: secondReturn, Starts: acceptance, Stops: dispatch, Event: "return_rejected"},

	{From: Working, Do: DoNameHandler, To: Working, By: desk, Guard: handlerNamed, Event: "handler_named"},
	{From: Working, Do: DoAskSuspension, To: Working, By: desk, Guard: maySuspend, Event: "suspension_asked"},
	{From: Working, Do: DoSuspend, To: Suspended, By: street, Guard: asked(Suspension), Of: Suspension, Event: "suspended"},
	{From: Working, Do: DoRefuseSuspension, To: Working, By: street, Guard: asked(Suspension), Of: Suspension, Event: "suspension_refused"},
	{From: Working, Do: DoWithdraw, To: Working, By: []Party{Asker}, Of: Suspension, Event: "request_withdrawn"},
	{From: Suspended, Do: DoResume, To: Working, By: system, Event: "resumed"},
	{From: Suspended, Do: DoResume, To: Working, By: street, Guard: reasonGiven, Event: "resumed"},
	{From: Working, Do: DoAskExtension, To: Working, By: desk, Guard: mayExtend, Event: "extension_asked"},
	{From: Working, Do: DoExtend, To: Working, By: street, Guard: asked(Extension), Of: Extension, Event: "extended"},
	{From: Working, Do: DoRefuseExtension, To: Working, By: street, Guard: asked(Extension), Of: Extension, Event: "extension_refused"},
	{From: Working, Do: DoWithdraw, To: Working, By: []Party{Asker}, Of: Extension, Event: "request_withdrawn"},
	{From: Working, Do: DoReport, To: Reported, By: []Party{Handler}, Guard: disposalShown, Starts: quality, Event: "disposal_reported"},

	// The department's own quality check is on its own time: the disposal clock stops when it hands the case on.
	{From: Reported, Do: DoSendBack, To: Working, By: desk, Guard: reasonGiven, Stops: quality, Event: "sent_back"},
	{From: Reported, Do: DoSubmitForCheck, To: Checking, By: []Party{DepartmentDesk, Platform}, Starts: check,
		Stops: []escalation.Stage{escalation.Quality, escalation.Dispose}, Event: "check_asked"},

	{From: Checking, Do: DoAssignCheck, To: Checking, By: street, Guard: unanswered, Event: "check_assigned"},
	{From: Checking, Do: DoAnswerCheck, To: Checking, By: []Party{GridWorker}, Guard: unanswered, Event: "check_answered"},
	{From: Checking, Do: DoPass, To: Closed, By: street, Guard: seenFixed, Event: "closed"},
	{From: Checking, Do: DoPass, To: Checking, By: street, Guard: fixedFirst, Stops: []escalation.Stage{escalation.Check, escalation.Total},
		Event: "own_part_passed", Waits: true},
	{From: Checking, Do: DoCloseJoint, To: Closed, By: system, Guard: lastChildOver, Event: "closed"},
	{From: Checking, Do: DoFail, To: Routed, By: street, Guard: answered, Starts: toDepartment, Stops: check, Event: "check_failed"},

	{From: Closed, Do: DoReopen, To: Filed, By: []Party{Reporter}, Guard: withinWindow, Starts: afresh, Event: "reopened"},
	{From: Closed, Do: DoReopen, To: Filed, By: []Party{Supervisor}, Guard: foundBySampling, Starts: afresh, Event: "reopened"},
	{From: Closed, Do: DoReopen, To: Filed, By: []Party{Supervisor}, Guard: reopenable, Starts: afresh, Event: "reopened"},
}, slices.Concat(whileOpen(), joint(), named(), disputes())...)

var (
	disposal = []escalation.Stage{escalation.Dispose}
	afresh   = []escalation.Stage{escalation.Dispatch, escalation.Total}
)

// whileOpen: in any open state a duty lead and one more person end a case, and a supervisor orders a written reply, but
// of a suspended one.
func whileOpen() []Row {
	leads, either := []Party{DutyLead}, []Party{DutyLead, Supervisor}
	var rows []Row
	for _, s := range OpenStates() {
		if s != Suspended {
			rows = append(rows, Row{From: s, Do: DoOrder, To: s, By: []Party{Supervisor}, Guard: orderSaid, Event: "supervision_ordered"})
		}
		rows = append(rows,
			Row{From: s, Do: DoAskVoid, To: s, By: leads, Guard: unasked(Voiding), Event: "void_asked"},
			Row{From: s, Do: DoVoid, To: Voided, By: either, Guard: asked(Voiding), Of: Voiding, Event: "voided"},
			Row{From: s, Do: DoRefuseVoid, To: s, By: either, Guard: asked(Voiding), Of: Voiding, Event: "void_refused"},
			Row{From: s, Do: DoWithdraw, To: s, By: []Party{Asker}, Of: Voiding, Event: "request_withdrawn"},
			Row{From: s, Do: DoAskForceClose, To: s, By: leads, Guard: unasked(ForcedClosing), Event: "force_close_asked"},
			Row{From: s, Do: DoForceClose, To: ForceClosed, By: either, Guard: asked(ForcedClosing), Of: ForcedClosing, Event: "force_closed"},
			Row{From: s, Do: DoRefuseForceClose, To: s, By: either, Guard: asked(ForcedClosing), Of: ForcedClosing, Event: "force_close_refused"},
			Row{From: s, Do: DoWithdraw, To: s, By: []Party{Asker}, Of: ForcedClosing, Event: "request_withdrawn"})
	}
	return rows
}

// joint: a case that is with a department may get assisting ones, each with a child of its own; what ends the parent ends
// its children.
func joint() []Row {
	var rows []Row
	for _, s := range OpenStates() {
		if s != Filed { // who assists is said with the dispatch
			rows = append(rows, Row{From: s, Do: DoAddAssisting, To: s, By: street, Guard: isParent, Event: "assisting_added"})
		}
		rows = append(rows,
			Row{From: s, Do: DoVoidChild, To: Voided, By: system, Guard: isChild, Event: "voided"},
			Row{From: s, Do: DoForceCloseChild, To: ForceClosed, By: system, Guard: isChild, Event: "force_closed"})
	}
	return rows
}

// named: who may know of a restricted case is said as long as there is one.
func named() []Row {
	var rows []Row
	for _, s := range States {
		rows = append(rows,
			Row{From: s, Do: DoNameReaders, To: s, By: []Party{DutyLead}, Guard: isRestricted, Event: "readers_named"},
			Row{From: s, Do: DoRemoveReader, To: s, By: []Party{DutyLead}, Guard: isRestricted, Event: "reader_removed"})
	}
	return rows
}

// disputes: whoever works on one writes down what was tried.
func disputes() []Row {
	workers := []Party{DepartmentDesk, Handler}
	return []Row{
		{From: Working, Do: DoGuide, To: Working, By: workers, Guard: isDispute, Event: "guided"},
		{From: Working, Do: DoMediate, To: Working, By: workers, Guard: isDispute, Event: "mediated"},
	}
}

// AllActions lists every action once, in the order of the table.
func AllActions() []Action {
	var all []Action
	seen := map[Action]bool{}
	for _, row := range Flow {
		if !seen[row.Do] {
			seen[row.Do] = true
			all = append(all, row.Do)
		}
	}
	return all
}
