package graph

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/domain/place"
	"gridwork/graph/generated"
)

func (r *addressResolver) Cell(ctx context.Context, obj *place.Address) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *addressResolver) Units(ctx context.Context, obj *place.Address) ([]place.Address, error) {
	return load(ctx, loadersOf(ctx).units, obj.Code)
}

func (r *addressResolver) Premises(ctx context.Context, obj *place.Address) ([]place.Premises, error) {
	return load(ctx, loadersOf(ctx).premises, obj.Code)
}

func (r *premisesResolver) Cell(ctx context.Context, obj *place.Premises) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *queryResolver) Address(ctx context.Context, code string) (*place.Address, error) {
	return found(read(ctx, r.Resolver, place.Resolve, code))
}

func (r *queryResolver) Addresses(ctx context.Context, search place.Search) ([]place.Address, error) {
	return read(ctx, r.Resolver, place.Find, search)
}

func (r *queryResolver) AddressesNear(ctx context.Context, near place.Nearby) ([]place.Address, error) {
	return read(ctx, r.Resolver, place.Nearest, near)
}

func (r *queryResolver) Premises(ctx context.Context, search place.Search) ([]place.Premises, error) {
	return read(ctx, r.Resolver, place.FindPremises, search)
}

func (r *Resolver) Address() generated.AddressResolver { return &addressResolver{r} }

func (r *Resolver) Premises() generated.PremisesResolver { return &premisesResolver{r} }

type (
	addressResolver  struct{ *Resolver }
	premisesResolver struct{ *Resolver }
)
