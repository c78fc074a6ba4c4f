package scenario

import (
	"slices"
	"testing"
	"time"

	"gridwork/domain/identity"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestASuspensionIsAskedGrantedAndEndsByItselfOverAWeekend(t *testing.T) {
	t.Parallel()
	// Given a hydrant on a Friday noon, for which a part has to come by Monday,
	s := open(t, harness.At(time.Date(2026, time.March, 6, 12, 0, 0, 0, identity.City)))
	desk, dispatcher := s.As(s.Desks[fixture.Fire]), s.As(s.Dispatcher)
	c := s.accepted(tip{Text: "消火栓漏水，等待备件", Category: fixture.Hydrant, Cell: 0})
	due := *c.running("DISPOSE").DueAt
	monday := time.Date(2026, time.March, 9, 12, 0, 0, 0, identity.City)
	asking := harness.Vars{"case": c.ID, "kind": "SUSPENSION", "reason": "备件周一到货", "until": monday}

	// when the desk asks for a suspension, which it cannot grant itself,
	asked := s.done(desk, makeRequest, asking)
	s.refused(desk, decideRequest, harness.Vars{"case": c.ID, "kind": "SUSPENSION", "grant": true, "note": ""}, "ACTION_NOT_YOURS")
	if s.told(s.Dispatcher, "REQUEST_ASKED") != 1 || slices.Contains(asked.Actions, "ASK_SUSPENSION") || !slices.Contains(asked.Actions, "WITHDRAW_REQUEST") {
		t.Errorf("the desk is offered %v", asked.Actions)
	}
	if offered := s.read(dispatcher, c.ID).Actions; !slices.Contains(offered, "SUSPEND") || !slices.Contains(offered, "REFUSE_SUSPENSION") {
		t.Errorf("the dispatcher is offered %v", offered)
	}
	suspended := s.done(dispatcher, decideRequest, harness.Vars{"case": c.ID, "kind": "SUSPENSION", "grant": true, "note": "属实"})
	if suspended.State != "SUSPENDED" || !suspended.running("DISPOSE").Frozen || suspended.running("DISPOSE").DueAt != nil {
		t.Fatalf("suspended: %s, %+v", suspended.State, suspended.running("DISPOSE"))
	}

	// then it resumes by itself on Monday noon, and is due one working day later: not three.
	s.AdvanceTo(monday.Add(time.Second))
	s.Eventually("the suspension ends", func() bool { return s.read(desk, c.ID).State == "WORKING" })
	resumed := s.read(desk, c.ID).running("DISPOSE")
	before, after := time.Date(2026, time.March, 13, 12, 0, 0, 0, identity.City), time.Date(2026, time.March, 16, 12, 0, 0, 0, identity.City)
	if !due.Equal(before) || !resumed.DueAt.Equal(after) {
		t.Errorf("due %s, then %s; want %s, then %s", due, resumed.DueAt, before, after)
	}
	if s.told(s.Handlers[fixture.Fire], "CASE_RESUMED") != 1 {
		t.Error("the handler was not told")
	}
	s.refused(desk, makeRequest, harness.Vars{"case": c.ID, "kind": "SUSPENSION", "reason": "再等", "until": monday.AddDate(0, 0, 9)}, "ACTION_NOT_POSSIBLE")
}

func TestNobodyVoidsACaseAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.accepted(tip{Text: "误报", Category: fixture.Hydrant, Cell: 0})
	lead, supervisor := s.As(s.DutyLead), s.As(s.Supervisor)

	s.refused(s.As(s.Dispatcher), makeRequest, harness.Vars{"case": c.ID, "kind": "VOID", "reason": "重复"}, "ACTION_NOT_YOURS")
	s.done(lead, makeRequest, harness.Vars{"case": c.ID, "kind": "VOID", "reason": "现场核实为误报"})
	s.refused(lead, decideRequest, harness.Vars{"case": c.ID, "kind": "VOID", "grant": true, "note": ""}, "ACTION_NOT_YOURS")
	voided := s.done(supervisor, decideRequest, harness.Vars{"case": c.ID, "kind": "VOID", "grant": true, "note": "同意"})
	if voided.State != "VOIDED" || len(voided.Actions) != 0 || s.told(s.Handlers[fixture.Fire], "CASE_ENDED") != 1 {
		t.Errorf("voided: %s, offered %v", voided.State, voided.Actions)
	}
	s.refused(lead, makeRequest, harness.Vars{"case": c.ID, "kind": "FORCE_CLOSE", "reason": "x"}, "ACTION_NOT_POSSIBLE")
}

func TestARequestThatIsMalformedIsToldWhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	desk := s.As(s.Desks[fixture.Fire])
	c := s.accepted(tip{Text: "消火栓", Category: fixture.Hydrant, Cell: 0})
	for name, in := range map[string]struct {
		vars       harness.Vars
		code, path string
	}{
		"an end in the past": {harness.Vars{"kind": "SUSPENSION", "reason": "x", "until": s.Now().Add(-time.Hour)}, "SUSPENSION_END", "until"},
		"no end":             {harness.Vars{"kind": "SUSPENSION", "reason": "x"}, "SUSPENSION_END", "until"},
		"no reason":          {harness.Vars{"kind": "EXTENSION", "reason": " "}, "TEXT_MISSING", "reason"},
		"a stale version":    {harness.Vars{"kind": "EXTENSION", "reason": "x", "version": c.Version - 1}, "STALE_VERSION", "version"},
	} {
		in.vars["case"] = c.ID
		_, refused := attempt[struct{}](desk, makeRequest, in.vars)
		if refused == nil || refused.Code != in.code || len(refused.Path) != 1 || refused.Path[0] != in.path {
			t.Errorf("%s: %+v", name, refused)
		}
	}
	if now := s.read(desk, c.ID); now.Version != c.Version {
		t.Errorf("something was changed: version %d, was %d", now.Version, c.Version)
	}
}

func TestADispatcherEndsASuspensionBeforeItsTime(t *testing.T) {
	t.Parallel()
	s := open(t)
	desk, dispatcher := s.As(s.Desks[fixture.Fire]), s.As(s.Dispatcher)
	c := s.accepted(tip{Text: "消火栓漏水，等待备件", Category: fixture.Hydrant, Cell: 0})
	s.done(desk, makeRequest, harness.Vars{"case": c.ID, "kind": "SUSPENSION", "reason": "备件", "until": s.Now().AddDate(0, 1, 0)})
	s.done(dispatcher, decideRequest, harness.Vars{"case": c.ID, "kind": "SUSPENSION", "grant": true, "note": ""})
	s.refused(desk, resumeCase, harness.Vars{"case": c.ID, "note": "备件已到"}, "ACTION_NOT_YOURS")
	s.refused(dispatcher, resumeCase, harness.Vars{"case": c.ID, "note": ""}, "TEXT_MISSING")
	if got := s.done(dispatcher, resumeCase, harness.Vars{"case": c.ID, "note": "备件已到"}); got.State != "WORKING" || got.running("DISPOSE").Frozen {
		t.Errorf("resumed: %s", got.State)
	}
}
