package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/graph/api"
	"gridwork/graph/generated"
)

func (r *caseResolver) Requests(ctx context.Context, obj *casework.Case) ([]casework.Request, error) {
	return load(ctx, loadersOf(ctx).requests, obj.ID)
}

func (r *caseRequestResolver) AskedBy(ctx context.Context, obj *casework.Request) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.AskedBy)
}

func (r *caseRequestResolver) DecidedBy(ctx context.Context, obj *casework.Request) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.DecidedBy)
}

func (r *mutationResolver) MakeRequest(ctx context.Context, input casework.AskInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.Ask, input)
}

func (r *mutationResolver) DecideRequest(ctx context.Context, input casework.DecideRequestInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.DecideRequest, input)
}

func (r *mutationResolver) WithdrawRequest(ctx context.Context, input casework.WithdrawRequestInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.WithdrawRequest, input)
}

func (r *mutationResolver) ResumeCase(ctx context.Context, input casework.NoteInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.Resume, input)
}

func (r *Resolver) CaseRequest() generated.CaseRequestResolver { return &caseRequestResolver{r} }

type caseRequestResolver struct{ *Resolver }
