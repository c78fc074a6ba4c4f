package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *assignmentResolver) Department(ctx context.Context, obj *casework.Assignment) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *assignmentResolver) Lead(ctx context.Context, obj *casework.Assignment) (bool, error) {
	return obj.Part == casework.Lead, nil
}

func (r *caseResolver) Category(ctx context.Context, obj *casework.Case) (*standard.Category, error) {
	return load(ctx, loadersOf(ctx).categories, obj.Category)
}

func (r *caseResolver) Cell(ctx context.Context, obj *casework.Case) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *caseResolver) Standard(ctx context.Context, obj *casework.Case) (*standard.Filing, error) {
	return load(ctx, loadersOf(ctx).standards, obj.StandardID)
}

func (r *caseResolver) Department(ctx context.Context, obj *casework.Case) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *caseResolver) Handler(ctx context.Context, obj *casework.Case) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.HandlerID)
}

func (r *caseResolver) Clues(ctx context.Context, obj *casework.Case) ([]clue.Clue, error) {
	clues, err := load(ctx, loadersOf(ctx).behind, whole(obj))
	return clues[:min(len(clues), shownClues)], err
}

func (r *caseResolver) Assignments(ctx context.Context, obj *casework.Case) ([]casework.Assignment, error) {
	all, err := load(ctx, loadersOf(ctx).assignments, obj.ID)
	return keep(all, func(a casework.Assignment) bool { return a.Round == obj.Round }), err
}

func (r *caseResolver) WhyHere(ctx context.Context, obj *casework.Case) (*api.Routing, error) {
	round, err := roundOf(ctx, obj)
	if round == nil || err != nil {
		return nil, err
	}
	return routed(ctx, *round)
}

func (r *caseResolver) Returns(ctx context.Context, obj *casework.Case) ([]casework.Return, error) {
	all, err := load(ctx, loadersOf(ctx).returns, obj.ID)
	return keep(all, func(b casework.Return) bool { return b.Round == obj.Round }), err
}

func (r *caseResolver) Findings(ctx context.Context, obj *casework.Case) ([]inspection.Finding, error) {
	return load(ctx, loadersOf(ctx).filedFrom, obj.ID)
}

func (r *caseResolver) Disposals(ctx context.Context, obj *casework.Case) ([]casework.Disposal, error) {
	all, err := load(ctx, loadersOf(ctx).disposals, obj.ID)
	return keep(all, func(d casework.Disposal) bool { return d.Round == obj.Round }), err
}

func (r *caseResolver) Checks(ctx context.Context, obj *casework.Case) ([]casework.CheckTask, error) {
	all, err := load(ctx, loadersOf(ctx).checks, obj.ID)
	return keep(all, func(t casework.CheckTask) bool { return t.Round == obj.Round }), err
}

func (r *caseResolver) Clocks(ctx context.Context, obj *casework.Case) ([]escalation.Face, error) {
	return load(ctx, loadersOf(ctx).caseClocks, obj.ID)
}

func (r *caseResolver) Timeline(ctx context.Context, obj *casework.Case, first int) ([]api.Event, error) {
	if first < 1 || first > 200 {
		return nil, api.PageSize(200)
	}
	return read(ctx, r.Resolver, func(ctx context.Context, tx *pg.Tx, id uuid.UUID) ([]api.Event, error) {
		events, _, err := casework.Timeline(ctx, tx, id, uuid.Nil, first)
		if err != nil {
			return nil, err
		}
		return api.EventsOfCase(events)
	}, obj.ID)
}

func (r *caseResolver) Actions(ctx context.Context, obj *casework.Case) ([]casework.Action, error) {
	return load(ctx, loadersOf(ctx).actions, obj.ID)
}

func (r *checkTaskResolver) Case(ctx context.Context, obj *casework.CheckTask) (*casework.Case, error) {
	return load(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *checkTaskResolver) Assignee(ctx context.Context, obj *casework.CheckTask) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.AssigneeID)
}

func (r *checkTaskResolver) Photos(ctx context.Context, obj *casework.CheckTask) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.ID)
}

func (r *clockResolver) Department(ctx context.Context, obj *escalation.Face) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *clockResolver) Explanation(ctx context.Context, obj *escalation.Face) (*api.Explanation, error) {
	return api.Explain(*obj)
}

func (r *disposalResolver) Handler(ctx context.Context, obj *casework.Disposal) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.HandlerID)
}

func (r *disposalResolver) Photos(ctx context.Context, obj *casework.Disposal) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.ID)
}

func (r *mutationResolver) RouteCase(ctx context.Context, input casework.RouteInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.RouteByHand, input)
}

