package calendar

import (
	"io"
	"slices"
	"time"

	"gridwork/enum"
	"gridwork/fault"
)

// Unit is what a limit counts. It is lower-case text in SQL and JSON, and an upper-case enum in GraphQL.
type Unit string

const (
	UrgentHour  Unit = "urgent_hour"  // 紧急工作时: an hour that runs day and night
	WorkingHour Unit = "working_hour" // 工作时: an hour of open time
	WorkingDay  Unit = "working_day"  // 工作日: the calendar's DayHours of open time
	CalendarDay Unit = "calendar_day" // 自然日: 24 h of wall time
)

var units = []Unit{UrgentHour, WorkingHour, WorkingDay, CalendarDay}

func (u Unit) MarshalGQL(w io.Writer)     { enum.Marshal(w, u) }
func (u *Unit) UnmarshalGQL(in any) error { return enum.Unmarshal(u, in, units) }

// limitMost keeps the longest limit, in calendar days, far inside a time.Duration.
const limitMost = 10_000

// Limit 时限 is how long something may take.
type Limit struct {
	Number int  `json:"number" db:"limit_number"` // 1 to 10 000
	Unit   Unit `json:"unit" db:"limit_unit"`
}

// Check refuses a limit that is not 1 to 10 000 of a known unit.
func (l Limit) Check() error {
	if l.Number < 1 || l.Number > limitMost {
		return fault.Invalid("LIMIT_NUMBER", "a limit is 1 to %d of its unit", limitMost).At("number")
	}
	if !slices.Contains(units, l.Unit) {
		return unknownUnit(l.Unit)
	}
	return nil
}

// Counted is what a clock of the limit's unit counts until the limit is used up.
func (l Limit) Counted(c *Calendar) time.Duration {
	one := time.Hour
	switch l.Unit {
	case WorkingDay:
		one = c.day
	case CalendarDay:
		one = 24 * time.Hour
	}
	return time.Duration(l.Number) * one
}

// Percent is that share of Counted, up to 1000 %: an argument of Add for a ladder's step at 50, 80 or 200 percent of a limit.
func (l Limit) Percent(c *Calendar, percent int) time.Duration {
	return l.Counted(c) / 100 * time.Duration(percent) // hours and quarters of them divide by 100 without rest
}

func unknownUnit(u Unit) error {
	return fault.Invalid("LIMIT_UNIT", "the unit is not known: %.40q", string(u)).At("unit")
}
