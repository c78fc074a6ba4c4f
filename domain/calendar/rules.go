package calendar

import (
	"io"
	"slices"
	"time"

	"gridwork/enum"
)

// Rules is a calendar's content as an administrator writes it.
type Rules struct {
	Version  int    `json:"version"`  // rises with every edit; kept with each promise made on it
	Location string `json:"location"` // IANA zone in which openings and dates are read, Asia/Shanghai
	// DayHours is what one working_day counts, in hours, in steps of a quarter; 8 unless the JSON form
	// says otherwise. It need not equal the hours that a date is open.
	DayHours   float64     `json:"dayHours"`
	Years      []int       `json:"years"` // the years whose exceptions are known, ascending
	Week       Week        `json:"week"`
	Exceptions []Exception `json:"exceptions"`
}

// Week holds the openings of an ordinary week; a weekday without any is a rest day 休息日.
type Week struct {
	Monday    []Opening `json:"monday,omitempty"`
	Tuesday   []Opening `json:"tuesday,omitempty"`
	Wednesday []Opening `json:"wednesday,omitempty"`
	Thursday  []Opening `json:"thursday,omitempty"`
	Friday    []Opening `json:"friday,omitempty"`
	Saturday  []Opening `json:"saturday,omitempty"`
	Sunday    []Opening `json:"sunday,omitempty"`
}

// Opening is a time of day during which working clocks run: From inclusive, To exclusive, up to 24:00.
type Opening struct {
	From Clock `json:"from"`
	To   Clock `json:"to"`
}

// Exception is a date that does not follow its weekday: closed (a holiday 节假日, a typhoon day), or,
// when OpenLike is set, open like that weekday (a make-up workday 调休).
type Exception struct {
	Date     Date     `json:"date"`
	Name     string   `json:"name"` // shown in explanations: 春节
	OpenLike *Weekday `json:"openLike,omitempty"`
}

// Weekday is a day of the week by its English name in lower case.
type Weekday string

const (
	Sunday    Weekday = "sunday"
	Monday    Weekday = "monday"
	Tuesday   Weekday = "tuesday"
	Wednesday Weekday = "wednesday"
	Thursday  Weekday = "thursday"
	Friday    Weekday = "friday"
	Saturday  Weekday = "saturday"
)

func (w Weekday) MarshalGQL(out io.Writer)   { enum.Marshal(out, string(w)) }
func (w *Weekday) UnmarshalGQL(in any) error { return enum.Unmarshal(w, in, weekdays) }

// weekdays is indexed by time.Weekday.
var weekdays = []Weekday{Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday}

func (w Weekday) weekday() time.Weekday { return time.Weekday(slices.Index(weekdays, w)) }

func (w *Week) on(d time.Weekday) *[]Opening {
	return [...]*[]Opening{
		&w.Sunday, &w.Monday, &w.Tuesday, &w.Wednesday, &w.Thursday, &w.Friday, &w.Saturday,
	}[d]
}

// clone keeps a compiled calendar safe from edits of the rules that it was made of.
func (r Rules) clone() Rules {
	r.Years = slices.Clone(r.Years)
	r.Exceptions = append([]Exception{}, r.Exceptions...) // never nil: its JSON form is a list
	for i, e := range r.Exceptions {
		if e.OpenLike != nil {
			r.Exceptions[i].OpenLike = new(*e.OpenLike)
		}
	}
	for d := range weekdays {
		open := r.Week.on(time.Weekday(d))
		*open = slices.Clone(*open)
	}
	return r
}
