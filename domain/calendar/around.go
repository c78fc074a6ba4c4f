package calendar

import "time"

// RoundTheClock reckons limits whose unit runs day and night. It covers no working year, so a working-time question
// put to it is CALENDAR_YEAR_MISSING.
var RoundTheClock = &Calendar{location: time.UTC}

// RoundTheClock reports whether the unit runs day and night, and so needs no published calendar.
func (u Unit) RoundTheClock() bool { return u == UrgentHour || u == CalendarDay }

// Provisional is the unit in which a clock of this one runs while no calendar reaches to its end: it needs none, and is
// used up no later. A unit that runs day and night is its own.
func (u Unit) Provisional() Unit {
	switch u {
	case WorkingHour:
		return UrgentHour
	case WorkingDay:
		return CalendarDay
	}
	return u
}
