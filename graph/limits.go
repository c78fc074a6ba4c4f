package graph

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"gridwork/fault"
)

// CodeSlowed is the code of a call that comes too often: it has to come again later, and nothing of it was done.
const CodeSlowed = "TOO_MANY_REQUESTS"

// Rate is how often callers from one address may do something: steadily per second, and at once.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Rates bound what callers without a name may do from one address. Whole districts share an address behind a mobile
// carrier, so the bounds are meant for floods, not for people. The zero value is DefaultRates.
type Rates struct {
	Submit Rate // tips
	Track  Rate // looking one's clue up by its claim code
	SignIn Rate
}

// DefaultRates let a busy neighbourhood through.
var DefaultRates = Rates{Submit: Rate{20, 100}, Track: Rate{10, 50}, SignIn: Rate{5, 30}}

const (
	// patience is how long a call is held back before it is sent away: a flood is slowed, not cut off.
	patience = 2 * time.Second
	// memory is how long an address is remembered: by then its allowance is full again.
	memory = time.Minute
	// crowd bounds how many addresses are remembered at once.
	crowd = 1 << 16
)

// limit slows down callers from one address. It never learns an address: it remembers a keyed hash, and the key dies
// with the process.
type limit struct {
	rate Rate
	key  []byte

	mu      sync.Mutex
	young   map[caller]*rate.Limiter
	old     map[caller]*rate.Limiter
	turning time.Time
}

type caller [sha256.Size]byte

func newLimit(r Rate) *limit {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails (crypto/rand)
	return &limit{rate: r, key: key, young: map[caller]*rate.Limiter{}, turning: time.Now().Add(memory)}
}

// wait holds the call back until it is the address's turn. Where that would be too long it is a busy fault: the client
// is told to come again, and nothing is dropped in silence.
func (l *limit) wait(ctx context.Context, address string) error {
	turn := l.of(address).Reserve()
	delay := turn.Delay()
	if delay > patience {
		turn.Cancel()
		return fault.Busy(CodeSlowed, "too many calls from this address, try again in a few seconds")
	}
	if delay == 0 {
		return nil
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		turn.Cancel()
		return ctx.Err()
	}
}

func (l *limit) of(address string) *rate.Limiter {
	who := l.caller(address)
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); now.After(l.turning) || len(l.young) >= crowd {
		l.old, l.young, l.turning = l.young, map[caller]*rate.Limiter{}, now.Add(memory)
	}
	allowance, known := l.young[who]
	if !known {
		if allowance, known = l.old[who]; !known {
			allowance = rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)
		}
		l.young[who] = allowance
	}
	return allowance
}

// household is how much of an IPv6 address names a subscriber; the rest is theirs to change at will.
const household = 64

func (l *limit) caller(address string) (who caller) {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Unmap().Is6() {
		if prefix, err := ip.Prefix(household); err == nil {
			address = prefix.String()
		}
	}
	h := hmac.New(sha256.New, l.key)
	h.Write([]byte(address))
	h.Sum(who[:0])
	return who
}

// limits are the edge's.
type limits struct{ submit, track, signIn *limit }

func newLimits(r Rates) limits {
	if r == (Rates{}) {
		r = DefaultRates
	}
	return limits{newLimit(r.Submit), newLimit(r.Track), newLimit(r.SignIn)}
}