func (r *mutationResolver) RecallCase(ctx context.Context, input casework.NoteInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.Recall, input)
}

func (r *mutationResolver) AcceptCase(ctx context.Context, input casework.AcceptInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.Accept, input)
}

func (r *mutationResolver) NameHandler(ctx context.Context, input casework.AcceptInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.NameHandler, input)
}

func (r *mutationResolver) ReturnCase(ctx context.Context, input casework.ReturnInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.RequestReturn, input)
}

func (r *mutationResolver) DecideReturn(ctx context.Context, input casework.DecideReturnInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.DecideReturn, input)
}

func (r *mutationResolver) ReportDisposal(ctx context.Context, input casework.DisposalInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.ReportDisposal, input)
}

func (r *mutationResolver) SendBackDisposal(ctx context.Context, input casework.NoteInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.SendBack, input)
}

func (r *mutationResolver) SubmitForCheck(ctx context.Context, input casework.NoteInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.SubmitForCheck, input)
}

func (r *mutationResolver) AssignCheck(ctx context.Context, input casework.AssignCheckInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.AssignCheck, input)
}

func (r *mutationResolver) AnswerCheck(ctx context.Context, input casework.AnswerCheckInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.AnswerCheck, input)
}

func (r *mutationResolver) DecideCheck(ctx context.Context, input casework.DecideCheckInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.DecideCheck, input)
}

func (r *mutationResolver) ReopenCase(ctx context.Context, input casework.NoteInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.Reopen, input)
}

func (r *mutationResolver) ContestOutcome(ctx context.Context, input casework.ContestInput) (*api.ContestOutcomePayload, error) {
	if !actor.From(ctx).IsPerson() {
		if err := r.limits.track.Wait(ctx, r.Remote(ctx)); err != nil {
			return nil, err
		}
	}
	c, refusal, err := write(ctx, r.Resolver, r.contest, input)
	if err != nil || c == nil {
		return &api.ContestOutcomePayload{Errors: refusal}, err
	}
	told, err := read(ctx, r.Resolver, track, c.ID)
	return &api.ContestOutcomePayload{Clue: told, Errors: refusal}, err
}

func (r *queryResolver) Case(ctx context.Context, id uuid.UUID) (*casework.Case, error) {
	return found(read(ctx, r.Resolver, casework.Get, id))
}

func (r *queryResolver) Cases(ctx context.Context, filter *api.CaseFilter, first int, after *string) (*api.Connection[casework.Case], error) {
	place, err := api.Turn[casework.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	which := filter.For(actor.From(ctx).ID)
	return page(ctx, r.Resolver, casework.Case.Place, func(tx *pg.Tx) ([]casework.Case, bool, error) {
		return casework.List(ctx, tx, which, casework.Page{After: place, First: first})
	})
}

func (r *queryResolver) MyCheckTasks(ctx context.Context, first int, after *string) (*api.Connection[casework.CheckTask], error) {
	place, err := api.Turn[casework.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, placeOfCheck, func(tx *pg.Tx) ([]casework.CheckTask, bool, error) {
		return casework.MyChecks(ctx, tx, casework.Page{After: place, First: first})
	})
}

func (r *returnRequestResolver) Department(ctx context.Context, obj *casework.Return) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *returnRequestResolver) Proposed(ctx context.Context, obj *casework.Return) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Proposed)
}

func (r *returnRequestResolver) Upheld(ctx context.Context, obj *casework.Return) (*bool, error) {
	if obj.Decision == nil {
		return nil, nil
	}
	upheld := *obj.Decision == casework.Upheld
	return &upheld, nil
}

func (r *Resolver) Assignment() generated.AssignmentResolver { return &assignmentResolver{r} }

func (r *Resolver) Case() generated.CaseResolver { return &caseResolver{r} }

func (r *Resolver) CheckTask() generated.CheckTaskResolver { return &checkTaskResolver{r} }

func (r *Resolver) Clock() generated.ClockResolver { return &clockResolver{r} }

func (r *Resolver) Disposal() generated.DisposalResolver { return &disposalResolver{r} }

func (r *Resolver) ReturnRequest() generated.ReturnRequestResolver { return &returnRequestResolver{r} }

type (
	assignmentResolver    struct{ *Resolver }
	caseResolver          struct{ *Resolver }
	checkTaskResolver     struct{ *Resolver }
	clockResolver         struct{ *Resolver }
	disposalResolver      struct{ *Resolver }
	returnRequestResolver struct{ *Resolver }
)
