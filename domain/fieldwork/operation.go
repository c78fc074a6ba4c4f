// Package fieldwork is how the work of handhelds comes in: operations that were signed on the spot and arrive late, in any
// order, from several devices.
package fieldwork

import (
	"crypto/sha256"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/enum"
	"gridwork/fault"
)

// Kind is what an operation does.
type Kind string

const (
	SubmitClue         Kind = "clue.submit"
	SubmitInspection   Kind = "inspection.submit"
	AnswerVerification Kind = "verification.answer"
	AnswerCheck        Kind = "check.answer"
	ReportDisposal     Kind = "disposal.report"
	UpdatePremises     Kind = "premises.update"
	ClaimTask          Kind = "task.claim"
	GiveBackTask       Kind = "task.give_back"
	AnswerOffer        Kind = "task.answer_offer"
	RaiseAlarm         Kind = "alarm.raise"
	AnswerAlarm        Kind = "alarm.answer"
	EndAlarm           Kind = "alarm.end"
	BeginTimer         Kind = "timer.begin"
	ExtendTimer        Kind = "timer.extend"
	EndTimer           Kind = "timer.end"
)

// Kinds lists every kind.
var Kinds = []Kind{SubmitClue, SubmitInspection, AnswerVerification, AnswerCheck, ReportDisposal, UpdatePremises, ClaimTask, GiveBackTask, AnswerOffer,
	RaiseAlarm, AnswerAlarm, EndAlarm, BeginTimer, ExtendTimer, EndTimer}

// clockless kinds are taken whatever the handheld's clock says: no wrong one holds a call for help up, or a timer.
func (k Kind) clockless() bool {
	return k == RaiseAlarm || k == BeginTimer || k == ExtendTimer || k == EndTimer || k == EndAlarm
}

// MarshalGQL writes a kind as "CLUE_SUBMIT".
func (k Kind) MarshalGQL(w io.Writer) { enum.Marshal(w, Kind(strings.ReplaceAll(string(k), ".", "_"))) }

// UnmarshalGQL reads a kind of that form.
func (k *Kind) UnmarshalGQL(in any) error {
	s, _ := in.(string)
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return strings.ToUpper(strings.ReplaceAll(string(k), ".", "_")) == s })
	if i < 0 {
		return fault.Invalid("ENUM_VALUE", "the value is not one of the enum's")
	}
	*k = Kinds[i]
	return nil
}

// Codes of the faults about operations themselves; those of what they do are the domain's.
const (
	CodeID         = "ID_NOT_UUID_V7"      // an operation's id is a UUIDv7 made by the handheld
	CodeKind       = "KIND_UNKNOWN"        // no such kind of operation
	CodeCapturedAt = "CAPTURED_AT"         // no time
	CodeFuture     = "CAPTURED_IN_FUTURE"  // the handheld's clock is ahead of the platform's
	CodeSignature  = "SIGNATURE_WRONG"     // not made with the device's key, or over something else
	CodeRevoked    = "DEVICE_REVOKED"      // captured after the device was revoked
	CodeBody       = "BODY_MALFORMED"      // no JSON of the form that the kind asks for
	CodeNotFound   = "CONFLICT_NOT_FOUND"  // no such conflict, or held operation, for this viewer
	CodeDecided    = "ACTION_NOT_POSSIBLE" // it was decided already
	CodeNotYours   = "NOT_ALLOWED"         // it is for others to decide
)

// clockAhead is how far a handheld's clock may run ahead before an operation from "the future" is asked to come again.
const clockAhead = 5 * time.Minute

// Operation is one piece of work as it was signed on a handheld.
type Operation struct {
	ID         uuid.UUID // UUIDv7, made by the handheld: the key under which a repetition is recognised
	Kind       Kind
	CapturedAt string // RFC 3339, by the handheld's clock, as it was signed
	Body       string // JSON, as it was signed
	Signature  []byte
}

// captured is an operation that was checked without the store.
type captured struct {
	Operation
	device uuid.UUID
	at     time.Time
	hash   []byte
}

// accept checks what needs no store.
func (op Operation) accept(device uuid.UUID) (captured, error) {
	c := captured{Operation: op, device: device}
	if op.ID.Version() != 7 || op.ID.Variant() != uuid.RFC4122 {
		return c, fault.Invalid(CodeID, "an operation's id is a UUIDv7 made by the handheld").At("id")
	}
	if !slices.Contains(Kinds, op.Kind) {
		return c, fault.Invalid(CodeKind, "this version knows no operations of this kind").At("kind")
	}
	var err error
	if c.at, err = time.Parse(time.RFC3339Nano, op.CapturedAt); err != nil {
		return c, fault.Invalid(CodeCapturedAt, "a time is RFC 3339 with offset").At("capturedAt")
	}
	if strings.ContainsRune(op.Body, 0) {
		return c, fault.Invalid(CodeBody, "a body is JSON").At("body")
	}
	sum := sha256.Sum256([]byte(string(op.Kind) + "\n" + op.Body))
	c.hash = sum[:]
	return c, nil
}

// Status is how an operation came out.
type Status string

const (
	Accepted    Status = "accepted"    // it is done
	Duplicate   Status = "duplicate"   // it came before: this is the first answer again
	Conflicting Status = "conflict"    // it is kept with what stood there, for a person to decide
	Quarantined Status = "quarantined" // it is kept: its device was revoked after it was captured
	Rejected    Status = "rejected"    // it is not kept: the handheld keeps it, and its owner mends it
)

// Answer is what a handheld hears of an operation. All but Rejected means: it is safe here.
type Answer struct {
	ID       string     `json:"id"`
	Status   Status     `json:"status"`
	First    Status     `json:"first,omitempty"` // of a duplicate: how it came out
	Result   *Result    `json:"result,omitempty"`
	Conflict *uuid.UUID `json:"conflict,omitempty"`
	Error    *Refusal   `json:"error,omitempty"`
	Retry    bool       `json:"retry,omitempty"` // of a rejection: the same again may do later
}

// Result is what came of an operation.
type Result struct {
	Subject   string   `json:"subject"`             // id or code of what it was about
	State     string   `json:"state,omitempty"`     // of that, now
	Number    int64    `json:"number,omitempty"`    // of a clue or case
	ClaimCode string   `json:"claimCode,omitempty"` // of an anonymous report: what it is followed by
	Merged    []string `json:"merged,omitempty"`    // fields of premises that are as the operation says
}

// Refusal is why an operation is not taken.
type Refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Path    string `json:"path,omitempty"` // within the operation, such as body.answers[2].number
}
