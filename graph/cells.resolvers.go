package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/regrid"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *cellResolver) DutyGrid(ctx context.Context, obj *cell.Cell) (*cell.DutyGrid, error) {
	return maybe(ctx, loadersOf(ctx).dutyGrids, obj.DutyGridID)
}

func (r *cellResolver) Predecessors(ctx context.Context, obj *cell.Cell) ([]cell.Cell, error) {
	return kin(ctx, loadersOf(ctx).before, obj.Code)
}

func (r *cellResolver) Successors(ctx context.Context, obj *cell.Cell) ([]cell.Cell, error) {
	return kin(ctx, loadersOf(ctx).after, obj.Code)
}

func (r *cellEditResolver) Community(ctx context.Context, obj *regrid.Edit) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Community)
}

func (r *cellEditResolver) Ends(ctx context.Context, obj *regrid.Edit) ([]cell.Cell, error) {
	return allOf(ctx, loadersOf(ctx).cells, obj.Ends)
}

func (r *cellEditResolver) Begins(ctx context.Context, obj *regrid.Edit) ([]cell.Cell, error) {
	return allOf(ctx, loadersOf(ctx).cells, obj.Begins)
}

func (r *cellEditResolver) PublishedBy(ctx context.Context, obj *regrid.Edit) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.PublishedBy)
}

func (r *cellEditPreviewResolver) Community(ctx context.Context, obj *regrid.Preview) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Plan.Community)
}

func (r *cellEditPreviewResolver) Findings(ctx context.Context, obj *regrid.Preview) ([]api.CellFinding, error) {
	return api.FindingsOf(obj.Findings), nil
}

func (r *dutyGridChangeResolver) DutyGrid(ctx context.Context, obj *regrid.GridChange) (*cell.DutyGrid, error) {
	return load(ctx, loadersOf(ctx).dutyGrids, obj.DutyGrid)
}

func (r *mutationResolver) PreviewCellEdit(ctx context.Context, input regrid.Input) (*api.PreviewCellEditPayload, error) {
	preview, refusal, err := told(read(ctx, r.Resolver, regrid.Look, input))
	return &api.PreviewCellEditPayload{Preview: preview, Errors: refusal}, err
}

func (r *mutationResolver) PublishCellEdit(ctx context.Context, input regrid.Input) (*api.CellEditPayload, error) {
	edit, refusal, err := write(ctx, r.Resolver, regrid.Publish, input)
	return &api.CellEditPayload{Edit: edit, Errors: refusal}, err
}

func (r *mutationResolver) CancelCellEdit(ctx context.Context, id uuid.UUID) (*api.CellEditPayload, error) {
	edit, refusal, err := write(ctx, r.Resolver, regrid.Cancel, id)
	return &api.CellEditPayload{Edit: edit, Errors: refusal}, err
}

func (r *plannedCellResolver) DutyGrid(ctx context.Context, obj *cell.Planned) (*cell.DutyGrid, error) {
	return maybe(ctx, loadersOf(ctx).dutyGrids, obj.DutyGrid)
}

func (r *queryResolver) FindRegions(ctx context.Context, text string, first int) ([]cell.Region, error) {
	if first < 1 || first > 50 {
		return nil, api.PageSize(50)
	}
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]cell.Region, error) { return cell.Search(ctx, tx, text, first) })
}

func (r *queryResolver) Cells(ctx context.Context, region string, first int, after *string) (*api.Connection[cell.Cell], error) {
	behind, err := api.Turn[string](first, 500, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(c cell.Cell) string { return c.Code }, func(tx *pg.Tx) ([]cell.Cell, bool, error) {
		found, err := cell.InRegion(ctx, tx, region, orNone(behind), first+1)
		return pg.Page(found, first, err)
	})
}

func (r *queryResolver) DutyGrids(ctx context.Context, street string) ([]cell.DutyGrid, error) {
	return read(ctx, r.Resolver, cell.DutyGridsOf, street)
}

func (r *queryResolver) CellEdit(ctx context.Context, id uuid.UUID) (*regrid.Edit, error) {
	return found(read(ctx, r.Resolver, regrid.ByID, id))
}

func (r *queryResolver) CellEdits(ctx context.Context, region *string, first int, after *string) (*api.Connection[regrid.Edit], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(e regrid.Edit) uuid.UUID { return e.ID }, func(tx *pg.Tx) ([]regrid.Edit, bool, error) {
		return regrid.Edits(ctx, tx, orNone(region), before, first)
	})
}

func (r *Resolver) CellEdit() generated.CellEditResolver { return &cellEditResolver{r} }

func (r *Resolver) CellEditPreview() generated.CellEditPreviewResolver {
	return &cellEditPreviewResolver{r}
}

func (r *Resolver) DutyGridChange() generated.DutyGridChangeResolver {
	return &dutyGridChangeResolver{r}
}

func (r *Resolver) PlannedCell() generated.PlannedCellResolver { return &plannedCellResolver{r} }

type (
	cellEditResolver        struct{ *Resolver }
	cellEditPreviewResolver struct{ *Resolver }
	dutyGridChangeResolver  struct{ *Resolver }
	plannedCellResolver     struct{ *Resolver }
)
