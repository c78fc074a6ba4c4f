package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/media"
	"gridwork/graph/api"
)

// see is the directive @see: the field is null unless the viewer stands to the object in one of the ways it names.
// That the viewer may see the object at all was decided by the query that read it.
func (r *Resolver) see(ctx context.Context, obj any, next graphql.Resolver, by []api.Viewer) (any, error) {
	var allowed api.Viewer
	for _, v := range by {
		allowed |= v
	}
	if allowed&api.Scope != 0 {
		return next(ctx)
	}
	stands, err := r.stands(ctx, obj, allowed)
	if err != nil || !stands {
		return nil, err
	}
	return next(ctx)
}

// stands reports whether the viewer stands to an object in one of the allowed ways.
func (r *Resolver) stands(ctx context.Context, obj any, allowed api.Viewer) (bool, error) {
	a := actor.From(ctx)
	switch o := obj.(type) {
	case *casework.Case:
		return r.standsToCase(ctx, a, o, allowed)
	case *clue.Clue:
		return r.standsToClue(ctx, a, o, allowed)
	case *media.Photo:
		return r.standsToPhoto(ctx, a, o, allowed)
	default:
		return false, fmt.Errorf("no rule for the fields of %T", obj)
	}
}

func (r *Resolver) standsToCase(ctx context.Context, a *actor.Actor, c *casework.Case, allowed api.Viewer) (bool, error) {
	if inStreet(a, c.Street)&allowed != 0 || allowed&api.Handler != 0 && c.HandlerID != nil && *c.HandlerID == a.ID {
		return true, nil
	}
	if allowed&api.DepartmentDesk != 0 && a.Has(actor.DepartmentDesk) {
		if at, err := r.deskOf(ctx, a, c); at || err != nil {
			return at, err
		}
	}
	if allowed&api.GridWorker != 0 {
		return r.worksOn(ctx, a, c)
	}
	return false, nil
}

// deskOf reports whether the viewer sits at a desk of the case: of the department that leads, or of one that assists.
func (r *Resolver) deskOf(ctx context.Context, a *actor.Actor, c *casework.Case) (bool, error) {
	if c.Department != nil && a.As(actor.DepartmentDesk, c.Street, *c.Department) {
		return true, nil
	}
	assigned, err := load(ctx, loadersOf(ctx).assignments, c.ID)
	return slices.ContainsFunc(assigned, func(as casework.Assignment) bool {
		return a.As(actor.DepartmentDesk, c.Street, as.Department)
	}), err
}

// worksOn reports whether the case lies in a cell that the viewer holds, or was given to the viewer to check, or to look at
// again.
func (r *Resolver) worksOn(ctx context.Context, a *actor.Actor, c *casework.Case) (bool, error) {
	held, err := load(ctx, loadersOf(ctx).held, a.ID)
	if _, holds := slices.BinarySearch(held, c.Cell); holds || err != nil {
		return holds, err
	}
	checks, err := load(ctx, loadersOf(ctx).checks, c.ID)
	if err != nil || slices.ContainsFunc(checks, func(t casework.CheckTask) bool { return t.AssigneeID != nil && *t.AssigneeID == a.ID }) {
		return err == nil, err
	}
	inspectors, err := load(ctx, loadersOf(ctx).inspectors, c.ID)
	return slices.Contains(inspectors, a.ID), err
}

func (r *Resolver) standsToClue(ctx context.Context, a *actor.Actor, c *clue.Clue, allowed api.Viewer) (bool, error) {
	if inStreet(a, c.Street)&allowed != 0 || allowed&api.Owner != 0 && isMine(a, c) {
		return true, nil
	}
	if allowed&api.GridWorker != 0 {
		tasks, err := load(ctx, loadersOf(ctx).verifications, c.ID)
		if err != nil || slices.ContainsFunc(tasks, func(t clue.VerifyTask) bool { return t.AssigneeID != nil && *t.AssigneeID == a.ID }) {
			return err == nil, err
		}
	}
	if ofCase := allowed & (api.DepartmentDesk | api.Handler); ofCase != 0 && c.CaseID != nil {
		return r.standsBehind(ctx, a, *c.CaseID, ofCase)
	}
	return false, nil
}

// standsBehind reports whether the viewer works on a case, or on a child of it: whoever assists works by the same clues.
func (r *Resolver) standsBehind(ctx context.Context, a *actor.Actor, id uuid.UUID, ofCase api.Viewer) (bool, error) {
	behind, err := load(ctx, loadersOf(ctx).cases, id)
	if err != nil {
		return false, err
	}
	if behind != nil {
		if stands, err := r.standsToCase(ctx, a, behind, ofCase); stands || err != nil {
			return stands, err
		}
	}
	children, err := load(ctx, loadersOf(ctx).childCases, id)
	for i := range children {
		if stands, err := r.standsToCase(ctx, a, &children[i], ofCase); stands || err != nil {
			return stands, err
		}
	}
	return false, err
}

// whole is the case behind which the clues stand: a child's parent.
func whole(c *casework.Case) uuid.UUID {
	if c.ParentID != nil {
		return *c.ParentID
	}
	return c.ID
}

// isMine reports whether the viewer is the clue's reporter.
func isMine(a *actor.Actor, c *clue.Clue) bool {
	return len(c.Mark) > 0 && slices.Equal(c.Mark, a.Mark)
}

// ofPlace are the roles that count by where something lies alone.
const ofPlace = api.Dispatcher | api.DutyLead | api.Supervisor | api.Admin | api.Integration

// inStreet is how the viewer's grants make them stand to whatever lies in a street.
func inStreet(a *actor.Actor, street string) api.Viewer {
	var stands api.Viewer
	for _, g := range a.Grants {
		if g.Covers(street, "") {
			stands |= api.Of[g.Role]
		}
	}
	return stands & ofPlace
}

// checkSchema makes sure that no field of a protected type lacks its rule, and that a field which not everybody may
// see can be null.
func checkSchema(s *ast.Schema) error {
	var broken []error
	for _, d := range s.Types {
		if d.Directives.ForName("protected") == nil {
			continue
		}
		for _, f := range d.Fields {
			rule := f.Directives.ForName("see")
			switch {
			case rule == nil:
				broken = append(broken, fmt.Errorf("%s.%s does not say who may see it", d.Name, f.Name))
			case f.Type.NonNull && !slices.Contains(standings(rule), "SCOPE"):
				broken = append(broken, fmt.Errorf("%s.%s is not for everybody, so it has to be nullable", d.Name, f.Name))
			}
		}
	}
	return errors.Join(broken...)
}

// standings are the names that a rule lists.
func standings(rule *ast.Directive) []string {
	var names []string
	for _, v := range rule.Arguments.ForName("by").Value.Children {
		names = append(names, v.Value.Raw)
	}
	return names
}
