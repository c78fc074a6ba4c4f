package casework

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// A joint case 联合处置 is a parent, which its lead department disposes of, and a child for each department that assists:
// one level deep, each child with its own department, limit, ladder and clocks, and with the states of any case. The parent
// closes when all have. Whoever locks both locks the parent first.

// Reference is how people call the case: its number, and of a child the parent's with its own behind it, such as 1024-1.
func (c Case) Reference() string { return fmt.Sprint(spoken(c.Number, c.ChildNumber)) }

// spoken is the number that messages say.
func spoken(number int64, child int) any {
	if child == 0 {
		return number
	}
	return strconv.FormatInt(number, 10) + "-" + strconv.Itoa(child)
}

var (
	errParentOnly = fault.Conflict("PARENT_ONLY", "this is for the parent of a joint case")
	errHasPart    = fault.Invalid("DEPARTMENT_HAS_PART", "this department leads or assists in the case already")
)

// opening is how every child begins: with its department, at once.
var opening = Row{Do: "open_child", To: Routed, Starts: append([]escalation.Stage{escalation.Total}, toDepartment...), Event: "child_opened"}

// AssistInput adds a department that helps 增加协办.
type AssistInput struct {
	Target
	Department string
	Note       string // why, up to 500 characters
}

// AddAssisting lets another department assist in an open case that is with its lead already: a child is opened for it.
//
// Faults: those of take; DEPARTMENT_UNKNOWN and DEPARTMENT_HAS_PART at "department"; TEXT_… at "note".
func AddAssisting(ctx context.Context, tx *pg.Tx, in AssistInput) (Case, error) {
	why, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	if err := checkDepartments(ctx, tx, in.Department, nil); err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoAddAssisting)
	if err != nil {
		return Case{}, err
	}
	if err := partless(ctx, tx, &t.Case, uuid.Nil, in.Department); err != nil {
		return Case{}, fault.Under("department", err)
	}
	if err := t.end(ctx, tx, map[string]any{"department": in.Department, "note": why}); err != nil {
		return Case{}, err
	}
	return t.done(t.openChild(ctx, tx, in.Department))
}

// share gives every assisting department a child that has none. A child whose department leads now is over.
func (t *turn) share(ctx context.Context, tx *pg.Tx, o order, kept []Case) error {
	for _, department := range o.assisting {
		if slices.Contains(o.keeping(kept), department) {
			continue
		}
		if err := t.openChild(ctx, tx, department); err != nil {
			return fmt.Errorf("open a child for %s: %w", department, err)
		}
	}
	return endAll(ctx, tx, Voided, slices.DeleteFunc(kept, func(c Case) bool { return deref(c.Department) != o.lead }))
}

// keeping are the assisting departments that have a child already.
func (o order) keeping(kept []Case) []string {
	var departments []string
	for _, c := range kept {
		if slices.Contains(o.assisting, deref(c.Department)) {
			departments = append(departments, *c.Department)
		}
	}
	return departments
}

// openChild opens the case of an assisting department, dispatched at once, with what is known of the parent: its place and
// words, its ladder and the rules' reasons, and who may read it. Its reporters are the parent's.
func (t *turn) openChild(ctx context.Context, tx *pg.Tx, department string) error {
	f, own, err := t.childStandard(ctx, tx, department)
	if err != nil {
		return err
	}
	c := Case{ID: pg.NewID(), Number: t.Number, Kind: t.Kind, State: Filed, Round: 1, Version: 1, Epoch: 1, Category: t.Category,
		Urgent: t.Urgent, Priority: t.Priority, Source: t.Source, Text: t.Text, Point: t.Point, Cell: t.Cell, Street: t.Street,
		StandardID: f.ID, ParentID: &t.ID, ParentRound: &t.Round, Restricted: t.Restricted, FiledAt: tx.Now}
	if c.ChildNumber, err = pg.Val[int](ctx, tx, insertChildSQL, c.ID, c.Kind, c.State, c.Round, c.Version, c.Category, c.Urgent,
		c.Priority, c.Source, c.Text, c.Point, c.Cell, c.Street, c.StandardID, c.Restricted, c.FiledAt, t.ID, t.Round, t.Number); err != nil {
		return fmt.Errorf("insert child: %w", err)
	}
	if _, err := tx.Exec(ctx, inheritReadersSQL, c.ID, t.ID); err != nil {
		return fmt.Errorf("readers of the child: %w", err)
	}
	child := &turn{Case: c, row: opening, parent: &t.Case}
	if err := child.openRound(ctx, tx, BecauseAssisting, f.Version); err != nil {
		return err
	}
	child.round.RuleSetVersion, child.round.Trace = t.round.RuleSetVersion, t.round.Trace
	return child.dispatch(ctx, tx, order{lead: department, ladder: t.ladder(), detail: map[string]any{"parent": t.ID, "own_limit": own}})
}

