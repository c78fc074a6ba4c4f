package casework

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/enum"
	"gridwork/pg"
)

// RequestKind is what one person asks for in a case, and another one decides.
type RequestKind string

const (
	Suspension    RequestKind = "suspension"  // 挂账: every clock stands still until an end
	Extension     RequestKind = "extension"   // 延期: the disposal gets its original limit once more
	Voiding       RequestKind = "void"        // 作废
	ForcedClosing RequestKind = "force_close" // 强制结案
)

// RequestKinds lists every kind.
var RequestKinds = []RequestKind{Suspension, Extension, Voiding, ForcedClosing}

// RequestState is how far a request has come.
type RequestState string

const (
	RequestAsked     RequestState = "asked"
	RequestGranted   RequestState = "granted"
	RequestRefused   RequestState = "refused"
	RequestWithdrawn RequestState = "withdrawn" // by whoever asked
	RequestOvertaken RequestState = "overtaken" // the case moved on before anybody decided
)

// RequestStates lists every state.
var RequestStates = []RequestState{RequestAsked, RequestGranted, RequestRefused, RequestWithdrawn, RequestOvertaken}

// Request 申请 is asked by one person and decided by another.
type Request struct {
	ID        uuid.UUID    `db:"id"`
	CaseID    uuid.UUID    `db:"case_id"`
	Round     int          `db:"round"`
	Kind      RequestKind  `db:"kind"`
	Reason    string       `db:"reason"`
	Until     *time.Time   `db:"until"` // the end that a suspension is asked with; nil for the others
	AskedBy   uuid.UUID    `db:"asked_by"`
	AskedAt   time.Time    `db:"asked_at"`
	State     RequestState `db:"state"`
	DecidedBy *uuid.UUID   `db:"decided_by"` // or withdrew it; nil: nobody
	DecidedAt *time.Time   `db:"decided_at"`
	Note      *string      `db:"note"`     // the decider's
	EndedAt   *time.Time   `db:"ended_at"` // when a granted suspension ended
}

// requesting is how the state table names what can be done about a kind of request.
var requesting = map[RequestKind]struct{ ask, grant, refuse Action }{
	Suspension:    {DoAskSuspension, DoSuspend, DoRefuseSuspension},
	Extension:     {DoAskExtension, DoExtend, DoRefuseExtension},
	Voiding:       {DoAskVoid, DoVoid, DoRefuseVoid},
	ForcedClosing: {DoAskForceClose, DoForceClose, DoRefuseForceClose},
}

// decidable reports whether a request of the kind can be decided in the state.
func (k RequestKind) decidable(in State) bool {
	return slices.ContainsFunc(Flow, func(r Row) bool { return r.From == in && r.Do == requesting[k].grant })
}

const requestColumns = `case_requests.id, case_requests.case_id, case_requests.round, case_requests.kind, case_requests.reason,
	case_requests.until, case_requests.asked_by, case_requests.asked_at, case_requests.state, case_requests.decided_by,
	case_requests.decided_at, case_requests.note, case_requests.ended_at`

const openRequestsSQL = `select ` + requestColumns + ` from case_requests where case_id = $1 and state = 'asked' order by asked_at, id`

const insertRequestSQL = `insert into case_requests (id, case_id, round, kind, reason, until, asked_by, asked_at, state)
	values ($1, $2, $3, $4, $5, $6, $7, $8, 'asked')`

const decideRequestSQL = `update case_requests set state = $2, decided_by = $3, decided_at = $4, note = $5,
	resume_at = case when $2 = 'granted' then until end where id = $1`

const overtakeRequestsSQL = `update case_requests set state = 'overtaken', decided_at = $3 where case_id = $1 and kind = any($2) and state = 'asked'`

const endSuspensionSQL = `update case_requests set ended_at = $2
	where case_id = $1 and kind = 'suspension' and state = 'granted' and ended_at is null`

const requestsSQL = `select ` + requestColumns + ` from case_requests join cases scoped on scoped.id = case_requests.case_id ` + ofCases + `
	order by case_requests.case_id, case_requests.asked_at, case_requests.id`

// RequestsOf of all rounds, in order.
func RequestsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Request, error) {
	return byCase(ctx, tx, requestsSQL, cases, func(r Request) uuid.UUID { return r.CaseID })
}

// requests are the open ones of a case, by kind.
type requests map[RequestKind]Request

func openRequests(ctx context.Context, tx *pg.Tx, id uuid.UUID) (requests, error) {
	rows, err := pg.All[Request](ctx, tx, openRequestsSQL, id)
	open := requests{}
	for _, r := range rows {
		open[r.Kind] = r
	}
	return open, err
}

// askers are who asked, by kind: what the table looks at.
func (r requests) askers() map[RequestKind]uuid.UUID {
	askers := make(map[RequestKind]uuid.UUID, len(r))
	for kind, request := range r {
		askers[kind] = request.AskedBy
	}
	return askers
}

// overtake closes the open requests that nobody can decide any more where the case stands now.
func (t *turn) overtake(tx *pg.Tx) {
	var over []RequestKind
	for kind := range t.requests {
		if !kind.decidable(t.State) {
			over = append(over, kind)
			delete(t.requests, kind)
		}
	}
	if len(over) > 0 {
		tx.Queue(overtakeRequestsSQL, t.ID, over, tx.Now)
	}
}

func (k RequestKind) MarshalGQL(w io.Writer)      { enum.Marshal(w, k) }
func (k *RequestKind) UnmarshalGQL(in any) error  { return enum.Unmarshal(k, in, RequestKinds) }
func (s RequestState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *RequestState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, RequestStates) }
