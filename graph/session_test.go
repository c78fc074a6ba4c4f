package graph

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestASocketEndsWithItsSession(t *testing.T) {
	t.Parallel()
	was := &actor.Actor{Grants: []actor.Grant{{Role: actor.Dispatcher, Region: fixture.Nanyuan}}}
	for name, c := range map[string]struct {
		again *actor.Actor
		err   error
		ends  bool
	}{
		"still signed in":   {again: was},
		"a store at rest":   {err: fault.Busy("STORE_BUSY", "later")},
		"a broken store":    {err: errors.New("no route")},
		"signed out":        {err: fault.Denied("SESSION_OVER", "over"), ends: true},
		"granted less":      {again: &actor.Actor{}, ends: true},
		"granted elsewhere": {again: &actor.Actor{Grants: []actor.Grant{{Role: actor.Dispatcher, Region: fixture.Yuanling}}}, ends: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &Resolver{Deps: Deps{Enter: func(ctx context.Context, _ string) (context.Context, error) {
					return actor.With(ctx, c.again), c.err
				}}}
				ctx, cancel := context.WithTimeout(actor.With(t.Context(), was), 10*lookAgain)
				defer cancel()
				begun := time.Now()
				r.guardSocket(ctx, "token")
				if ended := time.Since(begun) < 2*lookAgain; ended != c.ends {
					t.Errorf("after %v", time.Since(begun))
				}
			})
		})
	}
}

func TestSigningInTellsAnUnknownLoginAndAWrongPasswordAlike(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""), fixture.SignsIn("li", identity.HashPassword("correct")))
	})
	wrong := town.refusal("anonymous", "signIn", "SignInInput", vars{"login": "li", "password": "wrong"})
	unknown := town.refusal("anonymous", "signIn", "SignInInput", vars{"login": "nobody", "password": "wrong"})
	if wrong.Code != "SIGN_IN_FAILED" || wrong.String() != unknown.String() || wrong.Message != unknown.Message {
		t.Errorf("%s, and %s", wrong, unknown)
	}
}
