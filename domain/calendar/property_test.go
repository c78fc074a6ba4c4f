package calendar

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func anyOpenings(least int) *rapid.Generator[[]Opening] {
	return rapid.Custom(func(t *rapid.T) []Opening {
		n := 2 * rapid.IntRange(least, 3).Draw(t, "openings")
		marks := rapid.SliceOfNDistinct(rapid.IntRange(0, int(midnight)), n, n, rapid.ID).Draw(t, "marks")
		slices.Sort(marks)
		var openings []Opening
		for i := 0; i < n; i += 2 {
			openings = append(openings, Opening{Clock(marks[i]), Clock(marks[i+1])})
		}
		return openings
	})
}

// anyRules covers 2025 and 2026; every calendar is open on Mondays at least.
func anyRules(t *rapid.T) Rules {
	r := Rules{Version: 1, Location: "Asia/Shanghai", DayHours: 8, Years: []int{2025, 2026}}
	for d := range weekdays {
		least := 0
		if time.Weekday(d) == time.Monday {
			least = 1
		}
		*r.Week.on(time.Weekday(d)) = anyOpenings(least).Draw(t, string(weekdays[d]))
	}
	for _, offset := range rapid.SliceOfNDistinct(rapid.IntRange(0, 729), 0, 60, rapid.ID).Draw(t, "exceptions") {
		e := Exception{Date: Date{2025, 1, 1 + offset}, Name: "X"}
		e.Date = DateOf(e.Date.at(0, time.UTC))
		if rapid.Bool().Draw(t, "worked") {
			e.OpenLike = new(Monday)
		}
		r.Exceptions = append(r.Exceptions, e)
	}
	return r
}

func anyCalendar(t *rapid.T) *Calendar {
	c, err := New(anyRules(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var anyUnit = rapid.SampledFrom(units)

// anyInstant lies in the first days of 2025 to the middle of the year, to the step given.
func anyInstant(t *rapid.T, step time.Duration, label string) time.Time {
	n := rapid.Int64Range(0, int64(180*24*time.Hour/step)).Draw(t, label)
	return at("2025-01-01 00:00").Add(time.Duration(n) * step)
}

func anyPauses(t *rapid.T, start time.Time, step time.Duration) []Pause {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Pause {
		from := rapid.Int64Range(int64(-48*time.Hour/step), int64(20*24*time.Hour/step)).Draw(t, "from")
		length := rapid.Int64Range(0, int64(100*time.Hour/step)).Draw(t, "length")
		p := Pause{From: start.Add(time.Duration(from) * step)}
		p.To = new(p.From.Add(time.Duration(length) * step))
		return p
	}), 0, 6).Draw(t, "pauses")
}

func TestAddThenMeasureIsTheIdentity(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, unit := anyCalendar(t), anyUnit.Draw(t, "unit")
		start := anyInstant(t, time.Nanosecond, "start")
		pauses := anyPauses(t, start, time.Nanosecond)
		counted := time.Duration(rapid.Int64Range(0, int64(400*time.Hour)).Draw(t, "counted"))

		due, err := c.Add(start, counted, unit, pauses)
		if errors.Is(err, ErrYear) {
			return // a calendar that is open a minute a week
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Elapsed(start, due, unit, pauses)
		if err != nil || got != counted {
			t.Fatalf("added %v, due %v, measured %v (%v)", counted, due, got, err)
		}
		if counted > 0 {
			if before, err := c.Elapsed(start, due.Add(-1), unit, pauses); err != nil || before != counted-1 {
				t.Fatalf("a moment before the due time %v of %v had passed (%v)", before, counted, err)
			}
		}
	})
}

func TestElapsedIsMonotonicAndAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, unit := anyCalendar(t), anyUnit.Draw(t, "unit")
		times := []time.Time{anyInstant(t, time.Second, "a"), anyInstant(t, time.Second, "b"), anyInstant(t, time.Second, "c")}
		slices.SortFunc(times, time.Time.Compare)
		pauses := anyPauses(t, times[0], time.Second)
		elapsed := func(from, to time.Time) time.Duration {
			d, err := c.Elapsed(from, to, unit, pauses)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		first, second, whole := elapsed(times[0], times[1]), elapsed(times[1], times[2]), elapsed(times[0], times[2])
		if first < 0 || second < 0 || first+second != whole || whole > times[2].Sub(times[0]) {
			t.Fatalf("%v + %v is not %v", first, second, whole)
		}
	})
}

func TestMoreOfALimitIsNeverDueEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, unit := anyCalendar(t), anyUnit.Draw(t, "unit")
		start, later := anyInstant(t, time.Second, "start"), anyInstant(t, time.Second, "later")
		pauses := anyPauses(t, start, time.Second)
		if later.Before(start) {
			start, later = later, start
		}
		less := time.Duration(rapid.Int64Range(1, int64(40*time.Hour)).Draw(t, "less"))
		more := less + time.Duration(rapid.Int64Range(0, int64(40*time.Hour)).Draw(t, "extra"))
		due, err := c.Add(start, less, unit, pauses)
		longer, errLonger := c.Add(start, more, unit, pauses)
		delayed, errDelayed := c.Add(later, less, unit, pauses)
		if err := errors.Join(err, errLonger, errDelayed); err != nil {
			if !errors.Is(err, ErrYear) {
				t.Fatal(err)
			}
			return
		}
		if longer.Before(due) || delayed.Before(due) || !due.After(start) {
			t.Fatal("a later start or a longer limit was due earlier")
		}
	})
}

func TestAPauseInsideClosedTimeCostsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		start := anyInstant(t, time.Second, "start")
		limit := Limit{rapid.IntRange(1, 20).Draw(t, "hours"), WorkingHour}
		e, err := c.Explain(start, limit, nil)
		if errors.Is(err, ErrYear) {
			return // a calendar that is open a minute a week
		}
		var pauses []Pause
		for _, s := range e.Segments {
			if s.Counted == 0 && rapid.Bool().Draw(t, "paused") {
				pauses = append(pauses, Pause{From: s.From, To: &s.To})
			}
		}
		due, err := c.Due(start, limit, pauses)
		if err != nil || !due.Equal(*e.Due) {
			t.Fatalf("due %v without, %v with pauses %v (%v)", e.Due, due, pauses, err)
		}
	})
}

func TestExplanationAddsUpExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		start := anyInstant(t, time.Nanosecond, "start")
		pauses := anyPauses(t, start, time.Nanosecond)
		if rapid.Bool().Draw(t, "frozen") {
			pauses = append(pauses, Pause{From: anyInstant(t, time.Nanosecond, "frozen from")})
		}
		limit := Limit{rapid.IntRange(1, 30).Draw(t, "number"), anyUnit.Draw(t, "unit")}
		e, err := c.Explain(start, limit, pauses)
		if errors.Is(err, ErrYear) {
			return // a calendar that is open a minute a week
		}
		if err != nil {
			t.Fatal(err)
		}
		checkExplanation(t, c, start, pauses, e)
	})
}

