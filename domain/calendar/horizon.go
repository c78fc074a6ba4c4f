package calendar

import (
	"slices"
	"time"
)

// Ahead is how long before its end a calendar has to be warned of: the notice of a year is published in the autumn before.
const Ahead = 60 * 24 * time.Hour

// Horizon is how far promises can be made from a moment on: the end of the unbroken run of covered years that the
// moment lies in, or the moment itself where its own year is missing.
func (c *Calendar) Horizon(from time.Time) time.Time {
	year := from.In(c.location).Year()
	if !slices.Contains(c.rules.Years, year) {
		return from
	}
	for slices.Contains(c.rules.Years, year) {
		year++
	}
	return time.Date(year, time.January, 1, 0, 0, 0, 0, c.location)
}
