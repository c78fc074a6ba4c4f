package graph

import (
	"context"

	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *appealResolver) Case(ctx context.Context, obj *casework.Appeal) (*casework.Case, error) {
	return load(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *appealResolver) Department(ctx context.Context, obj *casework.Appeal) (*standard.Department, error) {
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *appealResolver) Reviews(ctx context.Context, obj *casework.Appeal) ([]api.AppealReview, error) {
	return api.ReviewsOf(*obj), nil
}

func (r *appealReviewResolver) By(ctx context.Context, obj *api.AppealReview) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.Reviewer)
}

func (r *caseResolver) Appeals(ctx context.Context, obj *casework.Case) ([]casework.Appeal, error) {
	return load(ctx, loadersOf(ctx).appeals, obj.ID)
}

func (r *mutationResolver) AppealLateness(ctx context.Context, input casework.AppealInput) (*api.AppealPayload, error) {
	return onAppeal(ctx, r.Resolver, casework.AppealLateness, input)
}

func (r *mutationResolver) DecideAppeal(ctx context.Context, input casework.DecideAppealInput) (*api.AppealPayload, error) {
	return onAppeal(ctx, r.Resolver, casework.DecideAppeal, input)
}

func (r *queryResolver) MyAppeals(ctx context.Context, first int, after *string) (*api.Connection[casework.Appeal], error) {
	place, err := api.Turn[casework.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, casework.Appeal.Place, func(tx *pg.Tx) ([]casework.Appeal, bool, error) {
		return casework.MyAppeals(ctx, tx, casework.Page{After: place, First: first})
	})
}

func (r *Resolver) Appeal() generated.AppealResolver { return &appealResolver{r} }

func (r *Resolver) AppealReview() generated.AppealReviewResolver { return &appealReviewResolver{r} }

type (
	appealResolver       struct{ *Resolver }
	appealReviewResolver struct{ *Resolver }
)
