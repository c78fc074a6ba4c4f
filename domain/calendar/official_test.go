package calendar

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// The notices of 12 November 2024 and 4 November 2025, written down by hand from the published text.
var notices = map[int]struct{ closed, worked []string }{
	2025: {
		closed: []string{"01-01 01-01 元旦", "01-28 02-04 春节", "04-04 04-06 清明节", "05-01 05-05 劳动节",
			"05-31 06-02 端午节", "10-01 10-08 国庆节、中秋节"},
		worked: []string{"01-26", "02-08", "04-27", "09-28", "10-11"},
	},
	2026: {
		closed: []string{"01-01 01-03 元旦", "02-15 02-23 春节", "04-04 04-06 清明节", "05-01 05-05 劳动节",
			"06-19 06-21 端午节", "09-25 09-27 中秋节", "10-01 10-07 国庆节"},
		worked: []string{"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"},
	},
}

func TestOfficialCalendarIsWhatTheStateCouncilPublished(t *testing.T) {
	t.Parallel()
	for year, notice := range notices {
		var want []string
		for _, line := range notice.closed {
			var from, to, name string
			if _, err := fmt.Sscan(line, &from, &to, &name); err != nil {
				t.Fatal(err)
			}
			for d := at(fmt.Sprintf("%d-%s 00:00", year, from)); d.Format("01-02") <= to; d = d.AddDate(0, 0, 1) {
				want = append(want, d.Format("01-02")+" "+name)
			}
		}
		for _, day := range notice.worked {
			want = append(want, day+" worked")
		}
		slices.Sort(want)

		c, err := Official(year)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range c.Rules().Exceptions {
			text := e.Date.String()[5:] + " " + e.Name
			if e.OpenLike != nil {
				text = e.Date.String()[5:] + " worked"
			}
			got = append(got, text)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%d:\n got %v\nwant %v", year, got, want)
		}
	}
}

func TestOfficialYearHasAsManyHoursAsTheNoticeLeaves(t *testing.T) {
	t.Parallel()
	for year, days := range map[int]time.Duration{2025: 248, 2026: 248} {
		c, err := Official(year)
		if err != nil {
			t.Fatal(err)
		}
		from := at(fmt.Sprintf("%d-01-01 00:00", year))
		got, err := c.Elapsed(from, from.AddDate(1, 0, 0), WorkingHour, nil)
		if err != nil || got != days*8*time.Hour {
			t.Errorf("%d: %v (%v), want %d days", year, got, err, days)
		}
	}
}

func TestOfficialLeavesItsArgumentsAlone(t *testing.T) {
	t.Parallel()
	years := []int{2026, 2025}
	if _, err := Official(years...); err != nil || years[0] != 2026 {
		t.Fatal(years, err)
	}
}
