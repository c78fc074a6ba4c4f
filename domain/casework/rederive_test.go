package casework_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// closedOn is an edit of the fixture's calendar that closes a day of November for a typhoon.
func closedOn(basedOn, day int) calendar.Edit {
	return calendar.Edit{BasedOn: basedOn, Set: []calendar.Exception{{Date: calendar.Date{Year: 2026, Month: time.November, Day: day}, Name: "台风停工"}}}
}

func (t *town) admin() *actor.Actor { return t.person(fixture.As(actor.Admin, fixture.CityCode, "")) }

// rederives runs a rederivation to its end, in batches of that many cases or clues, and returns how many it took.
func (t *town) rederives(id uuid.UUID, batch int) (batches int) {
	t.Helper()
	fixture.Do(t.tx, actor.System("job "+casework.JobRederive), func() {
		for more := true; more; batches++ {
			var err error
			t.flush()
			more, err = casework.Rederive(t.ctx, t.tx, id, batch)
			t.must(err)
		}
		t.flush()
	})
	return batches
}

func (t *town) rederivation(id uuid.UUID) (r casework.Rederivation) {
	t.Helper()
	return done(t, actor.System("test"), casework.RederivationByID, id)
}

func (t *town) rederivations() (page []casework.Rederivation) {
	t.Helper()
	fixture.Do(t.tx, actor.System("test"), func() {
		var err error
		page, _, err = casework.Rederivations(t.ctx, t.tx, casework.Page{First: 5})
		t.must(err)
	})
	return page
}

// clocks are the running ones of a case, by stage.
func (t *town) clocks(c casework.Case) map[escalation.Stage]escalation.Face {
	t.Helper()
	found := map[escalation.Stage]escalation.Face{}
	for _, f := range all(t, c, casework.ClocksOf) {
		if f.StoppedAt == nil {
			found[f.Stage] = f
		}
	}
	return found
}

// hydrant is a case in work with five working days, which runs on the ladder of working time.
func (t *town) hydrant() casework.Case { return t.routes(t.filed(fixture.Hydrant)) }

func TestATyphoonDayMovesWhatItShouldAndNothingElse(t *testing.T) {
	t.Parallel()
	town := newTown(t) // Wednesday 18 November, ten o'clock
	usual, urgent := town.hydrant(), town.routed()
	waiting := town.reported(actor.Anonymous, fixture.Hydrant)
	town.flush()
	before, urgentBefore := town.clocks(usual), town.clocks(urgent)

	// Given Thursday the 19th, which lies inside the disposal and after the four hours of acceptance,
	edit := closedOn(1, 19)
	foreseen := done(town, town.admin(), casework.PreviewCalendar, edit)
	r := done(town, town.admin(), casework.PublishCalendar, edit)
	town.rederives(r.ID, 1)

	// then what spans it moves by the day, and nothing else.
	after := town.clocks(usual)
	for stage, f := range after {
		want := before[stage].DueAt
		if stage == escalation.Dispose || stage == escalation.Total {
			want = want.AddDate(0, 0, 1)
		}
		if stage == escalation.Dispose && want.Weekday() == time.Saturday {
			want = want.AddDate(0, 0, 2)
		}
		if stage != escalation.Total && !f.DueAt.Equal(want) {
			t.Errorf("%s is due %v, want %v (before: %v)", stage, f.DueAt, want, before[stage].DueAt)
		}
		if *f.CalendarVersion != 2 {
			t.Errorf("%s stands on calendar %d", stage, *f.CalendarVersion)
		}
	}
	for stage, f := range town.clocks(urgent) {
		if !f.DueAt.Equal(urgentBefore[stage].DueAt) || f.CalendarVersion != nil {
			t.Errorf("urgent %s moved to %v, calendar %v", stage, f.DueAt, f.CalendarVersion)
		}
	}
	now := town.now(usual)
	if !now.DueAt.Equal(after[escalation.Dispose].DueAt) || now.Version != usual.Version {
		t.Errorf("the case is due %v, version %d (was %d)", now.DueAt, now.Version, usual.Version)
	}
	if tale := town.timeline(usual); tale[len(tale)-1] != "rederived" {
		t.Errorf("its timeline: %v", tale)
	}
	if tale := town.timeline(urgent); tale[len(tale)-1] == "rederived" {
		t.Errorf("the urgent case's timeline: %v", tale)
	}
	if n := town.texts(`select count(*)::text from clue_events where clue_id = $1 and kind = 'rederived'`, waiting.Clue.ID); n[0] != "0" {
		t.Error("a clue that is due today was moved")
	}

	// The preview had said so.
	got := town.rederivation(r.ID)
	if got.State != casework.RederivationDone || got.Done != got.Total || got.Done != foreseen.Open || got.Moved != foreseen.Moved || got.Moved == 0 {
		t.Errorf("foreseen %+v, done %+v", foreseen, got)
	}
	if len(foreseen.Shifts) != foreseen.Moved || foreseen.Shifts[0].CaseNumber == 0 {
		t.Errorf("shifts: %+v", foreseen.Shifts)
	}
	town.sound()
}

