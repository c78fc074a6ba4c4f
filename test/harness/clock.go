package harness

import (
	"time"

	"gridwork/pg"
)

// Now is the platform's time.
func (h *Harness) Now() time.Time { return time.Now().Add(h.skew) }

// Advance moves the platform's clock on, and returns when everything that fell due by then has happened, with all that
// follows from it. A step over several deadlines of a clock is an outage to it: only the highest due step fires.
func (h *Harness) Advance(by time.Duration) {
	h.t.Helper()
	h.skew += by
	h.process.DB.Advance(by)
	err := h.process.DB.Write(h.t.Context(), func(tx *pg.Tx) error { tx.Wake(); return nil })
	if err != nil {
		h.t.Fatalf("wake the keepers: %v", err)
	}
	h.Settle()
}

// AdvanceTo moves the clock to a time ahead.
func (h *Harness) AdvanceTo(at time.Time) {
	h.t.Helper()
	by := at.Sub(h.Now())
	if by < 0 {
		h.t.Fatalf("the clock does not go back, to %s", at)
	}
	h.Advance(by)
}
