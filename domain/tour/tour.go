// Package tour puts places to go to into the order in which somebody walks them: by nearest neighbour, straightened by 2-opt,
// and then mended where something would be reached after it is due. It is pure, and the same stops give the same order.
//
// Nearest neighbour and 2-opt are the textbook's (Croes, A method for solving traveling-salesman problems, Operations Research
// 6, 1958).
package tour

import (
	"math"
	"slices"
	"time"

	"gridwork/geo"
)

// Stop is a place to go to.
type Stop struct {
	Point geo.Point  // WGS 84
	Due   *time.Time // by when; nil: whenever
}

// Walk says how somebody goes.
type Walk struct {
	From  *geo.Point // where they are; nil: where the first stop is that is due
	At    time.Time  // when they set out
	Speed float64    // metres a second; above 0
}

// Leg is the way to one stop.
type Leg struct {
	Stop    int       // its index in what was given
	Metres  float64   // from the stop before, on the sphere
	Arrives time.Time // after nothing but walking, straight on and without a stay: later it may be, earlier not
	Late    bool      // that is after it is due
}

// Order is all stops, each once, in the order in which to walk. No more of those that could be reached in time are late than by
// nearest neighbour and 2-opt alone, nor than in the order of their due times: what is due goes before what is near. A stop that is due
// before anybody could be there is late wherever it stands, and stands where it is near.
func (w Walk) Order(stops []Stop) []Leg {
	if len(stops) == 0 {
		return nil
	}
	p := w.plan(stops)
	order := p.nearest()
	p.straighten(order)
	order = p.mend(order)
	legs := make([]Leg, len(order))
	before, metres := p.start(), 0.0
	for i, s := range order {
		way := p.way[before][s]
		metres += way
		arrives := w.At.Add(time.Duration(metres / w.Speed * float64(time.Second)))
		legs[i] = Leg{Stop: s, Metres: way, Arrives: arrives, Late: stops[s].Due != nil && arrives.After(*stops[s].Due)}
		before = s
	}
	return legs
}

// plan is a walk's distances: in metres, so that a due time is the metres that may be walked until then.
type plan struct {
	way [][]float64 // between stops; the last row is the start
	due []float64   // infinite: whenever
}

func (w Walk) plan(stops []Stop) plan {
	n := len(stops)
	from := w.From
	if from == nil {
		from = &stops[soonest(stops)].Point
	}
	p := plan{way: make([][]float64, n+1), due: make([]float64, n)}
	for i := range p.way {
		p.way[i] = make([]float64, n)
		at := *from
		if i < n {
			at = stops[i].Point
		}
		for j, s := range stops {
			p.way[i][j] = geo.Distance(at, s.Point)
		}
	}
	for i, s := range stops {
		p.due[i] = math.Inf(1)
		if s.Due == nil {
			continue
		}
		if reach := s.Due.Sub(w.At).Seconds() * w.Speed; reach >= p.way[n][i] {
			p.due[i] = reach
		} // else it is late wherever it stands
	}
	return p
}

// soonest is the stop that is due first; the first of all where none is due.
func soonest(stops []Stop) (first int) {
	for i, s := range stops {
		if s.Due != nil && (stops[first].Due == nil || s.Due.Before(*stops[first].Due)) {
			first = i
		}
	}
	return first
}

func (p plan) start() int { return len(p.due) }

// nearest goes on to whatever is nearest, of two the first given.
func (p plan) nearest() []int {
	left := make([]int, len(p.due))
	for i := range left {
		left[i] = i
	}
	order := make([]int, 0, len(left))
	for at := p.start(); len(left) > 0; at = order[len(order)-1] {
		next := 0
		for i, s := range left {
			if p.way[at][s] < p.way[at][left[next]] {
				next = i
			}
		}
		order = append(order, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return order
}

// worthwhile is the least that a change saves, metres: less is rounding.
const worthwhile = 1e-6

// straighten turns parts of the way round for as long as that makes it shorter (2-opt). The way ends anywhere.
func (p plan) straighten(order []int) {
	for better := true; better; {
		better = false
		for i := range order {
			before := p.start()
			if i > 0 {
				before = order[i-1]
			}
			for j := i + 1; j < len(order); j++ {
				saved := p.way[before][order[i]] - p.way[before][order[j]]
				if j+1 < len(order) {
					saved += p.way[order[j]][order[j+1]] - p.way[order[i]][order[j+1]]
				}
				if saved > worthwhile {
					slices.Reverse(order[i : j+1])
					better = true
				}
			}
		}
	}
}
