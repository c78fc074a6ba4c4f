package tour

import (
	"cmp"
	"slices"
)

// standing is how good an order is: what counts first stands first.
type standing struct {
	late   int     // stops that could be reached in time and are not
	over   float64 // by how many metres, together
	metres float64
}

func (a standing) better(b standing) bool {
	if c := cmp.Compare(a.late, b.late); c != 0 {
		return c < 0
	}
	if a.over < b.over-worthwhile || a.over > b.over+worthwhile {
		return a.over < b.over
	}
	return a.metres < b.metres-worthwhile
}

func (p plan) standing(order []int) (s standing) {
	before := p.start()
	for _, stop := range order {
		s.metres += p.way[before][stop]
		if s.metres > p.due[stop] {
			s.late++
			s.over += s.metres - p.due[stop]
		}
		before = stop
	}
	return s
}

// mend puts stops that are late farther forward, the soonest due first and each to where that does most good, as long as
// it does any. An order by due time is mended as well, and the better of the two is taken.
func (p plan) mend(order []int) []int {
	best, is := p.mended(order)
	if is.late == 0 {
		return best
	}
	byDue := slices.Clone(order)
	slices.SortStableFunc(byDue, func(a, b int) int { return cmp.Compare(p.due[a], p.due[b]) })
	if other, that := p.mended(byDue); that.better(is) {
		return other
	}
	return best
}

func (p plan) mended(order []int) ([]int, standing) {
	is := p.standing(order)
	for is.late > 0 {
		moved, then := p.forward(order, is)
		if !then.better(is) {
			break
		}
		order, is = moved, then
	}
	return order, is
}

// forward is the order with one late stop, the soonest due for which there is one, where it does most good.
func (p plan) forward(order []int, is standing) ([]int, standing) {
	for _, stop := range p.lateIn(order) {
		from := slices.Index(order, stop)
		best, then := order, is
		for to := range from {
			moved := slices.Insert(slices.Delete(slices.Clone(order), from, from+1), to, stop)
			if s := p.standing(moved); s.better(then) {
				best, then = moved, s
			}
		}
		if then.better(is) {
			return best, then
		}
	}
	return order, is
}

// lateIn are the late stops of an order that could be reached in time, the soonest due first.
func (p plan) lateIn(order []int) (late []int) {
	metres, before := 0.0, p.start()
	for _, stop := range order {
		if metres += p.way[before][stop]; metres > p.due[stop] {
			late = append(late, stop)
		}
		before = stop
	}
	slices.SortStableFunc(late, func(a, b int) int { return cmp.Compare(p.due[a], p.due[b]) })
	return late
}
