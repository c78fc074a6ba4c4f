package sampling

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"gridwork/geo"
)

// Whoever the street, the load and the hands: nobody looks again at what they had a hand in, and work is shared evenly.
func TestCasesAreSpreadEvenlyOverThoseWhoHadNoHandInThem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var workers []inspector
		for range rapid.IntRange(0, 6).Draw(t, "workers") {
			workers = append(workers, inspector{Street: "440305001", Person: uuid.New(), Centre: geo.Point{Lon: 114 + rapid.Float64Range(0, 0.1).Draw(t, "lon"), Lat: 22.5}})
		}
		var drawn []ticket
		var hands []hand
		for range rapid.IntRange(0, 30).Draw(t, "cases") {
			r := ticket{Case: uuid.New(), Street: "440305001", Point: geo.Point{Lon: 114.05, Lat: 22.5}}
			drawn = append(drawn, r)
			for _, w := range workers {
				if rapid.IntRange(0, 3).Draw(t, "had a hand") == 0 {
					hands = append(hands, hand{r.Case, w.Person, rapid.Bool().Draw(t, "holds")})
				}
			}
		}
		spread(drawn, workers, hands)
		part := func(r ticket, w uuid.UUID) (holds, had bool) {
			for _, h := range hands {
				if h.Case == r.Case && h.Person == w {
					return h.Holds, true
				}
			}
			return false, false
		}
		for _, r := range drawn {
			able, free := 0, 0
			for _, w := range workers {
				switch holds, had := part(r, w.Person); {
				case !had:
					able, free = able+1, free+1
				case holds:
					able++
				}
			}
			if (r.to == nil) != (able == 0) {
				t.Fatalf("%d could look, and %v was asked", able, r.to)
			}
			if r.to == nil {
				continue
			}
			if holds, had := part(r, *r.to); had && !holds || had && free > 0 {
				t.Fatalf("somebody looks who had a hand in it (holds %t), though %d had none", holds, free)
			}
		}
		if len(hands) == 0 && len(workers) > 0 {
			load := map[uuid.UUID]int{}
			for _, r := range drawn {
				load[*r.to]++
			}
			for _, w := range workers {
				if n := load[w.Person]; n < len(drawn)/len(workers) || n > len(drawn)/len(workers)+1 {
					t.Fatalf("%d of %d cases for one of %d", n, len(drawn), len(workers))
				}
			}
		}
	})
}
