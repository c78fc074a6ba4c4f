package measure_test

import (
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/measure"
	"gridwork/domain/standard"
	"gridwork/test/fixture"
)

func TestHeatIsWhatComesUpForEachLook(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	tasks := f.place("4403040010000000000000101", 3, "A1", "A2")
	for _, task := range tasks {
		f.inspected(task)
	}
	f.Filed(fixture.BlockedExit)
	f.Routed(f.Filed(fixture.BlockedExit))
	f.FiledFrom(f.Reported(actor.Anonymous, fixture.BlockedExit, 5).Clue, fixture.BlockedExit) // where nobody looks
	f.RollsUp(9)
	looked, unlooked := fixture.Nanyuan+"001", fixture.Nanyuan+"002"
	shows := func(what string, who *actor.Actor, filter measure.Filter, want map[string][2]int) {
		t.Helper()
		heats := done(f, who, measure.Heats, filter)
		if len(heats) != len(want) {
			t.Errorf("%s: %+v", what, heats)
		}
		for _, h := range heats {
			ratio := h.Value != nil && *h.Value == float64(h.Cases)/float64(h.Inspections)
			if want[h.Community] != [2]int{h.Cases, h.Inspections} || ratio != (h.Inspections > 0) {
				t.Errorf("%s: %+v", what, h)
			}
		}
	}
	whole := year(measure.Together)
	shows("a year", f.Supervisor, whole, map[string][2]int{looked: {2, 2}, unlooked: {1, 0}})
	fire := whole
	fire.Department = fixture.Fire
	shows("one department's cases, and all looks", f.Dispatcher, fire, map[string][2]int{looked: {1, 2}})
	today := calendar.DateOf(f.Tx.Now)
	shows("today", f.Dispatcher, measure.Filter{From: today, To: today}, map[string][2]int{looked: {2, 2}, unlooked: {1, 0}})
	shows("another street", f.Supervisor, measure.Filter{Region: fixture.Yuanling, From: whole.From, To: whole.To}, nil)

	_, err := as(f, f.Fire, measure.Heats, whole)
	f.Refused("a department", err, "ACTION_NOT_YOURS", "")
	_, err = as(f, f.Supervisor, measure.Heats, measure.Filter{From: whole.To, To: whole.From})
	f.Refused("a period that ends before it begins", err, "PERIOD_REVERSED", "to")
}

func TestAPlaybackTellsWhatWasOpenAtEachMoment(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	first := f.Working()
	f.Later(90 * time.Minute)
	f.FiledFrom(f.Reported(actor.Anonymous, fixture.BlockedExit, 5).Clue, fixture.BlockedExit)
	hushed, err := standard.ForCategory(f.Ctx, f.Tx, fixture.Violence)
	f.Must(err)
	done(f, f.Lead, casework.File, casework.FileInput{Target: clue.Target{Clue: f.Reported(actor.Anonymous, fixture.Violence, 2).Clue.ID}, Standard: hushed[0].ID})
	f.Later(2 * time.Hour)
	f.Checked(first, true)
	f.Later(30 * time.Minute)

	plays := func(what string, who *actor.Actor, filter measure.PlaybackFilter, want map[string][]int) {
		t.Helper()
		p := done(f, who, measure.Play, filter)
		if n := len(p.Moments); !p.Moments[n-1].Equal(f.Tx.Now) || len(p.Communities) != len(want) {
			t.Errorf("%s: %+v", what, p)
		}
		for _, c := range p.Communities {
			tail := want[c.Community]
			for i, n := range c.Open {
				wanted := 0
				if at := i - (len(c.Open) - len(tail)); at >= 0 {
					wanted = tail[at]
				}
				if n != wanted {
					t.Errorf("%s: in %s %v, want %v at the end", what, c.Community, c.Open, tail)
					break
				}
			}
		}
	}
	day := measure.PlaybackFilter{Stretch: measure.LastDay}
	west, east := fixture.Nanyuan+"001", fixture.Nanyuan+"002"
	plays("by the hour", f.Supervisor, day, map[string][]int{west: {1, 1, 1, 0}, east: {1, 1, 1}})
	plays("by the day", f.Dispatcher, measure.PlaybackFilter{Stretch: measure.LastMonth}, map[string][]int{east: {1}})
	plays("one department's", f.Supervisor, measure.PlaybackFilter{Stretch: measure.LastDay, Department: fixture.Fire}, map[string][]int{west: {1, 1, 1, 0}})
	plays("one community", f.Supervisor, measure.PlaybackFilter{Stretch: measure.LastDay, Region: east}, map[string][]int{east: {1, 1, 1}})
	plays("another street", f.Supervisor, measure.PlaybackFilter{Stretch: measure.LastDay, Region: fixture.Yuanling}, nil)
	f.Later(24 * time.Hour)
	plays("a day later", f.Supervisor, day, map[string][]int{east: {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}})

	_, err = as(f, f.Fire, measure.Play, day)
	f.Refused("a department", err, "ACTION_NOT_YOURS", "")
}
