package casework

import (
	"context"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// Reopen starts a closed case's next round 重新立案: a supervisor says that it is not fixed. The rounds before never change
// again. Faults: those of take; TEXT_MISSING at "note", the reason.
func Reopen(ctx context.Context, tx *pg.Tx, in NoteInput) (Case, error) {
	why, err := prose.Some("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoReopen)
	if err != nil {
		return Case{}, err
	}
	return t.done(t.reopen(ctx, tx, BecauseSupervisor, why))
}

// ReopenFoundUnfixed starts a closed case's next round because a random re-inspection 抽查 found it not fixed: the
// supervisor who records that does it, in the same transaction, with what was seen.
//
// Faults: those of take; TEXT_MISSING at "note".
func ReopenFoundUnfixed(ctx context.Context, tx *pg.Tx, target Target, why string) (Case, error) {
	why, err := prose.Some("note", why, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := lock(ctx, tx, target)
	if err != nil {
		return Case{}, err
	}
	t.standing.Sampled = true
	if err := t.turnTo(tx, DoReopen); err != nil {
		return Case{}, err
	}
	return t.done(t.reopen(ctx, tx, BecauseSampling, why))
}

// ContestInput is a reporter's "it is not fixed".
type ContestInput struct {
	ClaimCode string    // an anonymous reporter's; or:
	Clue      uuid.UUID // one of the signed-in reporter's own
	Reason    string    // what is still wrong, 1 to 500 characters
}

// Contest starts the next round of the case behind a reporter's clue, within the window that was pinned at its closing. Timeline
// and audit log say that a reporter did it, whoever is signed in. It returns the clue.
//
// Faults: TEXT_MISSING at "reason"; those of clue.ByClaim; CLUE_NOT_FOUND at "clue" for what is not the viewer's own;
// ACTION_NOT_POSSIBLE and ACTION_NOT_YOURS where the case is not closed, or was closed too long ago.
func Contest(ctx context.Context, tx *pg.Tx, keys *vault.Keys, in ContestInput) (clue.Clue, error) {
	why, err := prose.Some("reason", in.Reason, noteMost)
	if err != nil {
		return clue.Clue{}, err
	}
	own, err := in.own(ctx, tx, keys)
	if err != nil {
		return clue.Clue{}, err
	}
	if own.CaseID == nil {
		return clue.Clue{}, fault.Conflict("ACTION_NOT_POSSIBLE", "there is no case behind this report")
	}
	// Nothing that is written from here on may tell who of the signed-in people reported.
	person := tx.Actor
	tx.Actor = actor.Anonymous
	defer func() { tx.Actor = person }()
	t, err := lockBehind(ctx, tx, *own.CaseID)
	if err != nil {
		return clue.Clue{}, err
	}
	t.standing.Reporter = true
	if err := t.turnTo(tx, DoReopen); err != nil {
		return clue.Clue{}, err
	}
	return own, t.reopen(ctx, tx, BecauseReporter, why)
}

// own is the clue that whoever acts has proved to be the reporter of.
func (in ContestInput) own(ctx context.Context, tx *pg.Tx, keys *vault.Keys) (clue.Clue, error) {
	if in.ClaimCode != "" {
		return clue.ByClaim(ctx, tx, keys, in.ClaimCode)
	}
	c, err := clue.Get(ctx, tx, in.Clue)
	if err == nil && (c.Mark == nil || string(c.Mark) != string(tx.Actor.Mark)) {
		err = fault.NotFound(clue.CodeNotFound, "no such clue")
	}
	return c, fault.Under("clue", err)
}

// reopen begins the next round under the current standard, and asks the rules anew.
func (t *turn) reopen(ctx context.Context, tx *pg.Tx, because Because, why string) error {
	departments, handler := t.Department, deref(t.HandlerID)
	version, err := t.renewStandard(ctx, tx)
	if err != nil {
		return err
	}
	t.Round, t.Level, t.ClosedAt, t.ContestableUntil = t.Round+1, 0, nil, nil
	t.Department, t.HandlerID, t.DispatchedAt, t.AcceptedAt, t.ReportedAt, t.DueAt = nil, nil, nil, nil, nil, nil
	if err := t.openRound(ctx, tx, because, version); err != nil {
		return err
	}
	if err := t.end(ctx, tx, map[string]any{"because": because, "note": why}); err != nil {
		return err
	}
	t.askRouting(tx)
	var told []string
	if departments != nil {
		told = append(told, *departments)
	}
	if err := t.tellWorkers(ctx, tx, told, handler, notify.CaseReopened, map[string]any{"round": t.Round}); err != nil {
		return err
	}
	if err := t.tellDuty(ctx, tx, t.dispatchers(), news{kind: notify.CaseReopened, params: map[string]any{"round": t.Round}}); err != nil {
		return err
	}
	return t.tellReporters(ctx, tx, "reopened")
}

// renewStandard pins the case to the current version's row in the place of its own, or leaves it where that row is gone.
func (t *turn) renewStandard(ctx context.Context, tx *pg.Tx) (version int, err error) {
	old, err := standard.FilingOf(ctx, tx, t.StandardID)
	if err != nil {
		return 0, err
	}
	rows, err := standard.ForCategory(ctx, tx, t.Category)
	for _, f := range rows {
		if f.Position == old.Position {
			t.StandardID = f.ID
			return f.Version, err
		}
	}
	return old.Version, err
}
