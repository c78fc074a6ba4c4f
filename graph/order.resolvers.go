package graph

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
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
