package graph

import (
	"context"
	"reflect"
	"strings"
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/graph/api"
)

// lookAgain is how often an open socket asks whether its session still stands: one that was revoked, or whose grants
// have changed, is closed, and the client comes back as who it is now.
const lookAgain = 15 * time.Second

var errNoSession = fault.Denied("NO_SESSION", "sign in first")

// openSocket is whoever opens a websocket: by the cookie or bearer of the handshake, or by a token in the payload of
// connection_init, {"authorization": "Bearer …"}.
func (r *Resolver) openSocket(ctx context.Context, init map[string]any) (context.Context, error) {
	if said, ok := init["authorization"].(string); ok {
		entered, err := r.Enter(ctx, strings.TrimPrefix(said, "Bearer "))
		if err != nil {
			return nil, err
		}
		ctx = entered
	}
	if !actor.From(ctx).IsPerson() {
		return nil, errNoSession
	}
	token, _ := r.SessionOf(ctx)
	ctx, over := context.WithCancel(ctx)
	go func() {
		defer over()
		r.guardSocket(ctx, token)
	}()
	return ctx, nil
}

// guardSocket returns when the session is over, or not what it was. A busy store is no reason.
func (r *Resolver) guardSocket(ctx context.Context, token string) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			again, err := r.Enter(ctx, token)
			if f, public := fault.As(err); public && f.Kind != fault.KindBusy {
				return
			}
			if err == nil && !reflect.DeepEqual(actor.From(again).Grants, actor.From(ctx).Grants) {
				return
			}
		}
	}
}

// signIn opens a session, at the pace at which passwords may be tried, and gives it to the client.
func (r *Resolver) signIn(ctx context.Context, open func() (identity.Session, error)) (*api.SignInPayload, error) {
	if err := r.limits.signIn.Wait(ctx, r.Remote(ctx)); err != nil {
		return nil, err
	}
	session, err := open()
	if err != nil {
		refusal, err := api.Refused(err)
		return &api.SignInPayload{Errors: refusal}, err
	}
	entered, err := r.Enter(ctx, session.Token)
	if err != nil {
		return nil, err
	}
	r.SetSession(ctx, session.Token, session.Expires)
	return &api.SignInPayload{Token: &session.Token, Me: r.me(entered), Errors: []api.UserError{}}, nil
}

// me is the person behind ctx, or nil.
func (r *Resolver) me(ctx context.Context) *api.Me {
	a := actor.From(ctx)
	if !a.IsPerson() {
		return nil
	}
	me := &api.Me{Viewer: a, Person: &identity.Person{ID: a.ID, Name: a.Name}}
	if _, expires := r.SessionOf(ctx); !expires.IsZero() {
		me.SessionExpires = &expires
	}
	return me
}

// past is when a session that is over ended, for clients.
var past = time.Unix(0, 0)
