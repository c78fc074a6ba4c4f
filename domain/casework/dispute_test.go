package casework_test

import (
	"testing"
	"time"

	"gridwork/domain/casework"
	"gridwork/test/fixture"
)

// quarrel is a dispute that the fire brigade's handler works on.
func (t *town) quarrel() casework.Case {
	t.Helper()
	c := done(t, t.dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(t.routes(t.filed(fixture.Quarrel))), Department: fixture.Fire})
	return done(t, t.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: t.handler.ID})
}

func TestADisputeIsGuidedMediatedAndSentUp(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.quarrel()
	done(town, town.desk, casework.RecordGuidance, casework.GuidanceInput{Target: of(c), At: town.tx.Now.Add(-time.Hour), Note: "告知双方可申请人民调解"})
	done(town, town.handler, casework.RecordMediation, casework.MediationInput{Target: of(c), At: town.tx.Now, Result: casework.NotAgreed, Note: "一方不到场"})
	_, err := as(town, town.dispatcher, casework.RecordGuidance, casework.GuidanceInput{Target: of(c), At: town.tx.Now, Note: "x"})
	town.refused("a dispatcher", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.handler, casework.RecordGuidance, casework.GuidanceInput{Target: of(c), At: town.tx.Now.Add(time.Hour), Note: "x"})
	town.refused("what is to come", err, "HELD_IN_FUTURE", "at")
	steps := all(town, c, casework.DisputeStepsOf)
	if len(steps) != 2 || steps[0].Kind != casework.Guided || steps[1].Kind != casework.Mediated || *steps[1].Result != casework.NotAgreed {
		t.Errorf("steps %+v", steps)
	}

	court := casework.ToCourt
	report := func(o *casework.OutcomeInput) error {
		in := town.disposal(c)
		in.Outcome = o
		_, err := as(town, town.handler, casework.ReportDisposal, in)
		return err
	}
	town.refused("no outcome", report(nil), "OUTCOME_MISSING", "outcome")
	town.refused("sent up nowhere", report(&casework.OutcomeInput{Outcome: casework.SentUp, Reason: "调解不成"}), "SENT_UP_TO", "outcome.to")
	town.refused("sent up without a reason", report(&casework.OutcomeInput{Outcome: casework.SentUp, To: &court}), "TEXT_MISSING", "outcome.reason")
	town.refused("settled at court", report(&casework.OutcomeInput{Outcome: casework.Settled, To: &court}), "SENT_UP_TO", "outcome.to")
	town.must(report(&casework.OutcomeInput{Outcome: casework.SentUp, To: &court, Reason: "调解不成"}))
	done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	if r := town.round(c); r.DisputeOutcome != nil {
		t.Errorf("it ended before it was checked: %v", *r.DisputeOutcome)
	}
	done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(c, true)), Pass: true})
	if r := town.round(c); r.DisputeOutcome == nil || *r.DisputeOutcome != casework.SentUp || r.SentUpTo == nil || *r.SentUpTo != casework.ToCourt {
		t.Errorf("the round says %v, %v", r.DisputeOutcome, r.SentUpTo)
	}
}

func TestOnlyADisputeEndsLikeOne(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	in := town.disposal(c)
	in.Outcome = &casework.OutcomeInput{Outcome: casework.Settled}
	_, err := as(town, town.handler, casework.ReportDisposal, in)
	town.refused("a blocked exit", err, "NOT_A_DISPUTE", "outcome")
	_, err = as(town, town.handler, casework.RecordGuidance, casework.GuidanceInput{Target: of(c), At: town.tx.Now, Note: "x"})
	town.refused("guidance about a blocked exit", err, "ACTION_NOT_POSSIBLE", "")
}
