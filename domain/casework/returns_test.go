package casework_test

import (
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/test/fixture"
)

func (t *town) returns(c casework.Case, by *actor.Actor, proposed string) casework.Case {
	t.Helper()
	return done(t, by, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: "职责清单第三条", Proposed: proposed})
}

func (t *town) decides(c casework.Case, by *actor.Actor, uphold bool) casework.Case {
	t.Helper()
	return done(t, by, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: uphold, Note: "按职责清单"})
}

func TestTheDisposalClockRunsOnWhileAReturnIsArguedAbout(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	due := *c.DueAt
	c = town.returns(c, town.desk, fixture.Urban)
	town.is(c, casework.ReturnRequested)
	town.runs(c, "dispatch dispose total")
	town.same("dispatcher", town.inbox(town.dispatcher), []string{"case_returned"})

	c = town.decides(c, town.dispatcher, false)
	town.is(c, casework.Routed)
	town.runs(c, "accept dispose total")
	if !c.DueAt.Equal(due) || *c.Department != fixture.Fire {
		t.Errorf("due %v instead of %v, at %s", c.DueAt, due, *c.Department)
	}
	town.same("desk", town.inbox(town.desk), []string{"case_assigned", "return_decided"})
	if r := last(town, c, casework.ReturnsOf); *r.Decision != casework.Rejected || *r.DecidedBy != town.dispatcher.ID || r.Proposed != fixture.Urban {
		t.Errorf("%+v", r)
	}
}

func TestAnUpheldReturnGoesToTheProposedOwnerWithClocksOfItsOwn(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.returns(town.routed(), town.desk, fixture.Urban)
	town.tx.Now = town.tx.Now.Add(1)
	c = town.decides(c, town.dispatcher, true)
	town.is(c, casework.Routed)
	town.runs(c, "accept dispose total")
	if *c.Department != fixture.Urban || !c.DispatchedAt.Equal(town.tx.Now) {
		t.Errorf("%+v", c)
	}
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "return_requested", "return_upheld", "routed"})
	town.same("the new owner", town.inbox(town.urban), []string{"case_assigned"})
	_, err := as(town, town.desk, casework.Get, c.ID)
	town.refused("the one who was upheld reads on", err, "CASE_NOT_FOUND", "")
	if a := all(town, c, casework.AssignmentsOf); len(a) != 2 || *a[0].EndReason != "returned" || a[1].EndedAt != nil {
		t.Errorf("%+v", a)
	}
}

func TestTheSecondReturnIsTheDutyLeadsAndThenTheFirstOwnerKeepsIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.decides(town.returns(town.routed(), town.desk, fixture.Urban), town.dispatcher, true)
	c = town.returns(c, town.urban, fixture.Safety)
	town.same("duty lead", town.inbox(town.lead), []string{"case_returned"})
	_, err := as(town, town.dispatcher, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: true})
	town.refused("the dispatcher decides the second", err, "ACTION_NOT_YOURS", "")

	c = town.decides(c, town.lead, true)
	if *c.Department != fixture.Fire {
		t.Errorf("%s has it, not the first owner", *c.Department)
	}
	_, err = as(town, town.desk, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: "职责清单", Proposed: fixture.Safety})
	town.refused("a third return", err, "ACTION_NOT_POSSIBLE", "")
}

func TestAFirstOwnerWhoIsUpheldTwiceIsRidOfIt(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.decides(town.returns(town.routed(), town.desk, fixture.Urban), town.dispatcher, false)
	c = town.decides(town.returns(c, town.desk, fixture.Urban), town.lead, true)
	if *c.Department != fixture.Urban {
		t.Errorf("%s has it", *c.Department)
	}
}

func TestNotOursTakesABasisAndSaysWhose(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	ask := func(by *actor.Actor, basis, proposed string) error {
		_, err := as(town, by, casework.RequestReturn, casework.ReturnInput{Target: of(c), Basis: basis, Proposed: proposed})
		return err
	}
	town.refused("no basis", ask(town.desk, "", fixture.Urban), "TEXT_MISSING", "basis")
	town.refused("broken text", ask(town.desk, "\xff", fixture.Urban), "TEXT_ENCODING", "basis")
	town.refused("a novel", ask(town.desk, strings.Repeat("长", 501), fixture.Urban), "TEXT_TOO_LONG", "basis")
	town.refused("nobody's", ask(town.desk, "职责清单", ""), "DEPARTMENT_UNKNOWN", "proposed")
	town.refused("one's own", ask(town.desk, "职责清单", fixture.Fire), "DEPARTMENT_UNKNOWN", "proposed")
	town.refused("by the street", ask(town.dispatcher, "职责清单", fixture.Urban), "ACTION_NOT_YOURS", "")
	_, err := as(town, town.dispatcher, casework.DecideReturn, casework.DecideReturnInput{Target: of(c), Uphold: true})
	town.refused("deciding what nobody asked", err, "ACTION_NOT_POSSIBLE", "")
	_, err = as(town, town.desk, casework.RequestReturn, casework.ReturnInput{Target: of(town.working()), Basis: "职责清单", Proposed: fixture.Urban})
	town.refused("returning what was accepted", err, "ACTION_NOT_POSSIBLE", "")
}
