package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/measure"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *indicatorResolver) Cases(ctx context.Context, obj *measure.Indicator, part measure.Part, first int, after *string) (*api.Connection[casework.Case], error) {
	place, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(c casework.Case) uuid.UUID { return c.ID }, func(tx *pg.Tx) ([]casework.Case, bool, error) {
		return obj.Behind(ctx, tx, part, place, first)
	})
}

func (r *indicatorGroupResolver) Region(ctx context.Context, obj *measure.Group) (*cell.Region, error) {
	if obj.By != measure.ByRegion {
		return nil, nil
	}
	return load(ctx, loadersOf(ctx).regions, obj.Key)
}

func (r *indicatorGroupResolver) Department(ctx context.Context, obj *measure.Group) (*standard.Department, error) {
	if obj.By != measure.ByDepartment {
		return nil, nil
	}
	return load(ctx, loadersOf(ctx).departments, obj.Key)
}

func (r *indicatorGroupResolver) Category(ctx context.Context, obj *measure.Group) (*standard.Category, error) {
	if obj.By != measure.ByCategory {
		return nil, nil
	}
	return load(ctx, loadersOf(ctx).categories, obj.Key)
}

func (r *queryResolver) Heat(ctx context.Context, region string, department string, from calendar.Date, to calendar.Date) ([]measure.Heat, error) {
	return read(ctx, r.Resolver, measure.Heats, measure.Filter{Region: region, Department: department, From: from, To: to})
}

func (r *queryResolver) Playback(ctx context.Context, region string, department string, stretch measure.Stretch) (*measure.Playback, error) {
	p, err := read(ctx, r.Resolver, measure.Play, measure.PlaybackFilter{Region: region, Department: department, Stretch: stretch})
	return &p, err
}

func (r *queryResolver) Measures(ctx context.Context) ([]measure.Measure, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]measure.Measure, error) { return measure.Current(ctx, tx) })
}

func (r *queryResolver) Indicators(ctx context.Context, input measure.Filter) ([]measure.Group, error) {
	return read(ctx, r.Resolver, measure.Indicators, input)
}

func (r *Resolver) Indicator() generated.IndicatorResolver { return &indicatorResolver{r} }

func (r *Resolver) IndicatorGroup() generated.IndicatorGroupResolver {
	return &indicatorGroupResolver{r}
}

type (
	indicatorResolver      struct{ *Resolver }
	indicatorGroupResolver struct{ *Resolver }
)
