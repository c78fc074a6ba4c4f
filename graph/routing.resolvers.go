package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/domain/routing"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *caseResolver) Precedents(ctx context.Context, obj *casework.Case) ([]casework.Precedent, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]casework.Precedent, error) { return obj.Precedents(ctx, tx) })
}

func (r *mutationResolver) DraftRules(ctx context.Context, input routing.DraftInput) (*api.RuleSetPayload, error) {
	return onRules(ctx, r.Resolver, routing.Draft, input)
}

func (r *mutationResolver) EditRules(ctx context.Context, input routing.EditInput) (*api.RuleSetPayload, error) {
	return onRules(ctx, r.Resolver, routing.Edit, input)
}

func (r *mutationResolver) DiscardRules(ctx context.Context, input routing.SetTarget) (*api.RuleSetPayload, error) {
	return onRules(ctx, r.Resolver, routing.Discard, input)
}

func (r *mutationResolver) PublishRules(ctx context.Context, input routing.PublishInput) (*api.RuleSetPayload, error) {
	return onRules(ctx, r.Resolver, routing.PublishDraft, input)
}

func (r *mutationResolver) RollbackRules(ctx context.Context, input routing.RollbackInput) (*api.RuleSetPayload, error) {
	return onRules(ctx, r.Resolver, routing.Rollback, input)
}

func (r *precedentResolver) Department(ctx context.Context, obj *casework.Precedent) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *precedentResolver) Proposed(ctx context.Context, obj *casework.Precedent) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Proposed)
}

func (r *precedentResolver) Upheld(ctx context.Context, obj *casework.Precedent) (bool, error) {
	return obj.Decision == casework.Upheld, nil
}

func (r *queryResolver) RuleSets(ctx context.Context, first int, after *string) (*api.Connection[routing.Set], error) {
	below, err := api.Turn[int](first, 50, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, routing.Set.Place, func(tx *pg.Tx) ([]routing.Set, bool, error) {
		return routing.Sets(ctx, tx, orNone(below), first)
	})
}

func (r *queryResolver) RuleSet(ctx context.Context, version int) (*routing.Set, error) {
	return found(read(ctx, r.Resolver, routing.Look, version))
}

func (r *queryResolver) ReplayRules(ctx context.Context, input casework.ReplayInput) (*casework.Replay, error) {
	return found(read(ctx, r.Resolver, casework.ReplayRules, input))
}

func (r *queryResolver) MovedCases(ctx context.Context, input casework.MovedInput, first int, after *string) (*api.Connection[casework.Case], error) {
	place, err := api.Turn[casework.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, casework.Case.Place, func(tx *pg.Tx) ([]casework.Case, bool, error) {
		return casework.Moved(ctx, tx, input, casework.Page{After: place, First: first})
	})
}

func (r *queryResolver) ReturnLedger(ctx context.Context, input casework.LedgerFilter) ([]casework.LedgerLine, error) {
	return read(ctx, r.Resolver, casework.ReturnLedger, input)
}

func (r *returnLedgerLineResolver) Department(ctx context.Context, obj *casework.LedgerLine) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *routingRuleResolver) Precedents(ctx context.Context, obj *routing.Rule) ([]casework.Precedent, error) {
	return read(ctx, r.Resolver, casework.PrecedentsOfRule, obj.Code)
}

func (r *ruleSetResolver) Authors(ctx context.Context, obj *routing.Set) ([]identity.Person, error) {
	authors := make([]identity.Person, len(obj.Authors))
	for i, id := range obj.Authors {
		author, err := load(ctx, loadersOf(ctx).people, id)
		if err != nil {
			return nil, err
		}
		authors[i] = *author
	}
	return authors, nil
}

func (r *ruleSetResolver) PublishedBy(ctx context.Context, obj *routing.Set) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.PublishedBy)
}

func (r *ruleSetResolver) Rules(ctx context.Context, obj *routing.Set) ([]routing.Rule, error) {
	return read(ctx, r.Resolver, routing.RulesOf, obj.Version)
}

func (r *ruleSetResolver) Findings(ctx context.Context, obj *routing.Set) ([]routing.Finding, error) {
	return read(ctx, r.Resolver, routing.Examine, obj.Version)
}

func (r *Resolver) Precedent() generated.PrecedentResolver { return &precedentResolver{r} }

func (r *Resolver) ReturnLedgerLine() generated.ReturnLedgerLineResolver {
	return &returnLedgerLineResolver{r}
}

func (r *Resolver) RoutingRule() generated.RoutingRuleResolver { return &routingRuleResolver{r} }

func (r *Resolver) RuleSet() generated.RuleSetResolver { return &ruleSetResolver{r} }

type (
	precedentResolver        struct{ *Resolver }
	returnLedgerLineResolver struct{ *Resolver }
	routingRuleResolver      struct{ *Resolver }
	ruleSetResolver          struct{ *Resolver }
)
