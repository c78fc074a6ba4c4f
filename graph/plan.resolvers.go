package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/domain/inspection"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *mutationResolver) CreatePlan(ctx context.Context, input inspection.CreatePlan) (*api.PlanPayload, error) {
	p, refusal, err := write(ctx, r.Resolver, inspection.NewPlan, input)
	return &api.PlanPayload{Plan: p, Errors: refusal}, err
}

func (r *mutationResolver) EndPlan(ctx context.Context, id uuid.UUID) (*api.PlanPayload, error) {
	p, refusal, err := write(ctx, r.Resolver, inspection.EndPlan, id)
	return &api.PlanPayload{Plan: p, Errors: refusal}, err
}

func (r *planResolver) Region(ctx context.Context, obj *inspection.Plan) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *planResolver) Checklist(ctx context.Context, obj *inspection.Plan) (*inspection.Checklist, error) {
	return load(ctx, loadersOf(ctx).checklists, obj.ChecklistID)
}

func (r *planResolver) Next(ctx context.Context, obj *inspection.Plan) ([]inspection.Preview, error) {
	return read(ctx, r.Resolver, inspection.Upcoming, *obj)
}

func (r *planShareResolver) Street(ctx context.Context, obj *inspection.Share) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Street)
}

func (r *queryResolver) Plan(ctx context.Context, id uuid.UUID) (*inspection.Plan, error) {
	return found(read(ctx, r.Resolver, inspection.PlanByID, id))
}

func (r *queryResolver) Plans(ctx context.Context, first int, after *string) (*api.Connection[inspection.Plan], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(p inspection.Plan) uuid.UUID { return p.ID }, func(tx *pg.Tx) ([]inspection.Plan, bool, error) {
		return inspection.Plans(ctx, tx, before, first)
	})
}

func (r *queryResolver) PreviewPlan(ctx context.Context, input inspection.CreatePlan) ([]inspection.Preview, error) {
	return read(ctx, r.Resolver, inspection.PreviewPlan, input)
}

func (r *Resolver) Plan() generated.PlanResolver { return &planResolver{r} }

func (r *Resolver) PlanShare() generated.PlanShareResolver { return &planShareResolver{r} }

type (
	planResolver      struct{ *Resolver }
	planShareResolver struct{ *Resolver }
)
