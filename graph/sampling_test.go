package graph

import (
	"strings"
	"testing"

	"gridwork/test/fixture"
)

func TestWhoIsAskedToLookAgainSeesWhatAndWhere(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed(town.submit("anonymous", fixture.BlockedExit, town.position(1, 0)), fixture.BlockedExit)
	town.sampled(town.passed(town.seen(town.checking(town.reported(town.working(c))))))
	const mine = `{ it: myReinspections { nodes { case { text point { lon } category { code } disposals { text } } sample { id } } } }`
	a := string(town.ask("other worker", mine, nil).Data)
	if strings.Contains(a, `"text":null`) || strings.Contains(a, `"point":null`) || !strings.Contains(a, `"disposals":[{`) || !strings.Contains(a, `"sample":null`) {
		t.Errorf("the inspector sees %s", a)
	}
}
