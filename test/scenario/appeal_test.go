package scenario

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type appealView struct {
	ID      uuid.UUID
	ClockID uuid.UUID
	State   string
	Reviews []struct {
		By    person
		Grant bool
	}
}

const appealFields = `id clockId state reviews { by { id } grant note at }`

var (
	appealLateness = mutation{"appealLateness", "AppealLatenessInput", `appeal { ` + appealFields + ` }`}
	decideAppeal   = mutation{"decideAppeal", "DecideAppealInput", `appeal { ` + appealFields + ` }`}
)

func (s *stage) appealed(c *harness.Client, m mutation, in harness.Vars) appealView {
	s.t.Helper()
	p, refused := attempt[struct{ Appeal appealView }](c, m, in)
	if refused != nil {
		s.t.Fatalf("%s: %v", m.name, refused)
	}
	return p.Appeal
}

// toReview is how many appeals wait for somebody.
func (s *stage) toReview(p *harness.Person) int {
	s.t.Helper()
	type answer struct {
		MyAppeals struct{ Nodes []appealView }
	}
	return len(harness.Ask[answer](s.As(p), `query { myAppeals { nodes { `+appealFields+` case { id } } pageInfo { hasNextPage } } }`, nil).MyAppeals.Nodes)
}

// also makes somebody one thing more.
func (s *stage) also(p *harness.Person, role actor.Role, region, department string) {
	s.t.Helper()
	s.Given(func(ctx context.Context, tx *pg.Tx) { fixture.Grant(s.t, ctx, tx, p.Actor, role, region, department) })
}

func TestALatenessThatWasNobodysFaultIsExemptedByTwoAndStaysAFact(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.also(s.Admin, actor.Supervisor, fixture.CityCode, "")
	desk := s.As(s.Desks[fixture.Urban])

	// Given a manhole that was covered an hour too late,
	c := s.accepted(tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 1})
	due := *c.running("DISPOSE").DueAt
	s.later(3*time.Hour, 20*time.Minute)
	c = s.report(s.read(desk, c.ID))
	c = s.done(desk, submitForCheck, harness.Vars{"case": c.ID})
	late := c.Clocks[slices.IndexFunc(c.Clocks, func(k clockView) bool { return k.Stage == "DISPOSE" })]
	if late.StoppedAt == nil || !late.StoppedAt.After(due) {
		t.Fatalf("the disposal ended at %v, due %v", late.StoppedAt, due)
	}
	s.Settle()
	s.TakeSMS()

	// when its department appeals, and two supervisors agree,
	in := harness.Vars{"clock": late.ID, "grounds": "道路因台风封闭"}
	s.refused(s.As(s.Desks[fixture.Fire]), appealLateness, in, "CLOCK_NOT_FOUND")
	s.refused(s.As(s.Dispatcher), appealLateness, in, "ACTION_NOT_YOURS")
	s.refused(desk, appealLateness, harness.Vars{"clock": late.ID, "grounds": " "}, "TEXT_MISSING")
	asked := s.appealed(desk, appealLateness, in)
	s.refused(desk, appealLateness, in, "APPEALED_ALREADY")
	if s.told(s.Supervisor, "APPEAL_ASKED") != 1 {
		t.Error("the supervisor was not told")
	}
	yes := harness.Vars{"appeal": asked.ID, "grant": true, "note": "气象记录属实"}
	if s.toReview(s.Supervisor) != 1 || s.toReview(s.FarSupervisor) != 0 || s.toReview(s.Desks[fixture.Urban]) != 0 {
		t.Error("the appeal does not wait where it should")
	}
	if one := s.appealed(s.As(s.Supervisor), decideAppeal, yes); one.State != "SECONDED" {
		t.Errorf("after one review it is %s", one.State)
	}
	if s.toReview(s.Supervisor) != 0 || s.toReview(s.Admin) != 1 {
		t.Error("after one review it waits for another person")
	}
	s.refused(s.As(s.Supervisor), decideAppeal, yes, "REVIEWER_TWICE")
	s.refused(s.As(s.FarSupervisor), decideAppeal, yes, "APPEAL_NOT_FOUND")
	if granted := s.appealed(s.As(s.Admin), decideAppeal, yes); granted.State != "GRANTED" || len(granted.Reviews) != 2 {
		t.Errorf("after two reviews: %+v", granted)
	}

	// then the department hears of it, and the clock is as late as it was.
	if s.told(s.Desks[fixture.Urban], "APPEAL_DECIDED") != 1 {
		t.Error("the desk was not told")
	}
	type answer struct {
		Case struct {
			Appeals []appealView
			Clocks  []clockView
		}
	}
	now := harness.Ask[answer](desk, `query ($id: UUID!) { case(id: $id) { appeals { `+appealFields+` } clocks { `+clockFields+` } } }`, harness.Vars{"id": c.ID}).Case
	if len(now.Appeals) != 1 || now.Appeals[0].State != "GRANTED" || now.Appeals[0].ClockID != late.ID {
		t.Errorf("%+v", now.Appeals)
	}
	for _, k := range now.Clocks {
		if k.ID == late.ID && (!k.DueAt.Equal(due) || !k.StoppedAt.Equal(*late.StoppedAt)) {
			t.Errorf("the clock is now %+v", k)
		}
	}
}
