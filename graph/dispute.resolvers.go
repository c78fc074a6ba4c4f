package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
)

func (r *caseResolver) Dispute(ctx context.Context, obj *casework.Case) (*api.Dispute, error) {
	if obj.Kind != standard.Dispute {
		return nil, nil
	}
	steps, err := load(ctx, loadersOf(ctx).disputes, obj.ID)
	if err != nil {
		return nil, err
	}
	round, err := roundOf(ctx, obj)
	if round == nil || err != nil {
		return nil, err
	}
	return &api.Dispute{Steps: steps, Outcome: round.DisputeOutcome, SentUpTo: round.SentUpTo}, nil
}

func (r *disputeStepResolver) RecordedBy(ctx context.Context, obj *casework.DisputeStep) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.RecordedBy)
}

func (r *mutationResolver) RecordGuidance(ctx context.Context, input casework.GuidanceInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.RecordGuidance, input)
}

func (r *mutationResolver) RecordMediation(ctx context.Context, input casework.MediationInput) (*api.CasePayload, error) {
	return onCase(ctx, r.Resolver, casework.RecordMediation, input)
}

func (r *Resolver) DisputeStep() generated.DisputeStepResolver { return &disputeStepResolver{r} }

type disputeStepResolver struct{ *Resolver }