func TestASuspendedCaseHasNoDueTimeAfterATyphoonDayEither(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.hydrant()
	town.flush()
	escalation.Freeze(town.tx, c.ID)
	town.flush()
	town.exec(`update cases set state = 'suspended', due_at = null where id = $1`, c.ID)
	town.rederives(done(town, town.admin(), casework.PublishCalendar, closedOn(1, 19)).ID, 10)
	if now := town.now(c); now.DueAt != nil {
		t.Errorf("the suspended case is due %v", now.DueAt)
	}
	for stage, f := range town.clocks(c) {
		if !f.Frozen() || *f.CalendarVersion != 2 {
			t.Errorf("%s: frozen %v, on calendar %d", stage, f.Frozen(), *f.CalendarVersion)
		}
	}
	town.sound()
}

func TestTwoPublicationsInARowEndOnTheNewest(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.hydrant()
	town.flush()
	first := done(town, town.admin(), casework.PublishCalendar, closedOn(1, 19))
	town.flush()
	fixture.Do(town.tx, actor.System("job"), func() {
		_, err := casework.Rederive(town.ctx, town.tx, first.ID, 1)
		town.must(err)
	})
	second := done(town, town.admin(), casework.PublishCalendar, closedOn(2, 20))
	town.rederives(second.ID, 10)
	town.rederives(first.ID, 10) // comes late

	for stage, f := range town.clocks(c) {
		if *f.CalendarVersion != 3 {
			t.Errorf("%s stands on calendar %d", stage, *f.CalendarVersion)
		}
	}
	if r := town.rederivation(first.ID); r.State != casework.RederivationSuperseded {
		t.Errorf("the first: %+v", r)
	}
	// A job that is delivered again finds nothing to do.
	if n := town.rederives(second.ID, 10); n != 1 {
		t.Errorf("done again in %d batches", n)
	}
	town.must(casework.CatchUp(town.ctx, town.tx))
	if n := town.texts(`select count(*)::text from rederivations`); n[0] != "2" {
		t.Errorf("%s rederivations", n[0])
	}
}

func TestAClockThatStartedOnTheOldCalendarMeanwhileIsCaughtUpWith(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	r := done(town, town.admin(), casework.PublishCalendar, closedOn(1, 19))
	town.rederives(r.ID, 10)
	c := town.hydrant()
	town.exec(`update clocks set calendar_version = 1 where case_id = $1`, c.ID) // started with terms that were ten seconds old
	town.must(casework.CatchUp(town.ctx, town.tx))
	town.flush()
	page := town.rederivations()
	if len(page) != 2 || page[0].FromVersion != 1 || page[0].ToVersion != 2 {
		t.Fatalf("rederivations: %+v", page)
	}
	town.must(casework.CatchUp(town.ctx, town.tx)) // somebody is at it
	town.rederives(page[0].ID, 10)
	if f := town.clocks(c)[escalation.Dispose]; *f.CalendarVersion != 2 {
		t.Errorf("it stands on calendar %d", *f.CalendarVersion)
	}
}

func TestAStepThatIsInThePastOnTheNewCalendarFiresAtTheNextPass(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	r := done(town, town.admin(), casework.PublishCalendar, closedOn(1, 19))
	town.rederives(r.ID, 10)
	c := town.hydrant()
	town.presses(time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)) // Monday eleven o'clock: 17 of 40 hours have counted
	before := town.disposalSteps(c)

	// Given that the day off was a mistake, 25 hours have counted: half of the limit is over.
	undone := done(town, town.admin(), casework.PublishCalendar, calendar.Edit{BasedOn: 2, Clear: []calendar.Date{{Year: 2026, Month: 11, Day: 19}}})
	town.rederives(undone.ID, 10)
	town.presses(town.tx.Now)
	after := town.disposalSteps(c)
	if before != 0 || after == 0 {
		t.Errorf("of the disposal's steps %d had fired, then %d", before, after)
	}
	town.presses(town.tx.Now)
	if again := town.disposalSteps(c); again != after {
		t.Errorf("%d steps have fired, then %d", after, again)
	}
	town.sound()
}

