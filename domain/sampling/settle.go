package sampling

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/casework"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// SettleInput is a supervisor's word on what was found not fixed.
type SettleInput struct {
	Reinspection uuid.UUID
	Unfixed      bool   // it is not fixed indeed
	Note         string // why, 1 to 500 characters
}

// Settle confirms that a case is not fixed, which opens it again, or finds otherwise. A case that was opened again meanwhile
// stays as it is; what was found counts all the same.
//
// Faults: REINSPECTION_NOT_FOUND at "reinspection"; ACTION_NOT_YOURS for anybody but a supervisor over the place, and for the
// one who answered; ACTION_NOT_POSSIBLE where nothing is to be confirmed; TEXT_… at "note".
func Settle(ctx context.Context, tx *pg.Tx, in SettleInput) (Reinspection, error) {
	why, err := prose.Some("note", in.Note, noteMost)
	if err != nil {
		return Reinspection{}, err
	}
	r, err := lock(ctx, tx, in.Reinspection)
	switch {
	case err != nil:
		return r, err
	case !tx.Actor.May(actor.Supervise, r.Street, "") || r.isFor(tx.Actor.ID):
		return r, fault.Denied("ACTION_NOT_YOURS", "a supervisor who did not look confirms it").At("reinspection")
	case r.State != Answered:
		return r, fault.Conflict("ACTION_NOT_POSSIBLE", "there is nothing to confirm").At("reinspection")
	}
	if err := stillRuns(ctx, tx, r); err != nil {
		return r, err
	}
	found := Fixed
	if in.Unfixed {
		found = Unfixed
		if err := r.reopen(ctx, tx, why); err != nil {
			return r, err
		}
	}
	r.State, r.Found, r.SettledBy, r.SettledNote, r.SettledAt = Settled, &found, &tx.Actor.ID, &why, &tx.Now
	if _, err := tx.Exec(ctx, settleSQL, r.ID, r.Found, r.SettledBy, r.SettledNote, r.SettledAt); err != nil {
		return r, fmt.Errorf("settle a reinspection: %w", err)
	}
	audit.Record(tx, "reinspection.settle", "reinspection", r.ID.String(), map[string]any{"found": found, "note": why})
	return r, r.settled(ctx, tx)
}

func (r Reinspection) reopen(ctx context.Context, tx *pg.Tx, why string) error {
	c, err := casework.Get(ctx, tx, r.CaseID)
	if err != nil || c.State != casework.Closed || c.Round != r.Round {
		return err
	}
	_, err = casework.ReopenFoundUnfixed(ctx, tx, casework.Target{Case: r.CaseID}, why)
	return err
}

// AssignInput gives a re-inspection to somebody else.
type AssignInput struct {
	Reinspection uuid.UUID
	Assignee     *uuid.UUID // a grid worker of the street who had no hand in the case; nil: whoever the platform finds
}

// Assign gives what nobody has answered to another grid worker.
//
// Faults: those of Settle; ASSIGNEE_NOT_POSSIBLE at "assignee".
func Assign(ctx context.Context, tx *pg.Tx, in AssignInput) (Reinspection, error) {
	r, err := lock(ctx, tx, in.Reinspection)
	switch {
	case err != nil:
		return r, err
	case !tx.Actor.May(actor.Supervise, r.Street, ""):
		return r, fault.Denied("ACTION_NOT_YOURS", "a supervisor says who looks").At("reinspection")
	case r.State != Open:
		return r, fault.Conflict("ACTION_NOT_POSSIBLE", "this was answered").At("reinspection")
	}
	if err := stillRuns(ctx, tx, r); err != nil {
		return r, err
	}
	to, err := r.another(ctx, tx, in.Assignee)
	if err != nil {
		return r, err
	}
	r.AssigneeID = to
	if _, err := tx.Exec(ctx, assignSQL, r.ID, r.AssigneeID); err != nil {
		return r, fmt.Errorf("assign a reinspection: %w", err)
	}
	s, err := sampleOf(ctx, tx, r.SampleID)
	if err != nil {
		return r, err
	}
	audit.Record(tx, "reinspection.assign", "reinspection", r.ID.String(), map[string]any{"assignee": r.AssigneeID})
	s.tell(tx, []*uuid.UUID{r.AssigneeID})
	return r, nil
}

// another is who looks instead of the one who was asked.
func (r Reinspection) another(ctx context.Context, tx *pg.Tx, named *uuid.UUID) (*uuid.UUID, error) {
	given := []ticket{{Case: r.CaseID, Street: r.Street}}
	workers, hands, err := around(ctx, tx, given)
	if err != nil {
		return nil, err
	}
	workers = slices.DeleteFunc(workers, func(w inspector) bool {
		if named != nil {
			return w.Person != *named
		}
		return r.isFor(w.Person)
	})
	c, err := casework.Get(ctx, tx, r.CaseID)
	if err != nil {
		return nil, err
	}
	given[0].Point = c.Point
	if spread(given, workers, hands); given[0].to == nil {
		return nil, fault.Invalid("ASSIGNEE_NOT_POSSIBLE", "a case is looked at again by a grid worker of its street who had no hand in it").At("assignee")
	}
	return given[0].to, nil
}

// isFor reports whether the person was asked to look.
func (r Reinspection) isFor(person uuid.UUID) bool {
	return r.AssigneeID != nil && *r.AssigneeID == person
}

// CloseInput names a sample to end.
type CloseInput struct {
	Sample uuid.UUID
}

// Close ends a sample 结束抽查: what nobody looked at stays unknown.
//
// Faults: SAMPLE_NOT_FOUND at "sample"; ACTION_NOT_POSSIBLE where it is closed, or something waits to be confirmed.
func Close(ctx context.Context, tx *pg.Tx, in CloseInput) (Sample, error) {
	s, err := pg.One[Sample](ctx, tx, lockSampleSQL, tx.Actor.Scope(actor.Supervise).Regions, in.Sample)
	if errors.Is(err, pgx.ErrNoRows) {
		return s, errNoSample.At("sample")
	}
	if err != nil {
		return s, err
	}
	waiting, err := pg.Val[int](ctx, tx, waitingSQL, s.ID)
	switch {
	case err != nil:
		return s, err
	case s.State == Closed:
		return s, fault.Conflict("ACTION_NOT_POSSIBLE", "this sample is closed").At("sample")
	case waiting > 0:
		return s, fault.Conflict("ACTION_NOT_POSSIBLE", "%d cases wait to be confirmed", waiting).At("sample")
	}
	audit.Record(tx, "sample.close", "sample", s.ID.String(), struct{}{})
	return pg.One[Sample](ctx, tx, closeSQL, s.ID, tx.Now)
}
