package calendar

import (
	"sort"
	"time"
)

// Instants in here are nanoseconds since 1970, which keeps a deadline at a few dozen machine instructions.
const (
	forever = int64(1<<63 - 2) // as far as a pause with an end may reach
	never   = int64(1<<63 - 1) // the end of a pause without one
)

// timeline says when a clock runs: stretches in order, with unknown time between them.
type timeline []stretch

// stretch is a time about which everything is known: a run of covered years.
type stretch struct {
	start, end int64 // end exclusive
	endYear    int   // the first year past the stretch
	spans      []span
}

// span is a piece of open time. before is the open time of the stretch that precedes it, so that
// the open time between any two instants is the difference of two binary searches.
type span struct{ from, to, before int64 }

// around is the line of the units that run day and night. Its ends keep sums of nanoseconds inside an int64.
var around = aroundTheClock(1900, 2190)

func aroundTheClock(from, until int) timeline {
	s := stretch{
		start:   time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano(),
		end:     time.Date(until, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano(),
		endYear: until,
	}
	s.add(s.start, s.end)
	return timeline{s}
}

func (c *Calendar) compile() timeline {
	var line timeline
	for _, year := range c.rules.Years {
		if len(line) == 0 || line[len(line)-1].endYear != year {
			line = append(line, stretch{start: Date{year, 1, 1}.at(0, c.location).UnixNano()})
		}
		s := &line[len(line)-1]
		for d := (Date{year, 1, 1}); d.Year == year; d = d.next() {
			open, _, _ := c.openings(d)
			for _, o := range open {
				s.add(d.at(o.From, c.location).UnixNano(), d.at(o.To, c.location).UnixNano())
			}
		}
		s.endYear = year + 1
		s.end = Date{year + 1, 1, 1}.at(0, c.location).UnixNano()
	}
	return line
}

func (s *stretch) add(from, to int64) {
	s.spans = append(s.spans, span{from, to, s.total()})
}

func (s *stretch) total() int64 {
	if len(s.spans) == 0 {
		return 0
	}
	return s.spans[len(s.spans)-1].after()
}

func (s span) after() int64 { return s.before + s.to - s.from }

// covering finds the stretch that t lies in.
func (l timeline) covering(t int64, zone *time.Location) (*stretch, error) {
	for i := range l {
		if s := &l[i]; s.start <= t && t < s.end {
			return s, nil
		}
	}
	return nil, yearMissing(time.Unix(0, t).In(zone).Year())
}

// open is the open time in [from, to), all of which must be covered.
func (l timeline) open(from, to int64, zone *time.Location) (time.Duration, error) {
	s, err := l.covering(from, zone)
	if err != nil {
		return 0, err
	}
	if to > s.end {
		return 0, yearMissing(s.endYear)
	}
	return time.Duration(s.until(to) - s.until(from)), nil
}

// until is the open time from the stretch's start to t.
func (s *stretch) until(t int64) int64 {
	i := sort.Search(len(s.spans), func(i int) bool { return s.spans[i].from >= t })
	if i == 0 {
		return 0
	}
	last := s.spans[i-1]
	return last.before + min(t, last.to) - last.from
}

// advance finds the first instant after from by which the open time need, above 0, has passed;
// false if the stretch ends before.
func (s *stretch) advance(from, need int64) (int64, bool) {
	passed := s.until(from)
	if need > s.total()-passed {
		return 0, false
	}
	passed += need
	i := sort.Search(len(s.spans), func(i int) bool { return s.spans[i].after() >= passed })
	return s.spans[i].from + passed - s.spans[i].before, true
}
