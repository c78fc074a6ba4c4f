package casework_test

import (
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/domain/routing"
	"gridwork/fault"
	"gridwork/test/fixture"
)

func TestTheTraceSaysWhyACaseIsWhereItIs(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routes(town.filed(fixture.Manhole))
	r := town.round(c)
	want := []routing.Tried{{Rule: "R0801", Failed: routing.ByCategory, Was: "0101"}, {Rule: "R0102", Failed: routing.ByCategory, Was: "0101"}, {Rule: "R0101"}}
	if *c.Department != fixture.Urban || *r.RuleSetVersion != 1 || *r.Ladder != "urgent" || *r.LadderVersion != 1 || len(r.Trace) != 3 ||
		r.Trace[0] != want[0] || r.Trace[1] != want[1] || r.Trace[2] != want[2] {
		t.Errorf("%s, %+v", *c.Department, r)
	}
	if a := all(town, c, casework.AssignmentsOf); len(a) != 1 || a[0].Part != casework.Lead || a[0].Department != fixture.Urban {
		t.Errorf("%+v", a)
	}
}

func TestRoutingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	filed := town.filed(fixture.BlockedExit)
	c := town.routes(filed)
	again := town.routes(filed)
	if again.Version != c.Version || len(all(town, c, casework.AssignmentsOf)) != 1 {
		t.Errorf("version %d became %d", c.Version, again.Version)
	}
	town.same("desk", town.inbox(town.desk), []string{"case_assigned"})
}

func TestALateRoutingJobDoesNotUndoARecall(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	filed := town.filed(fixture.BlockedExit)
	recalled := done(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(town.routes(filed)), Note: "派错了"})
	if again := town.routes(filed); again.State != casework.Filed || again.Version != recalled.Version {
		t.Errorf("%s, version %d", again.State, again.Version)
	}
}

func TestWhereNoRuleFitsADispatcherDecides(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routes(town.filed(fixture.TreeOvergrow))
	town.is(c, casework.Filed)
	town.routes(c)
	town.same("dispatcher, once", town.inbox(town.dispatcher), []string{"no_rule"})
	town.same("timeline", town.timeline(c), []string{"filed", "no_rule"})
	if r := town.round(c); r.Ladder != nil || len(r.Trace) != 5 {
		t.Errorf("%+v", r)
	}

	c = done(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Urban, Assisting: []string{fixture.Fire}, Note: "绿化"})
	town.is(c, casework.Routed)
	town.runs(c, "accept dispose total")
	town.same("lead desk", town.inbox(town.urban), []string{"case_assigned"})
	town.same("assisting desk", town.inbox(town.desk), []string{"case_assigned"})
	if r := town.round(c); *r.Ladder != "standard" || len(r.Trace) != 5 {
		t.Errorf("the trace of why it came to this is kept: %+v", r)
	}
	done(town, town.desk, casework.Get, c.ID) // whoever helps sees it
	_, err := as(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.refused("the assisting desk accepts", err, "ACTION_NOT_YOURS", "")
}

func TestRoutingByHandNamesDepartmentsThatExist(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.filed(fixture.TreeOvergrow)
	for name, in := range map[string]struct {
		lead      string
		assisting []string
		path      string
	}{
		"no such lead":  {"police", nil, "department"},
		"no such help":  {fixture.Urban, []string{fixture.Fire, "police"}, "assisting[1]"},
		"lead as help":  {fixture.Urban, []string{fixture.Urban}, "assisting[0]"},
		"help twice":    {fixture.Urban, []string{fixture.Fire, fixture.Fire}, "assisting[1]"},
		"no lead given": {"", nil, "department"},
	} {
		_, err := as(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: in.lead, Assisting: in.assisting})
		town.refused(name, err, "DEPARTMENT_UNKNOWN", in.path)
	}
	_, err := as(town, town.lead, casework.RouteByHand, casework.RouteInput{Target: casework.Target{Case: uuid.New()}, Department: fixture.Urban})
	town.refused("no case", err, "CASE_NOT_FOUND", "case")
	town.is(done(town, town.lead, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Urban}), casework.Routed)
	_, err = as(town, town.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(c), Department: fixture.Fire})
	town.refused("routing what is routed", err, "ACTION_NOT_POSSIBLE", "")
}

