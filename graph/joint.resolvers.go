package graph

import (
	"context"
	"time"

	"gridwork/domain/casework"
	"gridwork/domain/standard"
	"gridwork/graph/api"
)

func (r *caseResolver) Parent(ctx context.Context, obj *casework.Case) (*casework.Case, error) {
	return maybe(ctx, loadersOf(ctx).cases, obj.ParentID)
}

func (r *caseResolver) Children(ctx context.Context, obj *casework.Case) ([]casework.Case, error) {
	return load(ctx, loadersOf(ctx).childCases, obj.ID)
}

func (r *caseResolver) Assisting(ctx context.Context, obj *casework.Case) ([]standard.Department, error) {
	return assisting(ctx, obj)
}

func (r *caseResolver) OwnPartPassedAt(ctx context.Context, obj *casework.Case) (*time.Time, error) {
	round, err := roundOf(ctx, obj)
	if round == nil || err != nil {
		return nil, err
	}
	return round.PassedAt, nil
}

func (r *caseResolver) OwnLimit(ctx context.Context, obj *casework.Case) (*bool, error) {
	if obj.ParentID == nil || obj.Department == nil {
		return nil, nil
	}
	f, err := load(ctx, loadersOf(ctx).standards, obj.StandardID)
	if f == nil || err != nil {
		return nil, err
	}
	own := f.Department == *obj.Department
	return &own, nil
}

func (r *mutationResolver) AddAssistingDepartment(ctx context.Context, input casework.AssistInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.AddAssisting, input)
}
