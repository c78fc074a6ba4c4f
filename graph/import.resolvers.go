package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/consignment"
	"gridwork/domain/identity"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *importResolver) Person(ctx context.Context, obj *consignment.Import) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *mutationResolver) BeginImport(ctx context.Context, input consignment.BeginInput) (*api.ImportPayload, error) {
	i, refusal, err := told(consignment.Begin(ctx, r.DB, r.Brought, input))
	return &api.ImportPayload{Import: i, Errors: refusal}, err
}

func (r *mutationResolver) StopImport(ctx context.Context, id uuid.UUID) (*api.ImportPayload, error) {
	i, refusal, err := write(ctx, r.Resolver, consignment.Stop, id)
	return &api.ImportPayload{Import: i, Errors: refusal}, err
}

func (r *mutationResolver) GoOnWithImport(ctx context.Context, id uuid.UUID) (*api.ImportPayload, error) {
	i, refusal, err := write(ctx, r.Resolver, consignment.GoOn, id)
	return &api.ImportPayload{Import: i, Errors: refusal}, err
}

func (r *queryResolver) ImportOffers(ctx context.Context) ([]consignment.Offer, error) {
	return consignment.Offers(actor.From(ctx)), nil
}

func (r *queryResolver) ImportProfiles(ctx context.Context, kind consignment.Kind) ([]consignment.Profile, error) {
	return read(ctx, r.Resolver, consignment.Profiles, kind)
}

func (r *queryResolver) ImportLook(ctx context.Context, input consignment.LookInput) (*consignment.Look, error) {
	return found(consignment.LookAt(ctx, r.DB, r.Brought, input))
}

func (r *queryResolver) Imports(ctx context.Context, first int, after *string) (*api.Connection[consignment.Import], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(i consignment.Import) uuid.UUID { return i.ID }, func(tx *pg.Tx) ([]consignment.Import, bool, error) {
		return consignment.List(ctx, tx, before, first)
	})
}

func (r *queryResolver) Import(ctx context.Context, id uuid.UUID) (*consignment.Import, error) {
	return found(read(ctx, r.Resolver, consignment.Get, id))
}

func (r *queryResolver) ImportRejects(ctx context.Context, importArg uuid.UUID, first int, after *string) (*api.Connection[consignment.Reject], error) {
	place, err := api.Turn[int64](first, 200, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(one consignment.Reject) int64 { return one.ID }, func(tx *pg.Tx) ([]consignment.Reject, bool, error) {
		return consignment.Rejects(ctx, tx, importArg, place, first)
	})
}

func (r *Resolver) Import() generated.ImportResolver { return &importResolver{r} }

type importResolver struct{ *Resolver }
