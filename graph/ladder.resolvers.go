package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *ladderResolver) Steps(ctx context.Context, obj *escalation.Ladder) ([]escalation.Step, error) {
	return obj.Steps, nil
}

func (r *mutationResolver) PublishLadder(ctx context.Context, input api.PublishLadderInput) (*api.LadderPayload, error) {
	l, refusal, err := write(ctx, r.Resolver, escalation.Publish, input.Ladder())
	return &api.LadderPayload{Ladder: l, Errors: refusal}, err
}

func (r *mutationResolver) PublishQuietRule(ctx context.Context, input notify.QuietRule) (*api.QuietRulePayload, error) {
	q, refusal, err := write(ctx, r.Resolver, notify.PublishQuiet, input)
	return &api.QuietRulePayload{QuietRule: q, Errors: refusal}, err
}

func (r *queryResolver) Ladders(ctx context.Context) ([]escalation.Ladder, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]escalation.Ladder, error) { return escalation.Newest(ctx, tx) })
}

func (r *queryResolver) Ladder(ctx context.Context, code string, version *int) (*escalation.Ladder, error) {
	return found(read(ctx, r.Resolver, escalation.Look, escalation.Pin{Code: code, Version: orNone(version)}))
}

func (r *queryResolver) QuietRule(ctx context.Context) (*notify.QuietRule, error) {
	return found(pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) (notify.QuietRule, error) { return notify.Quiet(ctx, tx) }))
}

func (r *queryResolver) SimulateLadder(ctx context.Context, caseArg uuid.UUID) (*casework.Simulation, error) {
	return found(read(ctx, r.Resolver, casework.Simulate, caseArg))
}

func (r *simulatedPersonResolver) Person(ctx context.Context, obj *casework.SimulatedPerson) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.Person)
}

func (r *simulatedStepResolver) Department(ctx context.Context, obj *casework.SimulatedStep) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *Resolver) Ladder() generated.LadderResolver { return &ladderResolver{r} }

func (r *Resolver) SimulatedPerson() generated.SimulatedPersonResolver {
	return &simulatedPersonResolver{r}
}

func (r *Resolver) SimulatedStep() generated.SimulatedStepResolver { return &simulatedStepResolver{r} }

type (
	ladderResolver          struct{ *Resolver }
	simulatedPersonResolver struct{ *Resolver }
	simulatedStepResolver   struct{ *Resolver }
)
