package routing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// PublishInput puts a draft into effect.
type PublishInput struct {
	SetTarget
	EffectiveFrom *time.Time // nil: at once
}

// PublishDraft puts a draft into effect, by somebody who had no hand in it. What is not in effect yet can be taken back by
// a rollback.
//
// Faults: those of open; AUTHOR_CANNOT_PUBLISH; RULES_PAST at "effectiveFrom"; RULES_FAULTY at the path of the first
// error that Examine finds.
func PublishDraft(ctx context.Context, tx *pg.Tx, in PublishInput) (Set, error) {
	draft, err := open(ctx, tx, in.Version, in.Revision)
	if err != nil {
		return Set{}, err
	}
	if slices.Contains(draft.Authors, tx.Actor.ID) {
		return Set{}, fault.Denied("AUTHOR_CANNOT_PUBLISH", "somebody publishes these rules who had no hand in them")
	}
	from := tx.Now
	if in.EffectiveFrom != nil {
		from = *in.EffectiveFrom
	}
	if from.Before(tx.Now) {
		return Set{}, errPast
	}
	found, err := examine(ctx, tx, in.Version)
	if err != nil {
		return Set{}, err
	}
	for _, f := range found {
		if f.Severity == Wrong {
			return Set{}, fault.Conflict("RULES_FAULTY", "the examination found: %s", f.Says).At(f.Path)
		}
	}
	if _, err := tx.Exec(ctx, publishSetSQL, in.Version, tx.Actor.ID, from, tx.Now); err != nil {
		return Set{}, fmt.Errorf("publish rules: %w", err)
	}
	audit.Record(tx, "rules.publish", "rule_set", strconv.Itoa(in.Version), map[string]any{"effective_from": from, "authors": draft.Authors})
	return pg.One[Set](ctx, tx, setSQL, in.Version)
}

// RollbackInput takes back what decides now.
type RollbackInput struct {
	To   int    // a version that was in effect before
	Note string // why, 1 to 500 characters
}

// Rollback makes a new version that is the same as an earlier one, in effect at once, in one step and by one administrator:
// when rules turn out wrong there is no time for a second one. What was scheduled is retired, since it was drafted on what
// is taken back.
//
// Faults: ACTION_NOT_YOURS; RULES_NOTE at "note"; RULES_UNKNOWN at "to"; RULES_NEVER_IN_EFFECT at "to".
func Rollback(ctx context.Context, tx *pg.Tx, in RollbackInput) (Set, error) {
	if !tx.Actor.Has(actor.Admin) {
		return Set{}, errNotYours
	}
	note, err := noted(in.Note)
	if err != nil {
		return Set{}, err
	}
	to, err := lookUp(ctx, tx, "to", setSQL, in.To)
	if err != nil {
		return Set{}, err
	}
	if to.State != Published || to.EffectiveFrom.After(tx.Now) {
		return Set{}, fault.Conflict("RULES_NEVER_IN_EFFECT", "rules are rolled back to what has been in effect").At("to")
	}
	if _, err := tx.Exec(ctx, retireSQL, tx.Now); err != nil {
		return Set{}, err
	}
	version, err := insertSet(ctx, tx, newSet{state: Published, note: note, authors: []uuid.UUID{tx.Actor.ID}, basedOn: &in.To,
		publisher: &tx.Actor.ID, effective: &tx.Now})
	if err != nil {
		return Set{}, err
	}
	if _, err := tx.Exec(ctx, copyRulesSQL, version, in.To); err != nil {
		return Set{}, fmt.Errorf("copy rules: %w", err)
	}
	audit.Record(tx, "rules.rollback", "rule_set", strconv.Itoa(version), map[string]int{"to": in.To})
	return pg.One[Set](ctx, tx, setSQL, version)
}
