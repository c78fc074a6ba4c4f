package calendar

import (
	"errors"
	"io"
	"time"

	"gridwork/enum"
)

// Reason says why a segment counts or does not.
type Reason string

const (
	Open           Reason = "open"             // working hours of an ordinary day; counts
	MakeUpWorkday  Reason = "make_up_workday"  // 调休: working hours of a day that is open by exception; counts
	AroundTheClock Reason = "around_the_clock" // the unit runs day and night; counts
	Night          Reason = "night"            // before the first and after the last opening of a day
	Break          Reason = "break"            // 午休: between two openings of a day
	Weekend        Reason = "weekend"          // 休息日: a weekday without openings
	Holiday        Reason = "holiday"          // 节假日: a day closed by exception
	Paused         Reason = "pause"            // the clock stood still, whatever the calendar says
)

var reasons = []Reason{Open, MakeUpWorkday, AroundTheClock, Night, Break, Weekend, Holiday, Paused}

func (r Reason) MarshalGQL(w io.Writer)     { enum.Marshal(w, r) }
func (r *Reason) UnmarshalGQL(in any) error { return enum.Unmarshal(r, in, reasons) }

func (r Reason) counts() bool { return r == Open || r == MakeUpWorkday || r == AroundTheClock }

// Segment is a piece of a clock's life with one reason.
type Segment struct {
	From, To time.Time
	Counted  time.Duration // To − From if the clock ran, else 0
	Reason   Reason
	Name     string // of the holiday or make-up workday, else empty
}

// PauseCost is a pause inside the clock's life, overlapping ones taken together, and what it kept from being counted.
type PauseCost struct {
	From time.Time
	To   *time.Time    // nil while the pause lasts
	Cost time.Duration // in the limit's unit; 0 over closed time, and while the pause lasts
}

// Explanation accounts for a deadline: the segments follow each other without gap from start to due, and their
// counted times together with Remaining are exactly the limit.
type Explanation struct {
	Segments        []Segment
	Pauses          []PauseCost
	Limit           Limit
	Counted         time.Duration // the limit in counted time
	Due             *time.Time    // nil while an open pause freezes the clock
	Remaining       time.Duration // 0, or what the frozen clock has left to count
	CalendarVersion int
}

// Explain says why a limit that runs from start is due when it is. A frozen clock is explained up to its open pause.
// Errors as in Add, ErrFrozen apart; ErrYear also where a pause, whose cost is asked here, lies in a year not covered.
func (c *Calendar) Explain(start time.Time, limit Limit, pauses []Pause) (Explanation, error) {
	e := Explanation{Limit: limit, Counted: limit.Counted(c), CalendarVersion: c.rules.Version}
	end := forever
	switch due, err := c.Due(start, limit, pauses); {
	case err == nil:
		e.Due, end = &due, due.UnixNano()
	case !errors.Is(err, ErrFrozen):
		return Explanation{}, err
	}
	clock, err := startClock(start, pauses)
	if err != nil {
		return Explanation{}, err
	}
	return e, c.account(&e, clock, end)
}

// account fills in segments and pauses from the clock's start to end.
func (c *Calendar) account(e *Explanation, clock running, end int64) error {
	line, err := c.line(e.Limit.Unit)
	if err != nil {
		return err
	}
	at := clock.at
	for from, to, ok := clock.next(); ok && at < end; from, to, ok = clock.next() {
		if from > at {
			cost, err := line.open(at, from, c.location)
			if err != nil {
				return err
			}
			e.pause(c.local(at), c.local(from), cost)
		}
		at = min(to, end)
		c.walk(e, c.local(from), c.local(at))
	}
	e.Remaining = e.Counted
	for _, s := range e.Segments {
		e.Remaining -= s.Counted
	}
	if e.Due == nil {
		e.Pauses = append(e.Pauses, PauseCost{From: c.local(at)})
	}
	return nil
}

func (c *Calendar) local(t int64) time.Time { return time.Unix(0, t).In(c.location) }

func (e *Explanation) pause(from, to time.Time, cost time.Duration) {
	e.Segments = append(e.Segments, Segment{From: from, To: to, Reason: Paused})
	e.Pauses = append(e.Pauses, PauseCost{From: from, To: &to, Cost: cost})
}

// walk appends the segments of a piece in which the clock was not paused.
func (c *Calendar) walk(e *Explanation, from, to time.Time) {
	if e.Limit.Unit == UrgentHour || e.Limit.Unit == CalendarDay {
		e.append(Segment{From: from, To: to, Reason: AroundTheClock})
		return
	}
	for d := DateOf(from); d.at(0, c.location).Before(to); d = d.next() {
		for _, s := range c.segments(d) {
			if s.From.Before(from) {
				s.From = from
			}
			if s.To.After(to) {
				s.To = to
			}
			if s.From.Before(s.To) {
				e.append(s)
			}
		}
	}
}

// append joins what only midnight or touching openings divide.
func (e *Explanation) append(s Segment) {
	if s.Reason.counts() {
		s.Counted = s.To.Sub(s.From)
	}
	if n := len(e.Segments); n > 0 && e.Segments[n-1].Reason == s.Reason && e.Segments[n-1].Name == s.Name {
		e.Segments[n-1].To = s.To
		e.Segments[n-1].Counted += s.Counted
		return
	}
	e.Segments = append(e.Segments, s)
}

// segments divides a date, midnight to midnight, by reason.
func (c *Calendar) segments(d Date) []Segment {
	open, by, exceptional := c.openings(d)
	if len(open) == 0 {
		s := Segment{From: d.at(0, c.location), To: d.at(midnight, c.location), Reason: Weekend}
		if exceptional {
			s.Reason, s.Name = Holiday, by.Name
		}
		return []Segment{s}
	}
	runs := Open
	if exceptional {
		runs = MakeUpWorkday
	}
	var day []Segment
	add := func(from, to Clock, reason Reason, name string) {
		day = append(day, Segment{From: d.at(from, c.location), To: d.at(to, c.location), Reason: reason, Name: name})
	}
	closed, shut := Clock(0), Night
	for _, o := range open {
		add(closed, o.From, shut, "")
		add(o.From, o.To, runs, by.Name)
		closed, shut = o.To, Break
	}
	add(closed, midnight, Night, "")
	return day
}
