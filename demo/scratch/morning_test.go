package scratch

import (
	"testing"
	"time"

	"gridwork/domain/identity"
)

func TestADayBeginsOnTheMorningOfAWeekday(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]string{
		"2026-11-20 09:14": "2026-11-20 09:15", // a Friday
		"2026-11-20 09:16": "2026-11-23 09:15",
		"2026-11-22 23:59": "2026-11-23 09:15",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, identity.City)
		if err != nil {
			t.Fatal(err)
		}
		if got := nextMorning(at.UTC()).Format("2006-01-02 15:04"); got != want {
			t.Errorf("from %s: %s, want %s", now, got, want)
		}
	}
}
