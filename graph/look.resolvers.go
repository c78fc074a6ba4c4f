package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/identity"
	"gridwork/domain/look"
	"gridwork/graph/api"
	"gridwork/graph/generated"
)

func (r *lookResolver) Person(ctx context.Context, obj *look.Look) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.Person)
}

func (r *mutationResolver) LookAt(ctx context.Context, id *uuid.UUID) (*api.LookPayload, error) {
	looks, refusal, err := write(ctx, r.Resolver, look.At, id)
	if looks == nil {
		return &api.LookPayload{Errors: refusal}, err
	}
	return &api.LookPayload{Looks: *looks, Errors: refusal}, err
}

func (r *Resolver) Look() generated.LookResolver { return &lookResolver{r} }

type lookResolver struct{ *Resolver }
