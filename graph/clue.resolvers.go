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
	"gridwork/domain/media"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *clueResolver) Category(ctx context.Context, obj *clue.Clue) (*standard.Category, error) {
	return maybe(ctx, loadersOf(ctx).categories, obj.Category)
}

func (r *clueResolver) State(ctx context.Context, obj *clue.Clue) (clue.State, error) {
	if inStreet(actor.From(ctx), obj.Street)&(api.Dispatcher|api.DutyLead|api.Supervisor) == 0 {
		return obj.ToReporter(), nil
	}
	return obj.State, nil
}

func (r *clueResolver) Cell(ctx context.Context, obj *clue.Clue) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *clueResolver) Photos(ctx context.Context, obj *clue.Clue) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.ID)
}

func (r *clueResolver) Case(ctx context.Context, obj *clue.Clue) (*casework.Case, error) {
	return maybe(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *clueResolver) Duplicates(ctx context.Context, obj *clue.Clue) ([]casework.Duplicate, error) {
	return load(ctx, loadersOf(ctx).duplicates, obj.ID)
}

func (r *clueResolver) Actions(ctx context.Context, obj *clue.Clue) ([]clue.Action, error) {
	return obj.Actions(actor.From(ctx)), nil
}

func (r *clueResolver) Timeline(ctx context.Context, obj *clue.Clue) ([]api.Event, error) {
	events, err := load(ctx, loadersOf(ctx).clueEvents, obj.ID)
	told := make([]api.Event, len(events))
	for i, e := range events {
		told[i] = api.EventOfClue(e)
	}
	return told, err
}

func (r *clueResolver) Verification(ctx context.Context, obj *clue.Clue) (*clue.VerifyTask, error) {
	tasks, err := load(ctx, loadersOf(ctx).verifications, obj.ID)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	return &tasks[len(tasks)-1], nil
}

func (r *clueResolver) Clocks(ctx context.Context, obj *clue.Clue) ([]escalation.Face, error) {
	return load(ctx, loadersOf(ctx).clueClocks, obj.ID)
}

func (r *cluePayloadResolver) Case(ctx context.Context, obj *api.CluePayload) (*casework.Case, error) {
	if obj.Clue == nil {
		return nil, nil
	}
	return maybe(ctx, loadersOf(ctx).cases, obj.Clue.CaseID)
}

func (r *eventResolver) By(ctx context.Context, obj *api.Event) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.Actor)
}

func (r *mutationResolver) SubmitClue(ctx context.Context, input clue.Submission) (*api.SubmitCluePayload, error) {
	if !actor.From(ctx).IsPerson() {
		if err := r.limits.submit.Wait(ctx, r.Remote(ctx)); err != nil {
			return nil, err
		}
	}
	receipt, refusal, err := told(r.submit(ctx, input))
	if err != nil || receipt == nil {
		return &api.SubmitCluePayload{Errors: refusal}, err
	}
	c := receipt.Clue
	return &api.SubmitCluePayload{Number: &c.Number, Cell: &c.Cell, ClaimCode: receipt.ClaimCode, Repeated: receipt.Repeated, Errors: refusal}, nil
}

func (r *mutationResolver) AskVerification(ctx context.Context, input clue.AskVerificationInput) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.AskVerification, input)
}

func (r *mutationResolver) AnswerVerification(ctx context.Context, input clue.AnswerVerificationInput) (*api.CluePayload, error) {
	task, refusal, err := write(ctx, r.Resolver, clue.AnswerVerification, input)
	if err != nil || task == nil {
		return &api.CluePayload{Errors: refusal}, err
	}
	return r.changedClue(ctx, task.ClueID)
}

func (r *mutationResolver) FileClue(ctx context.Context, input casework.FileInput) (*api.CluePayload, error) {
	if _, refusal, err := write(ctx, r.Resolver, casework.File, input); err != nil || len(refusal) > 0 {
		return &api.CluePayload{Errors: refusal}, err
	}
	return r.changedClue(ctx, input.Clue)
}

func (r *mutationResolver) MergeClue(ctx context.Context, input casework.MergeInput) (*api.CluePayload, error) {
	if _, refusal, err := write(ctx, r.Resolver, casework.Merge, input); err != nil || len(refusal) > 0 {
		return &api.CluePayload{Errors: refusal}, err
	}
	return r.changedClue(ctx, input.Clue)
}

func (r *mutationResolver) UnmergeClue(ctx context.Context, input clue.Target) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, casework.Unmerge, input)
}

