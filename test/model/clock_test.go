package model

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"gridwork/domain/calendar"
)

// Time is counted in whole minutes since the beginning of 2026 in the city.
var (
	city  = time.FixedZone("CST", 8*3600)
	epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, city)
)

const (
	minutesOfDay = 24 * 60
	days         = 365 + 365 + 366 // 2026 to 2028
)

func instant(minute int) time.Time { return epoch.Add(time.Duration(minute) * time.Minute) }

// almanac says of every minute whether offices are open. It is filled day by day, by what the rules say of that day.
type almanac struct {
	rules calendar.Rules
	open  []bool
}

func newAlmanac(rules calendar.Rules) *almanac {
	a := &almanac{rules: rules, open: make([]bool, days*minutesOfDay)}
	for day := range days {
		a.fill(day)
	}
	return a
}

func (a *almanac) fill(day int) {
	date := epoch.AddDate(0, 0, day)
	weekday := date.Weekday()
	openings := a.ofWeekday(weekday)
	for _, e := range a.rules.Exceptions {
		if e.Date.Year != date.Year() || e.Date.Month != date.Month() || e.Date.Day != date.Day() {
			continue
		}
		openings = nil
		if e.OpenLike != nil {
			openings = a.named(*e.OpenLike)
		}
	}
	for minute := range minutesOfDay {
		is := false
		for _, o := range openings {
			is = is || minute >= int(o.From) && minute < int(o.To)
		}
		a.open[day*minutesOfDay+minute] = is
	}
}

func (a *almanac) ofWeekday(d time.Weekday) []calendar.Opening {
	w := a.rules.Week
	return [][]calendar.Opening{w.Sunday, w.Monday, w.Tuesday, w.Wednesday, w.Thursday, w.Friday, w.Saturday}[d]
}

func (a *almanac) named(d calendar.Weekday) []calendar.Opening {
	for i, name := range []calendar.Weekday{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
		if name == d {
			return a.ofWeekday(time.Weekday(i))
		}
	}
	return nil
}

// stormy says whether the date was closed already.
func (a *almanac) stormy(day int) bool {
	date := epoch.AddDate(0, 0, day)
	for _, e := range a.rules.Exceptions {
		if e.OpenLike == nil && e.Date == (calendar.Date{Year: date.Year(), Month: date.Month(), Day: date.Day()}) {
			return true
		}
	}
	return false
}

// close makes a date a day without work, whatever it was.
func (a *almanac) close(day int) calendar.Exception {
	date := epoch.AddDate(0, 0, day)
	e := calendar.Exception{Date: calendar.Date{Year: date.Year(), Month: date.Month(), Day: date.Day()}, Name: "台风停工"}
	kept := a.rules.Exceptions[:0:0]
	for _, old := range a.rules.Exceptions {
		if old.Date != e.Date {
			kept = append(kept, old)
		}
	}
	a.rules.Exceptions = append(kept, e)
	a.fill(day)
	return e
}

// anyRules is a calendar whose weekdays open at any half hours; there is work on Mondays at least.
func anyRules(t *rapid.T) calendar.Rules {
	r := calendar.Rules{Location: "Asia/Shanghai", DayHours: rapid.SampledFrom([]float64{8, 7.5, 6}).Draw(t, "day hours"), Years: []int{2026, 2027, 2028},
		Exceptions: []calendar.Exception{}}
	for i, day := range []*[]calendar.Opening{&r.Week.Monday, &r.Week.Tuesday, &r.Week.Wednesday, &r.Week.Thursday, &r.Week.Friday, &r.Week.Saturday, &r.Week.Sunday} {
		if i == 0 || rapid.IntRange(0, 3).Draw(t, "works") > 0 {
			*day = anyOpenings(t)
		}
	}
	for range rapid.IntRange(0, 12).Draw(t, "exceptions") {
		date := epoch.AddDate(0, 0, 60+rapid.IntRange(0, 60).Draw(t, "date"))
		e := calendar.Exception{Date: calendar.Date{Year: date.Year(), Month: date.Month(), Day: date.Day()}, Name: "节"}
		if rapid.Bool().Draw(t, "worked") {
			monday := calendar.Weekday("monday")
			e.OpenLike = &monday
		}
		known := false
		for _, old := range r.Exceptions {
			known = known || old.Date == e.Date
		}
		if !known {
			r.Exceptions = append(r.Exceptions, e)
		}
	}
	return r
}

func anyOpenings(t *rapid.T) []calendar.Opening {
	from := rapid.IntRange(0, 20).Draw(t, "opens")
	noon := rapid.IntRange(from+1, 40).Draw(t, "noon")
	if rapid.Bool().Draw(t, "through") {
		return []calendar.Opening{{From: calendar.Clock(30 * from), To: calendar.Clock(30 * noon)}}
	}
	again := rapid.IntRange(noon+1, 46).Draw(t, "again")
	return []calendar.Opening{{From: calendar.Clock(30 * from), To: calendar.Clock(30 * noon)},
		{From: calendar.Clock(30 * again), To: calendar.Clock(30 * rapid.IntRange(again+1, 48).Draw(t, "closes"))}}
}

// limit is how long something may take: minutes, of open time or of any.
type limit struct {
	minutes int
	working bool
}

func limitOf(number int, unit string, dayHours float64) limit {
	switch unit {
	case "urgent_hour":
		return limit{number * 60, false}
	case "working_hour":
		return limit{number * 60, true}
	case "working_day":
		return limit{int(float64(number) * dayHours * 60), true}
	case "calendar_day":
		return limit{number * minutesOfDay, false}
	}
	panic("unit " + unit)
}

// clock is one that runs, or has run.
type clock struct {
	stage   string
	limit   limit
	started int
	pauses  [][2]int // from, to; to is -1 while it lasts
	at      int      // how many of the stage's steps are behind it
}

func (c *clock) paused(minute int) bool {
	for _, p := range c.pauses {
		if minute >= p[0] && (p[1] < 0 || minute < p[1]) {
			return true
		}
	}
	return false
}

// due is the first instant by which so many minutes have been counted: one minute after the other, from the start.
func (c *clock) due(a *almanac, minutes int) int {
	counted := 0
	for minute := c.started; ; minute++ {
		if counted == minutes {
			return minute
		}
		if minute >= len(a.open) {
			panic(fmt.Sprintf("clock %s of %d minutes runs beyond 2028", c.stage, minutes))
		}
		if !c.paused(minute) && (!c.limit.working || a.open[minute]) {
			counted++
		}
	}
}
