// Package calendar is working-time arithmetic: how much of a limit has run, when it is due, and why.
//
// It is pure: facts in, instants and durations out. Elapsed time is the integral of open time minus
// pauses, the pauses measured in the same unit, so a suspension of 72 h over a weekend takes nothing
// off a working-time limit. A working-time question about a year that the calendar does not cover is
// refused (ErrYear): no promise is made on guessed holidays.
package calendar

import (
	"errors"
	"time"
	_ "time/tzdata" // Asia/Shanghai must load on machines without a zone database

	"gridwork/fault"
)

var (
	// ErrYear is the cause of every CALENDAR_YEAR_MISSING fault.
	ErrYear = errors.New("the working calendar does not cover the year")
	// ErrFrozen is the cause of every CLOCK_FROZEN fault: an open pause keeps the limit from running out.
	ErrFrozen = errors.New("the clock is paused without an end")
)

// Calendar 工作日历 is one version of the working calendar, compiled for fast arithmetic and immutable.
// Its JSON form is that of Rules; reading it checks it.
type Calendar struct {
	rules      Rules
	location   *time.Location
	day        time.Duration // what one working_day counts
	exceptions map[Date]Exception
	working    timeline
}

// New checks rules and compiles them. A fault names the offending path, such as "exceptions[3].date".
func New(rules Rules) (*Calendar, error) {
	location, err := rules.check()
	if err != nil {
		return nil, err
	}
	c := &Calendar{
		rules:      rules.clone(),
		location:   location,
		day:        time.Duration(rules.DayHours * float64(time.Hour)),
		exceptions: make(map[Date]Exception, len(rules.Exceptions)),
	}
	for _, e := range c.rules.Exceptions {
		c.exceptions[e.Date] = e
	}
	c.working = c.compile()
	return c, nil
}

// Rules returns the calendar's content, for showing it or for editing it into the next version.
func (c *Calendar) Rules() Rules { return c.rules.clone() }

// openings tells when a date is open, and by which exception if one holds.
func (c *Calendar) openings(d Date) (open []Opening, by Exception, exceptional bool) {
	by, exceptional = c.exceptions[d]
	switch {
	case !exceptional:
		open = *c.rules.Week.on(d.weekday())
	case by.OpenLike != nil:
		open = *c.rules.Week.on(by.OpenLike.weekday())
	}
	return open, by, exceptional
}

func yearMissing(year int) error {
	return fault.Conflict("CALENDAR_YEAR_MISSING", "the working calendar does not cover the year %d", year).Because(ErrYear)
}
