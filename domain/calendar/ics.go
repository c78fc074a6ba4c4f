package calendar

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"gridwork/fault"
)

// ReadICS reads the notice of a year from an iCalendar file (RFC 5545), in the form of the public calendars of China's
// holidays: each event is a whole day or several (DTSTART and DTEND as dates, DTEND exclusive), and its SUMMARY says 休 or
// 假期 for days off, 班 for make-up workdays. Other events, such as the solar terms, are passed over. year 0 is the only year
// whose National Day the file has.
//
// Faults name the line: NOTICE_FORM, CALENDAR_DATE, CALENDAR_NAME, NOTICE_TWICE; NOTICE_YEAR where the file has no such year, or
// several to choose from; NOTICE_INCOMPLETE.
func ReadICS(data []byte, year int) (Notice, error) {
	if err := legible(data); err != nil {
		return Notice{}, err
	}
	events, err := readEvents(data)
	if err != nil {
		return Notice{}, err
	}
	if year == 0 {
		if year, err = onlyYear(events); err != nil {
			return Notice{}, err
		}
	}
	g := gatherer{year: year, closed: map[Date]bool{}}
	for _, e := range events {
		if err := e.addTo(&g); err != nil {
			return Notice{}, e.at(err)
		}
	}
	return g.sum()
}

// IsICS reports whether the text begins like an iCalendar file.
func IsICS(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(data, bom), " \t\r\n"), []byte("BEGIN:VCALENDAR"))
}

var bom = []byte("\xef\xbb\xbf")

// event is a VEVENT that arranges days.
type event struct {
	line     int
	name     string
	works    bool
	from, to Date // both included
}

// at gives an error of an event its line.
func (e event) at(err error) error {
	if f, ok := fault.As(err); ok {
		return fault.Invalid(f.Code, "line %d: %s", e.line, f.Message)
	}
	return err
}

// addTo adds the event's days that belong to the year, or to the December before.
func (e event) addTo(g *gatherer) error {
	for d, n := e.from, 1; d.compare(e.to) <= 0; d, n = d.next(), n+1 {
		if n > holidayMost {
			return fault.Invalid("NOTICE_FORM", "a holiday has at most %d days", holidayMost)
		}
		if d.Year != g.year && (d.Year != g.year-1 || d.Month != time.December) {
			continue
		}
		day := Exception{Date: d, Name: e.name}
		if e.works {
			day.OpenLike = new(Monday) // the calendars name no weekday to follow
		}
		if err := g.add(day); err != nil {
			return err
		}
	}
	return nil
}

func onlyYear(events []event) (int, error) {
	var years []int
	for _, e := range events {
		national := Date{e.from.Year, time.October, 1}
		if !e.works && e.from.compare(national) <= 0 && national.compare(e.to) <= 0 && !slices.Contains(years, national.Year) {
			years = append(years, national.Year)
		}
	}
	switch len(years) {
	case 0:
		return 0, fault.Invalid("NOTICE_YEAR", "no year of the file has a National Day: this is no whole notice")
	case 1:
		return years[0], nil
	}
	slices.Sort(years)
	return 0, fault.Invalid("NOTICE_YEAR", "the file holds %s: say which year is meant", strings.Trim(fmt.Sprint(years), "[]"))
}

// vevent are the properties of an event that matter, each with its line.
type vevent struct {
	line       int
	properties map[string]property
}

type property struct {
	line  int
	value string
}

func readEvents(data []byte) ([]event, error) {
	var events []event
	var open *vevent
	for line, text := range unfolded(bytes.TrimPrefix(data, bom)) {
		name, value, ok := strings.Cut(text, ":")
		if text == "" {
			continue
		}
		if !ok {
			return nil, lineFault(line, "NOTICE_FORM", "a property is written NAME:value")
		}
		name, _, _ = strings.Cut(strings.ToUpper(name), ";")
		switch {
		case name == "BEGIN" && value == "VEVENT":
			if open != nil {
				return nil, lineFault(line, "NOTICE_FORM", "an event begins inside another")
			}
			open = &vevent{line, map[string]property{}}
		case name == "END" && value == "VEVENT":
			if open == nil {
				return nil, lineFault(line, "NOTICE_FORM", "an event ends that did not begin")
			}
			e, arranges, err := open.event()
			if err != nil {
				return nil, err
			}
			if arranges {
				events = append(events, e)
			}
			open = nil
		case open != nil && slices.Contains(known, name):
			if _, twice := open.properties[name]; twice {
				return nil, lineFault(line, "NOTICE_FORM", "the event has two of "+name)
			}
			open.properties[name] = property{line, value}
		}
	}
	if open != nil {
		return nil, lineFault(open.line, "NOTICE_FORM", "the event does not end")
	}
	return events, nil
}

var known = []string{"DTSTART", "DTEND", "SUMMARY", "RRULE"}

// unfolded are the lines with their numbers; one that begins with a blank continues the one before.
func unfolded(data []byte) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		var logical strings.Builder
		at, n := 1, 0
		for raw := range bytes.Lines(data) {
			n++
			text := strings.TrimRight(string(raw), "\r\n")
			if n > 1 && (strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")) {
				logical.WriteString(text[1:])
				continue
			}
			if n > 1 && !yield(at, logical.String()) {
				return
			}
			logical.Reset()
			logical.WriteString(text)
			at = n
		}
		if n > 0 {
			yield(at, logical.String())
		}
	}
}

// event is what the properties say, if they arrange days at all.
func (v *vevent) event() (e event, arranges bool, err error) {
	summary := v.properties["SUMMARY"]
	off := strings.Contains(summary.value, "休") || strings.Contains(summary.value, "假期")
	works := strings.Contains(summary.value, "班")
	if !off && !works {
		return e, false, nil
	}
	e = event{line: v.line, name: nameOf(summary.value), works: works}
	start, given := v.properties["DTSTART"]
	end, ends := v.properties["DTEND"]
	_, repeats := v.properties["RRULE"]
	switch {
	case off && works:
		return e, false, lineFault(summary.line, "NOTICE_FORM", "the summary says 休 and 班 at once")
	case repeats:
		return e, false, lineFault(v.properties["RRULE"].line, "NOTICE_FORM", "an event that repeats arranges no particular year")
	case !given:
		return e, false, lineFault(v.line, "NOTICE_FORM", "the event has no DTSTART")
	}
	if e.from, err = start.date(); err != nil {
		return e, false, err
	}
	e.to = e.from
	if !ends {
		return e, true, nil
	}
	after, err := end.date()
	if err != nil {
		return e, false, err
	}
	if after.compare(e.from) <= 0 {
		return e, false, lineFault(end.line, "NOTICE_FORM", "the event ends after it begins: DTEND is the day after the last")
	}
	e.to = after.before()
	return e, true, nil
}

func (p property) date() (Date, error) {
	t, err := time.Parse("20060102", p.value)
	if err != nil {
		return Date{}, lineFault(p.line, "CALENDAR_DATE", "a whole day is written like 20260217")
	}
	return DateOf(t), nil
}

// nameOf is what the days are called: the summary up to the first mark.
func nameOf(summary string) string {
	end := len(summary)
	for _, mark := range []string{"休", "班", "补班", "假期", "（", "(", " ", "\\"} {
		if i := strings.Index(summary, mark); i >= 0 {
			end = min(end, i)
		}
	}
	return strings.TrimSpace(summary[:end])
}

func lineFault(line int, code, says string) error {
	return fault.Invalid(code, "line %d: %s", line, says)
}
