package graph

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/standard"
	"gridwork/geo"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *categoryResolver) Standards(ctx context.Context, obj *standard.Category) ([]standard.Filing, error) {
	return load(ctx, loadersOf(ctx).conditions, obj.Code)
}

func (r *cellResolver) Community(ctx context.Context, obj *cell.Cell) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Community)
}

func (r *cellResolver) Street(ctx context.Context, obj *cell.Cell) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Street)
}

func (r *filingStandardResolver) Category(ctx context.Context, obj *standard.Filing) (*standard.Category, error) {
	return load(ctx, loadersOf(ctx).categories, obj.Category)
}

func (r *filingStandardResolver) Department(ctx context.Context, obj *standard.Filing) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *landingResolver) Cell(ctx context.Context, obj *cell.Landing) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *landingResolver) District(ctx context.Context, obj *cell.Landing) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.District)
}

func (r *landingResolver) CommonCategories(ctx context.Context, obj *cell.Landing) ([]standard.Category, error) {
	codes, err := read(ctx, r.Resolver, clue.Common, obj.Street)
	if err != nil {
		return nil, err
	}
	return allOf(ctx, loadersOf(ctx).categories, codes)
}

func (r *queryResolver) Landing(ctx context.Context, position geo.Position) (*cell.Landing, error) {
	landing, err := r.Intake.Land(position)
	return &landing, err
}

func (r *queryResolver) Regions(ctx context.Context, parent *string) ([]cell.Region, error) {
	return read(ctx, r.Resolver, cell.Children, orNone(parent))
}

func (r *queryResolver) Region(ctx context.Context, code string) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, code)
}

func (r *queryResolver) Cell(ctx context.Context, code string) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, code)
}

func (r *queryResolver) Categories(ctx context.Context) ([]standard.Category, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]standard.Category, error) { return standard.Categories(ctx, tx) })
}

func (r *queryResolver) Departments(ctx context.Context) ([]standard.Department, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]standard.Department, error) { return standard.Departments(ctx, tx) })
}

func (r *regionResolver) Children(ctx context.Context, obj *cell.Region) ([]cell.Region, error) {
	return load(ctx, loadersOf(ctx).children, obj.Code)
}

func (r *regionResolver) Shape(ctx context.Context, obj *cell.Region) (*geo.MultiPolygon, error) {
	return load(ctx, loadersOf(ctx).outlines, obj.Code)
}

func (r *Resolver) Category() generated.CategoryResolver { return &categoryResolver{r} }

func (r *Resolver) Cell() generated.CellResolver { return &cellResolver{r} }

func (r *Resolver) FilingStandard() generated.FilingStandardResolver {
	return &filingStandardResolver{r}
}

func (r *Resolver) Landing() generated.LandingResolver { return &landingResolver{r} }

func (r *Resolver) Region() generated.RegionResolver { return &regionResolver{r} }

type (
	categoryResolver       struct{ *Resolver }
	cellResolver           struct{ *Resolver }
	filingStandardResolver struct{ *Resolver }
	landingResolver        struct{ *Resolver }
	regionResolver         struct{ *Resolver }
)
