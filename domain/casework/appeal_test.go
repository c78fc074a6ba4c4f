package casework_test

import (
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/test/fixture"
)

// late is a case whose department let an hour pass beyond its disposal limit and then reported it, with that clock.
func (t *town) late() (casework.Case, escalation.Face) {
	t.Helper()
	c := t.working()
	t.tx.Now = c.DueAt.Add(time.Hour)
	c = done(t, t.handler, casework.ReportDisposal, t.disposal(c))
	c = done(t, t.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	return c, t.clock(c, escalation.Dispose)
}

// clock is the case's newest of a stage.
func (t *town) clock(c casework.Case, stage escalation.Stage) escalation.Face {
	t.Helper()
	for _, clock := range all(t, c, casework.ClocksOf) {
		if clock.Stage == stage {
			return clock
		}
	}
	t.Fatalf("no clock of stage %s", stage)
	return escalation.Face{}
}

func appeal(clock escalation.Face) casework.AppealInput {
	return casework.AppealInput{Clock: clock.ID, Grounds: "台风期间道路封闭，无法到场"}
}

func TestTwoReviewersGrantAnAppealAndTheClockKeepsItsLateness(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	second := town.person(fixture.As(actor.Supervisor, fixture.CityCode, ""))
	c, before := town.late()

	asked := done(town, town.desk, casework.AppealLateness, appeal(before))
	if asked.State != casework.AppealAsked || asked.Department != fixture.Fire || asked.Round != 1 {
		t.Errorf("%+v", asked)
	}
	_, err := as(town, town.desk, casework.AppealLateness, appeal(before))
	town.refused("a second appeal", err, "APPEALED_ALREADY", "clock")

	yes := casework.DecideAppealInput{Appeal: asked.ID, Grant: true, Note: "情况属实"}
	if one := done(town, town.supervisor, casework.DecideAppeal, yes); one.State != casework.AppealSeconded || one.DecidedAt != nil {
		t.Errorf("after one: %+v", one)
	}
	_, err = as(town, town.supervisor, casework.DecideAppeal, yes)
	town.refused("the same once more", err, "REVIEWER_TWICE", "appeal")
	granted := done(town, second, casework.DecideAppeal, yes)
	if granted.State != casework.AppealGranted || granted.DecidedAt == nil || *granted.SecondReviewer != second.ID {
		t.Errorf("after two: %+v", granted)
	}
	_, err = as(town, second, casework.DecideAppeal, yes)
	town.refused("once it is decided", err, "ACTION_NOT_POSSIBLE", "appeal")

	after := town.clock(c, escalation.Dispose)
	if !after.DueAt.Equal(before.DueAt) || !after.StoppedAt.Equal(*before.StoppedAt) {
		t.Errorf("the clock changed: %+v", after)
	}
	town.same("what happened", town.timeline(c)[len(town.timeline(c))-3:], []string{"lateness_appealed", "appeal_seconded", "appeal_granted"})
	town.is(c, casework.Checking)
	town.same("the supervisor hears", town.texts(`select kind from messages where person_id = $1 and kind like 'appeal%'`, town.supervisor.ID), []string{"appeal_asked"})
	town.same("the desk hears", town.texts(`select params->>'decision' from messages where person_id = $1 and kind = 'appeal_decided'`, town.desk.ID), []string{"granted"})
}

func TestOneRefusalRefuses(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	second := town.person(fixture.As(actor.Supervisor, fixture.CityCode, ""))
	_, clock := town.late()
	asked := done(town, town.desk, casework.AppealLateness, appeal(clock))
	done(town, town.supervisor, casework.DecideAppeal, casework.DecideAppealInput{Appeal: asked.ID, Grant: true, Note: "情况属实"})
	refused := done(town, second, casework.DecideAppeal, casework.DecideAppealInput{Appeal: asked.ID, Note: "可以先行处置"})
	if refused.State != casework.AppealRefused || refused.DecidedAt == nil {
		t.Errorf("%+v", refused)
	}
}

func TestNobodyReviewsTheAppealOfTheOwnDepartment(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	both := town.person(fixture.As(actor.DepartmentDesk, fixture.District, fixture.Fire), fixture.As(actor.Supervisor, fixture.District, ""))
	_, clock := town.late()
	asked := done(town, town.desk, casework.AppealLateness, appeal(clock))
	for name, c := range map[string]struct {
		who  *actor.Actor
		note string
		code string
		path string
	}{
		"a supervisor of the department": {both, "x", "REVIEWER_NOT_INDEPENDENT", "appeal"},
		"the dispatcher":                 {town.dispatcher, "x", "ACTION_NOT_YOURS", "appeal"},
		"somebody else's desk":           {town.urban, "x", "APPEAL_NOT_FOUND", "appeal"},
		"without a word":                 {town.supervisor, " ", "TEXT_MISSING", "note"},
	} {
		_, err := as(town, c.who, casework.DecideAppeal, casework.DecideAppealInput{Appeal: asked.ID, Grant: true, Note: c.note})
		town.refused(name, err, c.code, c.path)
	}
}

func TestOnlyLatenessOfTheOwnClockWithinTheWindowIsAppealed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c, clock := town.late()
	stopped := town.tx.Now
	for name, refusal := range map[string]struct {
		who        *actor.Actor
		in         casework.AppealInput
		code, path string
	}{
		"no grounds":             {town.desk, casework.AppealInput{Clock: clock.ID}, "TEXT_MISSING", "grounds"},
		"no such clock":          {town.desk, casework.AppealInput{Clock: c.ID, Grounds: "x"}, "CLOCK_NOT_FOUND", "clock"},
		"somebody else's desk":   {town.urban, appeal(clock), "CLOCK_NOT_FOUND", "clock"},
		"the dispatcher":         {town.dispatcher, appeal(clock), "ACTION_NOT_YOURS", "clock"},
		"a clock that kept time": {town.desk, appeal(town.clock(c, escalation.Accept)), "CLOCK_NOT_LATE", "clock"},
		"the street's clock":     {town.desk, appeal(town.clock(c, escalation.Check)), "ACTION_NOT_YOURS", "clock"},
	} {
		_, err := as(town, refusal.who, casework.AppealLateness, refusal.in)
		town.refused(name, err, refusal.code, refusal.path)
	}

	// Five working days from Wednesday afternoon end on the next Wednesday, though the weekend lies between.
	town.tx.Now = stopped.Add(7*24*time.Hour + time.Second)
	_, err := as(town, town.desk, casework.AppealLateness, appeal(clock))
	town.refused("a second too late", err, "APPEAL_TOO_LATE", "clock")
	town.tx.Now = stopped.Add(7 * 24 * time.Hour)
	done(town, town.desk, casework.AppealLateness, appeal(clock))
}

func TestADepartmentAppealsAlthoughTheCaseHasLeftIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	done(town, town.desk, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: "城市管理条例", Proposed: fixture.Urban})
	town.tx.Now = c.DueAt.Add(time.Hour) // nobody decides until it is late
	done(town, town.dispatcher, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: true})
	_, err := as(town, town.desk, casework.Get, c.ID)
	town.refused("the case", err, "CASE_NOT_FOUND", "")
	for _, clock := range all(town, c, casework.ClocksOf) {
		if clock.Stage == escalation.Dispose && *clock.Department == fixture.Fire {
			done(town, town.desk, casework.AppealLateness, appeal(clock))
		}
	}
	town.same("appeals", town.texts(`select department from appeals`), []string{fixture.Fire})
}
