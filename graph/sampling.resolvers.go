package graph

import (
	"context"
	"encoding/hex"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/media"
	"gridwork/domain/sampling"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *mutationResolver) DrawSample(ctx context.Context, input sampling.Drawing) (*api.SamplePayload, error) {
	s, refusal, err := write(ctx, r.Resolver, sampling.Draw, input)
	return &api.SamplePayload{Sample: s, Errors: refusal}, err
}

func (r *mutationResolver) AnswerReinspection(ctx context.Context, input sampling.AnswerInput) (*api.ReinspectionPayload, error) {
	return onReinspection(ctx, r.Resolver, sampling.Answer, input)
}

func (r *mutationResolver) SettleReinspection(ctx context.Context, input sampling.SettleInput) (*api.ReinspectionPayload, error) {
	return onReinspection(ctx, r.Resolver, sampling.Settle, input)
}

func (r *mutationResolver) AssignReinspection(ctx context.Context, input sampling.AssignInput) (*api.ReinspectionPayload, error) {
	return onReinspection(ctx, r.Resolver, sampling.Assign, input)
}

func (r *mutationResolver) CloseSample(ctx context.Context, input sampling.CloseInput) (*api.SamplePayload, error) {
	s, refusal, err := write(ctx, r.Resolver, sampling.Close, input)
	return &api.SamplePayload{Sample: s, Errors: refusal}, err
}

func (r *queryResolver) SamplePlan(ctx context.Context, design sampling.Design) (*sampling.Plan, error) {
	p, err := read(ctx, r.Resolver, sampling.Propose, design)
	return &p, err
}

func (r *queryResolver) Sample(ctx context.Context, id uuid.UUID) (*sampling.Sample, error) {
	return found(read(ctx, r.Resolver, sampling.Get, id))
}

func (r *queryResolver) Samples(ctx context.Context, first int, after *string) (*api.Connection[sampling.Sample], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(s sampling.Sample) uuid.UUID { return s.ID }, func(tx *pg.Tx) ([]sampling.Sample, bool, error) {
		return sampling.Samples(ctx, tx, before, first)
	})
}

func (r *queryResolver) MyReinspections(ctx context.Context, first int, after *string) (*api.Connection[sampling.Reinspection], error) {
	place, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, idOfReinspection, func(tx *pg.Tx) ([]sampling.Reinspection, bool, error) {
		return sampling.Mine(ctx, tx, orNone(place), first)
	})
}

func (r *reinspectionResolver) Sample(ctx context.Context, obj *sampling.Reinspection) (*sampling.Sample, error) {
	return load(ctx, loadersOf(ctx).samples, obj.SampleID)
}

func (r *reinspectionResolver) Case(ctx context.Context, obj *sampling.Reinspection) (*casework.Case, error) {
	return load(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *reinspectionResolver) Cell(ctx context.Context, obj *sampling.Reinspection) (*cell.Cell, error) {
	return load(ctx, loadersOf(ctx).cells, obj.Cell)
}

func (r *reinspectionResolver) Assignee(ctx context.Context, obj *sampling.Reinspection) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.AssigneeID)
}

func (r *reinspectionResolver) Photos(ctx context.Context, obj *sampling.Reinspection) ([]media.Photo, error) {
	return load(ctx, loadersOf(ctx).photos, obj.ID)
}

func (r *reinspectionResolver) SettledBy(ctx context.Context, obj *sampling.Reinspection) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.SettledBy)
}

func (r *sampleResolver) Region(ctx context.Context, obj *sampling.Sample) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *sampleResolver) Department(ctx context.Context, obj *sampling.Sample) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *sampleResolver) Seed(ctx context.Context, obj *sampling.Sample) (string, error) {
	return hex.EncodeToString(obj.Seed), nil
}

func (r *sampleResolver) DrawnBy(ctx context.Context, obj *sampling.Sample) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.DrawnBy)
}

func (r *sampleResolver) Strata(ctx context.Context, obj *sampling.Sample) ([]sampling.Stratum, error) {
	return load(ctx, loadersOf(ctx).strata, obj.ID)
}

func (r *sampleResolver) Unfixed(ctx context.Context, obj *sampling.Sample) (*sampling.Estimate, error) {
	strata, err := load(ctx, loadersOf(ctx).strata, obj.ID)
	return sampling.UnfixedShare(strata, obj.Confidence), err
}

func (r *sampleResolver) Missed(ctx context.Context, obj *sampling.Sample) (*sampling.Estimate, error) {
	strata, err := load(ctx, loadersOf(ctx).strata, obj.ID)
	return sampling.MissedShare(strata, obj.Confidence), err
}

func (r *sampleResolver) Reinspections(ctx context.Context, obj *sampling.Sample, state *sampling.Step, first int, after *string) (*api.Connection[sampling.Reinspection], error) {
	place, err := api.Turn[uuid.UUID](first, 200, after)
	if err != nil {
		return nil, err
	}
	which := sampling.Filter{Sample: obj.ID, State: orNone(state)}
	return page(ctx, r.Resolver, idOfReinspection, func(tx *pg.Tx) ([]sampling.Reinspection, bool, error) {
		return sampling.Reinspections(ctx, tx, which, orNone(place), first)
	})
}

func (r *Resolver) Reinspection() generated.ReinspectionResolver { return &reinspectionResolver{r} }

func (r *Resolver) Sample() generated.SampleResolver { return &sampleResolver{r} }

type (
	reinspectionResolver struct{ *Resolver }
	sampleResolver       struct{ *Resolver }
)
