package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	lunar "github.com/6tail/lunar-go/calendar"

	"gridwork/fault"
)

// Notice is a year's official arrangement of holidays 国务院办公厅关于部分节假日安排的通知.
type Notice struct {
	Year int
	// Days are closed, or make-up workdays, ascending: of the year, and of the December before, which the New Year may reach
	// into.
	Days []Exception
}

const (
	noticeMost  = 400 // days that a notice may name
	holidayMost = 31  // days of one holiday
)

// ReadNotice reads a notice in its JSON form:
//
//	{
//	  "year": 2026,
//	  "holidays": [{"name": "元旦", "from": "2026-01-01", "to": "2026-01-03"}, …],
//	  "workdays": [{"name": "元旦", "date": "2026-01-04", "openLike": "friday"}, …]
//	}
//
// A holiday of one day needs no "to"; a make-up workday is open like a Monday unless it says otherwise. Faults carry the
// path, such as "holidays[2].to": NOTICE_FORM, CALENDAR_JSON, CALENDAR_DATE, and those of a notice that contradicts itself or
// leaves a holiday out: NOTICE_TWICE, NOTICE_YEAR, NOTICE_INCOMPLETE.
func ReadNotice(data []byte) (Notice, error) {
	if err := legible(data); err != nil {
		return Notice{}, err
	}
	r := reader{json.NewDecoder(bytes.NewReader(data))}
	r.UseNumber()
	var n noticeText
	if err := r.notice(&n); err != nil {
		return Notice{}, err
	}
	if _, err := r.Token(); !errors.Is(err, io.EOF) {
		return Notice{}, malformed("something follows the notice")
	}
	return n.notice()
}

// legible refuses what is too long to be a notice, or no text.
func legible(data []byte) error {
	if len(data) > sizeLimit {
		return fault.Invalid("NOTICE_FORM", "a notice has at most %d bytes", sizeLimit)
	}
	if line := bytes.Count(data[:validUntil(data)], []byte("\n")) + 1; !utf8.Valid(data) {
		return fault.Invalid("NOTICE_FORM", "a notice is UTF-8 text, and this is none from line %d on", line)
	}
	return nil
}

