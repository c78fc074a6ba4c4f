package tour_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gridwork/domain/tour"
	"gridwork/geo"
)

var eight = time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC)

// pace is 1 m/s: a minute is 60 metres.
const pace = 1

// metre of latitude, degrees.
const metre = 180 / (3.14159265358979 * geo.EarthRadius)

// at is a stop so many metres north of the start, due after so many minutes (0 = whenever).
func at(metres float64, minutes int) tour.Stop {
	s := tour.Stop{Point: geo.Point{Lon: 114.05, Lat: 22.54 + metres*metre}}
	if minutes > 0 {
		due := eight.Add(time.Duration(minutes) * time.Minute)
		s.Due = &due
	}
	return s
}

func walk(stops ...tour.Stop) []tour.Leg {
	from := at(0, 0).Point
	return tour.Walk{From: &from, At: eight, Speed: pace}.Order(stops)
}

func order(legs []tour.Leg) (stops []int) {
	for _, l := range legs {
		stops = append(stops, l.Stop)
	}
	return stops
}

func TestTheNearestComesFirst(t *testing.T) {
	t.Parallel()
	legs := walk(at(300, 0), at(100, 0), at(200, 0))
	if got := order(legs); !slices.Equal(got, []int{1, 2, 0}) {
		t.Errorf("%v", got)
	}
	for i, l := range legs {
		if want := eight.Add(time.Duration(i+1) * 100 * time.Second); l.Arrives.Sub(want).Abs() > time.Second || l.Late || l.Metres < 99.9 || l.Metres > 100.1 {
			t.Errorf("%d: %+v", i, l)
		}
	}
}

func TestTheWayIsStraightened(t *testing.T) {
	t.Parallel()
	// Nearest neighbour goes 1 m north, then 3 m back, and so on across the start, ever farther.
	legs := walk(at(10, 0), at(-11, 0), at(30, 0), at(-60, 0))
	metres := 0.0
	for _, l := range legs {
		metres += l.Metres
	}
	if metres > 121 {
		t.Errorf("%v, %g metres", order(legs), metres)
	}
}

func TestWhatIsDueGoesBeforeWhatIsNear(t *testing.T) {
	t.Parallel()
	legs := walk(at(100, 0), at(200, 0), at(-290, 5), at(300, 0))
	if got := order(legs); got[0] != 2 || slices.ContainsFunc(legs, func(l tour.Leg) bool { return l.Late }) {
		t.Errorf("%+v", legs)
	}
}

func TestWhatCannotBeReachedInTimeIsMarkedAndCostsNothing(t *testing.T) {
	t.Parallel()
	legs := walk(at(100, 0), at(600, 1), at(200, 60))
	if got := order(legs); !slices.Equal(got, []int{0, 2, 1}) {
		t.Errorf("%v", got)
	}
	for _, l := range legs {
		if l.Late != (l.Stop == 1) {
			t.Errorf("%+v", l)
		}
	}
}

func TestWithoutAPositionItBeginsWithWhatIsDueFirst(t *testing.T) {
	t.Parallel()
	legs := tour.Walk{At: eight, Speed: pace}.Order([]tour.Stop{at(0, 0), at(500, 90), at(900, 30)})
	if got := order(legs); !slices.Equal(got, []int{2, 1, 0}) || legs[0].Metres != 0 {
		t.Errorf("%+v", legs)
	}
	if legs := (tour.Walk{At: eight, Speed: pace}).Order(nil); legs != nil {
		t.Errorf("nothing to do: %v", legs)
	}
}

// somewhere is a day's stops within some kilometres.
func somewhere(t *rapid.T) []tour.Stop {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) tour.Stop {
		s := tour.Stop{Point: geo.Point{Lon: 114.05 + rapid.Float64Range(-0.02, 0.02).Draw(t, "lon"), Lat: 22.54 + rapid.Float64Range(-0.02, 0.02).Draw(t, "lat")}}
		if minutes := rapid.IntRange(-60, 240).Draw(t, "due"); minutes < 120 {
			due := eight.Add(time.Duration(minutes) * time.Minute)
			s.Due = &due
		}
		return s
	}), 1, 40).Draw(t, "stops")
}

func TestEveryStopIsWalkedToOnceAndTheSameWayEachTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		stops := somewhere(t)
		legs := walk(stops...)
		seen := slices.Sorted(slices.Values(order(legs)))
		for i := range stops {
			if len(seen) != len(stops) || seen[i] != i {
				t.Fatalf("%v of %d", seen, len(stops))
			}
		}
		if again := walk(stops...); !slices.Equal(legs, again) {
			t.Fatal("another way the second time")
		}
		for i, l := range legs {
			if i > 0 && l.Arrives.Before(legs[i-1].Arrives) || l.Late != (stops[l.Stop].Due != nil && l.Arrives.After(*stops[l.Stop].Due)) {
				t.Fatalf("%d: %+v", i, l)
			}
		}
	})
}

func BenchmarkAHundredStops(b *testing.B) {
	var stops []tour.Stop
	for i := range 100 {
		s := tour.Stop{Point: geo.Point{Lon: 114.05 + float64(i*7919%101)*0.0002, Lat: 22.54 + float64(i*104729%103)*0.0002}}
		if i%3 > 0 {
			due := eight.Add(time.Duration(i*31%300) * time.Minute)
			s.Due = &due
		}
		stops = append(stops, s)
	}
	for b.Loop() {
		walk(stops...)
	}
}
