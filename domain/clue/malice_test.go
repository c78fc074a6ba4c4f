package clue_test

import (
	"testing"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/test/fixture"
)

func TestAMaliciousReportTakesTwoPersonsAndItsReporterIsNotToldSo(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	lead, other := town.person(fixture.As(actor.DutyLead, fixture.Nanyuan, "")), town.person(fixture.As(actor.DutyLead, fixture.Nanyuan, ""))
	c := town.submitted(about(fixture.Rubbish))
	target := clue.Target{Clue: c.ID}
	ask := func() {
		town.as(lead, func() {
			_, err := clue.AskMalicious(town.ctx, town.tx, clue.MaliceInput{Target: target, Reason: "每日同一照片"})
			town.must(err)
		})
	}
	decide := func(a *actor.Actor, malicious bool, note string) (err error) {
		town.as(a, func() {
			_, err = clue.DecideMalice(town.ctx, town.tx, clue.DecideMaliceInput{Target: target, Malicious: malicious, Note: note})
		})
		return err
	}
	town.wantFault(decide(other, true, "已核对"), clue.CodeNotPossible, "") // nobody has asked
	ask()
	town.wantFault(decide(lead, true, "已核对"), clue.CodeNotYours, "")
	town.wantFault(decide(other, true, " "), clue.CodeTextMissing, "note")
	town.must(decide(other, false, "照片不同"))
	if got := town.reload(c); got.State != clue.Submitted || got.MaliceAskedBy != nil || got.MaliceReason != nil {
		t.Errorf("refused, it is %s, asked by %v", got.State, got.MaliceAskedBy)
	}
	ask()
	town.as(lead, func() {
		_, err := clue.WithdrawMalice(town.ctx, town.tx, target)
		town.must(err)
	})
	ask()
	town.must(decide(other, true, "已核对"))
	if got := town.reload(c); got.State != clue.Malicious || got.ToReporter() != clue.NotFiled {
		t.Errorf("it is %s, to its reporter %s", got.State, got.ToReporter())
	}
}
