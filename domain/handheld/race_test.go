package handheld_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"gridwork/actor"
	"gridwork/domain/handheld"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// yard is the small city in a database of its own, with a grid worker who holds cell 0.
type yard struct {
	testing.TB
	db     *pg.DB
	worker *actor.Actor
}

func newYard(t testing.TB) *yard {
	t.Helper()
	y := &yard{TB: t, db: dbtest.DB(t)}
	y.must(y.db.Write(t.Context(), func(tx *pg.Tx) error {
		fixture.City(t, t.Context(), tx)
		fixture.Standards(t, t.Context(), tx)
		y.worker = fixture.Person(t, t.Context(), tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
		fixture.DutyGrid(t, t.Context(), tx, []string{nanyuan(0)}, y.worker)
		return nil
	}))
	return y
}

func (y *yard) must(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

func (y *yard) ask(cursor string) handheld.Delta {
	y.Helper()
	var d handheld.Delta
	ctx := actor.With(y.Context(), y.worker)
	err := y.db.Snapshot(ctx, func(tx *pg.Tx) (err error) {
		d, err = handheld.Pull(ctx, tx, handheld.Ask{Cursor: cursor})
		return err
	})
	if err != nil {
		y.Error(err) // also from other goroutines
	}
	return d
}

// writer opens a transaction that puts premises into the grid, and commits when it is told to.
func (y *yard) writer(code string) (commit func()) {
	y.Helper()
	begun, end, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- y.db.Write(y.Context(), func(tx *pg.Tx) error {
			fixture.Premises(y, y.Context(), tx, code, "商铺", "", fixture.Nanyuan, 0)
			close(begun)
			<-end
			return nil
		})
	}()
	<-begun
	return func() {
		close(end)
		if err := <-done; err != nil {
			y.Error(err) // also from other goroutines
		}
	}
}

func TestNothingIsMissedWhenTransactionsCommitOutOfOrder(t *testing.T) {
	t.Parallel()
	y, p := newYard(t), &phone{}
	p.put(t, y.ask(""))

	// Given a writer that begins first, and another that begins later and commits first,
	commitA := y.writer("P-A")
	commitB := y.writer("P-B")
	commitB()
	// when the handheld pulls in between, and the first one commits after that,
	p.put(t, y.ask(p.cursor))
	same(t, "in between", p.ids(handheld.Premises), "P-B")
	commitA()
	p.put(t, y.ask(p.cursor))
	// then nothing is missing.
	same(t, "at last", p.ids(handheld.Premises), "P-A", "P-B")
}

func TestPullingConvergesWhateverTheOrderOfCommits(t *testing.T) {
	t.Parallel()
	y, p := newYard(t), &phone{}
	var want []string
	for round := range 12 {
		var commits []func()
		for i := range 4 {
			code := fmt.Sprintf("P-%02d-%d", round, i)
			want = append(want, code)
			commits = append(commits, y.writer(code))
		}
		rand.Shuffle(len(commits), func(i, j int) { commits[i], commits[j] = commits[j], commits[i] })
		for _, commit := range commits {
			commit()
			switch rand.IntN(3) {
			case 0:
				p.put(t, y.ask(p.cursor))
			case 1:
				y.ask(p.cursor) // and the answer is lost
			}
		}
	}
	p.put(t, y.ask(p.cursor))
	same(t, "premises", p.ids(handheld.Premises), want...)
	if whole := y.ask(""); whole.Cursor != p.cursor {
		t.Error("the whole is another one")
	}
}

func TestOneHandheldThatPullsManyTimesAtOnceLosesNothing(t *testing.T) {
	t.Parallel()
	y, p := newYard(t), &phone{}
	p.put(t, y.ask(""))
	for round := range 5 {
		answers := make(chan handheld.Delta, 8)
		var all sync.WaitGroup
		for i := range cap(answers) {
			all.Go(func() {
				if i == 3 {
					y.writer(fmt.Sprintf("P-%d", round))()
				}
				answers <- y.ask(p.cursor)
			})
		}
		all.Wait()
		p.put(t, <-answers) // any of them
	}
	p.put(t, y.ask(p.cursor))
	same(t, "premises", p.ids(handheld.Premises), "P-0", "P-1", "P-2", "P-3", "P-4")
}
