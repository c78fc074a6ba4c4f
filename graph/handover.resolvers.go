package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *inspectionTaskResolver) OfferedTo(ctx context.Context, obj *inspection.Task) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.OfferedTo)
}

func (r *inspectionTaskResolver) History(ctx context.Context, obj *inspection.Task) ([]inspection.TaskEvent, error) {
	return load(ctx, loadersOf(ctx).taskEvents, obj.ID)
}

func (r *inspectionTaskResolver) Actions(ctx context.Context, obj *inspection.Task) ([]inspection.TaskAction, error) {
	viewer := actor.From(ctx)
	held, err := load(ctx, loadersOf(ctx).held, viewer.ID)
	return obj.Actions(viewer, held), err
}

func (r *mutationResolver) ClaimInspectionTask(ctx context.Context, id uuid.UUID) (*api.InspectionTaskPayload, error) {
	return onTask(ctx, r.Resolver, inspection.Claim, id)
}

func (r *mutationResolver) OfferInspectionTask(ctx context.Context, input inspection.OfferInput) (*api.InspectionTaskPayload, error) {
	return onTask(ctx, r.Resolver, inspection.Offer, input)
}

func (r *mutationResolver) AnswerTaskOffer(ctx context.Context, input inspection.AnswerOfferInput) (*api.InspectionTaskPayload, error) {
	return onTask(ctx, r.Resolver, inspection.AnswerOffer, input)
}

func (r *mutationResolver) WithdrawTaskOffer(ctx context.Context, id uuid.UUID) (*api.InspectionTaskPayload, error) {
	return onTask(ctx, r.Resolver, inspection.WithdrawOffer, id)
}

func (r *mutationResolver) GiveBackInspectionTask(ctx context.Context, input inspection.GiveBackInput) (*api.InspectionTaskPayload, error) {
	return onTask(ctx, r.Resolver, inspection.GiveBack, input)
}

func (r *mutationResolver) AssignInspectionTask(ctx context.Context, input inspection.AssignInput) (*api.InspectionTaskPayload, error) {
	return onTask(ctx, r.Resolver, inspection.Assign, input)
}

func (r *queryResolver) InspectionTask(ctx context.Context, id uuid.UUID) (*inspection.Task, error) {
	return found(read(ctx, r.Resolver, inspection.TaskByID, id))
}

func (r *queryResolver) InspectionTaskTakers(ctx context.Context, id uuid.UUID) ([]identity.Person, error) {
	return read(ctx, r.Resolver, inspection.Takers, id)
}

func (r *queryResolver) NobodysInspectionTasks(ctx context.Context, street *string, first int, after *string) (*api.Connection[inspection.Task], error) {
	place, err := api.Turn[inspection.Place](first, 200, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, placeOfInspection, func(tx *pg.Tx) ([]inspection.Task, bool, error) {
		return inspection.Nobodys(ctx, tx, orNone(street), place, first)
	})
}

func (r *queryResolver) ClaimableInspectionTasks(ctx context.Context, first int, after *string) (*api.Connection[inspection.Task], error) {
	place, err := api.Turn[inspection.Place](first, 200, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, placeOfInspection, func(tx *pg.Tx) ([]inspection.Task, bool, error) {
		return inspection.Claimable(ctx, tx, place, first)
	})
}

func (r *taskEventResolver) By(ctx context.Context, obj *inspection.TaskEvent) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.ByID)
}

func (r *taskEventResolver) From(ctx context.Context, obj *inspection.TaskEvent) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.FromID)
}

func (r *taskEventResolver) To(ctx context.Context, obj *inspection.TaskEvent) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.ToID)
}

func (r *Resolver) TaskEvent() generated.TaskEventResolver { return &taskEventResolver{r} }

type taskEventResolver struct{ *Resolver }
