package calendar

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gridwork/fault"
)

// days are the exceptions of one year as the official data has them, open like a Monday where they are worked.
func officialDays(t testing.TB, year int) (days []Exception) {
	t.Helper()
	for _, e := range official(t).Rules().Exceptions {
		if e.Date.Year == year {
			days = append(days, e)
		}
	}
	return days
}

// asJSON is a notice that names each day by itself.
func asJSON(t testing.TB, year int, days []Exception) []byte {
	t.Helper()
	type line map[string]any
	form := map[string]any{"year": year}
	holidays, workdays := []line{}, []line{}
	for _, d := range days {
		if d.OpenLike == nil {
			holidays = append(holidays, line{"name": d.Name, "from": d.Date})
		} else {
			workdays = append(workdays, line{"name": d.Name, "date": d.Date})
		}
	}
	form["holidays"], form["workdays"] = holidays, workdays
	text, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// asICS is a calendar like those that are published for telephones.
func asICS(days []Exception) []byte {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for _, d := range days {
		mark := "休"
		if d.OpenLike != nil {
			mark = "班"
		}
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:%s\r\nDTEND;VALUE=DATE:%s\r\nSUMMARY;LANGUAGE=zh_CN:%s（%s\r\n ）\r\nEND:VEVENT\r\n",
			strings.ReplaceAll(d.Date.String(), "-", ""), strings.ReplaceAll(d.Date.next().String(), "-", ""), d.Name, mark)
	}
	b.WriteString("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260320\r\nSUMMARY:春分\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	return []byte(b.String())
}

func same(a, b Exception) bool {
	return a.Date == b.Date && a.Name == b.Name && (a.OpenLike == nil) == (b.OpenLike == nil)
}

func TestTheNoticeOfAYearIsReadInEitherForm(t *testing.T) {
	t.Parallel()
	want := officialDays(t, 2026)
	read := map[string]func() (Notice, error){
		"JSON":             func() (Notice, error) { return ReadNotice(asJSON(t, 2026, want)) },
		"ICS":              func() (Notice, error) { return ReadICS(asICS(want), 0) },
		"ICS of two years": func() (Notice, error) { return ReadICS(asICS(append(officialDays(t, 2025), want...)), 2026) },
	}
	for form, f := range read {
		if got, err := f(); err != nil || got.Year != 2026 || !slices.EqualFunc(got.Days, want, same) {
			t.Errorf("%s: %+v, %v", form, got, err)
		}
	}
	// Like everything else the calendars write: a holiday of several days is one event.
	spans := asICS(want)
	spans = []byte(strings.Replace(string(spans), "DTEND;VALUE=DATE:20260102", "DTEND;VALUE=DATE:20260104", 1))
	if _, err := ReadICS(spans, 0); !fault.Is(err, "NOTICE_TWICE") {
		t.Errorf("a day in two events: %v", err)
	}
}

// The law's own days, which no arrangement moves, are days off in every notice that there was.
func TestTheStatutoryHolidaysAreThoseOfTheNotices(t *testing.T) {
	t.Parallel()
	for year := 2014; year <= 2026; year++ {
		if year == 2020 || year == 2013 {
			continue // 2020's Mid-Autumn is National Day
		}
		c, err := Official(year)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range statutory(year) {
			if e, named := c.exceptions[h.Date]; !named || e.OpenLike != nil {
				t.Errorf("%s, %s, is no day off in the notice of %d", h.Name, h.Date, year)
			}
		}
	}
}

func TestAFaultyNoticeIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	good := string(asJSON(t, 2026, officialDays(t, 2026)))
	for name, c := range map[string]struct{ text, code, path string }{
		"no JSON":                  {"元旦放假", "CALENDAR_JSON", ""},
		"an unknown field":         {`{"jahr": 2026}`, "CALENDAR_JSON", ""},
		"a day that is none":       {strings.Replace(good, `"from":"2026-01-01"`, `"from":"2026-02-30"`, 1), "CALENDAR_DATE", "holidays[0].from"},
		"the 25th hour":            {strings.Replace(good, `"from":"2026-01-01"`, `"from":"2026-01-01T25:00"`, 1), "CALENDAR_DATE", "holidays[0].from"},
		"a date twice":             {strings.Replace(good, `"from":"2026-01-02"`, `"from":"2026-01-01"`, 1), "NOTICE_TWICE", "holidays[1]"},
		"a make-up day in holiday": {strings.Replace(good, `"date":"2026-01-04"`, `"date":"2026-01-01"`, 1), "NOTICE_TWICE", "workdays[0].date"},
		"another year's day":       {strings.Replace(good, `"from":"2026-01-01"`, `"from":"2024-01-01"`, 1), "NOTICE_YEAR", "holidays[0]"},
		"turned around":            {strings.Replace(good, `"from":"2026-01-01"`, `"from":"2026-01-01","to":"2025-12-31"`, 1), "NOTICE_FORM", "holidays[0].to"},
		"a century of rest":        {strings.Replace(good, `"from":"2026-01-01"`, `"from":"2026-01-01","to":"2126-01-01"`, 1), "NOTICE_FORM", "holidays[0].to"},
		"a name of control marks":  {strings.Replace(good, `"name":"元旦"`, `"name":"\u0007"`, 1), "CALENDAR_NAME", "holidays[0]"},
		"half a year":              {strings.Replace(good, `"from":"2026-10-01"`, `"from":"2026-11-01"`, 1), "NOTICE_INCOMPLETE", ""},
		"nothing":                  {`{"year": 2026, "holidays": [], "workdays": []}`, "NOTICE_INCOMPLETE", ""},
		"no year":                  {`{"year": 0, "holidays": [], "workdays": []}`, "NOTICE_YEAR", "year"},
		"two of them":              {good + good, "CALENDAR_JSON", ""},
		"two megabytes":            {good + strings.Repeat(" ", 2<<20), "NOTICE_FORM", ""},
		"GBK":                      {"{\n\"year\": 2026, \"holidays\": [{\"name\": \"\xd4\xaa\xb5\xa9\"}]}", "NOTICE_FORM", ""},
	} {
		if _, err := ReadNotice([]byte(c.text)); err == nil {
			t.Errorf("%s: taken", name)
		} else if f, ok := fault.As(err); !ok || f.Code != c.code || f.Field != c.path {
			t.Errorf("%s: %v, want %s at %q", name, err, c.code, c.path)
		}
	}
}

