package calendar

import "gridwork/fault"

// Day is a date as the calendar has it.
type Day struct {
	Date     Date
	Reason   Reason    // Open, MakeUpWorkday, Weekend or Holiday
	Name     string    // of the holiday or make-up workday, else empty
	Openings []Opening // none on a day of rest
}

// daysMost bounds one question.
const daysMost = 400

// Days are the dates of a span, both ends included. CALENDAR_RANGE if the span is turned around or longer than 400 days,
// CALENDAR_YEAR_MISSING where it leaves the covered years.
func (c *Calendar) Days(from, to Date) ([]Day, error) {
	var days []Day
	for d := from; d.compare(to) <= 0; d = d.next() {
		if len(days) == daysMost {
			return nil, fault.Invalid("CALENDAR_RANGE", "at most %d days at once", daysMost).At("to")
		}
		if _, err := c.working.covering(d.at(0, c.location).UnixNano(), c.location); err != nil {
			return nil, fault.Under("from", err)
		}
		days = append(days, c.dayOf(d))
	}
	if len(days) == 0 {
		return nil, fault.Invalid("CALENDAR_RANGE", "a span ends after it begins").At("to")
	}
	return days, nil
}

func (c *Calendar) dayOf(d Date) Day {
	open, by, exceptional := c.openings(d)
	day := Day{Date: d, Reason: Open, Name: by.Name, Openings: append([]Opening{}, open...)}
	switch {
	case exceptional && len(open) > 0:
		day.Reason = MakeUpWorkday
	case exceptional:
		day.Reason = Holiday
	case len(open) == 0:
		day.Reason = Weekend
	}
	return day
}
