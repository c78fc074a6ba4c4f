package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/domain/place"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *campaignResolver) Region(ctx context.Context, obj *inspection.Campaign) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *campaignResolver) Checklist(ctx context.Context, obj *inspection.Campaign) (*inspection.Checklist, error) {
	return load(ctx, loadersOf(ctx).checklists, obj.ChecklistID)
}

func (r *campaignResolver) Plan(ctx context.Context, obj *inspection.Campaign) (*inspection.Plan, error) {
	return maybe(ctx, loadersOf(ctx).plans, obj.PlanID)
}

func (r *campaignResolver) Done(ctx context.Context, obj *inspection.Campaign) (int, error) {
	streets, err := load(ctx, loadersOf(ctx).progress, obj.ID)
	return sum(streets, func(p inspection.Progress) int { return p.Done }), err
}

func (r *campaignResolver) Findings(ctx context.Context, obj *inspection.Campaign) (int, error) {
	streets, err := load(ctx, loadersOf(ctx).progress, obj.ID)
	return sum(streets, func(p inspection.Progress) int { return p.Findings }), err
}

func (r *campaignResolver) Streets(ctx context.Context, obj *inspection.Campaign) ([]inspection.Progress, error) {
	return load(ctx, loadersOf(ctx).progress, obj.ID)
}

func (r *campaignStreetResolver) Street(ctx context.Context, obj *inspection.Progress) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Street)
}

func (r *checklistResolver) Use(ctx context.Context, obj *inspection.Checklist) (*inspection.Use, error) {
	return load(ctx, loadersOf(ctx).uses, obj.ID)
}

func (r *checklistItemResolver) Severity(ctx context.Context, obj *inspection.Item) (*inspection.Severity, error) {
	if obj.Severity == "" {
		return nil, nil
	}
	return &obj.Severity, nil
}

func (r *checklistUseResolver) Plans(ctx context.Context, obj *inspection.Use) ([]inspection.Plan, error) {
	return allOf(ctx, loadersOf(ctx).plans, obj.Plans)
}

func (r *findingResolver) Category(ctx context.Context, obj *inspection.Finding) (*standard.Category, error) {
	return load(ctx, loadersOf(ctx).categories, obj.Category)
}

func (r *findingResolver) Photos(ctx context.Context, obj *inspection.Finding) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.InspectionID)
}

func (r *findingResolver) Case(ctx context.Context, obj *inspection.Finding) (*casework.Case, error) {
	return maybe(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *inspectionResolver) Score(ctx context.Context, obj *inspection.Inspection) (*api.InspectionScore, error) {
	score := obj.Score()
	if score == nil {
		return nil, nil
	}
	shown := &api.InspectionScore{Earned: score.Earned, Possible: score.Possible, Critical: score.Critical}
	list, err := load(ctx, loadersOf(ctx).checklists, obj.ChecklistID)
	if list != nil {
		shown.Grade = list.Band(score.Grade)
	}
	return shown, err
}

func (r *inspectionTaskResolver) Campaign(ctx context.Context, obj *inspection.Task) (*inspection.Campaign, error) {
	return load(ctx, loadersOf(ctx).campaigns, obj.CampaignID)
}

func (r *inspectionTaskResolver) Cell(ctx context.Context, obj *inspection.Task) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *inspectionTaskResolver) Premises(ctx context.Context, obj *inspection.Task) (*place.Premises, error) {
	return maybe(ctx, loadersOf(ctx).visited, obj.Premises)
}

func (r *inspectionTaskResolver) Assignee(ctx context.Context, obj *inspection.Task) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.AssigneeID)
}

func (r *inspectionTaskResolver) Findings(ctx context.Context, obj *inspection.Task) ([]inspection.Finding, error) {
	return load(ctx, loadersOf(ctx).findings, obj.ID)
}

func (r *inspectionTaskResolver) Inspection(ctx context.Context, obj *inspection.Task) (*inspection.Inspection, error) {
	return load(ctx, loadersOf(ctx).inspected, obj.ID)
}

func (r *mutationResolver) CloseCampaign(ctx context.Context, id uuid.UUID) (*api.CampaignPayload, error) {
	c, refusal, err := write(ctx, r.Resolver, inspection.CloseCampaign, id)
	return &api.CampaignPayload{Campaign: c, Errors: refusal}, err
}

