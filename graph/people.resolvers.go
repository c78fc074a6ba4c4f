package graph

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *grantResolver) Region(ctx context.Context, obj *actor.Grant) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *grantResolver) Department(ctx context.Context, obj *actor.Grant) (*standard.Department, error) {
	if obj.Department == "" {
		return nil, nil
	}
	return load(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *meResolver) Unread(ctx context.Context, obj *api.Me) (int, error) {
	return pg.ReadVal(actor.With(ctx, obj.Viewer), r.DB, func(tx *pg.Tx) (int, error) { return notify.Unread(ctx, tx) })
}

func (r *queryResolver) Handlers(ctx context.Context, department string, street string) ([]identity.Person, error) {
	if !actor.From(ctx).May(actor.Work, street, department) {
		return []identity.Person{}, nil
	}
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]identity.Person, error) {
		return identity.Holders(ctx, tx, actor.Handler, street, department)
	})
}

func (r *Resolver) Grant() generated.GrantResolver { return &grantResolver{r} }

func (r *Resolver) Me() generated.MeResolver { return &meResolver{r} }

type (
	grantResolver struct{ *Resolver }
	meResolver    struct{ *Resolver }
)
