package escalation_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// monday is a working Monday, at nine in the morning.
var monday = time.Date(2026, 11, 16, 9, 0, 0, 0, shanghai)

func official(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Official(2026)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func percents(shares ...int) escalation.Ladder {
	l := escalation.Ladder{Code: "test", Version: 1, NameZH: "测试", NameEN: "Test"}
	for _, p := range shares {
		l.Steps = append(l.Steps, step(escalation.Trigger{Percent: p}))
	}
	return l
}

func step(trigger escalation.Trigger) escalation.Step {
	return escalation.Step{Clock: escalation.Dispose, Trigger: trigger, Action: escalation.Remind, Quiet: escalation.Break,
		Audience: []escalation.Audience{{Role: actor.Dispatcher, Level: escalation.Street}}}
}

func clock(number int, unit calendar.Unit, pauses ...calendar.Pause) escalation.Clock {
	return escalation.Clock{Stage: escalation.Dispose, Limit: calendar.Limit{Number: number, Unit: unit}, StartedAt: monday, Pauses: pauses}
}

func plan(t testing.TB, l escalation.Ladder, c escalation.Clock, now time.Time, at escalation.Position) escalation.Plan {
	t.Helper()
	p, err := l.Plan(c, official(t), now, at)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestACaseAtTheSecondStepStillReachesTheThird(t *testing.T) {
	t.Parallel()
	l, c := percents(50, 80, 100), clock(10, calendar.UrgentHour)
	p := plan(t, l, c, monday.Add(8*time.Hour), escalation.Position{Step: 1})
	if p.Fire == nil || p.Fire.Step != 1 || len(p.Missed) != 0 {
		t.Fatalf("at 80 percent: %+v", p)
	}
	if p.Next == nil || p.Next.Step != 2 || !p.Next.DueAt.Equal(monday.Add(10*time.Hour)) {
		t.Fatalf("after it: %+v", p.Next)
	}
}

func TestAfterAnOutageOnlyTheHighestDueStepFiresAndTheOthersAreNamed(t *testing.T) {
	t.Parallel()
	l, c := percents(50, 80, 100, 150), clock(10, calendar.UrgentHour)
	p := plan(t, l, c, monday.Add(11*time.Hour), escalation.Position{})
	if p.Fire == nil || p.Fire.Step != 2 {
		t.Fatalf("fires %+v", p.Fire)
	}
	if len(p.Missed) != 2 || p.Missed[0].Step != 0 || p.Missed[1].Step != 1 {
		t.Fatalf("missed %+v", p.Missed)
	}
	if p.Next == nil || p.Next.Step != 3 {
		t.Fatalf("next %+v", p.Next)
	}
}

func TestNothingFiresAMomentEarly(t *testing.T) {
	t.Parallel()
	l, c := percents(50), clock(1, calendar.UrgentHour)
	due := monday.Add(30 * time.Minute)
	if p := plan(t, l, c, due.Add(-time.Microsecond), escalation.Position{}); p.Fire != nil || !p.Next.DueAt.Equal(due) {
		t.Fatalf("a microsecond before: %+v", p)
	}
	if p := plan(t, l, c, due, escalation.Position{}); p.Fire == nil || p.Next != nil {
		t.Fatalf("at the moment: %+v", p)
	}
}

func TestStepsAreSharesOfWorkingTimeNotOfTheWallClock(t *testing.T) {
	t.Parallel()
	l, c := percents(50, 100), clock(2, calendar.WorkingDay)
	// Monday 09:00 + 8 working hours (08:30–12:00, 14:00–18:30) = Tuesday 09:00.
	p := plan(t, l, c, monday, escalation.Position{})
	if want := monday.AddDate(0, 0, 1); !p.Next.DueAt.Equal(want) {
		t.Fatalf("half of two working days is due %v, want %v", p.Next.DueAt.In(shanghai), want)
	}
}

func TestAPauseOverAWeekendTakesNothingOffAWorkingLimit(t *testing.T) {
	t.Parallel()
	friday := time.Date(2026, 11, 20, 18, 30, 0, 0, shanghai)
	back := friday.Add(62 * time.Hour) // Monday 08:30
	l := percents(100)
	paused := plan(t, l, clock(6, calendar.WorkingDay, calendar.Pause{From: friday, To: &back}), monday, escalation.Position{})
	without := plan(t, l, clock(6, calendar.WorkingDay), monday, escalation.Position{})
	if !paused.Next.DueAt.Equal(without.Next.DueAt) {
		t.Fatalf("due %v with the pause, %v without", paused.Next.DueAt, without.Next.DueAt)
	}
}

func TestARepetitionGoesOnUntilTheNextStepIsDue(t *testing.T) {
	t.Parallel()
	l := percents(100, 130)
	l.Steps[0].Repeat = &escalation.Repeat{Percent: 10, Times: 5}
	c := clock(10, calendar.UrgentHour)
	var order []string
	at, now := escalation.Position{}, monday
	for {
		p := plan(t, l, c, now, at)
		if p.Fire != nil {
			order = append(order, fmt.Sprint(p.Fire.Step, p.Fire.Occurrence, p.Fire.DueAt.Sub(monday)))
		}
		if p.Next == nil {
			break
		}
		at, now = p.Next.Position, p.Next.DueAt
	}
	if got := fmt.Sprint(order); got != "[0 0 10h0m0s 0 1 11h0m0s 0 2 12h0m0s 1 0 13h0m0s]" {
		t.Fatal(got)
	}
}

func TestAnOffsetCountsFromTheLimitsEndInTheClocksOwnTime(t *testing.T) {
	t.Parallel()
	before, after := escalation.Offset(-time.Hour), escalation.Offset(time.Hour)
	l := escalation.Ladder{Steps: escalation.Steps{step(escalation.Trigger{Offset: &before}), step(escalation.Trigger{Offset: &after})}}
	c := clock(8, calendar.WorkingHour) // ends Tuesday 09:00
	p := plan(t, l, c, monday, escalation.Position{})
	if want := time.Date(2026, 11, 16, 18, 0, 0, 0, shanghai); !p.Next.DueAt.Equal(want) {
		t.Fatalf("one hour before the end is %v", p.Next.DueAt.In(shanghai))
	}
	p = plan(t, l, c, p.Next.DueAt, p.Next.Position)
	if want := time.Date(2026, 11, 17, 10, 0, 0, 0, shanghai); !p.Next.DueAt.Equal(want) {
		t.Fatalf("one hour after the end is %v", p.Next.DueAt.In(shanghai))
	}
}

func TestAStepBeyondTheKnownHolidaysIsNeitherGuessedNorDropped(t *testing.T) {
	t.Parallel()
	l, c := percents(100, 200), clock(25, calendar.WorkingDay) // 200 percent lies in 2027, of which nothing is known
	now := time.Date(2026, 12, 21, 9, 0, 0, 0, shanghai)
	p := plan(t, l, c, now, escalation.Position{})
	if p.Fire == nil || p.Fire.Step != 0 || p.Next == nil || p.Next.Step != 1 {
		t.Fatalf("%+v", p)
	}
	if !p.Next.DueAt.After(now) {
		t.Fatalf("guessed: %v", p.Next.DueAt)
	}
	again := plan(t, l, c, p.Next.DueAt, p.Next.Position)
	if again.Fire != nil || again.Next == nil || again.Next.Step != 1 {
		t.Fatalf("when it is looked at again: %+v", again)
	}
}

// Whenever and however often a ladder is looked at: nothing fires early, nothing twice, nothing out of order, and whatever
// is due is fired or named as missed.
func TestEveryDueStepIsSettledOnceInOrderAndNeverEarly(t *testing.T) {
	t.Parallel()
	cal := official(t)
	rapid.Check(t, func(t *rapid.T) {
		l, c := ladders(t), clocks(t)
		at, settled := escalation.Position{}, []escalation.Deadline(nil)
		now := c.StartedAt
		for climbing := true; climbing; {
			last := now
			p, err := l.Plan(c, cal, now, at)
			if err != nil {
				t.Fatal(err)
			}
			settled = append(settled, p.Missed...)
			if p.Fire != nil {
				settled = append(settled, *p.Fire)
			} else if len(p.Missed) > 0 {
				t.Fatal("steps were missed though none fired")
			}
			if climbing = p.Next != nil; climbing {
				if !p.Next.DueAt.After(now) {
					t.Fatalf("armed for %v at %v", p.Next.DueAt, now)
				}
				at = p.Next.Position
				now = now.Add(time.Duration(rapid.Int64Range(1, int64(200*time.Hour)).Draw(t, "wait")))
			}
			for _, d := range settled {
				if d.DueAt.After(last) {
					t.Fatalf("%+v at %v", d, last)
				}
			}
		}
		for i := 1; i < len(settled); i++ {
			if !settled[i-1].Below(settled[i].Position) || settled[i].DueAt.Before(settled[i-1].DueAt) {
				t.Fatalf("%+v before %+v", settled[i-1], settled[i])
			}
		}
		for i := range l.Steps {
			if !contains(settled, escalation.Position{Step: i}) {
				t.Fatalf("step %d was never settled: %+v", i, settled)
			}
		}
	})
}

func ladders(t *rapid.T) escalation.Ladder {
	l, share := percents(), 0
	for range rapid.IntRange(1, 6).Draw(t, "steps") {
		share += rapid.IntRange(1, 60).Draw(t, "share")
		s := step(escalation.Trigger{Percent: share})
		if rapid.Bool().Draw(t, "repeats") {
			s.Repeat = &escalation.Repeat{Percent: rapid.IntRange(1, 40).Draw(t, "every"), Times: rapid.IntRange(1, 8).Draw(t, "times")}
		}
		l.Steps = append(l.Steps, s)
	}
	return l
}

func clocks(t *rapid.T) escalation.Clock {
	unit := rapid.SampledFrom([]calendar.Unit{calendar.UrgentHour, calendar.WorkingHour, calendar.CalendarDay}).Draw(t, "unit")
	c := clock(rapid.IntRange(1, 40).Draw(t, "limit"), unit)
	c.StartedAt = time.Date(2026, 3, 2, 0, 0, 0, 0, shanghai).Add(time.Duration(rapid.IntRange(0, 60*24*20).Draw(t, "start")) * time.Minute)
	for range rapid.IntRange(0, 2).Draw(t, "pauses") {
		from := c.StartedAt.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "from")) * time.Hour)
		to := from.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "for")) * time.Hour)
		c.Pauses = append(c.Pauses, calendar.Pause{From: from, To: &to})
	}
	return c
}

func contains(settled []escalation.Deadline, p escalation.Position) bool {
	for _, d := range settled {
		if d.Position == p {
			return true
		}
	}
	return false
}