// disposalSteps is how many steps of the case's disposal have fired.
func (t *town) disposalSteps(c casework.Case) int {
	t.Helper()
	n, err := pg.Val[int](t.ctx, t.tx, `select count(*) from deadlines join clocks on clocks.id = clock_id
		where clocks.case_id = $1 and stage = 'dispose' and state = 'fired'`, c.ID)
	t.must(err)
	return n
}

func TestAYearNobodyHasPublishedIsNotGuessed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.tx.Now = time.Date(2026, 12, 30, 2, 0, 0, 0, time.UTC) // Wednesday, ten o'clock, in the last week that is known
	c := town.hydrant()
	r := town.reported(actor.Anonymous, fixture.Hydrant)
	town.flush()
	f := town.clocks(c)[escalation.Dispose]
	if f.MeantUnit == nil || *f.MeantUnit != calendar.WorkingDay || !f.DueAt.Equal(town.tx.Now.AddDate(0, 0, 5)) {
		t.Fatalf("five working days: %+v", f.Clock)
	}
	fixture.Do(town.tx, town.dispatcher, func() {
		_, err := clue.AskVerification(town.ctx, town.tx, clue.AskVerificationInput{Target: clue.Target{Clue: r.Clue.ID}, Assignee: &town.holder.ID})
		town.must(err)
	})
	admin := town.admin()
	town.must(casework.WarnOfCalendar(town.ctx, town.tx))
	town.flush()
	town.same("the administrator's inbox", town.inbox(admin), []string{"calendar_ends"})

	year := calendar.Edit{BasedOn: 1, Years: []int{2027}, Set: []calendar.Exception{{Date: calendar.Date{Year: 2027, Month: 1, Day: 1}, Name: "元旦"}}}
	if p := done(town, admin, casework.PreviewCalendar, year); p.Resumed == 0 || p.Provisional != 0 {
		t.Errorf("preview: %+v", p)
	}
	town.rederives(done(town, admin, casework.PublishCalendar, year).ID, 2)

	f = town.clocks(c)[escalation.Dispose]
	if want := time.Date(2027, 1, 7, 2, 0, 0, 0, time.UTC); f.MeantUnit != nil || f.Unit != calendar.WorkingDay || !f.DueAt.Equal(want) {
		t.Errorf("five working days are due %v, want %v: %+v", f.DueAt, want, f.Clock)
	}
	if now := town.now(c); !now.DueAt.Equal(f.DueAt) {
		t.Errorf("the case is due %v", now.DueAt)
	}
	if n := town.texts(`select count(*)::text from clocks where meant_unit is not null and stopped_at is null`); n[0] != "0" {
		t.Errorf("%s clocks are provisional still", n[0])
	}
	var line struct {
		Clocks []struct{ Stage string }
	}
	detail, err := pg.Val[json.RawMessage](town.ctx, town.tx, `select detail from case_events where case_id = $1 and kind = 'rederived'`, c.ID)
	town.must(err)
	town.must(json.Unmarshal(detail, &line))
	if len(line.Clocks) == 0 {
		t.Errorf("the timeline says %s", detail)
	}
	town.must(casework.WarnOfCalendar(town.ctx, town.tx))
	town.flush()
	town.same("the administrator's inbox afterwards", town.inbox(admin), []string{"calendar_ends"})
	town.sound()
}

func TestOnlyAdministratorsEditTheCalendar(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	_, err := as(town, town.lead, casework.PreviewCalendar, closedOn(1, 19))
	town.refused("a duty lead's preview", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.supervisor, casework.PublishCalendar, closedOn(1, 19))
	town.refused("a supervisor's calendar", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.admin(), casework.PublishCalendar, closedOn(4, 19))
	town.refused("an edit of another version", err, "STALE_VERSION", "basedOn")
	r := done(town, town.admin(), casework.PublishCalendar, closedOn(1, 19))
	_, err = as(town, town.lead, casework.RederivationByID, r.ID)
	town.refused("a duty lead's look at it", err, "REDERIVATION_NOT_FOUND", "")
}