func (r *mutationResolver) HandleClueOnSpot(ctx context.Context, input clue.HandleOnSpotInput) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.HandleOnSpot, input)
}

func (r *mutationResolver) RefuseClue(ctx context.Context, input clue.RefuseInput) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.Refuse, input)
}

func (r *mutationResolver) ReferClue(ctx context.Context, input clue.ReferInput) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.Refer, input)
}

func (r *photoResolver) URL(ctx context.Context, obj *media.Photo) (*string, error) {
	return r.photoURL(obj, media.Copy), nil
}

func (r *photoResolver) ThumbURL(ctx context.Context, obj *media.Photo) (*string, error) {
	return r.photoURL(obj, media.Thumb), nil
}

func (r *photoResolver) Evidence(ctx context.Context, obj *media.Photo) (*media.Evidence, error) {
	return load(ctx, loadersOf(ctx).evidence, obj.ID)
}

func (r *queryResolver) Clue(ctx context.Context, id uuid.UUID) (*clue.Clue, error) {
	return found(read(ctx, r.Resolver, clue.Get, id))
}

func (r *queryResolver) Clues(ctx context.Context, filter *clue.Filter, first int, after *string) (*api.Connection[clue.Clue], error) {
	if filter == nil {
		filter = &clue.Filter{}
	}
	list := clue.Queue
	if len(filter.States) > 0 {
		list = clue.List
	}
	place, err := api.Turn[clue.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, clue.Clue.Place, func(tx *pg.Tx) ([]clue.Clue, bool, error) {
		return list(ctx, tx, *filter, clue.Page{After: place, First: first})
	})
}

func (r *queryResolver) MyClues(ctx context.Context, first int, after *string) (*api.Connection[clue.Clue], error) {
	place, err := api.Turn[clue.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, clue.Clue.Place, func(tx *pg.Tx) ([]clue.Clue, bool, error) {
		return clue.Mine(ctx, tx, clue.Page{After: place, First: first})
	})
}

func (r *queryResolver) TrackClue(ctx context.Context, claimCode string) (*api.TrackedClue, error) {
	if err := r.limits.track.Wait(ctx, r.Remote(ctx)); err != nil {
		return nil, err
	}
	told, err := read(ctx, r.Resolver, r.trackByClaim, claimCode)
	if fault.Is(err, clue.CodeUnknownClaim) {
		return nil, nil
	}
	return told, err
}

func (r *queryResolver) MyVerifyTasks(ctx context.Context, first int, after *string) (*api.Connection[clue.VerifyTask], error) {
	place, err := api.Turn[clue.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, placeOfTask, func(tx *pg.Tx) ([]clue.VerifyTask, bool, error) {
		return clue.Tasks(ctx, tx, clue.Page{After: place, First: first})
	})
}

func (r *trackedClueResolver) Category(ctx context.Context, obj *api.TrackedClue) (*standard.Category, error) {
	return maybe(ctx, loadersOf(ctx).categories, obj.Category)
}

func (r *trackedClueResolver) Outcome(ctx context.Context, obj *api.TrackedClue) (*api.TrackOutcome, error) {
	if obj.Outcome == nil {
		return nil, nil
	}
	outcome := api.TrackOutcome(*obj.Outcome)
	return &outcome, nil
}

func (r *verifyTaskResolver) Clue(ctx context.Context, obj *clue.VerifyTask) (*clue.Clue, error) {
	return load(ctx, loadersOf(ctx).clues, obj.ClueID)
}

func (r *verifyTaskResolver) Assignee(ctx context.Context, obj *clue.VerifyTask) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.AssigneeID)
}

func (r *verifyTaskResolver) Photos(ctx context.Context, obj *clue.VerifyTask) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.ID)
}

func (r *Resolver) Clue() generated.ClueResolver { return &clueResolver{r} }

func (r *Resolver) CluePayload() generated.CluePayloadResolver { return &cluePayloadResolver{r} }

func (r *Resolver) Event() generated.EventResolver { return &eventResolver{r} }

func (r *Resolver) Photo() generated.PhotoResolver { return &photoResolver{r} }

func (r *Resolver) TrackedClue() generated.TrackedClueResolver { return &trackedClueResolver{r} }

func (r *Resolver) VerifyTask() generated.VerifyTaskResolver { return &verifyTaskResolver{r} }

type (
	clueResolver        struct{ *Resolver }
	cluePayloadResolver struct{ *Resolver }
	eventResolver       struct{ *Resolver }
	photoResolver       struct{ *Resolver }
	trackedClueResolver struct{ *Resolver }
	verifyTaskResolver  struct{ *Resolver }
)
