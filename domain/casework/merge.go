package casework

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// MergeInput joins a clue to a case that is open already 并案.
type MergeInput struct {
	clue.Target
	Case uuid.UUID
}

// Merge puts a clue behind an open case. The clue keeps its own status, and its reporter hears of every outcome; no
// clock of the case moves, but a ladder may press on the n-th clue.
//
// Faults: those of clue.Take; CASE_NOT_FOUND at "case"; ACTION_NOT_POSSIBLE at "case" for one that is over, PARENT_ONLY for
// a child, CLUE_RESTRICTED for a restricted clue and a case that is not.
func Merge(ctx context.Context, tx *pg.Tx, in MergeInput) (Case, error) {
	t, err := lock(ctx, tx, Target{Case: in.Case}) // the case first, then the clue: the order of all transactions
	if err != nil {
		return Case{}, err
	}
	if t.ParentID != nil {
		return Case{}, fault.Under("case", errParentOnly)
	}
	taken, err := clue.Take(ctx, tx, in.Target, clue.DoMerge)
	if err != nil {
		return Case{}, err
	}
	if !t.State.Open() {
		return Case{}, fault.Conflict("ACTION_NOT_POSSIBLE", "a case that is %s takes no more clues", t.State).At("case")
	}
	if taken.Restricted && !t.Restricted {
		return Case{}, fault.Conflict("CLUE_RESTRICTED", "a restricted clue joins no case that is for everybody").At("case")
	}
	if err := t.count(ctx, tx, +1, "clue_merged", taken.ID); err != nil {
		return Case{}, err
	}
	if _, err = clue.Settle(ctx, tx, taken, clue.Outcome{Do: clue.DoMerge, Case: &t.ID, Detail: map[string]any{"case": t.ID}, Restricted: t.Restricted}); err != nil {
		return Case{}, err
	}
	return t.done(pressOn(ctx, tx, t.ID, escalation.Event{Occasion: escalation.Merged, Count: t.ClueCount}))
}

// Unmerge takes a clue out of the case that it was merged into: it waits for a decision of its own, as before.
//
// Faults: those of clue.Take, such as ACTION_NOT_POSSIBLE for a clue that is not merged.
func Unmerge(ctx context.Context, tx *pg.Tx, target clue.Target) (clue.Clue, error) {
	seen, err := clue.Get(ctx, tx, target.Clue)
	if err != nil {
		return clue.Clue{}, fault.Under("clue", err)
	}
	var t *turn
	if seen.CaseID != nil {
		if t, err = lockBehind(ctx, tx, *seen.CaseID); err != nil {
			return clue.Clue{}, err
		}
	}
	taken, err := clue.Take(ctx, tx, target, clue.DoUnmerge)
	if err != nil {
		return clue.Clue{}, err
	}
	if t == nil || *taken.CaseID != t.ID {
		return clue.Clue{}, fault.Stale("STALE_VERSION", "this clue was changed by somebody else").At("version")
	}
	if err := t.count(ctx, tx, -1, "clue_unmerged", taken.ID); err != nil {
		return clue.Clue{}, err
	}
	return clue.Restore(ctx, tx, taken)
}

// count keeps the number of clues behind the case.
func (t *turn) count(ctx context.Context, tx *pg.Tx, more int, event string, clueID uuid.UUID) error {
	t.ClueCount += more
	if err := t.write(ctx, tx); err != nil {
		return err
	}
	note(tx, t.Case, event, map[string]any{"clue": clueID, "clues": t.ClueCount})
	audit.Record(tx, "case."+event, "case", t.ID.String(), map[string]any{"clue": clueID, "version": t.Version})
	return nil
}

// lockBehind locks the case behind a clue, whose reader has proved a right to that: the case's own scope is not asked.
func lockBehind(ctx context.Context, tx *pg.Tx, id uuid.UUID) (*turn, error) {
	c, err := pg.One[Case](ctx, tx, lockBehindSQL, id)
	if err != nil {
		return nil, err
	}
	return stand(ctx, tx, c)
}
