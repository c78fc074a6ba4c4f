package routing

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gridwork/domain/calendar"
	"gridwork/domain/identity"
)

// Conditions of a rule. One that is absent holds always; a rule without any fits every case.
type Conditions struct {
	Categories []string           `json:"categories,omitempty"` // beginnings of category codes, 2 or 4 digits
	Urgent     *bool              `json:"urgent,omitempty"`
	Regions    []string           `json:"regions,omitempty"`    // division codes, from the city's down to a cell's
	PlaceKinds []string           `json:"placeKinds,omitempty"` // such as school
	Sources    []string           `json:"sources,omitempty"`    // clue, inspection
	Hours      *Hours             `json:"hours,omitempty"`      // when the case was filed, by the city's clocks
	Weekdays   []calendar.Weekday `json:"weekdays,omitempty"`   // of that moment
}

// Hours is a daily time by the city's clocks. One that ends before it begins runs over midnight.
type Hours struct {
	From int `json:"from"` // 0–23, inclusive
	To   int `json:"to"`   // 1–24, exclusive
}

// covers reports whether an hour of the day lies within.
func (h Hours) covers(hour int) bool {
	if h.From < h.To {
		return h.From <= hour && hour < h.To
	}
	return h.From <= hour || hour < h.To
}

// weekdays is indexed by time.Weekday.
var weekdays = []calendar.Weekday{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// Condition names what a rule looks at.
type Condition string

const (
	ByCategory  Condition = "category"
	ByUrgency   Condition = "urgent"
	ByRegion    Condition = "region"
	ByPlaceKind Condition = "place_kind"
	BySource    Condition = "source"
	ByHours     Condition = "hours"
	ByWeekday   Condition = "weekday"
)

// ConditionNames lists every condition in the order in which a rule tries them.
var ConditionNames = []Condition{ByCategory, ByUrgency, ByRegion, ByPlaceKind, BySource, ByHours, ByWeekday}

// tests are the conditions as data: what each one asks, and what the case has to say about it.
var tests = map[Condition]struct {
	holds func(Rule, Facts) bool
	was   func(Facts) string
}{
	ByCategory: {
		func(r Rule, f Facts) bool { return begins(f.Category, r.Conditions.Categories) },
		func(f Facts) string { return f.Category },
	},
	ByUrgency: {
		func(r Rule, f Facts) bool { return r.Conditions.Urgent == nil || *r.Conditions.Urgent == f.Urgent },
		func(f Facts) string { return strconv.FormatBool(f.Urgent) },
	},
	ByRegion: {
		func(r Rule, f Facts) bool { return begins(f.Cell, r.Conditions.Regions) },
		func(f Facts) string { return f.Cell },
	},
	ByPlaceKind: {
		func(r Rule, f Facts) bool { return among(f.PlaceKind, r.Conditions.PlaceKinds) },
		func(f Facts) string { return f.PlaceKind },
	},
	BySource: {
		func(r Rule, f Facts) bool { return among(f.Source, r.Conditions.Sources) },
		func(f Facts) string { return f.Source },
	},
	ByHours: {
		func(r Rule, f Facts) bool {
			return r.Conditions.Hours == nil || r.Conditions.Hours.covers(f.local().Hour())
		},
		func(f Facts) string { return f.local().Format("15:04") },
	},
	ByWeekday: {
		func(r Rule, f Facts) bool { return among(f.weekday(), r.Conditions.Weekdays) },
		func(f Facts) string { return string(f.weekday()) },
	},
}

// fails finds the first condition that the facts do not meet, and what they have instead.
func (r Rule) fails(f Facts) (Condition, string) {
	for _, name := range ConditionNames {
		if test := tests[name]; !test.holds(r, f) {
			return name, test.was(f)
		}
	}
	return "", ""
}

func (f Facts) local() time.Time { return f.At.In(identity.City) }

func (f Facts) weekday() calendar.Weekday { return weekdays[f.local().Weekday()] }

func begins(code string, beginnings []string) bool {
	return len(beginnings) == 0 ||
		slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(code, b) })
}

func among[T comparable](value T, allowed []T) bool {
	return len(allowed) == 0 || slices.Contains(allowed, value)
}