func TestAFaultyICSIsRefusedAtItsLine(t *testing.T) {
	t.Parallel()
	good := string(asICS(officialDays(t, 2026)))
	put := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	for name, c := range map[string]struct{ text, code, says string }{
		"not a file":              {"hello", "NOTICE_FORM", "line 1:"},
		"no whole day":            {put("DTSTART;VALUE=DATE:20260101", "DTSTART:20260101T250000Z"), "CALENDAR_DATE", "line 4:"},
		"ends before it begins":   {put("DTEND;VALUE=DATE:20260102", "DTEND;VALUE=DATE:20260101"), "NOTICE_FORM", "line 5:"},
		"a date twice":            {put("DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20260103", "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20260102"), "NOTICE_TWICE", "line 9:"},
		"both marks":              {put("元旦（休", "元旦（休班"), "NOTICE_FORM", "line 6:"},
		"a nameless holiday":      {put("元旦（休", "（休"), "CALENDAR_NAME", "line 3:"},
		"an event in an event":    {put("DTSTART", "BEGIN:VEVENT\r\nDTSTART"), "NOTICE_FORM", "line 4:"},
		"an event without end":    {strings.TrimSuffix(good, "END:VEVENT\r\nEND:VCALENDAR\r\n"), "NOTICE_FORM", "does not end"},
		"two starts":              {put("DTEND;VALUE=DATE:", "DTSTART;VALUE=DATE:"), "NOTICE_FORM", "line 5:"},
		"every year":              {put("SUMMARY", "RRULE:FREQ=YEARLY\r\nSUMMARY"), "NOTICE_FORM", "line 6:"},
		"without National Day":    {put("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261002", "DTSTART;VALUE=DATE:20261101\r\nDTEND;VALUE=DATE:20261102"), "NOTICE_YEAR", "National Day"},
		"without Dragon Boat":     {put("DTSTART;VALUE=DATE:20260619\r\nDTEND;VALUE=DATE:20260620", "DTSTART;VALUE=DATE:20261101\r\nDTEND;VALUE=DATE:20261102"), "NOTICE_INCOMPLETE", "端午节, 2026-06-19"},
		"two years":               {string(asICS(append(officialDays(t, 2025), officialDays(t, 2026)...))), "NOTICE_YEAR", "2025 2026"},
		"UTF-16":                  {"\xff\xfeB\x00E\x00", "NOTICE_FORM", "line 1 on"},
		"text of another charset": {put("元旦", "\xd4\xaa\xb5\xa9"), "NOTICE_FORM", "line 6 on"},
	} {
		_, err := ReadICS([]byte(c.text), 0)
		if f, ok := fault.As(err); !ok || f.Code != c.code || !strings.Contains(f.Message, c.says) {
			t.Errorf("%s: %v, want %s with %q", name, err, c.code, c.says)
		}
	}
}

