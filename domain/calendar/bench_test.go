package calendar

import (
	"testing"
	"time"
)

var pausesForBench = []Pause{
	pause("2026-02-27 16:00", "2026-03-02 10:00"), pause("2026-03-04 11:00", "2026-03-04 15:00"),
}

// TestDeadlinesAreDerivedWithoutAllocating keeps re-deriving a million deadlines a matter of a second.
// It is not parallel because other tests' allocations would be counted.
func TestDeadlinesAreDerivedWithoutAllocating(t *testing.T) { //nolint:paralleltest // allocations are counted for the whole process
	c, start := official(t), at("2026-02-13 17:30")
	for name, ask := range map[string]func() error{
		"Due": func() error { _, err := c.Due(start, Limit{20, WorkingDay}, pausesForBench); return err },
		"Elapsed": func() error {
			_, err := c.Elapsed(start, start.Add(999*time.Hour), WorkingDay, pausesForBench)
			return err
		},
	} {
		if n := testing.AllocsPerRun(100, func() {
			if err := ask(); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}

func BenchmarkDueTwentyWorkingDays(b *testing.B) { benchmarkDue(b, Limit{20, WorkingDay}, nil) }
func BenchmarkDueTwentyWorkingDaysTwoPauses(b *testing.B) {
	benchmarkDue(b, Limit{20, WorkingDay}, pausesForBench)
}
func BenchmarkDueUrgent(b *testing.B) { benchmarkDue(b, Limit{2, UrgentHour}, nil) }

// benchmarkDue moves the start about, as the deadlines of a city would.
func benchmarkDue(b *testing.B, limit Limit, pauses []Pause) {
	c, start := official(b), at("2025-01-01 00:00")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := c.Due(start.Add(time.Duration(i%400_000)*time.Minute), limit, pauses); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkElapsed(b *testing.B) {
	c, start := official(b), at("2026-02-13 17:30")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := c.Elapsed(start, start.Add(time.Duration(i%400_000)*time.Minute), WorkingHour, pausesForBench); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExplainTwentyWorkingDays(b *testing.B) {
	c, start := official(b), at("2026-02-13 17:30")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Explain(start, Limit{20, WorkingDay}, pausesForBench); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompileOfficial(b *testing.B) {
	for b.Loop() {
		official(b)
	}
}