func TestARecalledCaseIsTheDepartmentsNoMore(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	_, err := as(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(c), Note: " "})
	town.refused("without a reason", err, "TEXT_MISSING", "note")
	c = done(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(c), Note: "派错了"})
	town.is(c, casework.Filed)
	town.runs(c, "dispatch total")
	if c.Department != nil || c.DueAt != nil || c.DispatchedAt != nil {
		t.Errorf("%+v", c)
	}
	town.same("desk", town.inbox(town.desk), []string{"case_assigned", "case_recalled"})
	_, err = as(town, town.desk, casework.Get, c.ID)
	town.refused("the desk reads it", err, "CASE_NOT_FOUND", "")
	_, err = as(town, town.dispatcher, casework.Recall, casework.NoteInput{Target: of(town.working()), Note: "派错了"})
	town.refused("recalling what is being worked on", err, "ACTION_NOT_POSSIBLE", "")
}

func TestOnlyAHandlerOfTheDepartmentIsNamed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	for name, somebody := range map[string]*actor.Actor{
		"of another department": town.person(fixture.As(actor.Handler, fixture.District, fixture.Urban)),
		"of another street":     town.person(fixture.As(actor.Handler, fixture.Yuanling, fixture.Fire)),
		"who is no handler":     town.holder,
		"who is nobody":         actor.Anonymous,
	} {
		_, err := as(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: somebody.ID})
		town.refused("a handler "+name, err, "HANDLER_UNKNOWN", "handler")
	}
	_, err := as(town, town.dispatcher, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.refused("the street accepts for a department", err, "ACTION_NOT_YOURS", "")
	c = done(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.desk.ID})
	if a := all(town, c, casework.AssignmentsOf); *c.HandlerID != town.desk.ID || a[0].AcceptedAt == nil || a[0].Deemed {
		t.Errorf("a desk of one disposes itself: %+v, %+v", c, a)
	}
	town.same("a desk that names itself needs no message", town.inbox(town.desk), []string{"case_assigned"})
	c = done(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.is(c, casework.Working)
	town.same("the new handler", town.inbox(town.handler), []string{"handler_named"})
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "accepted", "handler_named"})
}

func TestSilenceCountsAsAcceptanceAndAHandlerIsNamedAfterwards(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	silent, moved := town.routed(), town.working()
	fixture.Do(town.tx, actor.System("deadline keeper"), func() {
		town.must(casework.DeemAcceptedBySilence(town.ctx, town.tx, []uuid.UUID{silent.ID, moved.ID}))
	})
	c := town.now(silent)
	town.is(c, casework.Working)
	town.runs(c, "dispose total")
	if a := all(town, c, casework.AssignmentsOf); c.HandlerID != nil || c.AcceptedAt == nil || !a[0].Deemed {
		t.Errorf("%+v, %+v", c, a)
	}
	if now := town.now(moved); now.Version != moved.Version {
		t.Error("what had moved on was changed")
	}
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "deemed_accepted"})
	c = done(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.is(done(town, town.handler, casework.ReportDisposal, town.disposal(c)), casework.Reported)
}

func TestNobodyPretendsToBeThePlatform(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	fixture.Do(town.tx, town.desk, func() {
		err := casework.DeemAcceptedBySilence(town.ctx, town.tx, []uuid.UUID{c.ID})
		if !fault.Is(err, "ACTION_NOT_YOURS") {
			t.Errorf("%v", err)
		}
	})
}

func TestALadderMayPressAtOnceWhenADepartmentKeptSilent(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.tx.Actor = actor.System("test")
	_, err := escalation.Publish(town.ctx, town.tx, escalation.Ladder{Code: "urgent", NameZH: "紧急", NameEN: "Urgent", Steps: escalation.Steps{{
		Clock: escalation.Dispose, Trigger: escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Unaccepted, Count: 1}},
		Audience: []escalation.Audience{{Role: actor.DutyLead, Level: escalation.Street}}, Action: escalation.YellowCard, Quiet: escalation.Break}}})
	town.must(err)
	c := town.routed()
	fixture.Do(town.tx, actor.System("deadline keeper"), func() {
		town.must(casework.DeemAcceptedBySilence(town.ctx, town.tx, []uuid.UUID{c.ID}))
	})
	town.same("duty lead", town.inbox(town.lead), []string{"case_pressed"})
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "deemed_accepted", "pressed"})
}