func (r *mutationResolver) StartCampaign(ctx context.Context, input inspection.Start) (*api.StartCampaignPayload, error) {
	c, refusal, err := write(ctx, r.Resolver, inspection.StartCampaign, input)
	return &api.StartCampaignPayload{Campaign: c, Errors: refusal}, err
}

func (r *mutationResolver) SubmitInspection(ctx context.Context, input inspection.Submission) (*api.SubmitInspectionPayload, error) {
	receipt, refusal, err := write(ctx, r.Resolver, inspection.Submit, input)
	if err != nil || receipt == nil {
		return &api.SubmitInspectionPayload{Errors: refusal}, err
	}
	return &api.SubmitInspectionPayload{Task: &receipt.Task, Repeated: receipt.Repeated, Errors: refusal}, nil
}

func (r *queryResolver) Checklists(ctx context.Context) ([]inspection.Checklist, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]inspection.Checklist, error) { return inspection.Checklists(ctx, tx) })
}

func (r *queryResolver) ChecklistVersions(ctx context.Context, code string) ([]inspection.Checklist, error) {
	return read(ctx, r.Resolver, inspection.ChecklistVersions, code)
}

func (r *queryResolver) Campaign(ctx context.Context, id uuid.UUID) (*inspection.Campaign, error) {
	return found(read(ctx, r.Resolver, inspection.CampaignByID, id))
}

func (r *queryResolver) Campaigns(ctx context.Context, plan *uuid.UUID, first int, after *string) (*api.Connection[inspection.Campaign], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(c inspection.Campaign) uuid.UUID { return c.ID }, func(tx *pg.Tx) ([]inspection.Campaign, bool, error) {
		return inspection.Campaigns(ctx, tx, plan, before, first)
	})
}

func (r *queryResolver) CampaignTasks(ctx context.Context, campaign uuid.UUID, street *string, state *inspection.TaskState, first int, after *string) (*api.Connection[inspection.Task], error) {
	stop, err := api.Turn[inspection.Stop](first, 200, after)
	if err != nil {
		return nil, err
	}
	which := inspection.TaskFilter{Campaign: campaign, Street: orNone(street), State: orNone(state)}
	return page(ctx, r.Resolver, inspection.Task.Stop, func(tx *pg.Tx) ([]inspection.Task, bool, error) {
		return inspection.Tasks(ctx, tx, which, stop, first)
	})
}

func (r *queryResolver) MyInspectionTasks(ctx context.Context, first int, after *string) (*api.Connection[inspection.Task], error) {
	place, err := api.Turn[inspection.Place](first, 200, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, placeOfInspection, func(tx *pg.Tx) ([]inspection.Task, bool, error) {
		return inspection.MyTasks(ctx, tx, place, first)
	})
}

func (r *Resolver) Campaign() generated.CampaignResolver { return &campaignResolver{r} }

func (r *Resolver) CampaignStreet() generated.CampaignStreetResolver {
	return &campaignStreetResolver{r}
}

func (r *Resolver) Checklist() generated.ChecklistResolver { return &checklistResolver{r} }

func (r *Resolver) ChecklistItem() generated.ChecklistItemResolver { return &checklistItemResolver{r} }

func (r *Resolver) ChecklistUse() generated.ChecklistUseResolver { return &checklistUseResolver{r} }

func (r *Resolver) Finding() generated.FindingResolver { return &findingResolver{r} }

func (r *Resolver) Inspection() generated.InspectionResolver { return &inspectionResolver{r} }

func (r *Resolver) InspectionTask() generated.InspectionTaskResolver {
	return &inspectionTaskResolver{r}
}

type (
	campaignResolver       struct{ *Resolver }
	campaignStreetResolver struct{ *Resolver }
	checklistResolver      struct{ *Resolver }
	checklistItemResolver  struct{ *Resolver }
	checklistUseResolver   struct{ *Resolver }
	findingResolver        struct{ *Resolver }
	inspectionResolver     struct{ *Resolver }
	inspectionTaskResolver struct{ *Resolver }
)
