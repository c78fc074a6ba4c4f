package casework_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/test/fixture"
)

// One tip's life, from the report to the outcome, and what everybody on the way is told.
func TestATipGoesAllTheWayAndItsReporterHearsOfIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))

	c := town.filedFrom(town.reported(volunteer, fixture.BlockedExit).Clue, fixture.BlockedExit)
	town.is(c, casework.Filed)
	town.runs(c, "dispatch total")

	c = town.routes(c)
	town.is(c, casework.Routed)
	town.runs(c, "accept dispose total")
	if c.DueAt == nil || !c.DueAt.Equal(tenOClock.Add(4*time.Hour)) {
		t.Errorf("due %v: the disposal clock starts at dispatch", c.DueAt)
	}

	town.tx.Now = town.tx.Now.Add(30 * time.Minute)
	c = done(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.is(c, casework.Working)
	town.runs(c, "dispose total")

	c = done(town, town.handler, casework.ReportDisposal, town.disposal(c))
	town.is(c, casework.Reported)
	town.runs(c, "dispose quality total")

	c = done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	town.is(c, casework.Checking)
	town.runs(c, "check total")

	c = town.seen(c, true)
	town.is(c, casework.Checking)
	c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true, Note: "畅通"})
	town.is(c, casework.Closed)
	town.runs(c, "")

	town.same("timeline", town.timeline(c), []string{"filed", "routed", "accepted", "disposal_reported", "check_asked", "check_answered", "closed"})
	town.same("desk", town.inbox(town.desk), []string{"case_assigned", "disposal_reported", "case_closed"})
	town.same("handler", town.inbox(town.handler), []string{"handler_named", "case_closed"})
	town.same("grid worker", town.inbox(town.holder), []string{"check_asked"})
	town.same("dispatcher", town.inbox(town.dispatcher), []string{"check_answered"})
	town.same("reporter", town.outcomes(volunteer), []string{"filed", "closed", "rating_asked"})
	town.same("the other desk", town.inbox(town.urban), nil)
	if r := town.round(c); r.Outcome == nil || *r.Outcome != casework.Closed || r.ClosedAt == nil || r.StandardVersion != 1 || *r.RuleSetVersion != 1 {
		t.Errorf("round: %+v", r)
	}
}

func TestNothingWrittenOfACaseTellsWhoReported(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	c := town.filedFrom(town.reported(volunteer, fixture.BlockedExit).Clue, fixture.BlockedExit)
	c = town.routes(c)
	done(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.flush()
	for _, table := range []string{"cases", "case_rounds", "case_events", "assignments", "clocks", "outbox"} {
		if leaks := town.texts(`select row_to_json(r)::text from `+table+` r where row_to_json(r)::text like '%' || $1 || '%'`, volunteer.ID.String()); len(leaks) > 0 {
			t.Errorf("%s names the reporter: %s", table, leaks[0])
		}
	}
	if leaks := town.texts(`select action from audits where actor_id = $1`, volunteer.ID); len(leaks) > 0 {
		t.Errorf("the audit log names the reporter: %v", leaks)
	}
}

func TestEveryVerbRefusesAVersionThatIsNoMore(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	old := casework.Target{Case: c.ID, Version: new(c.Version - 1)}
	_, err := as(town, town.desk, casework.Accept, casework.AcceptInput{Target: old, Handler: town.handler.ID})
	town.refused("accepting what has moved on", err, "STALE_VERSION", "version")
	_, err = as(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: old, Note: "派错了"})
	town.refused("recalling what has moved on", err, "STALE_VERSION", "version")
	current := casework.Target{Case: c.ID, Version: new(c.Version)}
	if c = done(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: current, Note: "派错了"}); c.Version != *current.Version+1 {
		t.Errorf("version %d after %d", c.Version, *current.Version)
	}
}

