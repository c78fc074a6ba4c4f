package measure

import (
	"cmp"
	"math"
	"slices"
)

// growth is by how much each bucket of a histogram is longer than the one before.
const growth = 1.2

// quantile is the length of time below which that share of the stages lies, in seconds, and how many there are. A bucket
// is told by its geometric middle: the value is at most a tenth away from that of the sorted times themselves.
func quantile(times []bucket, q float64) (value *float64, n int) {
	slices.SortFunc(times, func(a, b bucket) int { return cmp.Compare(a.At, b.At) })
	for _, b := range times {
		n += b.N
	}
	if n <= 0 {
		return nil, 0
	}
	rank := max(1, int(math.Ceil(q*float64(n))))
	for _, b := range times {
		if rank -= b.N; rank <= 0 {
			v := math.Pow(growth, float64(b.At)+0.5)
			return &v, n
		}
	}
	return nil, n
}
