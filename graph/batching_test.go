package graph

import (
	"testing"
	"time"

	"gridwork/test/fixture"
)

// A page of cases as the console shows it.
const pageOfCases = `query ($first: Int!) { cases(first: $first) { nodes {
	id number state actions category { nameZh } cell { code street { nameZh } } department { nameZh } handler { name }
	standard { closingZh } clocks { stage remaining }
	clues { id text category { nameZh } photos { id state } case { id department { code } } } } } }`

func TestAPageOfFiftyCasesAsksNoMoreQuestionsThanOneOfFive(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.edge.gather = 100 * time.Millisecond // on a busy machine siblings come slowly, and the count has to be exact
	for i := range 50 {
		c := town.submit("reporter", fixture.Rubbish, town.position(i%8, 0))
		town.routed(c, fixture.Rubbish)
	}

	five, fifty := town.questions(5), town.questions(50)
	if fifty != five {
		t.Errorf("5 cases take %d reads, 50 take %d", five, fifty)
	}
	if fifty > 15 {
		t.Errorf("a page takes %d reads", fifty)
	}
}

// questions is how many transactions it takes to answer a page of so many cases.
func (t *town) questions(first int) int64 {
	t.Helper()
	before := t.db.Stat().AcquireCount()
	type page struct {
		Cases struct {
			Nodes []struct {
				Clues []struct{ Photos []struct{ ID string } }
			}
		}
	}
	got := reply[page](t, "supervisor", pageOfCases, vars{"first": first})
	if len(got.Cases.Nodes) != first || len(got.Cases.Nodes[0].Clues) != 1 || len(got.Cases.Nodes[0].Clues[0].Photos) != 1 {
		t.Fatalf("not the page that was asked for: %+v", got)
	}
	return t.db.Stat().AcquireCount() - before
}
