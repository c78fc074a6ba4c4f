package calendar

import (
	"slices"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// officialNames are where the State Council's notices call a holiday otherwise than the data's source does.
var officialNames = map[string]string{"元旦节": "元旦", "国庆中秋": "国庆节、中秋节"}

// Official is the working calendar of China for the given years, after the State Council's yearly notices
// (国务院办公厅关于部分节假日安排的通知): version 1, open Monday to Friday 08:30–12:00 and 14:00–18:30. It seeds a new
// city; from then on the city's own versions hold. A year whose notice is not known is CALENDAR_YEAR_MISSING.
func Official(years ...int) (*Calendar, error) {
	years = slices.Sorted(slices.Values(years))
	rules := Rules{
		Version: 1, Location: "Asia/Shanghai", DayHours: 8, Years: years,
		Week: officialWeek(),
	}
	for _, year := range years {
		// The source holds stray days of a year or two; only a whole notice has the National Day in it.
		if HolidayUtil.GetHolidayByYmd(year, 10, 1) == nil {
			return nil, yearMissing(year)
		}
		exceptions, err := officialExceptions(year)
		if err != nil {
			return nil, err
		}
		rules.Exceptions = append(rules.Exceptions, exceptions...)
	}
	return New(rules)
}

func officialWeek() Week {
	open := []Opening{{From: 8*60 + 30, To: 12 * 60}, {From: 14 * 60, To: 18*60 + 30}}
	return Week{Monday: open, Tuesday: open, Wednesday: open, Thursday: open, Friday: open}
}

func officialExceptions(year int) ([]Exception, error) {
	var exceptions []Exception
	days := HolidayUtil.GetHolidaysByYear(year)
	for e := days.Front(); e != nil; e = e.Next() {
		day := e.Value.(*HolidayUtil.Holiday)
		exception := Exception{Name: day.GetName()}
		if err := exception.Date.UnmarshalText([]byte(day.GetDay())); err != nil {
			return nil, err
		}
		if name, ok := officialNames[exception.Name]; ok {
			exception.Name = name
		}
		if day.IsWork() {
			exception.OpenLike = new(Monday) // a notice names no weekday to follow, and ours are all alike
		}
		exceptions = append(exceptions, exception)
	}
	return exceptions, nil
}
