package casework_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/test/fixture"
)

func ids(cases []casework.Case) []uuid.UUID {
	var found []uuid.UUID
	for _, c := range cases {
		found = append(found, c.ID)
	}
	return found
}

func TestEverybodyIsListedTheirs(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	fire := town.routed()
	town.tx.Now = town.tx.Now.Add(time.Second)
	urban := town.routes(town.filed(fixture.Rubbish))
	town.tx.Now = town.tx.Now.Add(time.Second)
	work := town.working()
	town.tx.Now = town.tx.Now.Add(time.Second)
	helped := done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(town.filed(fixture.TreeOvergrow)),
		Department: fixture.Safety, Assisting: []string{fixture.Urban}})
	child := town.child(helped)
	town.tx.Now = town.tx.Now.Add(time.Second)
	town.absent(town.holder, town.standIn)
	checked := town.checking() // given to the neighbour
	for name, c := range map[string]struct {
		who  *actor.Actor
		want []casework.Case
	}{
		"the street's dispatcher": {town.dispatcher, []casework.Case{checked, child, helped, work, urban, fire}},
		"the supervisor":          {town.supervisor, []casework.Case{checked, child, helped, work, urban, fire}},
		"the fire desk":           {town.desk, []casework.Case{checked, work, fire}},
		"the urban desk":          {town.urban, []casework.Case{child, helped, urban}},
		"the handler":             {town.handler, []casework.Case{checked, work}},
		"who holds the cell":      {town.holder, []casework.Case{checked, child, helped, work, urban, fire}},
		"who was asked to check":  {town.neighbour, []casework.Case{checked}},
		"the next street":         {town.person(fixture.As(actor.Dispatcher, fixture.Yuanling, "")), nil},
	} {
		got := done(town, c.who, list, casework.Filter{})
		if !slices.Equal(ids(got), ids(c.want)) {
			t.Errorf("%s: %d cases, want %d", name, len(got), len(c.want))
		}
		seen := done(town, c.who, casework.ByIDs, ids([]casework.Case{fire, urban, work, helped, child, checked}))
		if len(seen) != len(c.want) {
			t.Errorf("%s reads %d of %d that are listed", name, len(seen), len(c.want))
		}
	}
}

func TestFiltersKeepWhatTheySay(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	fire := town.working()
	town.tx.Now = town.tx.Now.Add(time.Second)
	urban := town.routes(town.filed(fixture.Rubbish))
	town.tx.Now = town.tx.Now.Add(time.Second)
	closed := town.closed()
	town.tx.Now = town.tx.Now.Add(5 * time.Hour) // the fire case is late, the rubbish is not
	for name, c := range map[string]struct {
		filter casework.Filter
		want   []casework.Case
	}{
		"nothing":      {casework.Filter{}, []casework.Case{closed, urban, fire}},
		"region":       {casework.Filter{Region: fixture.District}, []casework.Case{closed, urban, fire}},
		"a cell":       {casework.Filter{Region: fixture.Cell(fixture.Nanyuan, 2)}, []casework.Case{closed, urban, fire}},
		"another cell": {casework.Filter{Region: fixture.Cell(fixture.Nanyuan, 3)}, nil},
		"department":   {casework.Filter{Department: fixture.Urban}, []casework.Case{urban}},
		"states":       {casework.Filter{States: []casework.State{casework.Working, casework.Closed}}, []casework.Case{closed, fire}},
		"open":         {casework.Filter{Open: new(true)}, []casework.Case{urban, fire}},
		"not open":     {casework.Filter{Open: new(false)}, []casework.Case{closed}},
		"open closed":  {casework.Filter{Open: new(true), States: []casework.State{casework.Closed}}, nil},
		"category":     {casework.Filter{Category: fixture.Rubbish}, []casework.Case{urban}},
		"major":        {casework.Filter{Category: "08"}, []casework.Case{closed, fire}},
		"handler":      {casework.Filter{Handler: &town.handler.ID}, []casework.Case{closed, fire}},
		"overdue":      {casework.Filter{Overdue: true}, []casework.Case{fire}},
		"due soon":     {casework.Filter{DueBefore: new(town.tx.Now.AddDate(0, 0, 7))}, []casework.Case{urban, fire}},
		"text":         {casework.Filter{Text: "货车"}, []casework.Case{closed, urban, fire}},
		"no such text": {casework.Filter{Text: "%"}, nil},
	} {
		got := done(town, town.dispatcher, list, c.filter)
		if !slices.Equal(ids(got), ids(c.want)) {
			t.Errorf("%s: %d cases, want %d", name, len(got), len(c.want))
		}
	}
}

