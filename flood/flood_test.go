package flood

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gridwork/fault"
)

func TestAFloodIsSlowedThenToldToComeAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := New(Rate{PerSecond: 1, Burst: 3})
		begun := time.Now()
		for i := range 5 {
			if err := l.Wait(t.Context(), "192.0.2.1"); err != nil {
				t.Fatalf("call %d: %v", i, err)
			}
		}
		if took := time.Since(begun); took != 2*time.Second {
			t.Errorf("three at once and two in turn took %v", took)
		}
		if err := l.Wait(t.Context(), "192.0.2.2"); err != nil || time.Since(begun) != 2*time.Second {
			t.Errorf("a neighbour was held back: %v", err)
		}

		done := make(chan error)
		for range 4 {
			go func() { done <- l.Wait(context.Background(), "192.0.2.1") }()
		}
		var slowed int
		for range 4 {
			if err := <-done; fault.Is(err, CodeSlowed) {
				slowed++
			}
		}
		if slowed != 2 { // two find a place within the patience, the others are told so at once
			t.Errorf("%d of four were sent away", slowed)
		}
	})
}

func TestWhoeverGivesUpGivesTheTurnBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := New(Rate{PerSecond: 0.5, Burst: 1})
		if err := l.Wait(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if err := l.Wait(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		if err := l.Wait(t.Context(), "a"); err != nil {
			t.Errorf("the turn that was given up is lost: %v", err)
		}
	})
}

func TestAHouseholdOfIPv6IsOneCaller(t *testing.T) {
	t.Parallel()
	l := New(Rate{PerSecond: 1, Burst: 1})
	same := l.caller("2001:db8:1:2::1") == l.caller("2001:db8:1:2:ffff::9")
	other := l.caller("2001:db8:1:3::1") == l.caller("2001:db8:1:2::1")
	if !same || other || l.caller("192.0.2.1") == l.caller("192.0.2.2") {
		t.Errorf("the same household is one: %v; another one is the same: %v", same, other)
	}
}

func TestManyAddressesTakeNoMoreThanTheirShareOfMemory(t *testing.T) {
	t.Parallel()
	l := New(Rate{PerSecond: 1, Burst: 1})
	for i := range 3*crowd + 1 {
		l.of(fmt.Sprint(i))
	}
	if n := len(l.young) + len(l.old); n > 2*crowd {
		t.Errorf("%d addresses are remembered", n)
	}
}
