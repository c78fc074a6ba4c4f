package staff

import (
	"strconv"
	"strings"
	"time"

	"gridwork/domain/calendar"
	"gridwork/fault"
)

// A spreadsheet's day is a number: the days since 30 December 1899, in its 1900 date system, as long as it is later than the 29
// February that this system believes 1900 to have had. Those of 1954 to 2173 have five digits and are no year of their own.
const (
	serialDigits = 5
	serialFirst  = 20_000
)

var serialZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// dayForms are how lists write a day. Go takes 2026-3-1 for the form 2006-1-2, with or without zeros.
var dayForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-1-2 15:04:05", "2006/1/2 15:04:05", "2006-01-02T15:04:05"}

// day reads a day. Nothing, and 长期 and 无, are none. Fault: DAY_MALFORMED at the field.
func day(field, text string) (*calendar.Date, error) {
	switch text {
	case "", "长期", "无":
		return nil, nil
	}
	if whole := strings.TrimSuffix(text, ".0"); len(whole) == serialDigits {
		if n, err := strconv.Atoi(whole); err == nil && n >= serialFirst {
			found := calendar.DateOf(serialZero.AddDate(0, 0, n))
			return &found, nil
		}
	}
	for _, form := range dayForms {
		if t, err := time.Parse(form, text); err == nil && t.Year() >= 1900 {
			found := calendar.DateOf(t)
			return &found, nil
		}
	}
	return nil, fault.Invalid(CodeDay, "a day is written like 2026-02-17, not %q", text).At(field)
}
