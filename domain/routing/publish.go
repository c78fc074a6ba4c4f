package routing

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// header is a rule set without its rules.
type header struct {
	Version       int       `db:"version"`
	Note          string    `db:"note"`
	EffectiveFrom time.Time `db:"effective_from"`
}

// Current is the published set that has come into effect last. Where none is, the empty set decides: nothing fits, and every
// case waits for a dispatcher.
func Current(ctx context.Context, tx *pg.Tx) (RuleSet, error) {
	h, err := pg.One[header](ctx, tx, currentSetSQL, tx.Now)
	if errors.Is(err, pgx.ErrNoRows) {
		return RuleSet{}, nil
	}
	if err != nil {
		return RuleSet{}, err
	}
	rules, err := pg.All[Rule](ctx, tx, rulesSQL, h.Version)
	return RuleSet{Version: h.Version, Note: h.Note, EffectiveFrom: h.EffectiveFrom, Rules: rules}, err
}

// Publish makes the set the next version, in effect from set.EffectiveFrom on, and returns its number. It is how an
// installation gets its first rules; people draft them (Draft) and have them published by somebody else (PublishDraft).
// Every department and ladder that it names must exist. Faults carry the path, such as "rules[3].outcome.department".
func Publish(ctx context.Context, tx *pg.Tx, set RuleSet) (int, error) {
	if tx.Actor.System == "" {
		return 0, errNotYours
	}
	if set.EffectiveFrom.IsZero() {
		set.EffectiveFrom = tx.Now
	}
	if set.EffectiveFrom.Before(tx.Now) {
		return 0, errPast
	}
	if err := set.Check(); err != nil {
		return 0, err
	}
	if err := set.checkNames(ctx, tx); err != nil {
		return 0, err
	}
	version, err := insertSet(ctx, tx, newSet{state: Published, note: set.Note, effective: &set.EffectiveFrom})
	if err != nil {
		return 0, err
	}
	audit.Record(tx, "rules.publish", "rule_set", strconv.Itoa(version), map[string]int{"rules": len(set.Rules)})
	return version, writeRules(ctx, tx, version, set.Rules)
}

var (
	errNotYours = fault.Denied("ACTION_NOT_YOURS", "only administrators draft and publish rules")
	errPast     = fault.Invalid("RULES_PAST", "rules do not decide about the past").At("effectiveFrom")
)

// newSet is a rule set that is about to be stored.
type newSet struct {
	state     SetState
	note      string
	authors   []uuid.UUID
	basedOn   *int
	publisher *uuid.UUID
	effective *time.Time
}

func insertSet(ctx context.Context, tx *pg.Tx, n newSet) (int, error) {
	version, err := pg.Val[int](ctx, tx, insertSetSQL, n.state, n.note, append([]uuid.UUID{}, n.authors...), n.basedOn, n.publisher, n.effective, tx.Now)
	if pg.Constraint(err) == "rule_sets_pkey" {
		return 0, fault.Conflict("RULES_RACE", "another version was made at the same time").Because(err)
	}
	return version, err
}

func writeRules(ctx context.Context, tx *pg.Tx, version int, rules []Rule) error {
	columns := []string{"version", "position", "code", "name_zh", "name_en", "conditions", "outcome"}
	_, err := tx.CopyFrom(ctx, "routing_rules", columns, pgx.CopyFromSlice(len(rules), func(i int) ([]any, error) {
		r := rules[i]
		r.Outcome.Assisting = append([]string{}, r.Outcome.Assisting...) // never null
		return []any{version, i + 1, r.Code, r.NameZH, r.NameEN, r.Conditions, r.Outcome}, nil
	}))
	return err
}

func (s RuleSet) checkNames(ctx context.Context, tx *pg.Tx) error {
	departments, err := pg.Vals[string](ctx, tx, departmentCodesSQL)
	if err != nil {
		return err
	}
	ladders, err := pg.Vals[string](ctx, tx, ladderCodesSQL)
	if err != nil {
		return err
	}
	for i, r := range s.Rules {
		if err := r.Outcome.checkNames(departments, ladders); err != nil {
			return fault.Under("rules", fault.Under(at(i), fault.Under("outcome", err)))
		}
	}
	return nil
}

func (o Outcome) checkNames(departments, ladders []string) error {
	if !slices.Contains(departments, o.Department) {
		return fault.Invalid("DEPARTMENT_UNKNOWN", "there is no such department").At("department")
	}
	if !slices.Contains(ladders, o.Ladder) {
		return fault.Invalid("LADDER_UNKNOWN", "there is no such ladder").At("ladder")
	}
	for i, d := range o.Assisting {
		if !slices.Contains(departments, d) {
			return fault.Invalid("DEPARTMENT_UNKNOWN", "there is no such department").At(at(i)).At("assisting")
		}
	}
	return nil
}