func checkExplanation(t *rapid.T, c *Calendar, start time.Time, pauses []Pause, e Explanation) {
	sum, at := time.Duration(0), start
	for _, s := range e.Segments {
		if !s.From.Equal(at) || !s.To.After(s.From) {
			t.Fatalf("segment %v does not follow %v", s, at)
		}
		// Each segment agrees with the measure taken of it alone.
		counted, err := c.Elapsed(s.From, s.To, e.Limit.Unit, pauses)
		if err != nil || counted != s.Counted || (s.Reason == Paused && counted != 0) {
			t.Fatalf("segment %v counts %v (%v)", s, counted, err)
		}
		sum, at = sum+s.Counted, s.To
	}
	if sum+e.Remaining != e.Limit.Counted(c) {
		t.Fatalf("%v and %v left is not %v", sum, e.Remaining, e.Limit.Counted(c))
	}
	due, err := c.Due(start, e.Limit, pauses)
	switch {
	case e.Due == nil && (e.Remaining <= 0 || !errors.Is(err, ErrFrozen)):
		t.Fatalf("frozen with %v left, due %v (%v)", e.Remaining, due, err)
	case e.Due != nil && (e.Remaining != 0 || !due.Equal(*e.Due) || !at.Equal(due)):
		t.Fatalf("due %v, explained %v up to %v", due, e.Due, at)
	}
}

// TestMinuteByMinuteOracleAgrees walks every minute and asks the rules alone, sharing nothing with the arithmetic.
func TestMinuteByMinuteOracleAgrees(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules, unit := anyRules(t), anyUnit.Draw(t, "unit")
		c, err := New(rules)
		if err != nil {
			t.Fatal(err)
		}
		from := anyInstant(t, time.Minute, "from")
		to := from.Add(time.Duration(rapid.IntRange(0, 20*24*60).Draw(t, "minutes")) * time.Minute)
		pauses := anyPauses(t, from, time.Minute)
		if rapid.IntRange(0, 4).Draw(t, "open pause") == 0 {
			pauses = append(pauses, Pause{From: anyInstant(t, time.Minute, "pause")})
		}
		want := time.Duration(0)
		for m := from; m.Before(to); m = m.Add(time.Minute) {
			if !oraclePaused(pauses, m) && (unit == UrgentHour || unit == CalendarDay || oracleOpen(rules, m)) {
				want += time.Minute
			}
		}
		got, err := c.Elapsed(from, to, unit, pauses)
		if err != nil || got != want {
			t.Fatalf("elapsed %v (%v), the oracle walked %v", got, err, want)
		}
	})
}

func oraclePaused(pauses []Pause, m time.Time) bool {
	return slices.ContainsFunc(pauses, func(p Pause) bool {
		return !m.Before(p.From) && (p.To == nil || m.Before(*p.To))
	})
}

func oracleOpen(rules Rules, m time.Time) bool {
	y, month, day := m.Date()
	openings := *rules.Week.on(m.Weekday())
	for _, e := range rules.Exceptions {
		if e.Date != (Date{y, month, day}) {
			continue
		}
		if e.OpenLike == nil {
			return false
		}
		openings = rules.Week.Monday
	}
	minute := Clock(m.Hour()*60 + m.Minute())
	return slices.ContainsFunc(openings, func(o Opening) bool { return o.From <= minute && minute < o.To })
}

func TestOnlyCoveredYearsAreAnswered(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules(t)
		rules.Years = rapid.SliceOfNDistinct(rapid.IntRange(2020, 2030), 1, 6, rapid.ID).Draw(t, "years")
		slices.Sort(rules.Years)
		rules.Exceptions = nil
		c, err := New(rules)
		if err != nil {
			t.Fatal(err)
		}
		from := at("2020-01-01 00:00").Add(time.Duration(rapid.IntRange(0, 11*365*24).Draw(t, "from")) * time.Hour)
		to := from.Add(time.Duration(rapid.IntRange(1, 3*365*24).Draw(t, "hours")) * time.Hour)
		covered := true
		for y := from.Year(); y <= to.Add(-1).Year(); y++ {
			covered = covered && slices.Contains(rules.Years, y)
		}
		if _, err := c.Elapsed(from, to, WorkingHour, nil); covered != (err == nil) || (err != nil && !errors.Is(err, ErrYear)) {
			t.Fatalf("%v to %v over %v: %v", from, to, rules.Years, err)
		}
		if _, err := c.Elapsed(from, to, UrgentHour, nil); err != nil {
			t.Fatal(err)
		}
	})
}