// childStandard is the department's own row of the standard that the parent is held to, where there is one; else the
// parent's, and then own is false.
func (t *turn) childStandard(ctx context.Context, tx *pg.Tx, department string) (f standard.Filing, own bool, err error) {
	rows, err := standard.OfVersion(ctx, tx, t.Category, t.round.StandardVersion)
	if err != nil {
		return f, false, err
	}
	if i := slices.IndexFunc(rows, func(f standard.Filing) bool { return f.Department == department }); i >= 0 {
		return rows[i], true, nil
	}
	f, err = standard.FilingOf(ctx, tx, t.StandardID)
	return f, false, err
}

// endChildren ends what is open of the round's children, because the parent ends or is recalled.
func (t *turn) endChildren(ctx context.Context, tx *pg.Tx, outcome State) error {
	open, err := t.openChildren(ctx, tx)
	if err != nil {
		return err
	}
	return endAll(ctx, tx, outcome, open)
}

// endAll ends children that are locked. The platform does it: who ended the parent stands in the parent's timeline.
func endAll(ctx context.Context, tx *pg.Tx, outcome State, children []Case) error {
	do := map[State]Action{Voided: DoVoidChild, ForceClosed: DoForceCloseChild}[outcome]
	return byPlatform(tx, func() error {
		for _, c := range children {
			child, err := stand(ctx, tx, c)
			if err != nil {
				return err
			}
			if err := child.turnTo(tx, do); err != nil {
				return err
			}
			if err := child.conclude(ctx, tx, map[string]any{"parent": *c.ParentID}); err != nil {
				return fmt.Errorf("end child %s: %w", c.ID, err)
			}
		}
		return nil
	})
}

// endSpare ends a child that nobody has and nobody needs: its next owner has part in the case already.
func (t *turn) endSpare(ctx context.Context, tx *pg.Tx, next string) error {
	return byPlatform(tx, func() error {
		if err := t.turnTo(tx, DoVoidChild); err != nil {
			return err
		}
		return t.conclude(ctx, tx, map[string]any{"parent": t.parent.ID, "department": next})
	})
}

// tellParent lets a child's parent know that the child is over; the last one closes a parent that waits for it.
func (t *turn) tellParent(ctx context.Context, tx *pg.Tx) error {
	if t.parent == nil { // no child, or one that ends with its parent
		return nil
	}
	if err := t.endAtParent(ctx, tx, string(t.State)); err != nil {
		return err
	}
	note(tx, *t.parent, "child_over", map[string]any{"child": t.ID, "department": t.Department, "outcome": t.State})
	parent, err := stand(ctx, tx, *t.parent)
	if err != nil || parent.round.PassedAt == nil || parent.standing.ChildrenOpen {
		return err
	}
	return byPlatform(tx, func() error {
		if err := parent.turnTo(tx, DoCloseJoint); err != nil {
			return err
		}
		return parent.close(ctx, tx, map[string]any{"child": t.ID})
	})
}

// byPlatform lets the platform act within somebody's transaction.
func byPlatform(tx *pg.Tx, do func() error) error {
	person := tx.Actor
	tx.Actor = actor.System("joint case")
	defer func() { tx.Actor = person }()
	return do()
}
