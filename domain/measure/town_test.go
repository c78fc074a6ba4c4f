package measure_test

import (
	"context"
	"testing"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/pg"
	"gridwork/test/town"
)

// figures are those of a town.
type figures struct{ *town.Town }

func newFigures(t testing.TB) *figures { return &figures{town.New(t)} }

// as runs a verb with somebody acting.
func as[In, Out any](f *figures, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) (Out, error) {
	f.Helper()
	return town.As(f.Town, a, verb, in)
}

// done is as, for what has to succeed.
func done[In, Out any](f *figures, a *actor.Actor, verb func(context.Context, *pg.Tx, In) (Out, error), in In) Out {
	f.Helper()
	return town.Done(f.Town, a, verb, in)
}

func of(c casework.Case) casework.Target { return casework.Target{Case: c.ID} }
