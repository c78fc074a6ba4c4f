package calendar

import "time"

// RoundTheClock reckons limits whose unit runs day and night. It covers no working year, so a working-time question
// put to it is CALENDAR_YEAR_MISSING.
var RoundTheClock = &Calendar{location: time.UTC}

// RoundTheClock reports whether the unit runs day and night, and so needs no published calendar.
func (u Unit) RoundTheClock() bool { return u == UrgentHour || u == CalendarDay }
