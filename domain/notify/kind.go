package notify

import (
	"io"

	"gridwork/enum"
)

// Kind is what a message tells. Its texts, and the params that they use, are in texts.go.
type Kind string

// To the people who work on clues and cases.
const (
	CaseAssigned      Kind = "case_assigned"      // to a department's desk: a case is theirs
	CaseRecalled      Kind = "case_recalled"      // to a department's desk: it is theirs no more
	NoRule            Kind = "no_rule"            // to dispatchers: no rule decides where a case goes
	CaseReturned      Kind = "case_returned"      // to dispatchers or the duty lead: a department says "not ours"
	ReturnDecided     Kind = "return_decided"     // to the department that asked
	HandlerNamed      Kind = "handler_named"      // to the handler of an accepted case
	DisposalReported  Kind = "disposal_reported"  // to the desk: look at what was reported
	DisposalSentBack  Kind = "disposal_sent_back" // to the handler: not good enough
	CheckAsked        Kind = "check_asked"        // to the grid worker who checks on the spot
	CheckAnswered     Kind = "check_answered"     // to dispatchers: decide
	CheckFailed       Kind = "check_failed"       // to the desk: not fixed, the work starts again
	CaseClosed        Kind = "case_closed"        // to those who worked on it
	CaseReopened      Kind = "case_reopened"      // to those who worked on it
	CasePressed       Kind = "case_pressed"       // a ladder's step: time runs out, or has
	OrderMade         Kind = "order_made"         // to those who owe a written reply
	OrderReplied      Kind = "order_replied"      // to who ordered, or supervisors: here it is
	OrderAccepted     Kind = "order_accepted"     // to those who replied
	OrderAskedAgain   Kind = "order_asked_again"  // to those who replied: they owe another one
	RequestAsked      Kind = "request_asked"      // to who decides: a suspension, an extension, an ending is asked for
	RequestDecided    Kind = "request_decided"    // to who asked, and to the handler
	CaseResumed       Kind = "case_resumed"       // to those who work on it: the suspension is over
	CaseEnded         Kind = "case_ended"         // to those who worked on it: voided, or closed by force
	AppealAsked       Kind = "appeal_asked"       // to supervisors: a department appeals against a lateness
	AppealDecided     Kind = "appeal_decided"     // to the department that appealed
	ClueSubmitted     Kind = "clue_submitted"     // to dispatchers: an urgent clue came in
	VerifyAsked       Kind = "verify_asked"       // to the grid worker who verifies on the spot
	VerifyAnswered    Kind = "verify_answered"    // to dispatchers: decide
	CluePressed       Kind = "clue_pressed"       // a ladder's step of a clue's clock
	MaliceAsked       Kind = "malice_asked"       // to who decides: a duty lead asks for a clue to be marked malicious
	MaliceDecided     Kind = "malice_decided"     // to the duty lead who asked
	TaskAssigned      Kind = "task_assigned"      // to a grid worker: a campaign's tasks, all in one
	TaskOffered       Kind = "task_offered"       // to a grid worker: a colleague asks them to take a task over
	OfferAnswered     Kind = "offer_answered"     // to the grid worker who offered it
	TaskGivenBack     Kind = "task_given_back"    // to dispatchers: nobody has it now
	TaskGiven         Kind = "task_given"         // to a grid worker: a dispatcher gave them a task
	TaskTaken         Kind = "task_taken"         // to a grid worker: a task is somebody else's now
	CampaignReady     Kind = "campaign_ready"     // to who started it: every task is made
	CampaignClosed    Kind = "campaign_closed"    // to who started it: every task is done
	ReinspectionAsked Kind = "reinspection_asked" // to a grid worker: closed cases to look at again, all in one
	ReinspectionFound Kind = "reinspection_found" // to who drew the sample: a case was found not fixed, confirm it
	SampleDone        Kind = "sample_done"        // to who drew it: every case was looked at
	AlarmRaised       Kind = "alarm_raised"       // to colleagues near by, duty leads, dispatchers: somebody has called for help
	AlarmOverdue      Kind = "alarm_overdue"      // to the same: somebody did not come back in time, and says nothing
	AlarmAnswered     Kind = "alarm_answered"     // to whoever called for help: somebody is on the way
	AlarmEnded        Kind = "alarm_ended"        // to those who were told, and to whoever called: it is over
	CalendarEnds      Kind = "calendar_ends"      // to administrators, daily: the next year's holidays are not published
)

// To reporters, through their mark.
const (
	ClueOutcome Kind = "clue_outcome" // what became of the clue
	RatingAsked Kind = "rating_asked" // it is closed: how content are you?
)

// Kinds lists every kind.
var Kinds = []Kind{CaseAssigned, CaseRecalled, NoRule, CaseReturned, ReturnDecided, HandlerNamed, DisposalReported,
	DisposalSentBack, CheckAsked, CheckAnswered, CheckFailed, CaseClosed, CaseReopened, CasePressed, RequestAsked,
	RequestDecided, CaseResumed, CaseEnded, OrderMade, OrderReplied,
	OrderAccepted, OrderAskedAgain, AppealAsked, AppealDecided, ClueSubmitted,
	VerifyAsked, VerifyAnswered, CluePressed, MaliceAsked, MaliceDecided, TaskAssigned, TaskOffered, OfferAnswered, TaskGivenBack,
	TaskGiven, TaskTaken, CampaignReady, CampaignClosed, ReinspectionAsked, ReinspectionFound, SampleDone,
	AlarmRaised, AlarmOverdue, AlarmAnswered, AlarmEnded, CalendarEnds, ClueOutcome, RatingAsked}

func (k Kind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *Kind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, Kinds) }
