package scenario

import (
	"testing"
	"time"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestWithoutRedisTipsAreTakenCasesRoutedAndDeadlinesFire(t *testing.T) {
	t.Parallel()
	// Given a platform whose Redis is away from the start,
	s := open(t, harness.RedisAway())

	// then a tip is acknowledged and becomes a case that reaches its department,
	r := s.submit(s.Anyone(), tip{Text: "消火栓坏了", Category: fixture.Hydrant, Cell: 0})
	c := s.file(r, fixture.Hydrant)
	routed := s.awaitState(c.ID, "ROUTED")
	if s.told(s.Desks[fixture.Fire], "CASE_ASSIGNED") != 1 {
		t.Error("the desk was not told")
	}

	// and silence is pressed in time.
	s.AdvanceTo(routed.running("ACCEPT").NextStepAt.Add(time.Millisecond))
	if n := s.told(s.Desks[fixture.Fire], "CASE_PRESSED"); n != 1 {
		t.Errorf("the desk was pressed %d times", n)
	}
	if a := s.Anyone().Get("/readyz"); a.Status != 200 {
		t.Errorf("ready: %d %s", a.Status, a.Body)
	}
}
