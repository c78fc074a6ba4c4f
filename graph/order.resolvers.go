package graph

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *caseResolver) Orders(ctx context.Context, obj *casework.Case) ([]casework.SupervisionOrder, error) {
	return load(ctx, loadersOf(ctx).orders, obj.ID)
}

func (r *mutationResolver) OrderSupervision(ctx context.Context, input casework.OrderInput) (*api.OrderPayload, error) {
	return onOrder(ctx, r.Resolver, casework.OrderSupervision, input)
}

func (r *mutationResolver) ReplyToOrder(ctx context.Context, input casework.ReplyInput) (*api.OrderPayload, error) {
	return onOrder(ctx, r.Resolver, casework.ReplyToOrder, input)
}

func (r *mutationResolver) DecideReply(ctx context.Context, input casework.DecideReplyInput) (*api.OrderPayload, error) {
	return onOrder(ctx, r.Resolver, casework.DecideReply, input)
}

func (r *orderReplyResolver) By(ctx context.Context, obj *casework.Reply) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.RepliedBy)
}

func (r *queryResolver) MyOrders(ctx context.Context, first int, after *string) (*api.Connection[casework.SupervisionOrder], error) {
	place, err := api.Turn[casework.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, casework.SupervisionOrder.Place, func(tx *pg.Tx) ([]casework.SupervisionOrder, bool, error) {
		return casework.MyOrders(ctx, tx, casework.Page{After: place, First: first})
	})
}

func (r *supervisionOrderResolver) Case(ctx context.Context, obj *casework.SupervisionOrder) (*casework.Case, error) {
	return load(ctx, loadersOf(ctx).cases, obj.CaseID)
}

func (r *supervisionOrderResolver) Department(ctx context.Context, obj *casework.SupervisionOrder) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *supervisionOrderResolver) By(ctx context.Context, obj *casework.SupervisionOrder) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.OrderedBy)
}

func (r *supervisionOrderResolver) Replies(ctx context.Context, obj *casework.SupervisionOrder) ([]casework.Reply, error) {
	return load(ctx, loadersOf(ctx).replies, obj.ID)
}

func (r *supervisionOrderResolver) Actions(ctx context.Context, obj *casework.SupervisionOrder) ([]casework.OrderAction, error) {
	return obj.Actions(actor.From(ctx)), nil
}

func (r *Resolver) OrderReply() generated.OrderReplyResolver { return &orderReplyResolver{r} }

func (r *Resolver) SupervisionOrder() generated.SupervisionOrderResolver {
	return &supervisionOrderResolver{r}
}

type (
	orderReplyResolver       struct{ *Resolver }
	supervisionOrderResolver struct{ *Resolver }
)
