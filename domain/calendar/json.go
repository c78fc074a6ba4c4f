package calendar

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"gridwork/fault"
)

// sizeLimit is in bytes; a century of exceptions takes a third of it.
const sizeLimit = 1 << 20

func (c *Calendar) MarshalJSON() ([]byte, error) { return json.Marshal(c.rules) }

// UnmarshalJSON reads the JSON form of Rules and checks it as New does. It is stricter than encoding/json:
// unknown, missing and doubled fields are faults, each with its path, and nothing is changed by a faulty input.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	rules, err := readRules(data)
	if err != nil {
		return err
	}
	read, err := New(rules)
	if err != nil {
		return err
	}
	*c = *read
	return nil
}

func readRules(data []byte) (Rules, error) {
	rules := Rules{DayHours: 8}
	if len(data) > sizeLimit {
		return rules, fault.Invalid("CALENDAR_JSON", "a calendar has at most %d bytes", sizeLimit)
	}
	if !utf8.Valid(data) {
		return rules, fault.Invalid("CALENDAR_JSON", "a calendar is UTF-8 text")
	}
	r := reader{json.NewDecoder(bytes.NewReader(data))}
	r.UseNumber()
	if err := r.rules(&rules); err != nil {
		return rules, err
	}
	if _, err := r.Token(); !errors.Is(err, io.EOF) {
		return rules, malformed("something follows the calendar")
	}
	return rules, nil
}

// reader walks the document token by token, so that a fault knows its path and hostile nesting is never entered.
type reader struct{ *json.Decoder }

// member is one field of a JSON object; optional ones may be absent.
type member struct {
	name     string
	optional bool
	read     func() error
}

func (r reader) rules(to *Rules) error {
	return r.object(
		member{name: "version", read: func() error { return r.integer(&to.Version) }},
		member{name: "location", read: func() error { return r.text(&to.Location) }},
		member{name: "dayHours", optional: true, read: func() error { return r.number(&to.DayHours) }},
		member{name: "years", read: func() error { return readList(r, &to.Years, r.integer) }},
		member{name: "week", read: func() error { return r.week(&to.Week) }},
		member{name: "exceptions", read: func() error { return readList(r, &to.Exceptions, r.exception) }},
	)
}

func (r reader) week(to *Week) error {
	var days []member
	for _, name := range weekdays {
		days = append(days, member{name: string(name), optional: true, read: func() error {
			return readList(r, to.on(name.weekday()), r.opening)
		}})
	}
	return r.object(days...)
}

func (r reader) opening(to *Opening) error {
	return r.object(
		member{name: "from", read: func() error { return r.parsed(&to.From) }},
		member{name: "to", read: func() error { return r.parsed(&to.To) }},
	)
}

func (r reader) exception(to *Exception) error {
	return r.object(
		member{name: "date", read: func() error { return r.parsed(&to.Date) }},
		member{name: "name", read: func() error { return r.text(&to.Name) }},
		member{name: "openLike", optional: true, read: func() error {
			to.OpenLike = new(Weekday)
			return r.text((*string)(to.OpenLike))
		}},
	)
}

func (r reader) object(members ...member) error {
	if t, err := r.Token(); err != nil || t != json.Delim('{') {
		return malformed("an object is expected")
	}
	seen := map[string]bool{}
	for r.More() {
		if err := r.member(members, seen); err != nil {
			return err
		}
	}
	if _, err := r.Token(); err != nil {
		return malformed("the JSON text is broken")
	}
	for _, m := range members {
		if !m.optional && !seen[m.name] {
			return malformed("the field is missing").At(m.name)
		}
	}
	return nil
}

func (r reader) member(members []member, seen map[string]bool) error {
	t, err := r.Token()
	name, isText := t.(string)
	if err != nil || !isText {
		return malformed("the JSON text is broken")
	}
	for _, m := range members {
		switch {
		case m.name != name:
			continue
		case seen[name]:
			return malformed("the field is given twice").At(name)
		}
		seen[name] = true
		return fault.Under(name, m.read())
	}
	return malformed("a field is not known: %.40q", name)
}

func readList[T any](r reader, to *[]T, element func(*T) error) error {
	if t, err := r.Token(); err != nil || t != json.Delim('[') {
		return malformed("a list is expected")
	}
	for r.More() {
		var e T
		if err := element(&e); err != nil {
			return fault.Under(index(len(*to)), err)
		}
		*to = append(*to, e)
	}
	if _, err := r.Token(); err != nil {
		return malformed("the JSON text is broken")
	}
	return nil
}

func (r reader) text(to *string) error {
	t, err := r.Token()
	s, isText := t.(string)
	if err != nil || !isText {
		return malformed("a text is expected")
	}
	*to = s
	return nil
}

func (r reader) parsed(to encoding.TextUnmarshaler) error {
	var s string
	if err := r.text(&s); err != nil {
		return err
	}
	return to.UnmarshalText([]byte(s))
}

func (r reader) number(to *float64) error {
	t, _ := r.Token()
	n, _ := t.(json.Number)
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return malformed("a number is expected")
	}
	*to = f
	return nil
}

func (r reader) integer(to *int) error {
	t, _ := r.Token()
	n, _ := t.(json.Number)
	i, err := strconv.Atoi(string(n))
	if err != nil {
		return malformed("a whole number is expected")
	}
	*to = i
	return nil
}

func malformed(format string, args ...any) *fault.Error {
	return fault.Invalid("CALENDAR_JSON", format, args...)
}