// Whatever the pages, walking through them gives each case once, in one order.
func TestPagesNeitherLoseNorRepeatACase(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	for i := range 12 {
		if i%3 > 0 { // several are filed in the same moment
			town.tx.Now = town.tx.Now.Add(time.Millisecond)
		}
		c := town.filed([]string{fixture.BlockedExit, fixture.Rubbish}[i%2])
		if i%4 > 0 {
			town.routes(c)
		}
	}
	whole := ids(done(town, town.dispatcher, list, casework.Filter{}))
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.IntRange(1, 13).Draw(t, "first")
		var walked []uuid.UUID
		page := casework.Page{First: first}
		for more := true; more; {
			var found []casework.Case
			fixture.Do(town.tx, town.dispatcher, func() {
				var err error
				if found, more, err = casework.List(town.ctx, town.tx, casework.Filter{}, page); err != nil {
					t.Fatal(err)
				}
			})
			if more != (len(walked)+len(found) < len(whole)) || more && len(found) != first {
				t.Fatalf("%d after %d of %d, more: %v", len(found), len(walked), len(whole), more)
			}
			walked = append(walked, ids(found)...)
			if len(found) > 0 {
				page.After = new(found[len(found)-1].Place())
			}
		}
		if !slices.Equal(walked, whole) {
			t.Fatalf("pages of %d: %v, want %v", first, walked, whole)
		}
	})
}

func TestTheTimelineIsReadInPages(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.closed()
	town.flush()
	var kinds []string
	after, pages := uuid.Nil, 0
	fixture.Do(town.tx, town.supervisor, func() {
		for more := true; more; pages++ {
			var events []casework.Event
			var err error
			events, more, err = casework.Timeline(town.ctx, town.tx, c.ID, after, 3)
			town.must(err)
			for _, e := range events {
				kinds, after = append(kinds, e.Kind), e.ID
			}
		}
	})
	town.same("kinds", kinds, town.timeline(c))
	if pages != 3 {
		t.Errorf("%d pages of %d events", pages, len(kinds))
	}
	fixture.Do(town.tx, town.urban, func() {
		_, _, err := casework.Timeline(town.ctx, town.tx, c.ID, uuid.Nil, 3)
		town.refused("another department", err, "CASE_NOT_FOUND", "")
	})
}

func TestAClockTellsWhatIsLeftOfIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routes(town.filed(fixture.Rubbish)) // eight working hours from ten o'clock
	town.tx.Now = town.tx.Now.Add(24 * time.Hour)
	for _, clock := range all(town, c, casework.ClocksOf) {
		if clock.Stage == "dispose" && (clock.Remaining == nil || *clock.Remaining > 8*time.Hour || *clock.Remaining < -8*time.Hour || clock.NextStepAt == nil) {
			t.Errorf("%+v", clock)
		}
		if clock.Stage == "dispatch" && (clock.StoppedAt == nil || clock.NextStepAt != nil || *clock.Remaining != 2*time.Hour) {
			t.Errorf("it stopped at once: %+v", clock)
		}
	}
	offered := done(town, town.urban, casework.ActionsOf, []uuid.UUID{c.ID})
	if !slices.Equal(offered[c.ID], []casework.Action{casework.DoAccept, casework.DoReturn}) {
		t.Errorf("offered %v", offered)
	}
	if offered = done(town, town.desk, casework.ActionsOf, []uuid.UUID{c.ID}); len(offered) != 0 {
		t.Errorf("another department is offered %v", offered)
	}
}
