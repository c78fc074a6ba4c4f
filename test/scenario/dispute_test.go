package scenario

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

var (
	recordGuidance  = mutation{"recordGuidance", "RecordGuidanceInput", ofCase}
	recordMediation = mutation{"recordMediation", "RecordMediationInput", ofCase}
)

type disputeView struct {
	Outcome, SentUpTo *string
	Steps             []struct {
		Kind, Note string
		Result     *string
	}
}

func (s *stage) dispute(c *harness.Client, id uuid.UUID) *disputeView {
	s.t.Helper()
	return harness.Ask[struct {
		Case struct{ Dispute *disputeView }
	}](c,
		`query ($id: UUID!) { case(id: $id) { dispute { outcome sentUpTo steps { kind note result } } } }`, harness.Vars{"id": id}).Case.Dispute
}

func TestADisputeIsGuidedAndMediatedAndWhatCannotBeSettledIsSentUp(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.measured()
	dispatcher := s.As(s.Dispatcher)

	// Given a quarrel that the dispatcher gives to urban management,
	c, _ := s.filed(tip{Text: "楼上漏水争吵", Category: fixture.Quarrel, Cell: 0})
	s.Eventually("the dispatcher is asked where it goes", func() bool { return s.told(s.Dispatcher, "NO_RULE") == 1 })
	s.done(dispatcher, routeCase, harness.Vars{"case": c.ID, "department": fixture.Urban, "note": "社区调解"})
	desk, handler := s.As(s.Desks[fixture.Urban]), s.Handlers[fixture.Urban]
	s.done(desk, acceptCase, harness.Vars{"case": c.ID, "handler": handler.ID})

	// when guidance and a session that fails are written down,
	at := s.Now().Add(-time.Minute)
	s.refused(dispatcher, recordGuidance, harness.Vars{"case": c.ID, "at": at, "note": "x"}, "ACTION_NOT_YOURS")
	s.done(desk, recordGuidance, harness.Vars{"case": c.ID, "at": at, "note": "告知可申请人民调解"})
	s.done(s.As(handler), recordMediation, harness.Vars{"case": c.ID, "at": at, "result": "NOT_AGREED", "note": "一方不到场"})
	told := s.dispute(dispatcher, c.ID)
	if told == nil || len(told.Steps) != 2 || told.Steps[1].Kind != "MEDIATED" || *told.Steps[1].Result != "NOT_AGREED" || told.Outcome != nil {
		t.Fatalf("%+v", told)
	}

	// then its disposal has to say how it ended,
	after := harness.Picture(t, "minutes")
	s.As(handler).Upload(after)
	report := harness.Vars{"id": pg.NewID(), "case": c.ID, "text": "调解不成", "position": s.at(c), "photos": []harness.Vars{after.Input()}}
	s.refused(s.As(handler), reportDisposal, report, "OUTCOME_MISSING")
	report["outcome"] = harness.Vars{"outcome": "SENT_UP", "to": "COURT"}
	s.refused(s.As(handler), reportDisposal, report, "TEXT_MISSING")
	report["outcome"] = harness.Vars{"outcome": "SENT_UP", "to": "COURT", "reason": "双方要求诉讼"}
	s.done(s.As(handler), reportDisposal, report)
	s.checked(s.done(desk, submitForCheck, harness.Vars{"case": c.ID}), true)
	s.done(dispatcher, decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": "属实"})

	// and with its closing the share that is sent up is known.
	if end := s.dispute(s.As(s.Supervisor), c.ID); end.Outcome == nil || *end.Outcome != "SENT_UP" || *end.SentUpTo != "COURT" {
		t.Errorf("%+v", end)
	}
	s.counts(s.Supervisor, "sent_up_share", 1, 1)
	s.Settle()
	s.TakeSMS()
}
