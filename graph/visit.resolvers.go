package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/place"
	"gridwork/domain/visit"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *inspectionResolver) Sighting(ctx context.Context, obj *inspection.Inspection) (*visit.Sighting, error) {
	return load(ctx, loadersOf(ctx).sightings, obj.ID)
}

func (r *mutationResolver) PrintVisitCodes(ctx context.Context, input visit.PrintInput) (*api.PrintVisitCodesPayload, error) {
	printed, refusal, err := write(ctx, r.Resolver, r.Visits.Print, input)
	if printed == nil {
		return &api.PrintVisitCodesPayload{Errors: refusal}, err
	}
	return &api.PrintVisitCodesPayload{Codes: *printed, Errors: refusal}, err
}

func (r *mutationResolver) WithdrawVisitCode(ctx context.Context, input visit.WithdrawInput) (*api.WithdrawVisitCodePayload, error) {
	p, refusal, err := write(ctx, r.Resolver, visit.Withdraw, input)
	return &api.WithdrawVisitCodePayload{Code: p, Errors: refusal}, err
}

func (r *printedVisitCodeResolver) Premises(ctx context.Context, obj *visit.Printed) (*place.Premises, error) {
	return load(ctx, loadersOf(ctx).visited, obj.Premises)
}

func (r *queryResolver) VisitCodes(ctx context.Context, region string, kind *string, risk *place.Risk, first int, after *string) (*api.Connection[visit.Plate], error) {
	at, err := api.Turn[visit.Place](first, 200, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, visit.Plate.At, func(tx *pg.Tx) ([]visit.Plate, bool, error) {
		return visit.Plates(ctx, tx, visit.Range{Region: region, Kind: kind, Risk: risk}, at, first)
	})
}

func (r *queryResolver) OddSightings(ctx context.Context, campaign uuid.UUID, first int, after *string) (*api.Connection[visit.Sighting], error) {
	at, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(s visit.Sighting) uuid.UUID { return s.Inspection }, func(tx *pg.Tx) ([]visit.Sighting, bool, error) {
		return visit.Odd(ctx, tx, campaign, at, first)
	})
}

func (r *visitCodeResolver) Premises(ctx context.Context, obj *visit.Plate) (*place.Premises, error) {
	return load(ctx, loadersOf(ctx).visited, obj.Premises)
}

func (r *visitSightingResolver) Premises(ctx context.Context, obj *visit.Sighting) (*place.Premises, error) {
	return maybe(ctx, loadersOf(ctx).visited, obj.Premises)
}

func (r *visitSightingResolver) Visited(ctx context.Context, obj *visit.Sighting) (*place.Premises, error) {
	return maybe(ctx, loadersOf(ctx).visited, obj.Visited)
}

func (r *visitSightingResolver) Cell(ctx context.Context, obj *visit.Sighting) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *visitSightingResolver) Person(ctx context.Context, obj *visit.Sighting) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.Person)
}

func (r *Resolver) PrintedVisitCode() generated.PrintedVisitCodeResolver {
	return &printedVisitCodeResolver{r}
}

func (r *Resolver) VisitCode() generated.VisitCodeResolver { return &visitCodeResolver{r} }

func (r *Resolver) VisitSighting() generated.VisitSightingResolver { return &visitSightingResolver{r} }

type (
	printedVisitCodeResolver struct{ *Resolver }
	visitCodeResolver        struct{ *Resolver }
	visitSightingResolver    struct{ *Resolver }
)
