package casework_test

import (
	"testing"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/test/fixture"
)

// pressesOn lets an occasion order the duty lead, by the ladder that urgent cases are put on from now.
func (t *town) pressesOn(occasion escalation.Occasion, count int) {
	t.Helper()
	fixture.Do(t.tx, actor.System("test"), func() {
		_, err := escalation.Publish(t.ctx, t.tx, escalation.Ladder{Code: "urgent", NameZH: "紧急", NameEN: "Urgent", Steps: escalation.Steps{{
			Clock: escalation.Dispose, Trigger: escalation.Trigger{Event: &escalation.Event{Occasion: occasion, Count: count}},
			Audience: []escalation.Audience{{Role: actor.DutyLead, Level: escalation.Street}}, Action: escalation.Reassign, Quiet: escalation.Break}}})
		t.must(err)
	})
}

func (t *town) pressed(a *actor.Actor) int {
	t.Helper()
	n := 0
	for _, kind := range t.inbox(a) {
		if kind == "case_pressed" {
			n++
		}
	}
	return n
}

func TestTheSecondReturnPresses(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.pressesOn(escalation.Returned, 2)
	c := town.decides(town.returns(town.routed(), town.desk, fixture.Urban), town.dispatcher, false)
	if n := town.pressed(town.lead); n != 0 {
		t.Errorf("the first return presses %d times", n)
	}
	town.returns(c, town.desk, fixture.Urban)
	if n := town.pressed(town.lead); n != 1 {
		t.Errorf("the second return presses %d times", n)
	}
	town.sound()
}

func TestTheSecondReworkPresses(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.pressesOn(escalation.Reworked, 2)
	c := town.checking()
	for rework := range 2 {
		if n := town.pressed(town.lead); n != 0 {
			t.Errorf("%d reworks press %d times", rework, n)
		}
		c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(c, false)), Note: "未整改"})
		if rework == 0 {
			c = done(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
			c = done(town, town.handler, casework.ReportDisposal, town.disposal(c))
			c = done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
		}
	}
	if n := town.pressed(town.lead); n != 1 {
		t.Errorf("the second rework presses %d times", n)
	}
	town.sound()
}
