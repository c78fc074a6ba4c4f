package casework

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// ReturnInput is a department's "not ours" 退回.
type ReturnInput struct {
	Target
	Basis    string // the rule that is cited, 1 to 500 characters
	Proposed string // the department whose it is instead
}

// RequestReturn asks for a case to be taken back, before it is accepted. The disposal clock keeps running. A dispatcher
// decides on a round's first return, a duty lead on the second, and there is no third.
//
// Faults: those of take; TEXT_MISSING at "basis"; DEPARTMENT_UNKNOWN at "proposed", and of a child DEPARTMENT_HAS_PART for
// one that leads or assists already.
func RequestReturn(ctx context.Context, tx *pg.Tx, in ReturnInput) (Case, error) {
	basis, err := prose.Some("basis", in.Basis, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoReturn)
	if err != nil {
		return Case{}, err
	}
	proposed, err := t.proposed(ctx, tx, in.Proposed)
	if err == nil {
		err = t.mayTakePart(ctx, tx, in.Proposed)
	}
	if err != nil {
		return Case{}, fault.Under("proposed", err)
	}
	if _, err := tx.Exec(ctx, insertReturnSQL, pg.NewID(), t.ID, t.Round, *t.Department, in.Proposed, basis, t.who(tx), tx.Now); err != nil {
		return Case{}, fmt.Errorf("insert return request: %w", err)
	}
	t.round.Returns++
	if err := t.end(ctx, tx, map[string]any{"department": *t.Department, "proposed": in.Proposed, "basis": basis, "count": t.round.Returns}); err != nil {
		return Case{}, err
	}
	department, err := both(ctx, tx, *t.Department)
	if err != nil {
		return Case{}, err
	}
	deciders := t.dispatchers()
	if t.round.Returns > 1 {
		deciders = t.dutyLeads()
	}
	n := news{kind: notify.CaseReturned, params: map[string]any{"department": department, "proposed": proposed}}
	if err := t.tellDuty(ctx, tx, deciders, n); err != nil {
		return Case{}, err
	}
	return t.done(pressOn(ctx, tx, t.ID, escalation.Event{Occasion: escalation.Returned, Count: t.round.Returns}))
}

// proposed is the department that a return points to: another one, which exists.
func (t *turn) proposed(ctx context.Context, tx *pg.Tx, code string) (notify.Both, error) {
	if code == *t.Department {
		return notify.Both{}, fault.Invalid("DEPARTMENT_UNKNOWN", "a return proposes another owner")
	}
	all, err := standard.Departments(ctx, tx)
	if err != nil {
		return notify.Both{}, err
	}
	for _, d := range all {
		if d.Code == code {
			return notify.Both{ZH: d.NameZH, EN: d.NameEN}, nil
		}
	}
	return notify.Both{}, fault.Invalid("DEPARTMENT_UNKNOWN", "there is no such department")
}

// DecideReturnInput answers a return request 裁决.
type DecideReturnInput struct {
	Target
	Uphold bool
	Note   string // why, up to 500 characters
}

// DecideReturn answers the open return. Upheld, the case leaves the department and is dispatched anew at once, with
// clocks of its own, and its children stay: to the owner that was proposed, or, after the round's second return, to the first owner 首接负责,
// unless that is the one who was just upheld. A child is over instead, if that owner has part in the joint case by then. Rejected, the department keeps it, and its accept clock starts again.
//
// Faults: those of take: a second return is the duty lead's (ACTION_NOT_YOURS).
func DecideReturn(ctx context.Context, tx *pg.Tx, in DecideReturnInput) (Case, error) {
	why, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	do, decision := DoRejectReturn, Rejected
	if in.Uphold {
		do, decision = DoUpholdReturn, Upheld
	}
	t, err := take(ctx, tx, in.Target, do)
	if err != nil {
		return Case{}, err
	}
	decided, err := pg.One[Return](ctx, tx, decideReturnSQL, t.ID, tx.Now, decision, t.who(tx), why)
	if err != nil {
		return Case{}, fmt.Errorf("decide return: %w", err)
	}
	if err := t.tellDuty(ctx, tx, t.deskOf(decided.Department), news{kind: notify.ReturnDecided, params: map[string]any{"decision": decision}}); err != nil {
		return Case{}, err
	}
	detail := map[string]any{"department": decided.Department, "proposed": decided.Proposed, "note": why}
	if in.Uphold {
		return t.done(t.handOver(ctx, tx, decided, detail))
	}
	return t.done(t.end(ctx, tx, detail))
}

// handOver takes the case from a department that was upheld and gives it to its next owner.
func (t *turn) handOver(ctx context.Context, tx *pg.Tx, r Return, detail map[string]any) error {
	ladder := t.ladder()
	first, err := pg.Val[string](ctx, tx, firstOwnerSQL, t.ID, t.Round)
	if err != nil {
		return fmt.Errorf("first owner: %w", err)
	}
	departments, err := t.withdraw(ctx, tx, "returned")
	if err != nil {
		return err
	}
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	next := nextOwner(r, t.round.Returns, first)
	spare, err := hasPart(ctx, tx, t.parent, t.ID, next)
	if err != nil {
		return fmt.Errorf("who has part: %w", err)
	}
	if spare {
		return t.endSpare(ctx, tx, next)
	}
	if err := t.turnTo(tx, DoRoute); err != nil {
		return err
	}
	return t.dispatch(ctx, tx, order{lead: next, assisting: others(departments, r.Department, next), ladder: ladder, detail: map[string]any{"return": r.ID}})
}

// nextOwner is whose the case is after an upheld return.
func nextOwner(r Return, returns int, first string) string {
	if returns > 1 && first != r.Department {
		return first
	}
	return r.Proposed
}

// who is the person who acts, for a column; nil for the platform.
func (t *turn) who(tx *pg.Tx) *uuid.UUID {
	if !tx.Actor.IsPerson() {
		return nil
	}
	return &tx.Actor.ID
}
