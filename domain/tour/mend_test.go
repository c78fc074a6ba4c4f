package tour

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gridwork/geo"
)

// planned is a plan of random stops.
func planned(t *rapid.T) plan {
	n := rapid.IntRange(1, 30).Draw(t, "stops")
	now := time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC)
	stops := make([]Stop, n)
	for i := range stops {
		stops[i].Point = geo.Point{Lon: 114 + rapid.Float64Range(0, 0.05).Draw(t, "lon"), Lat: 22.5 + rapid.Float64Range(0, 0.05).Draw(t, "lat")}
		if rapid.Bool().Draw(t, "due") {
			due := now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
			stops[i].Due = &due
		}
	}
	return Walk{At: now, Speed: 1.2}.plan(stops)
}

func TestStraighteningNeverMakesTheWayLonger(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := planned(t)
		near := p.nearest()
		straight := slices.Clone(near)
		p.straighten(straight)
		if a, b := p.standing(near).metres, p.standing(straight).metres; b > a+worthwhile {
			t.Fatalf("%g metres became %g", a, b)
		}
	})
}

func TestMendingNeverLeavesMoreLateThanTheShortestWayOrTheOrderOfDueTimes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := planned(t)
		order := p.nearest()
		p.straighten(order)
		was, is := p.standing(order), p.standing(p.mend(slices.Clone(order)))
		if was.better(is) {
			t.Fatalf("%+v became %+v", was, is)
		}
		byDue := slices.Clone(order)
		slices.SortFunc(byDue, func(a, b int) int {
			if p.due[a] < p.due[b] {
				return -1
			}
			return 1
		})
		if due := p.standing(byDue); due.late < is.late {
			t.Fatalf("by due times %d are late, mended %d", due.late, is.late)
		}
	})
}
