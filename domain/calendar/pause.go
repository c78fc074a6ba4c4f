package calendar

import (
	"slices"
	"time"

	"gridwork/fault"
)

// Pause 暂停 is a time during which a clock stands still, such as a suspension 挂账.
// Pauses may overlap and come in any order; what two of them cover is taken off once.
type Pause struct {
	From time.Time
	To   *time.Time // nil while the pause lasts
}

// arrange checks pauses and puts them in order of From, on a copy if they were not.
func arrange(pauses []Pause) ([]Pause, error) {
	for i, p := range pauses {
		if p.To != nil && p.To.Before(p.From) {
			return nil, fault.Invalid("PAUSE_REVERSED", "a pause ends before it begins").At("to").At(index(i)).At("pauses")
		}
	}
	if !slices.IsSortedFunc(pauses, byStart) {
		pauses = slices.SortedFunc(slices.Values(pauses), byStart)
	}
	return pauses, nil
}

func byStart(a, b Pause) int { return a.From.Compare(b.From) }

func (p Pause) end() int64 {
	if p.To == nil {
		return never
	}
	return clamp(*p.To)
}

// running walks the pieces of time in which a clock runs: all from its start on that no pause covers.
type running struct {
	at     int64
	pauses []Pause // in order of From
}

// next gives pieces in order, none empty. The last one ends at forever, unless an open pause freezes the clock.
func (r *running) next() (from, to int64, ok bool) {
	for len(r.pauses) > 0 {
		begin, end := clamp(r.pauses[0].From), r.pauses[0].end()
		r.pauses = r.pauses[1:]
		if end <= r.at {
			continue
		}
		from, r.at = r.at, end
		if begin > from {
			return from, begin, true
		}
	}
	from, r.at = r.at, never
	return from, forever, from < forever
}

// nanos is the instant as nanoseconds since 1970; outside what they can count, no calendar reaches either.
func nanos(t time.Time) (int64, error) {
	n := clamp(t)
	if n < around[0].start || n > around[0].end {
		return 0, yearMissing(t.Year())
	}
	return n, nil
}

// clamp moves an instant that nanoseconds cannot count just past the end of the countable.
func clamp(t time.Time) int64 {
	switch seconds := t.Unix(); {
	case seconds < around[0].start/int64(time.Second):
		return around[0].start - 1
	case seconds > around[0].end/int64(time.Second):
		return forever
	}
	return t.UnixNano()
}
