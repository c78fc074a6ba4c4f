package sampling

import "math"

// Estimate says how large a share of all cases of a sample's frame is, and how sure that is.
type Estimate struct {
	Share   float64 // 0 to 1
	Low     float64 // of the interval, at the sample's confidence
	High    float64
	Looked  int     // cases that it rests on
	Covered float64 // share of the frame that lies in strata of which something was looked at: of the others, nothing is known
}

// counted is how many of a stratum's cases have what is estimated.
type counted func(Stratum) int

// estimate weighs the strata by their populations. The interval is Wilson's, with the size of the simple random sample
// that would be as precise; a stratum that was looked at as a whole leaves no doubt. nil where nothing was looked at.
func estimate(strata []Stratum, confidence float64, count counted) *Estimate {
	var e Estimate
	var population, reached int
	for _, s := range strata {
		population += s.Population
		if s.Looked > 0 {
			reached += s.Population
			e.Looked += s.Looked
		}
	}
	if reached == 0 {
		return nil
	}
	var doubt float64 // the variance of the weighted share, in units of p(1-p)
	for _, s := range strata {
		if s.Looked == 0 {
			continue
		}
		weight, n := float64(s.Population)/float64(reached), float64(s.Looked)
		e.Share += weight * float64(count(s)) / n
		doubt += weight * weight * (1 - n/float64(s.Population)) / n
	}
	e.Covered = float64(reached) / float64(population)
	e.Low, e.High = wilson(e.Share, doubt, quantile(confidence))
	return &e
}

// wilson is the score interval around a share; doubt is one over the size of the sample.
func wilson(share, doubt, z float64) (low, high float64) {
	spread := z * z * doubt
	centre := (share + spread/2) / (1 + spread)
	half := z * math.Sqrt(share*(1-share)*doubt+z*z*doubt*doubt/4) / (1 + spread)
	return max(0, centre-half), min(1, centre+half)
}

// UnfixedShare estimates the share of the closed cases that are not fixed.
func UnfixedShare(strata []Stratum, confidence float64) *Estimate {
	return estimate(strata, confidence, func(s Stratum) int { return s.Unfixed })
}

// MissedShare estimates the share of the places at which something else stands that nobody has reported 漏报.
func MissedShare(strata []Stratum, confidence float64) *Estimate {
	return estimate(strata, confidence, func(s Stratum) int { return s.Missed })
}
