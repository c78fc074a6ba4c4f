package calendar

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func (s Segment) text() string {
	return fmt.Sprintf("%s %s %s %s%s", s.From.Format("01-02T15:04"), s.To.Format("01-02T15:04"), s.Counted, s.Reason, s.Name)
}

func TestExplanationTellsTheStoryOfSpringFestival(t *testing.T) {
	t.Parallel()
	// Given a limit of two working days that starts on the last ordinary Friday, paused over Saturday's noon
	pauses := []Pause{pause("2026-02-14 11:00", "2026-02-14 15:00")}

	// When it is explained
	e, err := official(t).Explain(at("2026-02-13 17:30"), Limit{2, WorkingDay}, pauses)
	if err != nil {
		t.Fatal(err)
	}

	// Then every hour until the due time has its reason
	var got []string
	for _, s := range e.Segments {
		got = append(got, s.text())
	}
	want := []string{
		"02-13T17:30 02-13T18:30 1h0m0s open",
		"02-13T18:30 02-14T08:30 0s night",
		"02-14T08:30 02-14T11:00 2h30m0s make_up_workday春节",
		"02-14T11:00 02-14T15:00 0s pause",
		"02-14T15:00 02-14T18:30 3h30m0s make_up_workday春节",
		"02-14T18:30 02-15T00:00 0s night",
		"02-15T00:00 02-24T00:00 0s holiday春节",
		"02-24T00:00 02-24T08:30 0s night",
		"02-24T08:30 02-24T12:00 3h30m0s open",
		"02-24T12:00 02-24T14:00 0s break",
		"02-24T14:00 02-24T18:30 4h30m0s open",
		"02-24T18:30 02-25T08:30 0s night",
		"02-25T08:30 02-25T09:30 1h0m0s open",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if e.Due == nil || !e.Due.Equal(at("2026-02-25 09:30")) || e.Remaining != 0 || e.CalendarVersion != 1 {
		t.Errorf("due %v, remaining %v, version %d", e.Due, e.Remaining, e.CalendarVersion)
	}
	if len(e.Pauses) != 1 || e.Pauses[0].Cost != 2*time.Hour {
		t.Errorf("the pause cost an hour before and an hour after lunch, not %+v", e.Pauses)
	}
}

func TestExplanationShowsWeekendsAndThatAPauseOverOneIsFree(t *testing.T) {
	t.Parallel()
	e, err := official(t).Explain(at("2026-03-06 18:00"), Limit{1, WorkingHour},
		[]Pause{pause("2026-03-07 10:00", "2026-03-08 10:00")})
	if err != nil {
		t.Fatal(err)
	}
	var got []Reason
	for _, s := range e.Segments {
		got = append(got, s.Reason)
	}
	if want := []Reason{Open, Night, Weekend, Paused, Weekend, Night, Open}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if e.Pauses[0].Cost != 0 {
		t.Errorf("cost %v", e.Pauses[0].Cost)
	}
}

func TestExplanationOfAFrozenClockSaysWhatIsLeft(t *testing.T) {
	t.Parallel()
	e, err := official(t).Explain(at("2026-03-03 09:00"), Limit{1, WorkingDay}, []Pause{{From: at("2026-03-03 11:00")}})
	if err != nil {
		t.Fatal(err)
	}
	if e.Due != nil || e.Remaining != 6*time.Hour || len(e.Segments) != 1 {
		t.Errorf("got %+v", e)
	}
	if len(e.Pauses) != 1 || e.Pauses[0].To != nil || !e.Pauses[0].From.Equal(at("2026-03-03 11:00")) {
		t.Errorf("pauses %+v", e.Pauses)
	}
}

func TestExplanationOfAnUrgentLimitIgnoresTheCalendar(t *testing.T) {
	t.Parallel()
	e, err := official(t).Explain(at("2027-02-06 23:00"), Limit{2, UrgentHour}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Segments) != 1 || e.Segments[0].Reason != AroundTheClock || e.Segments[0].Counted != 2*time.Hour {
		t.Errorf("got %+v", e.Segments)
	}
}

func TestExplanationTellsNeighbouringHolidaysApart(t *testing.T) {
	t.Parallel()
	rules := official(t).Rules()
	rules.Exceptions = []Exception{{Date: Date{2026, 3, 3}, Name: "台风"}, {Date: Date{2026, 3, 4}, Name: "暴雨"}}
	c, err := New(rules)
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Explain(at("2026-03-02 18:00"), Limit{1, WorkingHour}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range e.Segments {
		if s.Reason == Holiday {
			names = append(names, s.Name)
		}
	}
	if !slices.Equal(names, []string{"台风", "暴雨"}) {
		t.Errorf("got %v", names)
	}
}