func validUntil(data []byte) int {
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// noticeText is a notice as its JSON form has it.
type noticeText struct {
	year     int
	holidays []holidayText
	workdays []Exception
}

type holidayText struct {
	name     string
	from, to Date
}

func (r reader) notice(to *noticeText) error {
	return r.object(
		member{name: "year", read: func() error { return r.integer(&to.year) }},
		member{name: "holidays", read: func() error { return readList(r, &to.holidays, r.holiday) }},
		member{name: "workdays", read: func() error { return readList(r, &to.workdays, r.workday) }},
	)
}

func (r reader) holiday(to *holidayText) error {
	return r.object(
		member{name: "name", read: func() error { return r.text(&to.name) }},
		member{name: "from", read: func() error { return r.parsed(&to.from) }},
		member{name: "to", optional: true, read: func() error { return r.parsed(&to.to) }},
	)
}

func (r reader) workday(to *Exception) error {
	to.OpenLike = new(Monday)
	return r.object(
		member{name: "name", read: func() error { return r.text(&to.Name) }},
		member{name: "date", read: func() error { return r.parsed(&to.Date) }},
		member{name: "openLike", optional: true, read: func() error { return r.text((*string)(to.OpenLike)) }},
	)
}

func (t noticeText) notice() (Notice, error) {
	g := gatherer{year: t.year, closed: map[Date]bool{}}
	for i, h := range t.holidays {
		last := h.to
		if last == (Date{}) {
			last = h.from
		}
		if err := g.holiday(h.name, h.from, last); err != nil {
			return Notice{}, fault.Under("holidays"+index(i), err)
		}
	}
	for i, w := range t.workdays {
		if err := g.add(w); err != nil {
			return Notice{}, fault.Under("workdays"+index(i), fault.Under("date", err))
		}
	}
	return g.sum()
}

// gatherer puts a notice together, and refuses what contradicts itself.
type gatherer struct {
	year   int
	days   []Exception
	closed map[Date]bool // of every day that is named: whether it is closed
}

func (g *gatherer) holiday(name string, from, to Date) error {
	if to.compare(from) < 0 {
		return fault.Invalid("NOTICE_FORM", "a holiday ends after it begins").At("to")
	}
	for d, n := from, 1; d.compare(to) <= 0; d, n = d.next(), n+1 {
		if n > holidayMost {
			return fault.Invalid("NOTICE_FORM", "a holiday has at most %d days", holidayMost).At("to")
		}
		if err := g.add(Exception{Date: d, Name: name}); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) add(e Exception) error {
	closed, again := g.closed[e.Date]
	switch {
	case g.year < firstYear || g.year > lastYear:
		return fault.Invalid("NOTICE_YEAR", "years run from %d to %d", firstYear, lastYear)
	case e.Date.Year != g.year && (e.Date.Year != g.year-1 || e.Date.Month != 12):
		return fault.Invalid("NOTICE_YEAR", "%s is neither of %d nor of the December before", e.Date, g.year)
	case again && closed != (e.OpenLike == nil):
		return fault.Invalid("NOTICE_TWICE", "%s is a holiday and a make-up workday at once", e.Date)
	case again:
		return fault.Invalid("NOTICE_TWICE", "%s is named twice", e.Date)
	case len(g.days) == noticeMost:
		return fault.Invalid("NOTICE_FORM", "a notice names at most %d days", noticeMost)
	case !presentable(e.Name):
		return fault.Invalid("CALENDAR_NAME", "a name has 1 to %d printable characters", nameLength)
	case e.OpenLike != nil && !slices.Contains(weekdays, *e.OpenLike):
		return fault.Invalid("CALENDAR_WEEKDAY", "weekdays are written monday to sunday")
	}
	g.closed[e.Date] = e.OpenLike == nil
	g.days = append(g.days, e)
	return nil
}

// sum is the notice, if it names every holiday that the law gives.
func (g *gatherer) sum() (Notice, error) {
	if g.year < firstYear || g.year > lastYear {
		return Notice{}, fault.Invalid("NOTICE_YEAR", "years run from %d to %d", firstYear, lastYear).At("year")
	}
	for _, h := range statutory(g.year) {
		if !g.closed[h.Date] {
			return Notice{}, fault.Invalid("NOTICE_INCOMPLETE", "the notice of %d says nothing of %s, %s: publish a whole year or none", g.year, h.Name, h.Date)
		}
	}
	slices.SortFunc(g.days, func(a, b Exception) int { return a.Date.compare(b.Date) })
	return Notice{g.year, g.days}, nil
}

// statutory are the days that are holidays in every year 全国年节及纪念日放假办法, whatever is arranged around them.
func statutory(year int) []Exception {
	moon := func(month, day int) Date {
		solar := lunar.NewLunarFromYmd(year, month, day).GetSolar()
		return Date{solar.GetYear(), time.Month(solar.GetMonth()), solar.GetDay()}
	}
	tomb := lunar.NewLunarFromYmd(year, 6, 1).GetJieQiTable()["清明"]
	return []Exception{
		{Date: Date{year, 1, 1}, Name: "元旦"}, {Date: moon(1, 1), Name: "春节"},
		{Date: Date{tomb.GetYear(), time.Month(tomb.GetMonth()), tomb.GetDay()}, Name: "清明节"},
		{Date: Date{year, 5, 1}, Name: "劳动节"}, {Date: moon(5, 5), Name: "端午节"}, {Date: moon(8, 15), Name: "中秋节"},
		{Date: Date{year, 10, 1}, Name: "国庆节"},
	}
}

// Edit is what publishing the notice changes in a calendar: the year is covered, and each day that the notice names follows
// it. Other exceptions of the year stay as they are.
func (n Notice) Edit(basedOn int) Edit {
	return Edit{BasedOn: basedOn, Years: []int{n.Year}, Set: n.Days}
}
