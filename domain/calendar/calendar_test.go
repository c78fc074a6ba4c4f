package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"gridwork/fault"
)

var shanghai = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func official(t testing.TB) *Calendar {
	t.Helper()
	c, err := Official(2025, 2026)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(text string) time.Time {
	when, err := time.ParseInLocation("2006-01-02 15:04", text, shanghai)
	if err != nil {
		panic(err)
	}
	return when
}

func pause(from, to string) Pause {
	return Pause{From: at(from), To: new(at(to))}
}

func wantCode(t *testing.T, err error, code, path string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code || f.Field != path {
		t.Fatalf("got %v, want %s at %q", err, code, path)
	}
}

// In 2026 Spring Festival closes 15–23 February; the Saturdays 14 and 28 February are worked.
func TestDueSkipsHolidaysAndUsesMakeUpWorkdays(t *testing.T) {
	t.Parallel()
	for _, story := range []struct {
		about, start string
		limit        Limit
		pauses       []Pause
		due          string
	}{
		{"an hour inside a morning", "2026-03-03 09:00", Limit{1, WorkingHour}, nil, "2026-03-03 10:00"},
		{"the lunch break does not count", "2026-03-03 11:30", Limit{1, WorkingHour}, nil, "2026-03-03 14:30"},
		{"used up at closing time, not at the next opening", "2026-03-06 17:30", Limit{1, WorkingHour}, nil, "2026-03-06 18:30"},
		{"a Friday evening waits for Monday", "2026-03-06 20:00", Limit{1, WorkingHour}, nil, "2026-03-09 09:30"},
		{"a working day is eight open hours, wherever it starts", "2026-03-03 15:00", Limit{1, WorkingDay}, nil, "2026-03-04 15:00"},
		{"a make-up Saturday counts", "2026-02-13 17:30", Limit{4, WorkingHour}, nil, "2026-02-14 11:30"},
		{"Spring Festival does not", "2026-02-13 17:30", Limit{2, WorkingDay}, nil, "2026-02-24 17:30"},
		{"filed inside the festival", "2026-02-16 10:00", Limit{1, WorkingHour}, nil, "2026-02-24 09:30"},
		{"the week after it has five days, Saturday included", "2026-02-23 09:00", Limit{5, WorkingDay}, nil, "2026-02-28 18:30"},
		{"a make-up Sunday in September", "2026-09-19 12:00", Limit{1, WorkingDay}, nil, "2026-09-20 18:30"},
		{"New Year's make-up Sunday, from the year before", "2025-12-31 18:00", Limit{1, WorkingDay}, nil, "2026-01-04 18:00"},
		{"twenty working days over National Day", "2026-09-18 18:30", Limit{20, WorkingDay}, nil, "2026-10-22 18:30"},
		{"urgent hours run through the festival night", "2026-02-17 23:00", Limit{2, UrgentHour}, nil, "2026-02-18 01:00"},
		{"calendar days too", "2026-02-13 17:30", Limit{3, CalendarDay}, nil, "2026-02-16 17:30"},
		{"urgent hours need no calendar of the year", "2031-12-31 23:00", Limit{2, UrgentHour}, nil, "2032-01-01 01:00"},
		{"the last open hour of the last covered year", "2026-12-31 17:30", Limit{1, WorkingHour}, nil, "2026-12-31 18:30"},
		{"a pause at night costs nothing", "2026-03-03 15:00", Limit{1, WorkingDay},
			[]Pause{pause("2026-03-03 18:30", "2026-03-04 08:30")}, "2026-03-04 15:00"},
		{"a pause of 72 h over a weekend is one working day", "2026-03-06 10:30", Limit{1, WorkingDay},
			[]Pause{pause("2026-03-06 18:30", "2026-03-09 18:30")}, "2026-03-10 10:30"},
		{"72 h are 72 urgent hours", "2026-03-06 10:30", Limit{24, UrgentHour},
			[]Pause{pause("2026-03-06 18:30", "2026-03-09 18:30")}, "2026-03-10 10:30"},
		{"overlapping pauses count once, in any order", "2026-03-03 08:30", Limit{4, WorkingHour},
			[]Pause{pause("2026-03-03 10:00", "2026-03-03 11:00"), pause("2026-03-03 09:00", "2026-03-03 10:30")}, "2026-03-03 16:30"},
		{"a pause that began before the start", "2026-03-03 09:00", Limit{1, WorkingHour},
			[]Pause{pause("2026-03-01 00:00", "2026-03-03 10:00")}, "2026-03-03 11:00"},
	} {
		t.Run(story.about, func(t *testing.T) {
			t.Parallel()
			due, err := official(t).Due(at(story.start), story.limit, story.pauses)
			if err != nil || !due.Equal(at(story.due)) {
				t.Fatalf("due %v (%v), want %s", due, err, story.due)
			}
		})
	}
}

func TestElapsedOfAWeekendPauseIsNotItsWallTime(t *testing.T) {
	t.Parallel()
	c := official(t)
	weekend := []Pause{pause("2026-03-06 18:30", "2026-03-09 18:30")}

	got, err := c.Elapsed(at("2026-03-06 08:30"), at("2026-03-10 18:30"), WorkingHour, weekend)
	if err != nil || got != 16*time.Hour {
		t.Fatalf("elapsed %v (%v), want 16h: three working days less Monday", got, err)
	}
}

func TestElapsedIsNothingBeforeTheStart(t *testing.T) {
	t.Parallel()
	got, err := official(t).Elapsed(at("2026-03-06 09:00"), at("2026-03-05 09:00"), WorkingHour, nil)
	if err != nil || got != 0 {
		t.Fatalf("got %v, %v", got, err)
	}
}

func TestLadderStepsStandAtPercentOfTheLimit(t *testing.T) {
	t.Parallel()
	c, limit := official(t), Limit{2, WorkingDay}
	for percent, want := range map[int]string{
		50: "2026-03-03 18:30", 80: "2026-03-04 15:18", 100: "2026-03-04 18:30",
		125: "2026-03-05 14:30", 150: "2026-03-05 18:30", 200: "2026-03-06 18:30",
	} {
		got, err := c.Add(at("2026-03-03 08:30"), limit.Percent(c, percent), limit.Unit, nil)
		if err != nil || !got.Equal(at(want)) {
			t.Errorf("%d %%: %v (%v), want %s", percent, got, err, want)
		}
	}
}

func TestDayHoursNeedNotBeTheOpenHours(t *testing.T) {
	t.Parallel()
	rules := official(t).Rules()
	rules.DayHours = 7.5
	c, err := New(rules)
	if err != nil {
		t.Fatal(err)
	}
	if due, err := c.Due(at("2026-03-03 08:30"), Limit{2, WorkingDay}, nil); err != nil || !due.Equal(at("2026-03-04 17:30")) {
		t.Fatalf("due %v, %v", due, err)
	}
}

func TestAYearWithoutCalendarIsRefusedAndNamed(t *testing.T) {
	t.Parallel()
	c := official(t)
	for about, ask := range map[string]func() (any, error){
		"2027: due past the end": func() (any, error) {
			return c.Due(at("2026-12-31 18:00"), Limit{1, WorkingHour}, nil)
		},
		"2028: started past the end": func() (any, error) {
			return c.Due(at("2028-05-01 09:00"), Limit{1, WorkingHour}, nil)
		},
		"2024: started before the first year": func() (any, error) {
			return c.Elapsed(at("2024-12-31 09:00"), at("2025-01-02 09:00"), WorkingDay, nil)
		},
		"2027: resumed past the end": func() (any, error) {
			return c.Due(at("2026-12-31 09:00"), Limit{3, WorkingHour}, []Pause{pause("2026-12-31 10:00", "2027-01-04 08:30")})
		},
		"2027: explained past the end": func() (any, error) {
			return c.Explain(at("2026-12-31 09:00"), Limit{3, WorkingDay}, nil)
		},
		"1: a time never set": func() (any, error) {
			return c.Due(time.Time{}, Limit{3, UrgentHour}, nil)
		},
		"2190: past what an instant can count": func() (any, error) {
			return c.Due(at("2189-12-31 09:00"), Limit{3, CalendarDay}, nil)
		},
		"2035: no notice published": func() (any, error) { return Official(2026, 2035) },
	} {
		year, _, _ := strings.Cut(about, ":")
		_, err := ask()
		if !errors.Is(err, ErrYear) || !fault.Is(err, "CALENDAR_YEAR_MISSING") || !strings.HasSuffix(err.Error(), " "+year) {
			t.Errorf("%s: got %v", about, err)
		}
	}
}

func TestAGapBetweenCoveredYearsIsNotBridged(t *testing.T) {
	t.Parallel()
	rules := official(t).Rules()
	rules.Years, rules.Exceptions = []int{2024, 2026}, nil
	c, err := New(rules)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Elapsed(at("2024-12-30 09:00"), at("2026-01-05 09:00"), WorkingHour, nil)
	if !errors.Is(err, ErrYear) || !strings.Contains(err.Error(), "2025") {
		t.Fatalf("got %v", err)
	}
	acrossTheGap := []Pause{pause("2024-12-31 18:30", "2026-01-01 08:30")}
	got, err := c.Elapsed(at("2024-12-31 17:30"), at("2026-01-01 09:30"), WorkingHour, acrossTheGap)
	if err != nil || got != 2*time.Hour {
		t.Fatalf("nothing ran in the unknown year, yet %v, %v", got, err)
	}
}

func TestAnOpenPauseFreezesTheClock(t *testing.T) {
	t.Parallel()
	c := official(t)
	frozen := []Pause{{From: at("2026-03-03 10:00")}}

	if _, err := c.Due(at("2026-03-03 09:00"), Limit{2, WorkingHour}, frozen); !errors.Is(err, ErrFrozen) {
		t.Errorf("due: %v", err)
	}
	got, err := c.Elapsed(at("2026-03-03 09:00"), at("2027-03-03 10:00"), WorkingHour, frozen)
	if err != nil || got != time.Hour {
		t.Errorf("elapsed %v, %v: the hour before the pause, no year is missed while it lasts", got, err)
	}
	atYearsEnd := []Pause{{From: at("2027-01-01 00:00")}}
	if _, err := c.Due(at("2026-12-31 18:00"), Limit{1, WorkingHour}, atYearsEnd); !errors.Is(err, ErrFrozen) {
		t.Errorf("all that runs lies in a covered year: %v", err)
	}
	due, err := c.Due(at("2026-03-03 09:00"), Limit{1, WorkingHour}, frozen)
	if err != nil || !due.Equal(at("2026-03-03 10:00")) {
		t.Errorf("what ends as the pause begins is due: %v, %v", due, err)
	}
}

func TestWrongQuestionsAreRefused(t *testing.T) {
	t.Parallel()
	c, start := official(t), at("2026-03-03 09:00")
	_, err := c.Due(start, Limit{0, WorkingDay}, nil)
	wantCode(t, err, "LIMIT_NUMBER", "number")
	_, err = c.Due(start, Limit{10_001, WorkingDay}, nil)
	wantCode(t, err, "LIMIT_NUMBER", "number")
	_, err = c.Explain(start, Limit{1, "fortnight"}, nil)
	wantCode(t, err, "LIMIT_UNIT", "unit")
	_, err = c.Elapsed(start, start, "fortnight", nil)
	wantCode(t, err, "LIMIT_UNIT", "unit")
	_, err = c.Add(start, -1, WorkingDay, nil)
	wantCode(t, err, "CLOCK_NEGATIVE", "counted")
	_, err = c.Due(start, Limit{1, WorkingDay}, []Pause{{From: start}, pause("2026-03-03 10:00", "2026-03-03 09:00")})
	wantCode(t, err, "PAUSE_REVERSED", "pauses[1].to")
}

func TestAPauseOfAnyLengthIsBearable(t *testing.T) {
	t.Parallel()
	endless := Pause{From: time.Time{}, To: new(time.Unix(1<<60, 0))}
	if _, err := official(t).Due(at("2026-03-03 09:00"), Limit{1, UrgentHour}, []Pause{endless}); err == nil {
		t.Fatal("a pause past all calendars must not give a due time")
	}
}

func TestUnitSpeaksGraphQLAndSQL(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	WorkingDay.MarshalGQL(&out)
	if out.String() != `"WORKING_DAY"` {
		t.Errorf("GraphQL: %s", out.String())
	}
	var u Unit
	if err := u.UnmarshalGQL("CALENDAR_DAY"); err != nil || u != CalendarDay {
		t.Errorf("GraphQL: %v, %v", u, err)
	}
	for _, wrong := range []any{"calendar_day", "", 3, nil} {
		wantCode(t, u.UnmarshalGQL(wrong), "ENUM_VALUE", "")
	}
	var r Reason
	out.Reset()
	MakeUpWorkday.MarshalGQL(&out)
	if err := r.UnmarshalGQL(strings.Trim(out.String(), `"`)); err != nil || r != MakeUpWorkday {
		t.Errorf("GraphQL: %v, %v", r, err)
	}
	m := pgtype.NewMap()
	text, err := m.Encode(pgtype.TextOID, pgtype.TextFormatCode, UrgentHour, nil)
	if err != nil || string(text) != "urgent_hour" {
		t.Errorf("SQL: %s, %v", text, err)
	}
	if err := m.Scan(pgtype.TextOID, pgtype.TextFormatCode, []byte("working_hour"), &u); err != nil || u != WorkingHour {
		t.Errorf("SQL: %v, %v", u, err)
	}
}
