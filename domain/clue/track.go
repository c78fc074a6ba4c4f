package clue

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/pg"
)

// Stage is how far a report has come, told like a parcel's way.
type Stage string

const (
	StageReceived Stage = "received" // 收集
	StageTriage   Stage = "triage"   // 分拨: somebody decides, or finds the department
	StageInWork   Stage = "in_work"  // 办理
	StageChecking Stage = "checking" // 核实: is it really fixed?
	StageClosed   Stage = "closed"   // 评价
)

// Stages lists every stage, in order.
var Stages = []Stage{StageReceived, StageTriage, StageInWork, StageChecking, StageClosed}

// Progress is the reporter's view of a clue, and nothing else: no names, no notes of staff, no other reporters.
type Progress struct {
	Clue        uuid.UUID
	Number      int64
	Category    *string
	SubmittedAt time.Time
	Stage       Stage
	Steps       []Step  // stages reached, in order, those with a date
	Outcome     *string // once closed: handled_on_spot, not_filed, referred, closed, voided, force_closed
	Reason      *string // what the dispatcher answered

	ContestableUntil *time.Time // pinned when the case behind it closed
}

// Step is when a stage was reached.
type Step struct {
	Stage Stage
	At    time.Time
}

type progressRow struct {
	ID          uuid.UUID  `db:"id"`
	Number      int64      `db:"number"`
	Category    *string    `db:"category"`
	SubmittedAt time.Time  `db:"submitted_at"`
	State       State      `db:"state"`
	Version     int        `db:"version"`
	Reason      *string    `db:"reason"`
	DecidedAt   *time.Time `db:"decided_at"`
	CaseState   *string    `db:"case_state"`
	AcceptedAt  *time.Time `db:"accepted_at"`
	ReportedAt  *time.Time `db:"reported_at"`
	ClosedAt    *time.Time `db:"closed_at"`

	ContestableUntil *time.Time `db:"contestable_until"`
}

// ByClaim finds a clue by its claim code, however it was typed: whoever has the code is its reporter.
// CLAIM_CODE_MALFORMED and CLAIM_CODE_UNKNOWN at "claimCode".
func ByClaim(ctx context.Context, tx *pg.Tx, keys *vault.Keys, code string) (Clue, error) {
	hash, err := keys.ClaimHash(code)
	if err != nil {
		return Clue{}, fault.Under("claimCode", err)
	}
	c, err := pg.One[Clue](ctx, tx, clueByClaimSQL, hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return Clue{}, fault.NotFound(CodeUnknownClaim, "no report has this claim code").At("claimCode")
	}
	return c, err
}

// Track is what an anonymous reporter sees by the claim code. Faults: those of ByClaim.
func Track(ctx context.Context, tx *pg.Tx, keys *vault.Keys, code string) (Progress, error) {
	c, err := ByClaim(ctx, tx, keys, code)
	if err != nil {
		return Progress{}, err
	}
	found, err := ProgressOf(ctx, tx, []uuid.UUID{c.ID})
	return found[c.ID], err
}

// ProgressOf is the reporter's view of clues, by clue. The caller has made sure that the viewer may see them.
func ProgressOf(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID]Progress, error) {
	rows, err := pg.All[progressRow](ctx, tx, progressSQL, clues)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID]Progress, len(rows))
	for _, row := range rows {
		found[row.ID] = row.progress()
	}
	return found, nil
}

func (r progressRow) progress() Progress {
	p := Progress{Clue: r.ID, Number: r.Number, Category: r.Category, SubmittedAt: r.SubmittedAt, Stage: r.stage(), Reason: r.Reason,
		ContestableUntil: r.ContestableUntil}
	for _, s := range r.steps() {
		if slices.Index(Stages, s.Stage) <= slices.Index(Stages, p.Stage) {
			p.Steps = append(p.Steps, s)
		}
	}
	if p.Stage == StageClosed {
		outcome := r.outcome()
		p.Outcome = &outcome
	}
	return p
}

// ofCase is how far each state of a case is for the reporter.
var ofCase = map[string]Stage{
	"filed": StageTriage, "routed": StageTriage, "return_requested": StageTriage,
	"working": StageInWork, "suspended": StageInWork, "reported": StageInWork, "checking": StageChecking,
	"closed": StageClosed, "voided": StageClosed, "force_closed": StageClosed,
}

func (r progressRow) stage() Stage {
	switch {
	case r.CaseState != nil:
		return ofCase[*r.CaseState]
	case !r.State.Open():
		return StageClosed
	case r.State == Verifying, r.Version > 1:
		return StageTriage
	}
	return StageReceived
}

func (r progressRow) steps() []Step {
	closed := r.ClosedAt
	if r.CaseState == nil {
		closed = r.DecidedAt
	}
	steps := []Step{{StageReceived, r.SubmittedAt}}
	for _, s := range []struct {
		stage Stage
		at    *time.Time
	}{{StageTriage, r.DecidedAt}, {StageInWork, r.AcceptedAt}, {StageChecking, r.ReportedAt}, {StageClosed, closed}} {
		if s.at != nil {
			steps = append(steps, Step{s.stage, *s.at})
		}
	}
	return steps
}

// outcome does not tell a reporter that two persons thought ill of the report.
func (r progressRow) outcome() string {
	switch {
	case r.CaseState != nil:
		return *r.CaseState
	case r.State == Malicious:
		return string(NotFiled)
	}
	return string(r.State)
}
