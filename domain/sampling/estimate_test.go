package sampling

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b float64) bool { return math.Abs(a-b) < 0.0005 }

func TestASampleOfOneStratumHasWilsonsInterval(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unfixed, looked int
		low, high       float64
	}{{10, 100, 0.0552, 0.1744}, {0, 20, 0, 0.1611}, {20, 20, 0.8389, 1}, {1, 2, 0.0945, 0.9055}} {
		e := UnfixedShare([]Stratum{{Population: 1 << 40, Looked: c.looked, Unfixed: c.unfixed}}, 0.95)
		if !near(e.Low, c.low) || !near(e.High, c.high) || !near(e.Share, float64(c.unfixed)/float64(c.looked)) {
			t.Errorf("%d of %d: %+v", c.unfixed, c.looked, *e)
		}
	}
}

func TestWhereEverythingWasLookedAtThereIsNoDoubt(t *testing.T) {
	t.Parallel()
	e := UnfixedShare([]Stratum{{Population: 40, Looked: 40, Unfixed: 10}, {Population: 10, Looked: 10, Unfixed: 5}}, 0.95)
	if !near(e.Share, 0.3) || !near(e.Low, 0.3) || !near(e.High, 0.3) || e.Looked != 50 || e.Covered != 1 {
		t.Errorf("%+v", *e)
	}
}

func TestAStratumCountsByHowManyCasesItHasNotByHowManyWereDrawn(t *testing.T) {
	t.Parallel()
	e := MissedShare([]Stratum{{Population: 900, Looked: 10, Missed: 0}, {Population: 100, Looked: 10, Missed: 10}}, 0.95)
	if !near(e.Share, 0.1) {
		t.Errorf("%+v", *e)
	}
}

func TestOfAStratumThatNobodySawNothingIsSaid(t *testing.T) {
	t.Parallel()
	if e := UnfixedShare([]Stratum{{Population: 100, Size: 10}}, 0.95); e != nil {
		t.Errorf("%+v", *e)
	}
	e := UnfixedShare([]Stratum{{Population: 100, Size: 10}, {Population: 300, Looked: 30, Unfixed: 3}}, 0.95)
	if !near(e.Share, 0.1) || e.Covered != 0.75 {
		t.Errorf("%+v", *e)
	}
}

func TestAnIntervalHoldsItsShareAndNarrowsWithMoreEyes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Stratum{Population: rapid.IntRange(2, 100_000).Draw(t, "population")}
		s.Looked = rapid.IntRange(1, s.Population-1).Draw(t, "looked")
		s.Unfixed = rapid.IntRange(0, s.Looked).Draw(t, "unfixed")
		sure, unsure := UnfixedShare([]Stratum{s}, 0.99), UnfixedShare([]Stratum{s}, 0.9)
		if sure.Low > unsure.Low+1e-9 || sure.High < unsure.High-1e-9 || unsure.Low > unsure.Share+1e-9 || unsure.High < unsure.Share-1e-9 || sure.Low < 0 || sure.High > 1 {
			t.Fatalf("%+v, %+v", *sure, *unsure)
		}
	})
}

// The promise of a confidence is that so many of all intervals hold the true share. It is kept over many draws from a
// city whose streets differ, half of them small.
func TestNineteenOfTwentyIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	const draws, confidence = 2000, 0.95
	random := rand.New(rand.NewPCG(1, 2))
	populations, shares := []int{4000, 2500, 900, 300, 120, 60, 30, 12}, []float64{0.02, 0.08, 0.2, 0.1, 0.5, 0.05, 0.3, 0.25}
	bad := make([]int, len(populations))
	var truth, total float64
	for i, n := range populations {
		bad[i] = int(math.Round(float64(n) * shares[i]))
		truth += float64(bad[i])
		total += float64(n)
	}
	truth /= total
	sizes := allot(SizeFor(int(total), confidence, 0.05, 0.5), populations)
	held := 0
	for range draws {
		strata := make([]Stratum, len(populations))
		for i, n := range populations {
			strata[i] = Stratum{Population: n, Looked: sizes[i]}
			for _, chosen := range random.Perm(n)[:sizes[i]] {
				if chosen < bad[i] {
					strata[i].Unfixed++
				}
			}
		}
		if e := UnfixedShare(strata, confidence); e.Low <= truth && truth <= e.High {
			held++
		}
	}
	if share := float64(held) / draws; share < 0.94 || share > 0.99 {
		t.Errorf("%.3f of the intervals hold the true share %.3f", share, truth)
	}
}
