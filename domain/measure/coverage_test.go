package measure_test

import (
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/measure"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestACellIsCoveredByWhoeverWasThere(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	f.measured()
	covered := func(when string, want int) {
		t.Helper()
		f.Must(f.Tx.Flush(f.Ctx))
		f.shows(f.Dispatcher, year(measure.Together), "coverage", map[string][2]int{"": {want, 8}})
		if got := f.shown(f.Dispatcher, year(measure.ByRegion), "coverage"); got[fixture.Nanyuan+"001"][0] != want {
			t.Errorf("%s: %v by community", when, got)
		}
	}
	report := f.Reported(actor.Anonymous, fixture.BlockedExit, 3)
	done(f, f.Dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: report.Clue.ID}, Assignee: &f.Worker.ID})
	covered("a verification is asked for", 0)
	task, err := pg.Val[uuid.UUID](f.Ctx, f.Tx, "select id from verify_tasks")
	f.Must(err)
	done(f, f.Worker, clue.AnswerVerification, clue.AnswerVerificationInput{Task: task, Confirmed: true})
	covered("it is answered", 1)
	f.Closed()
	covered("a case of the next cell is checked", 2)
	f.Closed()
	covered("and another one of the same cell", 2)
}
