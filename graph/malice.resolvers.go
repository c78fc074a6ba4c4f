package graph

import (
	"context"

	"gridwork/domain/clue"
	"gridwork/domain/identity"
	"gridwork/graph/api"
)

func (r *clueResolver) MaliceAskedBy(ctx context.Context, obj *clue.Clue) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.MaliceAskedBy)
}

func (r *mutationResolver) AskMalicious(ctx context.Context, input clue.MaliceInput) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.AskMalicious, input)
}

func (r *mutationResolver) DecideMalicious(ctx context.Context, input clue.DecideMaliceInput) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.DecideMalice, input)
}

func (r *mutationResolver) WithdrawMalicious(ctx context.Context, input clue.Target) (*api.CluePayload, error) {
	return onClue(ctx, r.Resolver, clue.WithdrawMalice, input)
}
