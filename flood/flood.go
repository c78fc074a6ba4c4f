// Package flood slows down callers without a name who come too often from one address.
package flood

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

// Rate is how often callers from one address may do something: steadily per second, and at once. Whole districts share an
// address behind a mobile carrier, so rates are meant for floods, not for people.
type Rate struct {
	PerSecond float64
	Burst     int
}

const (
	// patience is how long a call is held back before it is sent away: a flood is slowed, not cut off.
	patience = 2 * time.Second
	// memory is how long an address is remembered: by then its allowance is full again.
	memory = time.Minute
	// crowd bounds how many addresses are remembered at once.
	crowd = 1 << 16
)

// Limit holds one thing that callers do to a rate. It never learns an address: it remembers a keyed hash, and the key dies
// with the process.
type Limit struct {
	rate Rate
	key  []byte

	mu      sync.Mutex
	young   map[caller]*rate.Limiter
	old     map[caller]*rate.Limiter
	turning time.Time
}

type caller [sha256.Size]byte

// New returns a limit that nobody has come up against.
func New(r Rate) *Limit {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails (crypto/rand)
	return &Limit{rate: r, key: key, young: map[caller]*rate.Limiter{}, turning: time.Now().Add(memory)}
}

// Wait holds the call back until it is the address's turn. Where that would be too long it is a busy fault: the client
// is told to come again, and nothing is dropped in silence.
func (l *Limit) Wait(ctx context.Context, address string) error {
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

func (l *Limit) of(address string) *rate.Limiter {
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

func (l *Limit) caller(address string) (who caller) {
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
