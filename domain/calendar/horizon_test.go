package calendar_test

import (
	"testing"
	"time"

	"gridwork/domain/calendar"
)

func TestPromisesReachToTheEndOfTheLastCoveredYear(t *testing.T) {
	t.Parallel()
	c, err := calendar.Official(2025, 2026)
	if err != nil {
		t.Fatal(err)
	}
	shanghai := time.FixedZone("", 8*60*60)
	inside := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	if got := c.Horizon(inside); !got.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, shanghai)) {
		t.Errorf("from 2025: %s", got)
	}
	outside := time.Date(2027, 1, 1, 0, 0, 0, 0, shanghai)
	if got := c.Horizon(outside); !got.Equal(outside) {
		t.Errorf("from a year without a calendar: %s", got)
	}
}
