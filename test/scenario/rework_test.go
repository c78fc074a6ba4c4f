package scenario

import (
	"testing"
	"time"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestACaseThatIsNotReallyFixedGoesBackToWork(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a check that finds it not fixed,
	c := s.checked(s.checking(tip{Text: "垃圾未清干净", Category: fixture.Rubbish, Cell: 0}), false)
	s.refused(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": ""}, "ACTION_NOT_POSSIBLE")

	// when the dispatcher fails it,
	failed := s.done(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": false, "note": "仍有垃圾"})

	// then the department has it again, with a new limit, and the second time it is really done.
	if failed.State != "ROUTED" || failed.Department.Code != fixture.Urban || failed.running("DISPOSE") == nil {
		t.Fatalf("failed: %s, clocks %+v", failed.State, failed.Clocks)
	}
	if s.told(s.Desks[fixture.Urban], "CHECK_FAILED") != 1 {
		t.Error("the desk was not told")
	}
	again := s.done(s.As(s.Desks[fixture.Urban]), acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Urban].ID})
	s.report(again)
	checking := s.done(s.As(s.Desks[fixture.Urban]), submitForCheck, harness.Vars{"case": c.ID})
	s.checked(checking, true)
	if closed := s.done(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": ""}); closed.State != "CLOSED" {
		t.Errorf("it is %s at last", closed.State)
	}
}

func TestAReporterCanContestTheOutcomeForThreeDaysAndNotAfter(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a stranger's tip whose case was closed,
	stranger := s.Anyone()
	r := s.submit(stranger, tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	closed := s.close(s.file(r, fixture.Rubbish))

	// when its reporter says that it is not fixed, a minute before the end of the window,
	s.Advance(72*time.Hour - time.Minute)
	contested, refused := attempt[struct{ Clue trackView }](stranger, contestOutcome, harness.Vars{"claimCode": *r.ClaimCode, "reason": "垃圾还在"})
	if refused != nil {
		t.Fatalf("contested: %v", refused)
	}

	// then the case is open again, in its second round, and goes to the department by itself.
	if contested.Clue.Stage == "CLOSED" {
		t.Errorf("the reporter sees %+v", contested.Clue)
	}
	if again := s.awaitState(closed.ID, "ROUTED"); again.Round != 2 {
		t.Errorf("it is in round %d", again.Round)
	}

	// Once closed for longer than that, it stays closed.
	s.close(s.read(s.As(s.Dispatcher), closed.ID))
	s.Advance(72*time.Hour + time.Minute)
	if s.track(*r.ClaimCode).ReopenUntil != nil {
		t.Error("the reporter is still offered to contest it")
	}
	s.refused(stranger, contestOutcome, harness.Vars{"claimCode": *r.ClaimCode, "reason": "垃圾又来了"}, "ACTION_NOT_YOURS") // a supervisor still may
}

func TestASignedInReporterContestsTheOwnClueOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	c, r := s.filed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	s.close(c)

	// Somebody else's clue is not there; the own one is.
	s.refused(s.As(s.Neighbour), contestOutcome, harness.Vars{"clue": r.ID, "reason": "我也看见了"}, "CLUE_NOT_FOUND")
	if _, refused := attempt[struct{ Clue trackView }](s.As(s.Volunteer), contestOutcome, harness.Vars{"clue": r.ID, "reason": "没有整改"}); refused != nil {
		t.Fatalf("contested: %v", refused)
	}
	s.awaitState(c.ID, "ROUTED")
}

func TestASupervisorReopensWithAReason(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.closed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})

	s.refused(s.As(s.Dispatcher), reopenCase, harness.Vars{"case": c.ID, "note": "再查"}, "ACTION_NOT_YOURS")
	s.refused(s.As(s.Supervisor), reopenCase, harness.Vars{"case": c.ID}, "TEXT_MISSING")
	if again := s.done(s.As(s.Supervisor), reopenCase, harness.Vars{"case": c.ID, "note": "抽查发现未整改"}); again.Round != 2 {
		t.Errorf("reopened in round %d", again.Round)
	}
	s.awaitState(c.ID, "ROUTED")
}

// close brings a filed case to its end.
func (s *stage) close(c caseView) caseView {
	s.t.Helper()
	c = s.awaitState(c.ID, "ROUTED")
	department := c.Department.Code
	c = s.done(s.As(s.Desks[department]), acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[department].ID})
	s.report(c)
	c = s.done(s.As(s.Desks[department]), submitForCheck, harness.Vars{"case": c.ID})
	s.checked(c, true)
	return s.done(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": "合格"})
}