func TestANoticeIsPublishedOverWhatStandsAndTheTyphoonDayStays(t *testing.T) {
	t.Parallel()
	c, err := Official(2025)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.Edit(Edit{BasedOn: 1, Set: []Exception{{Date: Date{2025, time.September, 24}, Name: "台风停工"}}}); err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{2025, 2026} { // one again, one anew
		n, err := ReadNotice(asJSON(t, year, officialDays(t, year)))
		if err != nil {
			t.Fatal(err)
		}
		next, err := c.Edit(n.Edit(2))
		if year == 2025 {
			if !fault.Is(err, "CALENDAR_UNCHANGED") {
				t.Errorf("the same notice again: %v", err)
			}
			continue
		}
		if err != nil || !slices.Equal(next.Rules().Years, []int{2025, 2026}) || next.exceptions[Date{2025, time.September, 24}].Name != "台风停工" {
			t.Errorf("2026: %v", err)
		}
	}
}

func FuzzReadICS(f *testing.F) {
	f.Add(asICS(officialDays(f, 2026)))
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nDTEND:99991231\nSUMMARY:元旦 假期\nEND:VEVENT"))
	f.Fuzz(func(t *testing.T, data []byte) { holds(t)(ReadICS(data, 0)) })
}

func FuzzReadNotice(f *testing.F) {
	f.Add(asJSON(f, 2026, officialDays(f, 2026)))
	f.Add([]byte(`{"year": 2026, "holidays": [{"name": "元旦", "from": "2026-01-01", "to": "9999-12-31"}], "workdays": []}`))
	f.Fuzz(func(t *testing.T, data []byte) { holds(t)(ReadNotice(data)) })
}

// holds checks that what is taken can be published, and that what is refused is refused as a fault.
func holds(t *testing.T) func(Notice, error) {
	return func(n Notice, err error) {
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		c, err := Official(2025)
		if err != nil {
			t.Fatal(err)
		}
		years := []int{n.Year - 1, n.Year}
		if n.Year == firstYear {
			years = years[1:]
		}
		if _, err := c.Edit(Edit{BasedOn: 1, Years: years, Set: n.Days}); err != nil && !fault.Is(err, "CALENDAR_UNCHANGED") && !fault.Is(err, "CALENDAR_EXCEPTION") {
			t.Fatalf("a notice that cannot be published: %v", err)
		}
	}
}
