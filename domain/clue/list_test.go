package clue_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/test/fixture"
)

// crowd submits clues of both streets, urgent and not, a minute apart, and returns those of each street in the order
// of the queue.
func (t *town) crowd(n int) map[string][]uuid.UUID {
	t.Helper()
	queue := map[string][]uuid.UUID{}
	now := t.tx.Now
	var urgent, usual []clue.Clue
	for i := range n {
		t.tx.Now = now.Add(time.Duration(i) * time.Minute)
		street := []string{fixture.Nanyuan, fixture.Yuanling}[i%2]
		if i%3 == 0 {
			urgent = append(urgent, t.submitted(at(street, i%8), about(fixture.Manhole)))
		} else {
			usual = append(usual, t.submitted(at(street, i%8), about(fixture.Rubbish), saying(fmt.Sprintf("Bin No. %d", i))))
		}
	}
	for _, c := range append(urgent, usual...) {
		queue[c.Street] = append(queue[c.Street], c.ID)
		queue[""] = append(queue[""], c.ID)
	}
	t.must(t.tx.Flush(t.ctx))
	return queue
}

type lister func(clue.Page) ([]clue.Clue, bool, error)

// pages walks through a list in pages of three.
func (t *town) pages(list lister) (ids []uuid.UUID) {
	t.Helper()
	page := clue.Page{First: 3}
	for {
		found, more, err := list(page)
		t.must(err)
		for _, c := range found {
			ids = append(ids, c.ID)
		}
		if !more {
			return ids
		}
		last := found[len(found)-1].Place()
		page.After = &last
	}
}

func (t *town) queue(f clue.Filter) lister {
	return func(p clue.Page) ([]clue.Clue, bool, error) { return clue.Queue(t.ctx, t.tx, f, p) }
}

func (t *town) list(f clue.Filter) lister {
	return func(p clue.Page) ([]clue.Clue, bool, error) { return clue.List(t.ctx, t.tx, f, p) }
}

func TestTheQueueShowsTheStreetsInScopeUrgentFirstThenOldestWhateverThePage(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	want := town.crowd(20)
	for street, who := range map[string]*actor.Actor{
		fixture.Nanyuan:  town.dispatcher(),
		fixture.Yuanling: town.person(fixture.As(actor.DutyLead, fixture.Yuanling, "")),
		"":               town.person(fixture.As(actor.Supervisor, fixture.District, "")),
	} {
		town.as(who, func() {
			if got := town.pages(town.queue(clue.Filter{})); !slices.Equal(got, want[street]) {
				t.Errorf("street %q: got\n%v, want\n%v", street, got, want[street])
			}
		})
	}
	for name, nobody := range map[string]*actor.Actor{
		"anonymous": actor.Anonymous, "a volunteer": town.person(fixture.As(actor.Volunteer, fixture.Nanyuan, "")),
		"a department": town.person(fixture.As(actor.DepartmentDesk, fixture.Nanyuan, fixture.Fire)),
	} {
		town.as(nobody, func() {
			if got := town.pages(town.queue(clue.Filter{})); len(got) != 0 {
				t.Errorf("%s sees %d clues", name, len(got))
			}
		})
	}
}

func TestFiltersNarrowTheQueue(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	all := town.crowd(20)
	yes, no, rubbish, hydrant := true, false, fixture.Rubbish, fixture.Hydrant
	town.as(town.person(fixture.As(actor.Supervisor, fixture.CityCode, "")), func() {
		for name, c := range map[string]struct {
			filter clue.Filter
			want   int
		}{
			"a street":        {clue.Filter{Region: fixture.Nanyuan}, len(all[fixture.Nanyuan])},
			"a district":      {clue.Filter{Region: fixture.District}, 20},
			"nowhere":         {clue.Filter{Region: "440305"}, 0},
			"urgent":          {clue.Filter{Urgent: &yes}, 7},
			"not urgent":      {clue.Filter{Urgent: &no}, 13},
			"a category":      {clue.Filter{Category: &rubbish}, 13},
			"no such":         {clue.Filter{Category: &hydrant}, 0},
			"text, any case":  {clue.Filter{Text: "bin no. 1"}, 8}, // 1, 10, 11, 13, 14, 16, 17, 19
			"a wildcard":      {clue.Filter{Text: "%"}, 0},
			"being verified":  {clue.Filter{States: []clue.State{clue.Verifying}}, 0},
			"to be decided":   {clue.Filter{States: []clue.State{clue.Submitted, clue.Verifying}}, 20},
			"everything":      {clue.Filter{}, 20},
			"street + urgent": {clue.Filter{Region: fixture.Yuanling, Urgent: &yes}, 3},
		} {
			got := town.pages(town.queue(c.filter))
			if len(got) != c.want {
				t.Errorf("%s: %d clues, want %d", name, len(got), c.want)
			}
			if listed := town.pages(town.list(c.filter)); len(listed) != c.want {
				t.Errorf("%s: %d clues in the list, want %d", name, len(listed), c.want)
			}
		}
	})
}

func TestTheListKeepsWhatWasDecidedAndTheQueueDropsIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.crowd(6)
	dispatcher := town.dispatcher()
	decided := town.submitted()
	town.as(dispatcher, func() {
		town.must(town.perform(decided, clue.DoRefuse))
		queue, list := town.pages(town.queue(clue.Filter{})), town.pages(town.list(clue.Filter{}))
		if slices.Contains(queue, decided.ID) || len(queue) != 3 {
			t.Errorf("queue: %v", queue)
		}
		if list[0] != decided.ID || len(list) != 4 {
			t.Errorf("list: %v", list)
		}
		refused := town.pages(town.list(clue.Filter{States: []clue.State{clue.NotFiled}}))
		if !slices.Equal(refused, []uuid.UUID{decided.ID}) {
			t.Errorf("refused: %v", refused)
		}
		found := town.pages(town.list(clue.Filter{Text: fmt.Sprint(decided.Number)}))
		if !slices.Equal(found, []uuid.UUID{decided.ID}) {
			t.Errorf("by number: %v", found)
		}
		some, err := clue.ByIDs(town.ctx, town.tx, []uuid.UUID{decided.ID, queue[0], uuid.New()})
		if err != nil || len(some) != 2 {
			t.Errorf("by id: %v, %v", some, err)
		}
	})
}
