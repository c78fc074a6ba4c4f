package escalation_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// armed is what the tests look at of a deadline.
type armed struct {
	ID    uuid.UUID `db:"id"`
	Clock uuid.UUID `db:"clock_id"`
	Step  int       `db:"step"`
	DueAt time.Time `db:"due_at"`
	State string    `db:"state"`
}

func deadlines(t *testing.T, ctx context.Context, tx *pg.Tx, caseID uuid.UUID) []armed {
	t.Helper()
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	found, err := pg.All[armed](ctx, tx, `select id, clock_id, step, due_at, state from deadlines where case_id = $1 order by armed_at, id`, caseID)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// started begins a dispose clock of three working days on Friday 20 November 2026 at 17:30, local time.
func started(t *testing.T) (context.Context, *pg.Tx, uuid.UUID, time.Time) {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	fixture.Standards(t, ctx, tx)
	tx.Now = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	id := pg.NewID()
	due, err := escalation.Start(ctx, tx, escalation.Clock{CaseID: &id, Round: 1, Stage: escalation.Dispose, Street: fixture.Nanyuan,
		Limit: calendar.Limit{Number: 3, Unit: calendar.WorkingDay}, Ladder: "standard"})
	if err != nil {
		t.Fatal(err)
	}
	return ctx, tx, id, due
}

func TestAClockThatStartsArmsTheFirstStepOfItsStage(t *testing.T) {
	t.Parallel()
	ctx, tx, id, due := started(t)
	// Friday 17:30 + 24 working hours = Wednesday 17:30; half of it = Tuesday 11:30.
	if want := time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC); !due.Equal(want) {
		t.Errorf("due %v, want %v", due, want)
	}
	got := deadlines(t, ctx, tx, id)
	if len(got) != 1 || got[0].State != "armed" || got[0].Step != 6 {
		t.Fatalf("armed %+v", got)
	}
	if want := time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC); !got[0].DueAt.Equal(want) {
		t.Errorf("first step due %v, want %v", got[0].DueAt, want)
	}
}

func TestAStoppedStageCancelsItsDeadlineAndNoOther(t *testing.T) {
	t.Parallel()
	ctx, tx, id, _ := started(t)
	if _, err := escalation.Start(ctx, tx, escalation.Clock{CaseID: &id, Round: 1, Stage: escalation.Accept, Street: fixture.Nanyuan,
		Limit: calendar.Limit{Number: 1, Unit: calendar.UrgentHour}, Ladder: "standard"}); err != nil {
		t.Fatal(err)
	}
	escalation.Stop(tx, escalation.OfCase(id), escalation.Accept, escalation.Quality)
	got := deadlines(t, ctx, tx, id)
	if len(got) != 2 || got[0].State != "armed" || got[1].State != "cancelled" {
		t.Fatalf("after acceptance: %+v", got)
	}
	escalation.StopAll(tx, escalation.OfCase(id))
	if got = deadlines(t, ctx, tx, id); got[0].State != "cancelled" {
		t.Fatalf("after closing: %+v", got)
	}
}

func TestASuspensionOf72HoursOverAWeekendIsNot72WorkingHours(t *testing.T) {
	t.Parallel()
	ctx, tx, id, before := started(t)
	first := deadlines(t, ctx, tx, id)[0]

	escalation.Freeze(tx, id)
	if got := deadlines(t, ctx, tx, id); got[0].State != "frozen" {
		t.Fatalf("while suspended: %+v", got)
	}
	escalation.Freeze(tx, id) // twice is once

	tx.Now = tx.Now.Add(72 * time.Hour) // Monday 17:30: one working hour of Friday and eight less one of Monday are lost
	clocks, err := escalation.Resume(ctx, tx, id)
	if err != nil || len(clocks) != 1 {
		t.Fatalf("resumed %d clocks, %v", len(clocks), err)
	}
	if want := before.AddDate(0, 0, 1); !clocks[0].DueAt.Equal(want) {
		t.Errorf("limit moved from %v to %v, want %v", before, clocks[0].DueAt, want)
	}
	got := deadlines(t, ctx, tx, id)[0]
	if want := first.DueAt.AddDate(0, 0, 1); got.State != "armed" || !got.DueAt.Equal(want) {
		t.Errorf("step is %s for %v, want %v", got.State, got.DueAt, want)
	}
	if again, err := escalation.Resume(ctx, tx, id); err != nil || len(again) != 0 {
		t.Errorf("resumed again: %v, %v", again, err)
	}
}

