package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/graph/generated"
)

func (r *duplicateResolver) Case(ctx context.Context, obj *casework.Duplicate) (*casework.Case, error) {
	return maybe(ctx, loadersOf(ctx).cases, obj.Case)
}

func (r *duplicateResolver) Clue(ctx context.Context, obj *casework.Duplicate) (*clue.Clue, error) {
	return maybe(ctx, loadersOf(ctx).clues, obj.Clue)
}

func (r *Resolver) Duplicate() generated.DuplicateResolver { return &duplicateResolver{r} }

type duplicateResolver struct{ *Resolver }
