package routing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

const noteMost = 500 // characters of a note

// DraftInput begins a draft.
type DraftInput struct {
	From int    // the version that it is a copy of
	Note string // why, 1 to 500 characters
}

// Draft begins a draft as a copy of a version, for whoever administers the rules. Faults: ACTION_NOT_YOURS; RULES_UNKNOWN at
// "from"; RULES_NOTE at "note".
func Draft(ctx context.Context, tx *pg.Tx, in DraftInput) (Set, error) {
	if !tx.Actor.Has(actor.Admin) {
		return Set{}, errNotYours
	}
	note, err := noted(in.Note)
	if err != nil {
		return Set{}, err
	}
	if _, err := lookUp(ctx, tx, "from", setSQL, in.From); err != nil {
		return Set{}, err
	}
	version, err := insertSet(ctx, tx, newSet{state: Drafted, note: note, authors: []uuid.UUID{tx.Actor.ID}, basedOn: &in.From})
	if err != nil {
		return Set{}, err
	}
	if _, err := tx.Exec(ctx, copyRulesSQL, version, in.From); err != nil {
		return Set{}, fmt.Errorf("copy rules: %w", err)
	}
	audit.Record(tx, "rules.draft", "rule_set", strconv.Itoa(version), map[string]int{"from": in.From})
	return pg.One[Set](ctx, tx, setSQL, version)
}

// EditInput replaces the rules of a draft.
type EditInput struct {
	Version  int
	Revision int // that the editor saw
	Note     string
	Rules    []Rule // all of them, in the order in which they are tried
}

// Edit replaces a draft's rules. Whoever edits is one of its authors from then on. What a rule names need not exist yet:
// Examine says so. Faults: those of open; RULES_NOTE at "note"; those of RuleSet.Check below "rules".
func Edit(ctx context.Context, tx *pg.Tx, in EditInput) (Set, error) {
	draft, err := open(ctx, tx, in.Version, in.Revision)
	if err != nil {
		return Set{}, err
	}
	note, err := noted(in.Note)
	if err != nil {
		return Set{}, err
	}
	if err := (RuleSet{Rules: in.Rules}).Check(); err != nil {
		return Set{}, err
	}
	if !slices.Contains(draft.Authors, tx.Actor.ID) {
		draft.Authors = append(draft.Authors, tx.Actor.ID)
	}
	if _, err := tx.Exec(ctx, deleteRulesSQL, in.Version); err != nil {
		return Set{}, err
	}
	if err := writeRules(ctx, tx, in.Version, in.Rules); err != nil {
		return Set{}, err
	}
	if _, err := tx.Exec(ctx, editSetSQL, in.Version, note, draft.Authors); err != nil {
		return Set{}, err
	}
	audit.Record(tx, "rules.edit", "rule_set", strconv.Itoa(in.Version), map[string]int{"rules": len(in.Rules), "revision": in.Revision + 1})
	return pg.One[Set](ctx, tx, setSQL, in.Version)
}

// SetTarget names a draft, at the revision that was seen.
type SetTarget struct {
	Version  int
	Revision int
}

// Discard throws a draft away. Faults: those of open.
func Discard(ctx context.Context, tx *pg.Tx, in SetTarget) (Set, error) {
	draft, err := open(ctx, tx, in.Version, in.Revision)
	if err != nil {
		return Set{}, err
	}
	for _, sql := range []string{deleteRulesSQL, deleteSetSQL} {
		if _, err := tx.Exec(ctx, sql, in.Version); err != nil {
			return Set{}, err
		}
	}
	audit.Record(tx, "rules.discard", "rule_set", strconv.Itoa(in.Version), struct{}{})
	return draft, nil
}

// open locks a draft for a change. Faults: ACTION_NOT_YOURS; RULES_UNKNOWN at "version"; RULES_PUBLISHED at "version", since
// what was published never changes; STALE_VERSION at "revision".
func open(ctx context.Context, tx *pg.Tx, version, revision int) (Set, error) {
	if !tx.Actor.Has(actor.Admin) {
		return Set{}, errNotYours
	}
	s, err := lookUp(ctx, tx, "version", lockSetSQL, version)
	switch {
	case err != nil:
		return s, err
	case s.State != Drafted:
		return s, fault.Conflict("RULES_PUBLISHED", "what was published never changes: draft a new version of it").At("version")
	case s.Revision != revision:
		return s, fault.Stale("STALE_VERSION", "this draft was edited by somebody else").At("revision")
	}
	return s, nil
}

func noted(note string) (string, error) {
	note = strings.TrimSpace(note)
	if n := utf8.RuneCountInString(note); n == 0 || n > noteMost || !utf8.ValidString(note) {
		return "", fault.Invalid("RULES_NOTE", "say why, in 1 to %d characters", noteMost).At("note")
	}
	return note, nil
}
