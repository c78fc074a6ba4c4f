package calendar

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"gridwork/fault"
)

// Date is a day on the wall calendar, without zone; its text is 2026-02-17.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day that an instant falls on, in the zone that it is written in.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

func (d Date) MarshalGQL(w io.Writer)     { _, _ = io.WriteString(w, strconv.Quote(d.String())) }
func (d *Date) UnmarshalGQL(in any) error { return unmarshalText(d, in) }

func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d *Date) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fault.Invalid("CALENDAR_DATE", "a date is written like 2026-02-17")
	}
	*d = DateOf(t)
	return nil
}

// Midnight is the instant at which the date begins in a zone.
func (d Date) Midnight(zone *time.Location) time.Time { return d.at(0, zone) }

// Before reports whether the date is earlier than another.
func (d Date) Before(other Date) bool { return d.compare(other) < 0 }

func (d Date) exists() bool { return DateOf(d.at(0, time.UTC)) == d }

func (d Date) weekday() time.Weekday { return d.at(0, time.UTC).Weekday() }

// at is the instant of a clock time on the date; 24:00 is the next midnight.
func (d Date) at(c Clock, zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, int(c), 0, 0, zone)
}

func (d Date) compare(other Date) int {
	return cmp.Or(d.Year-other.Year, int(d.Month-other.Month), d.Day-other.Day)
}

func (d Date) next() Date { return DateOf(d.at(midnight, time.UTC)) }

func (d Date) before() Date { return DateOf(d.at(-midnight, time.UTC)) }

// Clock is a time of day in minutes after midnight, 0 to 1440; its text is 08:30, and 24:00 for the day's end.
type Clock int

const midnight Clock = 24 * 60

func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

func (c Clock) MarshalGQL(w io.Writer)     { _, _ = io.WriteString(w, strconv.Quote(c.String())) }
func (c *Clock) UnmarshalGQL(in any) error { return unmarshalText(c, in) }

func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

func (c *Clock) UnmarshalText(text []byte) error {
	var digits [5]int
	if len(text) == len(digits) {
		for i, b := range text {
			digits[i] = int(b) - '0'
		}
		read := Clock((digits[0]*10+digits[1])*60 + digits[3]*10 + digits[4])
		// The detour back to text refuses every other spelling of the same minute.
		if read >= 0 && read <= midnight && read.String() == string(text) {
			*c = read
			return nil
		}
	}
	return fault.Invalid("CALENDAR_CLOCK", "a time of day is written like 08:30, from 00:00 to 24:00")
}

// unmarshalText reads a scalar that is text in every form.
func unmarshalText(to encoding.TextUnmarshaler, in any) error {
	s, _ := in.(string)
	return to.UnmarshalText([]byte(s))
}

// ScanDate reads a date column.
func (d *Date) ScanDate(v pgtype.Date) error {
	if !v.Valid {
		return errors.New("a date is missing")
	}
	*d = DateOf(v.Time)
	return nil
}

// DateValue writes a date column.
func (d Date) DateValue() (pgtype.Date, error) {
	return pgtype.Date{Time: d.at(0, time.UTC), Valid: true}, nil
}
