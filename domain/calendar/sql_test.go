package calendar_test

import (
	"testing"

	"gridwork/domain/calendar"
	"gridwork/fault"
	"gridwork/test/dbtest"
)

func TestAPublishedCalendarIsTheNextVersionAndEarlierOnesStay(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	if _, err := calendar.Current(ctx, tx); !fault.Is(err, "CALENDAR_MISSING") {
		t.Fatalf("no calendar yet: %v", err)
	}
	for _, years := range [][]int{{2025}, {2025, 2026}} {
		c, err := calendar.Official(years...)
		if err != nil {
			t.Fatal(err)
		}
		if version, err := calendar.Publish(ctx, tx, c); err != nil || version != len(years) {
			t.Fatalf("published as %d, %v", version, err)
		}
	}

	current, err := calendar.Current(ctx, tx)
	if err != nil || current.Rules().Version != 2 || len(current.Rules().Years) != 2 {
		t.Fatalf("current: %+v, %v", current, err)
	}
	earlier, err := calendar.At(ctx, tx, 1)
	if err != nil || len(earlier.Rules().Years) != 1 {
		t.Fatalf("version 1: %+v, %v", earlier, err)
	}
	if _, err := calendar.At(ctx, tx, 3); !fault.Is(err, "CALENDAR_VERSION") {
		t.Fatalf("version 3: %v", err)
	}
}

func TestAStoredCalendarIsCompiledOnce(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	c, err := calendar.Official(2026)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := calendar.Publish(ctx, tx, c); err != nil {
		t.Fatal(err)
	}
	a, err := calendar.Current(ctx, tx)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := calendar.At(ctx, tx, 1); err != nil || a != b {
		t.Fatalf("compiled again, %v", err)
	}
}
