package graph

import "gridwork/flood"

// Rates bound what callers without a name may do from one address. The zero value is DefaultRates.
type Rates struct {
	Submit flood.Rate // tips
	Track  flood.Rate // looking one's clue up by its claim code
	SignIn flood.Rate
}

// DefaultRates let a busy neighbourhood through.
var DefaultRates = Rates{Submit: flood.Rate{PerSecond: 20, Burst: 100}, Track: flood.Rate{PerSecond: 10, Burst: 50}, SignIn: flood.Rate{PerSecond: 5, Burst: 30}}

// limits are the edge's.
type limits struct{ submit, track, signIn *flood.Limit }

func newLimits(r Rates) limits {
	if r == (Rates{}) {
		r = DefaultRates
	}
	return limits{flood.New(r.Submit), flood.New(r.Track), flood.New(r.SignIn)}
}