func TestAnExtensionMovesTheNextStepAndExplainsItself(t *testing.T) {
	t.Parallel()
	ctx, tx, id, _ := started(t)
	clock := deadlines(t, ctx, tx, id)[0].Clock
	for limit, code := range map[calendar.Limit]string{
		{Number: 3, Unit: calendar.WorkingDay}:  "LIMIT_NUMBER",
		{Number: 6, Unit: calendar.CalendarDay}: "LIMIT_UNIT",
	} {
		if _, err := escalation.Extend(ctx, tx, clock, limit); !fault.Is(err, code) {
			t.Errorf("%v: %v", limit, err)
		}
	}

	due, err := escalation.Extend(ctx, tx, clock, calendar.Limit{Number: 6, Unit: calendar.WorkingDay})
	if want := time.Date(2026, 11, 30, 9, 30, 0, 0, time.UTC); err != nil || !due.Equal(want) {
		t.Fatalf("extended to %v, %v; want %v", due, err, want)
	}
	if got := deadlines(t, ctx, tx, id)[0]; !got.DueAt.Equal(time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)) {
		t.Errorf("half of the longer limit is %v", got.DueAt)
	}
	f := face(t, ctx, tx, id)
	if why, err := f.Explain(); err != nil || why.Due == nil || !why.Due.Equal(due) || why.Counted != 48*time.Hour {
		t.Errorf("explained %+v, %v", why, err)
	}

	escalation.StopAll(tx, escalation.OfCase(id))
	if _, err := escalation.Extend(ctx, tx, clock, calendar.Limit{Number: 9, Unit: calendar.WorkingDay}); !fault.Is(err, "CLOCK_NOT_RUNNING") {
		t.Errorf("a stopped clock was extended: %v", err)
	}
}

func TestNoPromiseIsMadeOnGuessedHolidays(t *testing.T) {
	t.Parallel()
	ctx, tx, id, _ := started(t)
	escalation.StopAll(tx, escalation.OfCase(id))
	other := pg.NewID()
	c := escalation.Clock{CaseID: &other, Round: 1, Stage: escalation.Dispose, Street: fixture.Nanyuan, Ladder: "standard",
		Limit: calendar.Limit{Number: 60, Unit: calendar.WorkingDay}}
	due, err := escalation.Start(ctx, tx, c)
	if want := tx.Now.AddDate(0, 0, 60); err != nil || !due.Equal(want) {
		t.Fatalf("working days of 2027: due %v, %v; want calendar days, %v", due, err, want)
	}
	f := face(t, ctx, tx, other)
	if f.MeantUnit == nil || *f.MeantUnit != calendar.WorkingDay || f.Unit != calendar.CalendarDay || *f.CalendarVersion != 1 {
		t.Errorf("the clock does not say that it is provisional: %+v", f.Clock)
	}
	if why, err := f.Explain(); err != nil || why.Counted != 60*24*time.Hour || !why.Due.Equal(due) {
		t.Errorf("explained %+v, %v", why, err)
	}

	// An extension is asked for in the unit that was meant, and is provisional too.
	due, err = escalation.Extend(ctx, tx, f.ID, calendar.Limit{Number: 70, Unit: calendar.WorkingDay})
	if want := tx.Now.AddDate(0, 0, 70); err != nil || !due.Equal(want) {
		t.Fatalf("extended to %v, %v; want %v", due, err, want)
	}
}

func TestALadderIsPublishedAsTheNextVersion(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	l := percents(50, 100)
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.District, ""))
	if _, err := escalation.Publish(ctx, tx, l); !fault.Is(err, "NOT_ALLOWED") {
		t.Fatalf("by a district's administrator: %v", err)
	}
	tx.Actor = fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
	for want := 1; want <= 2; want++ {
		if got, err := escalation.Publish(ctx, tx, l); err != nil || got.Version != want {
			t.Fatalf("published as %d, %v", got.Version, err)
		}
	}
	newest, err := escalation.Load(ctx, tx, escalation.Pin{Code: "test"})
	if err != nil || newest.Version != 2 || len(newest.Steps) != 2 {
		t.Fatalf("newest: %+v, %v", newest, err)
	}
	if _, err := escalation.Load(ctx, tx, escalation.Pin{Code: "test", Version: 3}); !fault.Is(err, "LADDER_UNKNOWN") {
		t.Fatalf("version 3: %v", err)
	}
	l.Steps[0].Trigger.Percent = 0
	if _, err := escalation.Publish(ctx, tx, l); !fault.Is(err, "LADDER_TRIGGER") {
		t.Fatalf("faulty: %v", err)
	}
}
