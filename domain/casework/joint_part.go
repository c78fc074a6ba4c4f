package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/fault"
	"gridwork/pg"
)

// childOpen keeps cases "below" in which work is owed.
const childOpen = ` below.state not in ('closed', 'voided', 'force_closed') `

const childrenOpenSQL = `select exists (select from cases below where below.parent_id = $1 and ` + childOpen + `)`

// No scope: whoever may lock the child decides nothing about the parent.
const lockParentSQL = `select ` + caseColumns + ` from cases scoped where scoped.id = (select parent_id from cases where id = $1) for update`

const lockChildrenSQL = `select ` + caseColumns + ` from cases scoped
	where scoped.parent_id = $1 and scoped.parent_round = $2 and scoped.state not in ('closed', 'voided', 'force_closed')
	order by scoped.id for update`

// The parent's row is locked, so that no two children take the same number.
const insertChildSQL = `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text,
	point, cell, street, standard_id, restricted, clue_count, filed_at, parent_id, parent_round, number, child_number)
	overriding system value
	values ($1, $2, $3, $4, $5, 0, 1, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, $16, $17, $18, $19,
		1 + (select coalesce(max(child_number), 0) from cases where parent_id = $17)) returning child_number`

const inheritReadersSQL = `insert into case_readers (case_id, person_id) select $1, person_id from case_readers where case_id = $2`

const endAssistingSQL = `update assignments set ended_at = $3, end_reason = $4
	where case_id = $1 and department = $2 and part = 'assisting' and ended_at is null`

const partsSQL = `select department from assignments where case_id = $1 and ended_at is null
	and department <> coalesce((select department from cases where id = $2), '') order by id`

const childrenSQL = `select ` + caseColumns + ` from cases scoped where scoped.parent_id = any($5::uuid[]) and ` + visible + `
	order by scoped.parent_id, scoped.child_number`

// ChildrenOf are the children of cases, of all rounds, as far as the viewer may see them, in order.
func ChildrenOf(ctx context.Context, tx *pg.Tx, parents []uuid.UUID) (map[uuid.UUID][]Case, error) {
	return byCase(ctx, tx, childrenSQL, parents, func(c Case) uuid.UUID { return *c.ParentID })
}

// lockParent locks the parent of a child; nil for a case that has none.
func lockParent(ctx context.Context, tx *pg.Tx, id uuid.UUID) (*Case, error) {
	found, err := pg.All[Case](ctx, tx, lockParentSQL, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// openChildren locks those of the round.
func (t *turn) openChildren(ctx context.Context, tx *pg.Tx) ([]Case, error) {
	if t.ParentID != nil {
		return nil, nil
	}
	return pg.All[Case](ctx, tx, lockChildrenSQL, t.ID, t.Round)
}

// mayGoTo refuses what a child cannot be routed to.
func (t *turn) mayGoTo(ctx context.Context, tx *pg.Tx, in RouteInput) error {
	if t.ParentID != nil && len(in.Assisting) > 0 {
		return fault.Under("assisting", errParentOnly)
	}
	return fault.Under("department", t.mayTakePart(ctx, tx, in.Department))
}

// mayTakePart refuses to give a child to a department that leads, or has a child already.
func (t *turn) mayTakePart(ctx context.Context, tx *pg.Tx, department string) error {
	return partless(ctx, tx, t.parent, t.ID, department)
}

// partless refuses a department that has part.
func partless(ctx context.Context, tx *pg.Tx, parent *Case, child uuid.UUID, department string) error {
	has, err := hasPart(ctx, tx, parent, child, department)
	if err == nil && has {
		err = errHasPart
	}
	return err
}

// hasPart reports whether a department has part in a joint case, but for the part of one of its children. Without a parent nobody has.
func hasPart(ctx context.Context, tx *pg.Tx, parent *Case, child uuid.UUID, department string) (bool, error) {
	if parent == nil {
		return false, nil
	}
	parts, err := pg.Vals[string](ctx, tx, partsSQL, parent.ID, child)
	return slices.Contains(parts, department), err
}

// assignToParent keeps the part of a child's department in the parent.
func (t *turn) assignToParent(ctx context.Context, tx *pg.Tx, department string) error {
	if t.parent == nil {
		return nil
	}
	_, err := tx.Exec(ctx, insertAssignmentsSQL, tx.Now, t.parent.ID, t.parent.Round, []uuid.UUID{pg.NewID()}, []string{department},
		[]string{string(Assisting)})
	if err != nil {
		return fmt.Errorf("assign to the parent: %w", err)
	}
	return nil
}

// endAtParent ends the part of a child's department in the parent.
func (t *turn) endAtParent(ctx context.Context, tx *pg.Tx, reason string) error {
	if t.parent == nil || t.Department == nil {
		return nil
	}
	if _, err := tx.Exec(ctx, endAssistingSQL, t.parent.ID, *t.Department, tx.Now, reason); err != nil {
		return fmt.Errorf("end the part in the parent: %w", err)
	}
	return nil
}

// leading is the department that leads, if its part has just ended: those that assist hear of their children.
func (t *turn) leading(departments []string) []string {
	return slices.DeleteFunc(slices.Clone(departments), func(d string) bool { return d != deref(t.Department) })
}

// others are departments but for some.
func others(departments []string, but ...string) []string {
	return slices.DeleteFunc(slices.Clone(departments), func(d string) bool { return slices.Contains(but, d) })
}
