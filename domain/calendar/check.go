package calendar

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gridwork/fault"
)

const (
	firstYear, lastYear = 2000, 2100 // China's last summer time was 1991; dates past 2100 are typing errors
	nameLength          = 40         // in characters
)

// check finds the first contradiction in the rules; the zone comes with a clean bill.
func (r Rules) check() (*time.Location, error) {
	if r.Version < 1 {
		return nil, fault.Invalid("CALENDAR_VERSION", "a version is 1 or more").At("version")
	}
	if quarters := r.DayHours * 4; !(quarters > 0 && quarters <= 96 && quarters == float64(int(quarters))) {
		return nil, fault.Invalid("CALENDAR_DAY_HOURS", "a working day counts up to 24 hours, in quarters").At("dayHours")
	}
	if err := checkYears(r.Years); err != nil {
		return nil, fault.Under("years", err)
	}
	zone, err := loadZone(r.Location, r.Years)
	if err != nil {
		return nil, fault.Under("location", err)
	}
	if err := r.Week.check(); err != nil {
		return nil, fault.Under("week", err)
	}
	if err := r.checkExceptions(); err != nil {
		return nil, fault.Under("exceptions", err)
	}
	return zone, nil
}

func checkYears(years []int) error {
	if len(years) == 0 {
		return fault.Invalid("CALENDAR_YEARS", "a calendar covers at least one year")
	}
	for i, y := range years {
		if y < firstYear || y > lastYear {
			return fault.Invalid("CALENDAR_YEARS", "years run from %d to %d", firstYear, lastYear).At(index(i))
		}
		if i > 0 && y <= years[i-1] {
			return fault.Invalid("CALENDAR_YEARS", "years stand in ascending order, each once").At(index(i))
		}
	}
	return nil
}

func loadZone(name string, years []int) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fault.Invalid("CALENDAR_LOCATION", "a named time zone is needed, such as Asia/Shanghai")
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fault.Invalid("CALENDAR_LOCATION", "no such time zone").Because(err)
	}
	for _, y := range years {
		_, winter := time.Date(y, 1, 1, 0, 0, 0, 0, zone).Zone()
		_, summer := time.Date(y, 7, 1, 0, 0, 0, 0, zone).Zone()
		if winter != summer {
			// A calendar day is 24 h of wall time, which holds only where clocks are never moved.
			return nil, fault.Invalid("CALENDAR_LOCATION", "the time zone has summer time in %d", y)
		}
	}
	return zone, nil
}

func (w *Week) check() error {
	open := false
	for d, name := range weekdays {
		openings := *w.on(time.Weekday(d))
		open = open || len(openings) > 0
		if err := checkOpenings(openings); err != nil {
			return fault.Under(string(name), err)
		}
	}
	if !open {
		return fault.Invalid("CALENDAR_OPENING", "a week without any opening lets no limit end")
	}
	return nil
}

func checkOpenings(openings []Opening) error {
	for i, o := range openings {
		switch {
		case o.From < 0 || o.From >= midnight:
			return fault.Invalid("CALENDAR_CLOCK", "an opening begins between 00:00 and 23:59").At("from").At(index(i))
		case o.To > midnight:
			return fault.Invalid("CALENDAR_CLOCK", "an opening ends at 24:00 or before").At("to").At(index(i))
		case o.To <= o.From:
			return fault.Invalid("CALENDAR_OPENING", "an opening ends after it begins").At("to").At(index(i))
		case i > 0 && o.From < openings[i-1].To:
			return fault.Invalid("CALENDAR_OPENING", "openings stand in order and do not overlap").At("from").At(index(i))
		}
	}
	return nil
}

func (r Rules) checkExceptions() error {
	seen := make(map[Date]bool, len(r.Exceptions))
	for i, e := range r.Exceptions {
		if err := r.checkException(e, seen[e.Date]); err != nil {
			return fault.Under(index(i), err)
		}
		seen[e.Date] = true
	}
	return nil
}

func (r Rules) checkException(e Exception, again bool) error {
	switch {
	case !e.Date.exists():
		return fault.Invalid("CALENDAR_DATE", "no such date").At("date")
	case !slices.Contains(r.Years, e.Date.Year):
		return fault.Invalid("CALENDAR_EXCEPTION", "the date is outside the years that the calendar covers").At("date")
	case again:
		return fault.Invalid("CALENDAR_EXCEPTION", "the date already has an exception").At("date")
	case !presentable(e.Name):
		return fault.Invalid("CALENDAR_NAME", "a name has 1 to %d printable characters", nameLength).At("name")
	case e.OpenLike == nil:
		return nil
	case !slices.Contains(weekdays, *e.OpenLike):
		return fault.Invalid("CALENDAR_WEEKDAY", "weekdays are written monday to sunday").At("openLike")
	case len(*r.Week.on(e.OpenLike.weekday())) == 0:
		return fault.Invalid("CALENDAR_EXCEPTION", "that weekday is closed itself").At("openLike")
	}
	return nil
}

// presentable also refuses U+FFFD, which is what broken text turns into on its way here.
func presentable(name string) bool {
	return strings.TrimSpace(name) != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= nameLength &&
		!strings.ContainsFunc(name, func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) })
}

func index(i int) string { return "[" + strconv.Itoa(i) + "]" }
