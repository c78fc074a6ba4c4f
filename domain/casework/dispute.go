package casework

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/standard"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// DisputeOutcome is how a dispute 矛盾纠纷 ended.
type DisputeOutcome string

const (
	Settled   DisputeOutcome = "settled"   // 化解
	Withdrawn DisputeOutcome = "withdrawn" // 撤回
	SentUp    DisputeOutcome = "sent_up"   // 上交
)

// DisputeOutcomes lists every outcome.
var DisputeOutcomes = []DisputeOutcome{Settled, Withdrawn, SentUp}

// SentUpTo is where a dispute was sent that could not be settled.
type SentUpTo string

const (
	ToCourt    SentUpTo = "court"    // 法院
	ToDistrict SentUpTo = "district" // 区级
)

// SentUpTos lists every place.
var SentUpTos = []SentUpTo{ToCourt, ToDistrict}

// DisputeStepKind is what was tried.
type DisputeStepKind string

const (
	Guided   DisputeStepKind = "guided"   // 引导: the parties were told where and how it can be settled
	Mediated DisputeStepKind = "mediated" // 调解: they sat together
)

// DisputeStepKinds lists every kind.
var DisputeStepKinds = []DisputeStepKind{Guided, Mediated}

// MediationResult is what came of a session.
type MediationResult string

const (
	Agreed    MediationResult = "agreed"     // 达成协议
	NotAgreed MediationResult = "not_agreed" // 未达成协议
	Adjourned MediationResult = "adjourned"  // 改期
)

// MediationResults lists every result.
var MediationResults = []MediationResult{Agreed, NotAgreed, Adjourned}

// DisputeStep is something that was tried.
type DisputeStep struct {
	ID         uuid.UUID        `db:"id"`
	CaseID     uuid.UUID        `db:"case_id"`
	Round      int              `db:"round"`
	Kind       DisputeStepKind  `db:"kind"`
	HeldAt     time.Time        `db:"held_at"` // when the parties were talked to, or sat together
	Result     *MediationResult `db:"result"`  // of a mediation
	Note       string           `db:"note"`
	RecordedBy uuid.UUID        `db:"recorded_by"`
	RecordedAt time.Time        `db:"recorded_at"`
}

