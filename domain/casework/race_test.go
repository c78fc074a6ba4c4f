package casework_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// committed is the town in a database of its own, and what a step in it made.
func committed[T any](t *testing.T, step func(*town) T) (*pg.DB, *town, T) {
	t.Helper()
	db := dbtest.DB(t)
	var built *town
	made, err := pg.WriteVal(t.Context(), db, func(tx *pg.Tx) (T, error) {
		built = settle(t, t.Context(), tx)
		return step(built), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, built, made
}

// atOnce lets several people act, each in a transaction of their own, and counts the answers by code; "" is success.
func atOnce(t *testing.T, db *pg.DB, acts ...func(context.Context, *pg.Tx) error) map[string]int {
	t.Helper()
	var wait sync.WaitGroup
	errs := make([]error, len(acts))
	for i, act := range acts {
		wait.Go(func() { errs[i] = db.Write(t.Context(), func(tx *pg.Tx) error { return act(t.Context(), tx) }) })
	}
	wait.Wait()
	answers := map[string]int{}
	for _, err := range errs {
		e, public := fault.As(err)
		switch {
		case err == nil:
			answers[""]++
		case public:
			answers[e.Code]++
		default:
			t.Errorf("an internal error: %v", err)
		}
	}
	return answers
}

func by(a *actor.Actor, do func(context.Context, *pg.Tx) error) func(context.Context, *pg.Tx) error {
	return func(ctx context.Context, tx *pg.Tx) error {
		tx.Actor = a
		return do(ctx, tx)
	}
}

func TestOfManyWhoActAtOnceOneActs(t *testing.T) {
	t.Parallel()
	db, town, c := committed(t, func(t *town) casework.Case { return t.filed(fixture.BlockedExit) })
	route := by(actor.System("worker"), func(ctx context.Context, tx *pg.Tx) error {
		return casework.Route(ctx, tx, casework.RouteJob{Case: c.ID, Epoch: c.Epoch})
	})
	if got := atOnce(t, db, route, route, route, route); got[""] != 4 {
		t.Errorf("a job that is done already is no error: %v", got)
	}
	accept := by(town.desk, func(ctx context.Context, tx *pg.Tx) error {
		_, err := casework.Accept(ctx, tx, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
		return err
	})
	recall := by(town.dispatcher, func(ctx context.Context, tx *pg.Tx) error {
		_, err := casework.Recall(ctx, tx, casework.NoteInput{Target: of(c), Note: "派错了"})
		return err
	})
	silence := by(actor.System("deadline keeper"), func(ctx context.Context, tx *pg.Tx) error {
		return casework.DeemAcceptedBySilence(ctx, tx, []uuid.UUID{c.ID})
	})
	got := atOnce(t, db, accept, recall, silence, accept, recall, silence)
	_ = db.Read(t.Context(), func(tx *pg.Tx) error {
		end := *town
		end.tx = tx
		moves := 0
		for _, kind := range end.timeline(c) {
			if kind == "accepted" || kind == "recalled" || kind == "deemed_accepted" {
				moves++
			}
		}
		if moves != 1 {
			t.Errorf("%v after %v", end.timeline(c), got)
		}
		if a := all(&end, c, casework.AssignmentsOf); len(a) != 1 {
			t.Errorf("%d assignments", len(a))
		}
		return nil
	})
}

func TestMergingAndUnmergingAtOnceNeitherLocksUpNorMiscounts(t *testing.T) {
	t.Parallel()
	var c casework.Case
	db, town, clues := committed(t, func(t *town) []clue.Clue {
		c = t.filed(fixture.BlockedExit)
		var clues []clue.Clue
		for range 6 {
			clues = append(clues, t.reported(actor.Anonymous, fixture.BlockedExit).Clue)
		}
		return clues
	})
	var acts []func(context.Context, *pg.Tx) error
	for range 3 {
		for _, k := range clues {
			acts = append(acts,
				by(town.dispatcher, func(ctx context.Context, tx *pg.Tx) error {
					_, err := casework.Merge(ctx, tx, casework.MergeInput{Target: clue.Target{Clue: k.ID}, Case: c.ID})
					return err
				}),
				by(town.lead, func(ctx context.Context, tx *pg.Tx) error {
					_, err := casework.Unmerge(ctx, tx, clue.Target{Clue: k.ID})
					return err
				}))
		}
	}
	atOnce(t, db, acts...)
	err := db.Read(t.Context(), func(tx *pg.Tx) error {
		merged, err := pg.Val[int](t.Context(), tx, `select count(*) from clues where case_id = $1`, c.ID)
		counted, again := pg.Val[int](t.Context(), tx, `select clue_count from cases where id = $1`, c.ID)
		if merged != counted {
			t.Errorf("%d clues behind a case that counts %d", merged, counted)
		}
		if err == nil {
			err = again
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