func TestSomebodyElsesCaseIsNotFound(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	for name, stranger := range map[string]*actor.Actor{
		"nobody":                   actor.Anonymous,
		"a volunteer":              town.person(fixture.As(actor.Volunteer, fixture.CityCode, "")),
		"another street":           town.person(fixture.As(actor.Dispatcher, fixture.Yuanling, "")),
		"another department":       town.urban,
		"another district":         town.person(fixture.As(actor.Supervisor, "440305", "")),
		"a grid worker next door":  town.neighbour,
		"a handler who is unnamed": town.handler,
		"an administrator":         town.person(fixture.As(actor.Admin, fixture.CityCode, "")),
	} {
		_, err := as(town, stranger, casework.Recall, casework.NoteInput{Target: of(c), Note: "试试"})
		town.refused(name+" acts", err, "CASE_NOT_FOUND", "case")
		_, err = as(town, stranger, casework.Get, c.ID)
		town.refused(name+" reads", err, "CASE_NOT_FOUND", "")
		if list := done(town, stranger, list, casework.Filter{}); len(list) > 0 {
			t.Errorf("%s is listed %d cases", name, len(list))
		}
	}
	_, err := as(town, town.supervisor, casework.Recall, casework.NoteInput{Target: of(c), Note: "试试"})
	town.refused("a supervisor may look, not touch", err, "ACTION_NOT_YOURS", "")
}

func TestARestrictedCaseIsForItsReadersAlone(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	reported := town.reported(actor.Anonymous, fixture.BlockedExit).Clue
	c := done(town, town.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: reported.ID},
		Standard: town.standard(fixture.BlockedExit), Restricted: true, Readers: []uuid.UUID{town.desk.ID, town.lead.ID}})
	c = town.routes(c)
	for name, out := range map[string]*actor.Actor{"another duty lead": town.person(fixture.As(actor.DutyLead, fixture.Nanyuan, "")), "the supervisor": town.supervisor, "the cell's grid worker": town.holder} {
		_, err := as(town, out, casework.Get, c.ID)
		town.refused(name, err, "CASE_NOT_FOUND", "")
		if list := done(town, out, list, casework.Filter{}); len(list) > 0 {
			t.Errorf("%s is listed it", name)
		}
	}
	otherDesk := town.person(fixture.As(actor.DepartmentDesk, fixture.District, fixture.Fire))
	for name, in := range map[string]*actor.Actor{"who filed it": town.dispatcher, "the named duty lead": town.lead, "the named desk": town.desk} {
		done(town, in, casework.Get, c.ID)
		if list := done(town, in, list, casework.Filter{}); len(list) != 1 {
			t.Errorf("%s is listed %d", name, len(list))
		}
	}
	done(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	done(town, town.handler, casework.ReportDisposal, town.disposal(c)) // whoever is to act has to know
	done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(c, true)), Pass: true})
	town.same("the desk that is not named", town.inbox(otherDesk), nil)
	town.same("the named desk", town.inbox(town.desk), []string{"case_assigned", "disposal_reported", "case_closed"})
}

// A department that says nothing at all does not stop a case: the keeper moves it on at each limit, and tells ever more.
func TestACaseGoesOnAlthoughADepartmentKeepsSilent(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	press := func(later time.Duration) {
		t.Helper()
		town.flush()
		town.tx.Now = town.tx.Now.Add(later)
		fixture.Do(town.tx, actor.System("deadline keeper"), func() {
			for fired := 1; fired > 0; {
				var err error
				fired, err = casework.Press(town.ctx, town.tx, 100)
				town.must(err)
				town.flush()
			}
		})
	}
	c := town.routed()
	press(59 * time.Minute)
	town.is(town.now(c), casework.Routed)
	press(time.Minute)
	c = town.now(c)
	town.is(c, casework.Working)
	town.runs(c, "dispose total")

	c = done(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	c = done(town, town.handler, casework.ReportDisposal, town.disposal(c))
	press(2 * time.Hour)
	c = town.now(c)
	town.is(c, casework.Checking)
	town.runs(c, "check total")
	if c.Level == 0 {
		t.Error("the case was pressed, and stands on the lowest level")
	}
	c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(c, true)), Pass: true})
	before := town.timeline(c)
	press(1000 * time.Hour)
	town.same("after it was closed", town.timeline(c), before)
}
