package calendar

import (
	"testing"
	"time"

	"gridwork/fault"
)

func TestAFaultyEditIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	c := official(t)
	day := Exception{Date: Date{2026, time.March, 3}, Name: "台风停工"}
	for name, e := range map[string]struct {
		edit       Edit
		code, path string
	}{
		"of another version":        {Edit{BasedOn: 2, Set: []Exception{day}}, "STALE_VERSION", "basedOn"},
		"of nothing":                {Edit{BasedOn: 1}, "CALENDAR_UNCHANGED", ""},
		"what stands already":       {Edit{BasedOn: 1, Set: []Exception{c.Rules().Exceptions[0]}}, "CALENDAR_UNCHANGED", ""},
		"a year of the far future":  {Edit{BasedOn: 1, Years: []int{2027, 3000}}, "CALENDAR_YEARS", "years[1]"},
		"a date twice":              {Edit{BasedOn: 1, Set: []Exception{day, day}}, "CALENDAR_EXCEPTION", "set[1].date"},
		"a date of no covered year": {Edit{BasedOn: 1, Set: []Exception{{Date: Date{2027, 1, 1}, Name: "元旦"}}}, "CALENDAR_EXCEPTION", "set[0].date"},
		"a day that is none":        {Edit{BasedOn: 1, Set: []Exception{{Date: Date{2026, 2, 30}, Name: "x"}}}, "CALENDAR_DATE", "set[0].date"},
		"without a name":            {Edit{BasedOn: 1, Set: []Exception{{Date: day.Date}}}, "CALENDAR_NAME", "set[0].name"},
		"like a closed day":         {Edit{BasedOn: 1, Set: []Exception{{Date: day.Date, Name: "x", OpenLike: new(Sunday)}}}, "CALENDAR_EXCEPTION", "set[0].openLike"},
		"clears what is not there":  {Edit{BasedOn: 1, Clear: []Date{day.Date}}, "CALENDAR_EXCEPTION", "clear[0]"},
		"a day of 25 hours":         {Edit{BasedOn: 1, DayHours: new(25.0)}, "CALENDAR_DAY_HOURS", "dayHours"},
		"a week without openings":   {Edit{BasedOn: 1, Week: &Week{}}, "CALENDAR_OPENING", "week"},
		"open until 25 o'clock":     {Edit{BasedOn: 1, Week: &Week{Monday: []Opening{{From: 8 * 60, To: 25 * 60}}}}, "CALENDAR_CLOCK", "week.monday[0].to"},
		"too much at once":          {Edit{BasedOn: 1, Set: make([]Exception, 501)}, "CALENDAR_EXCEPTION", "set"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := c.Edit(e.edit)
			wantCode(t, err, e.code, e.path)
		})
	}
}

func TestAnEditLeavesTheCalendarThatItWasMadeOnAsItWas(t *testing.T) {
	t.Parallel()
	c := official(t)
	typhoon := Date{2026, time.March, 3}
	next, err := c.Edit(Edit{BasedOn: 1, Set: []Exception{{Date: typhoon, Name: "台风停工"}}})
	if err != nil || next.Version() != 2 {
		t.Fatal(next, err)
	}
	back, err := next.Edit(Edit{BasedOn: 2, Clear: []Date{typhoon}})
	if err != nil || !back.same(c) || back.same(next) {
		t.Errorf("cleared again: %v", err)
	}
	was, is := must(c.Days(typhoon, typhoon))(t)[0], must(next.Days(typhoon, typhoon))(t)[0]
	if was.Reason != Open || len(was.Openings) != 2 || is.Reason != Holiday || is.Name != "台风停工" || len(is.Openings) != 0 {
		t.Errorf("the day was %+v and is %+v", was, is)
	}
}

func TestDaysSayWhatEachOfThemIs(t *testing.T) {
	t.Parallel()
	c := official(t)
	days := must(c.Days(Date{2026, time.February, 13}, Date{2026, time.February, 24}))(t)
	var got []Reason
	for _, d := range days {
		got = append(got, d.Reason)
	}
	want := []Reason{Open, MakeUpWorkday, Holiday, Holiday, Holiday, Holiday, Holiday, Holiday, Holiday, Holiday, Holiday, Open}
	if len(got) != len(want) {
		t.Fatalf("%d days", len(got))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s is %s, want %s", days[i].Date, got[i], want[i])
		}
	}
	for _, span := range [][2]Date{{{2026, 2, 2}, {2026, 2, 1}}, {{2025, 1, 1}, {2026, 12, 31}}} {
		if _, err := c.Days(span[0], span[1]); !fault.Is(err, "CALENDAR_RANGE") {
			t.Errorf("%v: %v", span, err)
		}
	}
	if _, err := c.Days(Date{2026, 12, 30}, Date{2027, 1, 2}); !fault.Is(err, "CALENDAR_YEAR_MISSING") {
		t.Errorf("into 2027: %v", err)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