const insertDisputeStepSQL = `insert into dispute_steps (id, case_id, round, kind, held_at, result, note, recorded_by, recorded_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

const disputeStepsSQL = `select s.id, s.case_id, s.round, s.kind, s.held_at, s.result, s.note, s.recorded_by, s.recorded_at
	from dispute_steps s join cases scoped on scoped.id = s.case_id ` + ofCases + ` order by s.case_id, s.held_at, s.id`

const reportedOutcomeSQL = `select dispute_outcome, sent_up_to from disposals where case_id = $1 and round = $2
	order by reported_at desc, id desc limit 1`

// DisputeStepsOf of all rounds, in order.
func DisputeStepsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]DisputeStep, error) {
	return byCase(ctx, tx, disputeStepsSQL, cases, func(s DisputeStep) uuid.UUID { return s.CaseID })
}

// GuidanceInput is that the parties were guided 引导.
type GuidanceInput struct {
	Target
	At   time.Time
	Note string // 1 to 500 characters
}

// RecordGuidance writes down that the parties of a dispute were told where and how it can be settled: the desk, or the
// handler. Faults: those of take; TEXT_MISSING at "note"; HELD_IN_FUTURE at "at".
func RecordGuidance(ctx context.Context, tx *pg.Tx, in GuidanceInput) (Case, error) {
	return recordStep(ctx, tx, in.Target, DoGuide, DisputeStep{Kind: Guided, HeldAt: in.At, Note: in.Note})
}

// MediationInput is a session with the parties 调解.
type MediationInput struct {
	Target
	At     time.Time
	Result MediationResult
	Note   string // 1 to 500 characters
}

// RecordMediation writes down a session with the parties of a dispute, and what came of it. Faults: those of RecordGuidance.
func RecordMediation(ctx context.Context, tx *pg.Tx, in MediationInput) (Case, error) {
	return recordStep(ctx, tx, in.Target, DoMediate, DisputeStep{Kind: Mediated, HeldAt: in.At, Result: &in.Result, Note: in.Note})
}

func recordStep(ctx context.Context, tx *pg.Tx, target Target, do Action, s DisputeStep) (Case, error) {
	note, err := prose.Some("note", s.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	if s.HeldAt.After(tx.Now.Add(clockAhead)) {
		return Case{}, fault.Invalid("HELD_IN_FUTURE", "what is written down has happened").At("at")
	}
	t, err := take(ctx, tx, target, do)
	if err != nil {
		return Case{}, err
	}
	id := pg.NewID()
	if _, err := tx.Exec(ctx, insertDisputeStepSQL, id, t.ID, t.Round, s.Kind, s.HeldAt, s.Result, note, tx.Actor.ID, tx.Now); err != nil {
		return Case{}, fmt.Errorf("insert dispute step: %w", err)
	}
	return t.done(t.end(ctx, tx, map[string]any{"step": id, "result": s.Result}))
}

// OutcomeInput is how a dispute ended, as its disposal says.
type OutcomeInput struct {
	Outcome DisputeOutcome
	To      *SentUpTo // of what was sent up
	Reason  string    // why, up to 500 characters; not empty for what was sent up
}

// accept checks what needs no store.
func (o *OutcomeInput) accept() (*OutcomeInput, error) {
	if o == nil {
		return nil, nil
	}
	sane := prose.Clean
	if o.Outcome == SentUp {
		sane = prose.Some
	}
	why, err := sane("reason", o.Reason, noteMost)
	if err == nil && (o.Outcome == SentUp) != (o.To != nil) {
		err = fault.Invalid("SENT_UP_TO", "what is sent up, and nothing else, goes to the court or to the district").At("to")
	}
	return &OutcomeInput{o.Outcome, o.To, why}, err
}

func (o *OutcomeInput) kind() *DisputeOutcome {
	if o == nil {
		return nil
	}
	return &o.Outcome
}

func (o *OutcomeInput) to() *SentUpTo {
	if o == nil {
		return nil
	}
	return o.To
}

func (o *OutcomeInput) reason() *string {
	if o == nil {
		return nil
	}
	return orNil(o.Reason)
}

// needsOutcome refuses a disposal of a dispute without an outcome, and one of anything else with one. What a child
// contributes is no outcome: that is of the whole.
func (t *turn) needsOutcome(o *OutcomeInput) error {
	whole := t.Kind == standard.Dispute && t.ParentID == nil
	switch {
	case whole && o == nil:
		return fault.Invalid("OUTCOME_MISSING", "say how the dispute ended")
	case t.Kind == standard.Dispute && !whole && o != nil:
		return errParentOnly
	case !whole && o != nil:
		return fault.Invalid("NOT_A_DISPUTE", "only a dispute ends this way")
	}
	return nil
}

// pinOutcome keeps on the round how a dispute ended, by the disposal that was checked.
func (t *turn) pinOutcome(ctx context.Context, tx *pg.Tx) error {
	if t.Kind != standard.Dispute || t.ParentID != nil {
		return nil
	}
	type reported struct {
		Outcome  *DisputeOutcome `db:"dispute_outcome"`
		SentUpTo *SentUpTo       `db:"sent_up_to"`
	}
	r, err := pg.One[reported](ctx, tx, reportedOutcomeSQL, t.ID, t.Round)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	t.round.DisputeOutcome, t.round.SentUpTo = r.Outcome, r.SentUpTo
	return err
}

func (o DisputeOutcome) MarshalGQL(w io.Writer)      { enum.Marshal(w, o) }
func (o *DisputeOutcome) UnmarshalGQL(in any) error  { return enum.Unmarshal(o, in, DisputeOutcomes) }
func (s SentUpTo) MarshalGQL(w io.Writer)            { enum.Marshal(w, s) }
func (s *SentUpTo) UnmarshalGQL(in any) error        { return enum.Unmarshal(s, in, SentUpTos) }
func (k DisputeStepKind) MarshalGQL(w io.Writer)     { enum.Marshal(w, k) }
func (k *DisputeStepKind) UnmarshalGQL(in any) error { return enum.Unmarshal(k, in, DisputeStepKinds) }
func (r MediationResult) MarshalGQL(w io.Writer)     { enum.Marshal(w, r) }
func (r *MediationResult) UnmarshalGQL(in any) error { return enum.Unmarshal(r, in, MediationResults) }
