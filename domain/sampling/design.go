package sampling

import (
	"cmp"
	"math"
	"slices"
)

// quantile is how many standard errors to each side hold a share of the normal distribution: 1.96 for 0.95.
func quantile(confidence float64) float64 { return math.Sqrt2 * math.Erfinv(confidence) }

// SizeFor is how many of a population have to be looked at for an interval of the given confidence and half width around
// a share that is expected to be so large (0.5 where nothing is known: no other needs more). Cochran, equations 4.1 and 4.2.
func SizeFor(population int, confidence, margin, expected float64) int {
	if population == 0 {
		return 0
	}
	z := quantile(confidence)
	endless := z * z * expected * (1 - expected) / (margin * margin)
	n := endless / (1 + (endless-1)/float64(population))
	return min(population, max(1, int(math.Ceil(n-1e-9))))
}

// least is how many of a stratum are looked at: one says nothing of how they differ.
const least = 2

// allot spreads a size over strata in proportion to their populations, by largest remainders, but never less than two of
// a stratum that has them: so that the sum may be a little more.
func allot(size int, populations []int) []int {
	total := 0
	for _, n := range populations {
		total += n
	}
	sizes := make([]int, len(populations))
	if total == 0 {
		return sizes
	}
	given, order := 0, make([]int, len(populations))
	for i, n := range populations {
		sizes[i] = max(size*n/total, min(n, least)) // the latter is more than its part: it gets no remainder
		given += sizes[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(size*populations[b]%total, size*populations[a]%total)
	})
	for _, i := range order {
		if given < size && sizes[i] == size*populations[i]/total && sizes[i] < populations[i] {
			sizes[i]++
			given++
		}
	}
	return sizes
}
