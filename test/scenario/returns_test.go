package scenario

import (
	"testing"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// notOurs asks for a return, which is refused where want says so.
func (s *stage) notOurs(c caseView, from, proposed, want string) {
	s.t.Helper()
	in := harness.Vars{"case": c.ID, "basis": "职责清单第三条", "proposed": proposed}
	if want != "" {
		s.refused(s.As(s.Desks[from]), returnCase, in, want)
		return
	}
	if got := s.done(s.As(s.Desks[from]), returnCase, in); got.State != "RETURN_REQUESTED" {
		s.t.Fatalf("after the return it is %s", got.State)
	}
}

func TestACaseThatIsNotTheirsReachesItsOwnerAndIsNotPassedAroundForEver(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a case that the rules have sent to urban management,
	c := s.routed(tip{Text: "工地垃圾", Category: fixture.Rubbish, Cell: 0})
	dispose := c.running("DISPOSE")

	// when the desk says whose it is instead, the disposal clock runs on until a dispatcher agrees,
	s.notOurs(c, fixture.Urban, fixture.Urban, "DEPARTMENT_UNKNOWN")
	s.notOurs(c, fixture.Urban, fixture.Safety, "")
	asked := s.read(s.As(s.Dispatcher), c.ID)
	if now := asked.running("DISPOSE"); now == nil || now.ID != dispose.ID || !now.DueAt.Equal(*dispose.DueAt) {
		t.Errorf("the disposal clock moved from %+v to %+v", dispose, now)
	}
	if s.told(s.Dispatcher, "CASE_RETURNED") != 1 {
		t.Error("the dispatcher was not told")
	}
	upheld := s.done(s.As(s.Dispatcher), decideReturn, harness.Vars{"case": c.ID, "uphold": true, "note": "同意"})

	// then it goes straight to the proposed owner, and urban management sees it no more.
	if upheld.State != "ROUTED" || upheld.Department.Code != fixture.Safety {
		t.Fatalf("upheld: %s at %+v", upheld.State, upheld.Department)
	}
	if s.told(s.Desks[fixture.Safety], "CASE_ASSIGNED") != 1 || s.told(s.Desks[fixture.Urban], "RETURN_DECIDED") != 1 {
		t.Error("the desks were not told")
	}
	s.hidden("urban management", s.As(s.Desks[fixture.Urban]), caseQuery, c.ID, "CASE_NOT_FOUND")

	// The second return is the duty lead's to decide, after which the department keeps it.
	s.notOurs(upheld, fixture.Safety, fixture.Fire, "")
	if s.told(s.DutyLead, "CASE_RETURNED") != 1 {
		t.Error("the duty lead was not told")
	}
	s.refused(s.As(s.Dispatcher), decideReturn, harness.Vars{"case": c.ID, "uphold": false, "note": ""}, "ACTION_NOT_YOURS")
	kept := s.done(s.As(s.DutyLead), decideReturn, harness.Vars{"case": c.ID, "uphold": false, "note": "首接负责"})
	if kept.State != "ROUTED" || kept.Department.Code != fixture.Safety {
		t.Fatalf("rejected: %s at %+v", kept.State, kept.Department)
	}

	// A third is refused, and not offered.
	s.notOurs(kept, fixture.Safety, fixture.Fire, "ACTION_NOT_POSSIBLE")
	if got := s.read(s.As(s.Desks[fixture.Safety]), c.ID).Actions; len(got) != 1 || got[0] != "ACCEPT" {
		t.Errorf("the desk is offered %v", got)
	}
}

func TestARejectedReturnLeavesTheCaseAndItsClocksWhereTheyAre(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.routed(tip{Text: "消火栓", Category: fixture.Hydrant, Cell: 0})
	dispose := c.running("DISPOSE")

	s.notOurs(c, fixture.Fire, fixture.Urban, "")
	back := s.done(s.As(s.Dispatcher), decideReturn, harness.Vars{"case": c.ID, "uphold": false, "note": "属消防职责"})

	if back.State != "ROUTED" || back.Department.Code != fixture.Fire || back.running("ACCEPT") == nil {
		t.Fatalf("rejected: %s at %+v", back.State, back.Department)
	}
	if now := back.running("DISPOSE"); now == nil || !now.DueAt.Equal(*dispose.DueAt) {
		t.Errorf("the disposal is due at %+v instead of %s", now, dispose.DueAt)
	}
}

func TestACaseThatNoRuleFitsWaitsForADispatcherAndIsNotGuessed(t *testing.T) {
	t.Parallel()
	s := open(t)
	dispatcher := s.As(s.Dispatcher)

	// Given a category for which there is no rule,
	c, _ := s.filed(tip{Text: "树木遮挡路灯", Category: fixture.TreeOvergrow, Cell: 5})
	s.Eventually("the dispatcher is asked", func() bool { return s.told(s.Dispatcher, "NO_RULE") == 1 })

	// then it belongs to nobody, and says which rules were tried.
	waiting := s.read(dispatcher, c.ID)
	if waiting.State != "FILED" || waiting.Department != nil || waiting.WhyHere == nil || waiting.WhyHere.Rule != nil || len(waiting.WhyHere.Tried) != 5 {
		t.Fatalf("waiting: %s, why %+v", waiting.State, waiting.WhyHere)
	}

	// The dispatcher sends it by hand, and takes it back once.
	s.refused(dispatcher, routeCase, harness.Vars{"case": c.ID, "department": "parks", "note": ""}, "DEPARTMENT_UNKNOWN")
	sent := s.done(dispatcher, routeCase, harness.Vars{"case": c.ID, "department": fixture.Urban, "assisting": []string{fixture.Fire}, "note": "城管主办"})
	if sent.State != "ROUTED" || sent.Department.Code != fixture.Urban || len(sent.Assignments) != 2 {
		t.Fatalf("sent: %s, %+v", sent.State, sent.Assignments)
	}
	recalled := s.done(dispatcher, recallCase, harness.Vars{"case": c.ID, "note": "派错了"})
	if recalled.State != "FILED" || s.told(s.Desks[fixture.Urban], "CASE_RECALLED") != 1 {
		t.Errorf("recalled: %s", recalled.State)
	}
	again := s.done(dispatcher, routeCase, harness.Vars{"case": c.ID, "department": fixture.Safety, "note": "安监主办"})
	if again.State != "ROUTED" || again.Department.Code != fixture.Safety {
		t.Errorf("sent again: %s", again.State)
	}
}
