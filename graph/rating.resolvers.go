package graph

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/graph/api"
)

func (r *caseResolver) Ratings(ctx context.Context, obj *casework.Case) (*casework.Ratings, error) {
	ratings, err := load(ctx, loadersOf(ctx).ratings, obj.ID)
	if ratings == nil {
		ratings = &casework.Ratings{} // nobody has rated: null says "not for you"
	}
	return ratings, err
}

func (r *clueResolver) Tracked(ctx context.Context, obj *clue.Clue) (*api.TrackedClue, error) {
	return load(ctx, loadersOf(ctx).tracked, obj.ID)
}

func (r *mutationResolver) RateOutcome(ctx context.Context, input casework.RateInput) (*api.RateOutcomePayload, error) {
	if !actor.From(ctx).IsPerson() {
		if err := r.limits.track.Wait(ctx, r.Remote(ctx)); err != nil {
			return nil, err
		}
	}
	c, refusal, err := write(ctx, r.Resolver, r.rate, input)
	if err != nil || c == nil {
		return &api.RateOutcomePayload{Errors: refusal}, err
	}
	told, err := read(ctx, r.Resolver, track, c.ID)
	return &api.RateOutcomePayload{Clue: told, Errors: refusal}, err
}
