package escalation_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/pg"
)

// published is the newest calendar with an edit.
func published(t *testing.T, ctx context.Context, tx *pg.Tx, edit calendar.Edit) *calendar.Calendar {
	t.Helper()
	current, err := calendar.Current(ctx, tx)
	if err != nil {
		t.Fatal(err)
	}
	edit.BasedOn = current.Version()
	next, err := current.Edit(edit)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := calendar.Publish(ctx, tx, next); err != nil {
		t.Fatal(err)
	}
	return next
}

// typhoon is Monday 23 November 2026, closed.
var typhoon = calendar.Edit{Set: []calendar.Exception{{Date: calendar.Date{Year: 2026, Month: 11, Day: 23}, Name: "台风停工"}}}

func carry(t *testing.T, ctx context.Context, tx *pg.Tx, cal *calendar.Calendar, id uuid.UUID) []escalation.Carried {
	t.Helper()
	carried, err := escalation.CarryCases(ctx, tx, cal, []uuid.UUID{id})
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	return carried
}

func TestATyphoonDayMovesAClockAndItsNextStepByADay(t *testing.T) {
	t.Parallel()
	ctx, tx, id, before := started(t)
	step := deadlines(t, ctx, tx, id)[0]
	next := published(t, ctx, tx, typhoon)

	carried := carry(t, ctx, tx, next, id)
	if len(carried) != 1 || !carried[0].Moved() || !carried[0].Was.Equal(before) || !carried[0].DueAt.Equal(before.AddDate(0, 0, 1)) {
		t.Fatalf("carried %+v", carried)
	}
	if got := deadlines(t, ctx, tx, id)[0]; got.ID != step.ID || got.State != "armed" || !got.DueAt.Equal(step.DueAt.AddDate(0, 0, 1)) {
		t.Errorf("the step: %+v, before %+v", got, step)
	}
	f := face(t, ctx, tx, id)
	if why, err := f.Explain(); err != nil || why.CalendarVersion != 2 || !why.Due.Equal(f.DueAt) {
		t.Errorf("explained %+v, %v", why, err)
	}
	if again := carry(t, ctx, tx, next, id); len(again) != 0 {
		t.Errorf("carried twice: %+v", again)
	}
}

func TestAFrozenClockIsCarriedOverAndStaysFrozen(t *testing.T) {
	t.Parallel()
	ctx, tx, id, before := started(t)
	escalation.Freeze(tx, id)
	deadlines(t, ctx, tx, id) // written
	next := published(t, ctx, tx, typhoon)

	carried := carry(t, ctx, tx, next, id)
	if len(carried) != 1 || carried[0].Moved() || *carried[0].CalendarVersion != 2 {
		t.Fatalf("carried %+v", carried)
	}
	if got := deadlines(t, ctx, tx, id)[0]; got.State != "frozen" {
		t.Errorf("the step is %s", got.State)
	}

	tx.Now = tx.Now.Add(96 * time.Hour) // Tuesday 17:30: an hour of Friday, and eight less one of Tuesday are lost
	clocks, err := escalation.Resume(ctx, tx, id)
	if want := before.AddDate(0, 0, 2); err != nil || len(clocks) != 1 || !clocks[0].DueAt.Equal(want) {
		t.Errorf("resumed %+v, %v; want %v", clocks, err, want)
	}
}

func TestAPublishedYearBringsBackTheUnitThatWasMeant(t *testing.T) {
	t.Parallel()
	ctx, tx, first, _ := started(t)
	tx.Now = time.Date(2026, 12, 31, 1, 0, 0, 0, time.UTC) // nine o'clock on the last day that the calendar covers
	escalation.StopAll(tx, escalation.OfCase(first))
	id := pg.NewID()
	due, err := escalation.Start(ctx, tx, escalation.Clock{CaseID: &id, Round: 1, Stage: escalation.Dispose, Ladder: "standard",
		Limit: calendar.Limit{Number: 3, Unit: calendar.WorkingDay}})
	if err != nil || !due.Equal(tx.Now.AddDate(0, 0, 3)) {
		t.Fatalf("provisionally due %v, %v", due, err)
	}

	next := published(t, ctx, tx, calendar.Edit{Years: []int{2027}, Set: []calendar.Exception{{Date: calendar.Date{Year: 2027, Month: 1, Day: 1}, Name: "元旦"}}})
	carried := carry(t, ctx, tx, next, id)
	// Thursday from 9:00 on are 7.5 hours, Friday is New Year's Day: 24 hours end on Wednesday at 9:00.
	want := time.Date(2027, 1, 6, 1, 0, 0, 0, time.UTC)
	if len(carried) != 1 || carried[0].MeantUnit != nil || carried[0].Unit != calendar.WorkingDay || !carried[0].DueAt.Equal(want) {
		t.Fatalf("carried %+v, want %v", carried, want)
	}
	if got := deadlines(t, ctx, tx, id)[0]; !got.DueAt.Equal(time.Date(2027, 1, 4, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("half of the limit is %v", got.DueAt)
	}
}
