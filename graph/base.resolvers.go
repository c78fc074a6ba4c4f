package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

// SignIn is the resolver for the signIn field.
func (r *mutationResolver) SignIn(ctx context.Context, input api.SignInInput) (*api.SignInPayload, error) {
	return r.signIn(ctx, func() (identity.Session, error) {
		return identity.SignIn(ctx, r.DB, input.Login, input.Password, r.SessionTTL)
	})
}

// SignOut is the resolver for the signOut field.
func (r *mutationResolver) SignOut(ctx context.Context) (*api.SignOutPayload, error) {
	token, _ := r.SessionOf(ctx)
	r.SetSession(ctx, "", past)
	err := r.DB.Write(ctx, func(tx *pg.Tx) error { return identity.SignOut(ctx, tx, token) })
	return &api.SignOutPayload{SignedOut: err == nil}, err
}

// Me is the resolver for the me field.
func (r *queryResolver) Me(ctx context.Context) (*api.Me, error) {
	return r.me(ctx), nil
}

// CaseChanged is the resolver for the caseChanged field.
func (r *subscriptionResolver) CaseChanged(ctx context.Context, id *uuid.UUID) (<-chan *casework.Case, error) {
	l, err := r.cases.listen(ctx, id)
	if err != nil {
		return nil, err
	}
	return stream(ctx, r.feed, l, casework.ByIDs), nil
}

// InboxChanged is the resolver for the inboxChanged field.
func (r *subscriptionResolver) InboxChanged(ctx context.Context) (<-chan *notify.Message, error) {
	l, err := r.inbox.listen(ctx, nil)
	if err != nil {
		return nil, err
	}
	return stream(ctx, r.feed, l, notify.Own), nil
}

func (r *Resolver) Mutation() generated.MutationResolver { return &mutationResolver{r} }

func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

func (r *Resolver) Subscription() generated.SubscriptionResolver { return &subscriptionResolver{r} }

type (
	mutationResolver     struct{ *Resolver }
	queryResolver        struct{ *Resolver }
	subscriptionResolver struct{ *Resolver }
)
