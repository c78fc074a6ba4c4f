package calendar

import (
	"slices"
	"time"

	"gridwork/fault"
)

// Edit is what the next version of a calendar changes. A typhoon day 台风停工 is one exception to set; a year's official
// notice is a year and its exceptions.
type Edit struct {
	// BasedOn is the version that the edit was made on, which has to be the newest still: STALE_VERSION.
	BasedOn int
	Years   []int       // are covered from now on, besides those that are; a covered year stays so
	Set     []Exception // replace what stands on their dates
	Clear   []Date      // follow their weekday again
	Week    *Week       // replaces all openings of the ordinary week
	// DayHours is what one working_day counts, in hours; nil leaves it.
	DayHours *float64
}

// Edit is the calendar with the changes, under the next version. Faults name the edit's own paths, such as "set[3].date":
// STALE_VERSION, CALENDAR_YEARS, CALENDAR_EXCEPTION, CALENDAR_DATE, CALENDAR_NAME, CALENDAR_WEEKDAY, CALENDAR_OPENING,
// CALENDAR_CLOCK, CALENDAR_DAY_HOURS, and CALENDAR_UNCHANGED for an edit that does nothing.
func (c *Calendar) Edit(e Edit) (*Calendar, error) {
	if e.BasedOn != c.rules.Version {
		return nil, fault.Stale("STALE_VERSION", "the newest working calendar is version %d", c.rules.Version).At("basedOn")
	}
	next := c.Rules()
	next.Version++
	if e.DayHours != nil {
		next.DayHours = *e.DayHours
	}
	if e.Week != nil {
		next.Week = *e.Week
	}
	if err := next.cover(e.Years); err != nil {
		return nil, fault.Under("years", err)
	}
	if err := next.clear(e.Clear); err != nil {
		return nil, fault.Under("clear", err)
	}
	if err := next.set(e.Set); err != nil {
		return nil, fault.Under("set", err)
	}
	edited, err := New(next)
	if err == nil && edited.same(c) {
		err = fault.Conflict("CALENDAR_UNCHANGED", "the edit changes nothing")
	}
	return edited, err
}

// editMost bounds the lists of an edit: ten years of exceptions.
const editMost = 500

func (r *Rules) cover(years []int) error {
	for i, y := range years {
		if y < firstYear || y > lastYear {
			return fault.Invalid("CALENDAR_YEARS", "years run from %d to %d", firstYear, lastYear).At(index(i))
		}
		if !slices.Contains(r.Years, y) {
			r.Years = append(r.Years, y)
		}
	}
	slices.Sort(r.Years)
	return nil
}

func (r *Rules) clear(dates []Date) error {
	for i, d := range dates {
		at := slices.IndexFunc(r.Exceptions, func(e Exception) bool { return e.Date == d })
		if at < 0 {
			return fault.Invalid("CALENDAR_EXCEPTION", "the date has no exception").At(index(i))
		}
		r.Exceptions = slices.Delete(r.Exceptions, at, at+1)
	}
	return nil
}

func (r *Rules) set(exceptions []Exception) error {
	if len(exceptions) > editMost {
		return fault.Invalid("CALENDAR_EXCEPTION", "at most %d exceptions at once", editMost)
	}
	seen := make(map[Date]bool, len(exceptions))
	for i, e := range exceptions {
		if err := r.checkException(e, seen[e.Date]); err != nil {
			return fault.Under(index(i), err)
		}
		seen[e.Date] = true
	}
	r.Exceptions = slices.DeleteFunc(r.Exceptions, func(e Exception) bool { return seen[e.Date] })
	r.Exceptions = append(r.Exceptions, exceptions...)
	slices.SortFunc(r.Exceptions, func(a, b Exception) int { return a.Date.compare(b.Date) })
	return nil
}

// same reports whether both calendars say the same, whatever their versions.
func (c *Calendar) same(other *Calendar) bool {
	if c.rules.DayHours != other.rules.DayHours || !slices.Equal(c.rules.Years, other.rules.Years) || len(c.exceptions) != len(other.exceptions) {
		return false
	}
	for d := range weekdays {
		if !slices.Equal(*c.rules.Week.on(time.Weekday(d)), *other.rules.Week.on(time.Weekday(d))) {
			return false
		}
	}
	for date, e := range c.exceptions {
		o, ok := other.exceptions[date]
		if !ok || e.Name != o.Name || (e.OpenLike == nil) != (o.OpenLike == nil) || e.OpenLike != nil && *e.OpenLike != *o.OpenLike {
			return false
		}
	}
	return true
}
