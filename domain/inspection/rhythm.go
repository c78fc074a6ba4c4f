package inspection

import (
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/domain/place"
	"gridwork/fault"
)

const (
	maxEvery    = 366 // units
	seasonWidth = "01-02"
	lookAhead   = 2 * 366 // periods: of a day, two years
)

// Rhythm is how often places are visited.
type Rhythm struct {
	// Risk is the grade of the premises that are visited like this; nil: every place, also of no grade.
	Risk  *place.Risk `json:"risk,omitempty"`
	Every int         `json:"every"` // so many units are one period, 1 to 366
	Unit  Unit        `json:"unit"`
}

// Season is the part of the year in which periods begin: both days belong to it, and it may run over the new year.
type Season struct {
	From, Until string // month and day, as 04-15
}

// Period is one turn of a rhythm: whole days of the city, as dates at midnight UTC. End is the day after the last one.
type Period struct{ Start, End time.Time }

// DueAt is the midnight at which the period ends, by the city's clock.
func (p Period) DueAt() time.Time { return calendar.DateOf(p.End).Midnight(identity.City) }

func checkRhythms(places Places, all []Rhythm) error {
	if len(all) == 0 {
		return fault.Invalid("PLAN_RHYTHM", "say how often places are visited").At("rhythms")
	}
	seen := map[place.Risk]bool{}
	for i, r := range all {
		path := at("rhythms", i)
		switch {
		case r.Every < 1 || r.Every > maxEvery:
			return fault.Invalid("PLAN_RHYTHM", "a period has 1 to %d units", maxEvery).At("every").At(path)
		case r.Risk == nil && len(all) > 1:
			return fault.Invalid("PLAN_RISK", "a rhythm without a grade is for every place: it stands alone").At("risk").At(path)
		case r.Risk != nil && places == OfCells:
			return fault.Invalid("PLAN_RISK", "cells have no grade").At("risk").At(path)
		case r.Risk != nil && seen[*r.Risk]:
			return fault.Invalid("PLAN_RISK", "two rhythms are for this grade").At("risk").At(path)
		}
		if r.Risk != nil {
			seen[*r.Risk] = true
		}
	}
	return nil
}

func (s Season) check() error {
	for name, day := range map[string]string{"from": s.From, "until": s.Until} {
		if _, err := time.Parse("2006-"+seasonWidth, "2024-"+day); err != nil { // a leap year has every day
			return fault.Invalid("PLAN_SEASON", "a day of the year is written as 04-15").At(name)
		}
	}
	return nil
}

func (s Season) has(day time.Time) bool {
	it := day.Format(seasonWidth)
	if s.From > s.Until {
		return it >= s.From || it <= s.Until
	}
	return it >= s.From && it <= s.Until
}

// period is the n-th period of a rhythm whose first one begins on a day. The last day of a shorter month stands for the
// days that it lacks: from 31 January, monthly periods begin on 28 February and on 31 March.
func (r Rhythm) period(first time.Time, n int) Period {
	return Period{r.begin(first, n), r.begin(first, n+1)}
}

func (r Rhythm) begin(first time.Time, n int) time.Time {
	switch r.Unit {
	case Months:
		month := time.Date(first.Year(), first.Month()+time.Month(n*r.Every), 1, 0, 0, 0, 0, time.UTC)
		return month.AddDate(0, 0, min(first.Day(), month.AddDate(0, 1, -1).Day())-1)
	case Weeks:
		return first.AddDate(0, 0, 7*n*r.Every)
	}
	return first.AddDate(0, 0, n*r.Every)
}

// turn is how many periods have begun before the one in which a day lies.
func (r Rhythm) turn(first, day time.Time) int {
	days := int(day.Sub(first).Hours() / 24)
	n := days / r.Every
	switch r.Unit {
	case Weeks:
		n = days / 7 / r.Every
	case Months:
		n = (12*(day.Year()-first.Year()) + int(day.Month()-first.Month())) / r.Every
		if r.begin(first, n).After(day) {
			n--
		}
	}
	return n
}

// at is the period in which a day lies, if there is one: the plan has begun, and the period in its season.
func (p Plan) at(r Rhythm, day time.Time) (Period, bool) {
	if day.Before(p.Start) {
		return Period{}, false
	}
	found := r.period(p.Start, r.turn(p.Start, day))
	season := p.Season()
	return found, season == nil || season.has(found.Start)
}

// after is the first day that follows a rhythm's period of a day; before the plan begins, its first one.
func (p Plan) after(r Rhythm, day time.Time) time.Time {
	if day.Before(p.Start) {
		return p.Start
	}
	return r.period(p.Start, r.turn(p.Start, day)).End
}

// next is the first period from that of a day on which has tasks.
func (p Plan) next(r Rhythm, day time.Time) (Period, bool) {
	if day.Before(p.Start) {
		day = p.Start
	}
	for range lookAhead {
		found, ok := p.at(r, day)
		if ok {
			return found, true
		}
		day = found.End
	}
	return Period{}, false
}

// today is the city's date, as midnight UTC.
func today(now time.Time) time.Time { return calendar.DateOf(now.In(identity.City)).Midnight(time.UTC) }
