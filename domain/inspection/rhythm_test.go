package inspection

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestThePeriodsOfARhythmFollowWithoutGapAndEveryDayLiesInItsOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := func(name string) time.Time {
			return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, name))
		}
		p := Plan{Start: day("start")}
		r := Rhythm{Every: rapid.IntRange(1, 40).Draw(t, "every"), Unit: rapid.SampledFrom(Units).Draw(t, "unit")}
		on := day("day")

		found, ok := p.at(r, on)
		switch {
		case ok != !on.Before(p.Start):
			t.Fatalf("begun: %v", ok)
		case ok && (on.Before(found.Start) || !on.Before(found.End)):
			t.Fatalf("%s is not from %s to %s", on, found.Start, found.End)
		case ok:
			n := r.turn(p.Start, on)
			if before, after := r.period(p.Start, n-1), r.period(p.Start, n+1); before.End != found.Start || after.Start != found.End || !found.Start.Before(found.End) {
				t.Fatalf("a gap at %s", found.Start)
			}
		}
		if next, ok := p.next(r, on); !ok || next.End.Before(on) {
			t.Fatalf("next: %v, %v", next, ok)
		}
	})
}

func TestAShortMonthsLastDayStandsForThoseThatItLacks(t *testing.T) {
	t.Parallel()
	p := Plan{Start: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)}
	r := Rhythm{Every: 1, Unit: Months}
	for n, want := range []string{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"} {
		if got := r.period(p.Start, n).Start.Format(time.DateOnly); got != want {
			t.Errorf("period %d begins on %s, want %s", n, got, want)
		}
	}
	if due := r.period(p.Start, 0).DueAt(); due.UTC().Format(time.RFC3339) != "2026-02-27T16:00:00Z" {
		t.Errorf("due at %s", due)
	}
}

func TestTasksAreDealtEvenlyAndOnlyToTheCrew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people := make([]uuid.UUID, 6)
		load := map[uuid.UUID]int{}
		for i := range people {
			people[i] = uuid.UUID{byte(i + 1)}
		}
		crews := map[uuid.UUID][]uuid.UUID{}
		for g := range 3 {
			size := rapid.IntRange(0, 2).Draw(t, "crew")
			crews[uuid.UUID{15: byte(g + 1)}] = people[2*g : 2*g+size]
		}
		spots := make([]spot, rapid.IntRange(0, 40).Draw(t, "places"))
		for i := range spots {
			if g := rapid.IntRange(0, 3).Draw(t, "grid"); g > 0 {
				spots[i].Grid = &uuid.UUID{15: byte(g)}
			}
		}
		dealt := deal(spots, crews, load)
		got := map[uuid.UUID]int{}
		for i, who := range dealt {
			var crew []uuid.UUID
			if spots[i].Grid != nil {
				crew = crews[*spots[i].Grid]
			}
			if (who == nil) != (len(crew) == 0) {
				t.Fatalf("place %d of crew %v: %v", i, crew, who)
			}
			if who != nil {
				got[*who]++
			}
		}
		for _, crew := range crews {
			if len(crew) == 2 && max(got[crew[0]]-got[crew[1]], got[crew[1]]-got[crew[0]]) > 1 {
				t.Fatalf("%d and %d tasks", got[crew[0]], got[crew[1]])
			}
		}
	})
}
