package sampling

import (
	"testing"

	"pgregory.net/rapid"
)

func TestTheSizeIsTheTextbooks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		population                   int
		confidence, margin, expected float64
		want                         int
	}{
		{1 << 30, 0.95, 0.05, 0.5, 385}, {10_000, 0.95, 0.05, 0.5, 370}, {1000, 0.95, 0.05, 0.5, 278}, {500, 0.95, 0.05, 0.5, 218},
		{1 << 30, 0.99, 0.05, 0.5, 664}, {1 << 30, 0.90, 0.05, 0.5, 271}, {1 << 30, 0.95, 0.05, 0.1, 139},
		{1, 0.95, 0.05, 0.5, 1}, {0, 0.95, 0.05, 0.5, 0}, {3, 0.999, 0.005, 0.5, 3},
	} {
		if got := SizeFor(c.population, c.confidence, c.margin, c.expected); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestStrataAreSampledInProportionAndNoneIsLeftOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		populations := rapid.SliceOfN(rapid.IntRange(1, 5000), 1, 40).Draw(t, "populations")
		total := 0
		for _, n := range populations {
			total += n
		}
		size := rapid.IntRange(1, total).Draw(t, "size")
		sum := 0
		for i, n := range allot(size, populations) {
			sum += n
			share := float64(size) * float64(populations[i]) / float64(total)
			if n > populations[i] || n < min(least, populations[i]) {
				t.Fatalf("%d of %d", n, populations[i])
			}
			if float64(n) < share-1 || float64(n) > max(share+1, least) {
				t.Fatalf("%d of %d, in proportion %.2f", n, populations[i], share)
			}
		}
		if sum < size || sum > size+least*len(populations) {
			t.Fatalf("%d are drawn instead of %d", sum, size)
		}
	})
}
