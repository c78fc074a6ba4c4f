package calendar

import (
	"time"

	"gridwork/fault"
)

// Elapsed is the time that a clock of the unit counts from one instant to another: open time minus pauses, the
// pauses measured in the same unit. It is 0 if to is not after from; a pause without end lasts beyond to.
//
// Only what runs needs a calendar: CALENDAR_YEAR_MISSING (ErrYear) if a piece outside all pauses lies in a year that
// is not covered. urgent_hour and calendar_day need no covered year; their instants lie between 1900 and 2190.
func (c *Calendar) Elapsed(from, to time.Time, unit Unit, pauses []Pause) (time.Duration, error) {
	line, err := c.line(unit)
	if err != nil {
		return 0, err
	}
	clock, err := startClock(from, pauses)
	if err != nil {
		return 0, err
	}
	end, err := nanos(to)
	if err != nil {
		return 0, err
	}
	var total time.Duration
	for from, to, ok := clock.next(); ok && from < end; from, to, ok = clock.next() {
		open, err := line.open(from, min(to, end), c.location)
		if err != nil {
			return 0, err
		}
		total += open
	}
	return total, nil
}

// Add finds the first instant at which a clock of the unit, started at start, has counted the given time:
// Elapsed from start to there is counted again. The instant is in the calendar's zone.
//
// Errors: CALENDAR_YEAR_MISSING (ErrYear) as in Elapsed; CLOCK_FROZEN (ErrFrozen) if a pause without end comes first.
func (c *Calendar) Add(start time.Time, counted time.Duration, unit Unit, pauses []Pause) (time.Time, error) {
	if counted < 0 {
		return time.Time{}, fault.Invalid("CLOCK_NEGATIVE", "a clock cannot count below nothing").At("counted")
	}
	if counted == 0 {
		return start.In(c.location), nil
	}
	line, err := c.line(unit)
	if err != nil {
		return time.Time{}, err
	}
	clock, err := startClock(start, pauses)
	if err != nil {
		return time.Time{}, err
	}
	due, err := line.add(clock, int64(counted), c.location)
	if err != nil {
		return time.Time{}, err
	}
	return time.Unix(0, due).In(c.location), nil
}

// Due is the instant at which the limit, running from start, is used up; errors as in Add.
func (c *Calendar) Due(start time.Time, limit Limit, pauses []Pause) (time.Time, error) {
	if err := limit.Check(); err != nil {
		return time.Time{}, err
	}
	return c.Add(start, limit.Counted(c), limit.Unit, pauses)
}

func (l timeline) add(clock running, need int64, zone *time.Location) (int64, error) {
	for from, to, ok := clock.next(); ok; from, to, ok = clock.next() {
		s, err := l.covering(from, zone)
		if err != nil {
			return 0, err
		}
		if due, reached := s.advance(from, need); reached && due <= to {
			return due, nil
		}
		if to > s.end {
			return 0, yearMissing(s.endYear)
		}
		need -= s.until(to) - s.until(from)
	}
	return 0, fault.Conflict("CLOCK_FROZEN", "the clock is paused and has no due time until it resumes").Because(ErrFrozen)
}

func startClock(start time.Time, pauses []Pause) (running, error) {
	at, err := nanos(start)
	if err != nil {
		return running{}, err
	}
	pauses, err = arrange(pauses)
	return running{at, pauses}, err
}

func (c *Calendar) line(unit Unit) (timeline, error) {
	switch unit {
	case WorkingHour, WorkingDay:
		return c.working, nil
	case UrgentHour, CalendarDay:
		return around, nil
	}
	return nil, unknownUnit(unit)
}
