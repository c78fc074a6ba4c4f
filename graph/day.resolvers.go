package graph

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/domain/day"
	"gridwork/domain/identity"
	"gridwork/domain/place"
	"gridwork/geo"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *dayStopResolver) By(ctx context.Context, obj *day.Stop) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.By)
}

func (r *dayStopResolver) Cell(ctx context.Context, obj *day.Stop) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *dayStopResolver) Premises(ctx context.Context, obj *day.Stop) (*place.Premises, error) {
	return maybe(ctx, loadersOf(ctx).visited, obj.Premises)
}

func (r *queryResolver) MyDay(ctx context.Context, from *geo.Position) (*day.Day, error) {
	d, err := pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) (day.Day, error) { return day.Mine(ctx, tx, from) })
	return &d, err
}

func (r *Resolver) DayStop() generated.DayStopResolver { return &dayStopResolver{r} }

type dayStopResolver struct{ *Resolver }
