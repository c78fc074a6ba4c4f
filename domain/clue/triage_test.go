package clue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
	"gridwork/test/fixture"
)

// perform does an action with an input that is in order.
func (t *town) perform(c clue.Clue, do clue.Action) error {
	target := clue.Target{Clue: c.ID}
	var err error
	switch do {
	case clue.DoAskVerification:
		_, err = clue.AskVerification(t.ctx, t.tx, clue.AskVerificationInput{Target: target})
	case clue.DoHandleOnSpot:
		_, err = clue.HandleOnSpot(t.ctx, t.tx, clue.HandleOnSpotInput{Target: target, Note: "已移走"})
	case clue.DoRefuse:
		_, err = clue.Refuse(t.ctx, t.tx, clue.RefuseInput{Target: target, Reason: "不属实"})
	case clue.DoRefer:
		_, err = clue.Refer(t.ctx, t.tx, clue.ReferInput{Target: target, To: clue.Police110})
	case clue.DoUnmerge: // casework's verbs take, then settle or restore
		if _, err = clue.Take(t.ctx, t.tx, target, do); err == nil {
			_, err = clue.Restore(t.ctx, t.tx, t.reload(c))
		}
	case clue.DoRestrict:
		_, err = clue.Restrict(t.ctx, t.tx, target)
	case clue.DoAskMalicious:
		_, err = clue.AskMalicious(t.ctx, t.tx, clue.MaliceInput{Target: target, Reason: "每日同一照片"})
	case clue.DoMarkMalicious, clue.DoRefuseMalicious:
		_, err = clue.DecideMalice(t.ctx, t.tx, clue.DecideMaliceInput{Target: target, Malicious: do == clue.DoMarkMalicious, Note: "已核对"})
	case clue.DoWithdrawMalicious:
		_, err = clue.WithdrawMalice(t.ctx, t.tx, target)
	default:
		if _, err = clue.Take(t.ctx, t.tx, target, do); err == nil {
			_, err = clue.Settle(t.ctx, t.tx, t.reload(c), clue.Outcome{Do: do})
		}
	}
	return err
}

// Every state × action × role: what the table offers happens, and all else is refused with the right code.
func TestAClueDoesWhatItsTableSaysAndNothingElse(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	cast := map[string]*actor.Actor{"nobody": actor.Anonymous, "the platform": actor.System("test")}
	for _, role := range actor.Roles {
		cast[string(role)] = town.person(fixture.As(role, fixture.Nanyuan, ""))
	}
	cast["a dispatcher elsewhere"] = town.person(fixture.As(actor.Dispatcher, fixture.Yuanling, ""))
	cast["the reporter"] = town.person(fixture.As(actor.Volunteer, fixture.Nanyuan, ""))
	holder := town.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	fixture.DutyGrid(t, town.ctx, town.tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, holder)
	const asker = "the duty lead who asked"
	cast[asker] = town.person(fixture.As(actor.DutyLead, fixture.Nanyuan, ""))
	triage := []string{string(actor.Dispatcher), string(actor.DutyLead), asker, "the platform"}
	sees := append([]string{string(actor.Supervisor), "the reporter"}, triage...)
	// Whether a report is malicious takes two persons, and is nothing that the platform decides.
	byTwo := map[clue.Action][]string{
		clue.DoAskMalicious:      {string(actor.DutyLead), asker},
		clue.DoMarkMalicious:     {string(actor.DutyLead), string(actor.Supervisor)},
		clue.DoRefuseMalicious:   {string(actor.DutyLead), string(actor.Supervisor)},
		clue.DoWithdrawMalicious: {asker},
	}

	for _, state := range clue.States {
		for _, do := range clue.Actions {
			if do == clue.DoAnswerVerification {
				continue // on the task: see the story of a verification
			}
			decides, malice := byTwo[do]
			if !malice {
				decides = triage
			}
			for name, who := range cast {
				what := fmt.Sprintf("%s a clue that is %s, by %s", do, state, name)
				savepoint(town)
				var c clue.Clue
				town.as(cast["the reporter"], func() { c = town.submitted(about(fixture.Rubbish)) })
				town.must(town.tx.Flush(town.ctx))
				_, err := town.tx.Exec(town.ctx, "update clues set state = $2 where id = $1", c.ID, state)
				town.must(err)
				if malice && do != clue.DoAskMalicious {
					_, err = town.tx.Exec(town.ctx, "update clues set malice_asked_by = $2, malice_reason = '每日同一照片' where id = $1", c.ID, cast[asker].ID)
					town.must(err)
				}
				if !state.Open() {
					escalation.StopAll(town.tx, escalation.OfClue(c.ID))
				}
				to, possible := clue.Next(state, do)
				offered := slices.Contains(town.reload(c).Actions(who), do)

				town.as(who, func() { err = town.perform(c, do) })
				switch {
				case !slices.Contains(sees, name):
					wantCode(t, what, err, clue.CodeNotFound)
				case !slices.Contains(decides, name):
					wantCode(t, what, err, clue.CodeNotYours)
				case possible != nil:
					wantCode(t, what, err, clue.CodeNotPossible)
				case err != nil:
					t.Errorf("%s: %v", what, err)
				case town.reload(c).State != to || town.reload(c).Version != c.Version+1:
					t.Errorf("%s: became %s, want %s", what, town.reload(c).State, to)
				}
				if offered != (err == nil) {
					t.Errorf("%s: offered %v, but %v", what, offered, err)
				}
				town.must(town.tx.Flush(town.ctx))
				if err == nil && !to.Open() {
					if n := town.count("select count(*) from deadlines where clue_id = $1 and state = 'armed'", c.ID); n != 0 {
						t.Errorf("%s: %d deadlines are still armed", what, n)
					}
				}
				rollback(town)
			}
		}
	}
}

func wantCode(t *testing.T, what string, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

func TestADecisionOnAnOldVersionIsRefused(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.submitted()
	town.as(town.dispatcher(), func() {
		old := c.Version - 1
		_, err := clue.Refuse(town.ctx, town.tx, clue.RefuseInput{Target: clue.Target{Clue: c.ID, Version: &old}, Reason: "不属实"})
		town.wantFault(err, clue.CodeStale, "version")
		_, err = clue.Refuse(town.ctx, town.tx, clue.RefuseInput{Target: clue.Target{Clue: c.ID, Version: &c.Version}, Reason: "不属实"})
		town.must(err)
	})
}

func TestDecisionsOweTheReporterAnAnswer(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	target := clue.Target{Clue: town.submitted().ID}
	town.as(town.dispatcher(), func() {
		_, err := clue.Refuse(town.ctx, town.tx, clue.RefuseInput{Target: target, Reason: " "})
		town.wantFault(err, clue.CodeTextMissing, "reason")
		_, err = clue.Refuse(town.ctx, town.tx, clue.RefuseInput{Target: target, Reason: strings.Repeat("长", 501)})
		town.wantFault(err, prose.CodeTooLong, "reason")
		_, err = clue.HandleOnSpot(town.ctx, town.tx, clue.HandleOnSpotInput{Target: target, Note: "\x00"})
		town.wantFault(err, clue.CodeTextMissing, "note")
		_, err = clue.Refer(town.ctx, town.tx, clue.ReferInput{Target: target, To: clue.OtherDesk})
		town.wantFault(err, clue.CodeTextMissing, "note")
		_, err = clue.Refer(town.ctx, town.tx, clue.ReferInput{Target: target, To: "fax"})
		town.wantFault(err, "UNKNOWN_SERVICE", "to")
		_, err = clue.Refuse(town.ctx, town.tx, clue.RefuseInput{Target: clue.Target{Clue: pg.NewID()}, Reason: "不属实"})
		town.wantFault(err, clue.CodeNotFound, "clue")

		c, err := clue.Refer(town.ctx, town.tx, clue.ReferInput{Target: target, To: clue.Fire119, Note: "有明火"})
		if err != nil || *c.Reason != "119：有明火" || c.State != clue.Referred {
			t.Fatalf("got %+v, %v", c, err)
		}
	})
}

func TestAVerificationGoesToTheHolderAndItsAnswerBackToTheDesk(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	dispatcher := town.dispatcher()
	holder := town.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	colleague := town.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	fixture.DutyGrid(t, town.ctx, town.tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, holder)
	c := town.submitted()

	town.as(dispatcher, func() {
		asked, err := clue.AskVerification(town.ctx, town.tx, clue.AskVerificationInput{Target: clue.Target{Clue: c.ID}})
		if err != nil || asked.State != clue.Verifying {
			t.Fatalf("got %+v, %v", asked, err)
		}
	})
	if n := town.count("select count(*) from clocks where clue_id = $1 and stopped_at is null", c.ID); n != 2 {
		t.Fatalf("%d clocks run, want those of the decision and of the verification", n)
	}
	if n := town.count("select count(*) from messages where person_id = $1 and kind = 'verify_asked'", holder.ID); n != 1 {
		t.Fatalf("the holder was told %d times", n)
	}

	var task clue.VerifyTask
	town.as(holder, func() {
		tasks, more, err := clue.Tasks(town.ctx, town.tx, clue.Page{First: 5})
		if err != nil || more || len(tasks) != 1 || tasks[0].DueAt == nil {
			t.Fatalf("got %v, %v", tasks, err)
		}
		task = tasks[0]
		if seen, err := clue.Get(town.ctx, town.tx, c.ID); err != nil || seen.Text == "" {
			t.Fatalf("the one who is asked must see what to look for: %v", err)
		}
	})
	where := town.here(fixture.Nanyuan, 2)
	answer := clue.AnswerVerificationInput{Task: task.ID, Confirmed: true, Note: "属实，货车仍在", Position: &where}
	town.as(colleague, func() {
		_, err := clue.AnswerVerification(town.ctx, town.tx, answer)
		town.wantFault(err, clue.CodeUnknownTask, "task")
		_, err = clue.Get(town.ctx, town.tx, c.ID)
		town.wantFault(err, clue.CodeNotFound, "")
	})
	town.as(holder, func() {
		bad := answer
		bad.Position = &geo.Position{Datum: geo.WGS84, Source: geo.SourceGNSS}
		_, err := clue.AnswerVerification(town.ctx, town.tx, bad)
		town.wantFault(err, geo.CodeNullIsland, "position")
		for range 2 { // a handheld repeats what it did not hear back
			answered, err := clue.AnswerVerification(town.ctx, town.tx, answer)
			if err != nil || answered.State != clue.TaskConfirmed || answered.Point == nil {
				t.Fatalf("got %+v, %v", answered, err)
			}
		}
		answer.Confirmed = false
		_, err = clue.AnswerVerification(town.ctx, town.tx, answer)
		town.wantFault(err, clue.CodeNotPossible, "")
	})
	if back := town.reload(c); back.State != clue.Submitted || back.Version != 3 {
		t.Fatalf("got %s, version %d", back.State, back.Version)
	}
	if n := town.count("select count(*) from messages where person_id = $1 and kind = 'verify_answered'", dispatcher.ID); n != 1 {
		t.Fatalf("the dispatcher was told %d times", n)
	}
	if n := town.count("select count(*) from clocks where clue_id = $1 and stage = 'verify' and stopped_at is not null", c.ID); n != 1 {
		t.Fatal("the clock of the verification runs on after the answer")
	}
}

func TestWhoVerifiesCanBeNamedIfOfThePlace(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	near := town.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.OffDuty())
	far := town.person(fixture.As(actor.GridWorker, fixture.Yuanling, ""))
	target := clue.Target{Clue: town.submitted().ID}
	ask := func(who *uuid.UUID) error {
		_, err := clue.AskVerification(town.ctx, town.tx, clue.AskVerificationInput{Target: target, Assignee: who})
		return err
	}
	town.as(town.dispatcher(), func() {
		town.wantFault(ask(nil), clue.CodeNobodyHolds, "assignee")
		town.wantFault(ask(&far.ID), clue.CodeNotAGridWorker, "assignee")
		town.must(ask(&near.ID))
	})
}

func TestADecisionCallsOffAVerification(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	holder := town.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	fixture.DutyGrid(t, town.ctx, town.tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, holder)
	c := town.submitted()
	town.as(town.dispatcher(), func() {
		town.must(town.perform(c, clue.DoAskVerification))
		town.must(town.perform(c, clue.DoHandleOnSpot))
	})
	town.must(town.tx.Flush(town.ctx))
	town.as(holder, func() {
		tasks, _, err := clue.Tasks(town.ctx, town.tx, clue.Page{First: 5})
		if err != nil || len(tasks) != 0 {
			t.Fatalf("still asked: %v, %v", tasks, err)
		}
	})
	of, err := clue.TasksOf(town.ctx, town.tx, []uuid.UUID{c.ID})
	if err != nil || len(of[c.ID]) != 1 || of[c.ID][0].State != clue.TaskCancelled {
		t.Fatalf("got %v, %v", of, err)
	}
	if n := town.count("select count(*) from clocks where clue_id = $1 and stopped_at is null", c.ID); n != 0 {
		t.Fatalf("%d clocks run on", n)
	}
}

func TestAnAnonymousReporterSeesTheWayOfTheReportAndNothingElse(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	dispatcher := town.dispatcher()
	receipt := town.submit(town.report())
	track := func(code string) clue.Progress {
		t.Helper()
		p, err := clue.Track(town.ctx, town.tx, town.intake.Keys, code)
		town.must(err)
		return p
	}
	code := *receipt.ClaimCode
	if p := track(strings.ToLower(strings.ReplaceAll(code, "-", " "))); p.Stage != clue.StageReceived || p.Number != receipt.Clue.Number || p.Outcome != nil {
		t.Fatalf("got %+v", p)
	}
	town.as(dispatcher, func() { town.must(town.perform(receipt.Clue, clue.DoRefuse)) })
	p := track(code)
	if p.Stage != clue.StageClosed || *p.Outcome != "not_filed" || *p.Reason != "不属实" || len(p.Steps) < 2 {
		t.Fatalf("got %+v", p)
	}

	_, err := clue.Track(town.ctx, town.tx, town.intake.Keys, "0000-0000-0000-0000")
	town.wantFault(err, clue.CodeUnknownClaim, "claimCode")
	_, err = clue.Track(town.ctx, town.tx, town.intake.Keys, "hello")
	town.wantFault(err, "CLAIM_CODE_MALFORMED", "claimCode")
}

func TestEveryStateOfACaseIsAStageOfItsReportersWay(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.submit(town.report())
	caseID := town.filed(receipt.Clue)
	for state, stage := range map[string]clue.Stage{
		"filed": clue.StageTriage, "routed": clue.StageTriage, "return_requested": clue.StageTriage, "working": clue.StageInWork,
		"suspended": clue.StageInWork, "reported": clue.StageInWork, "checking": clue.StageChecking,
		"closed": clue.StageClosed, "voided": clue.StageClosed, "force_closed": clue.StageClosed,
	} {
		_, err := town.tx.Exec(town.ctx, "update cases set state = $1", state)
		town.must(err)
		p, err := clue.Track(town.ctx, town.tx, town.intake.Keys, *receipt.ClaimCode)
		if err != nil || p.Stage != stage || (p.Outcome != nil) != (stage == clue.StageClosed) {
			t.Errorf("%s: %+v, %v", state, p, err)
		}
		if last := p.Steps[len(p.Steps)-1].Stage; slices.Index(clue.Stages, last) > slices.Index(clue.Stages, stage) {
			t.Errorf("%s: dated beyond its stage: %+v", state, p.Steps)
		}
	}
	behind, err := clue.OfCases(town.ctx, town.tx, []uuid.UUID{caseID})
	if err != nil || len(behind[caseID]) != 1 {
		t.Fatalf("got %v, %v", behind, err)
	}
}

func TestAReportBehindARestrictedCaseIsForItsReadersAndItsReporter(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.Nanyuan, ""))
	reader, colleague := town.dispatcher(), town.dispatcher()
	var c clue.Clue
	town.as(volunteer, func() { c = town.submitted() })
	caseID := town.filed(c)
	_, err := town.tx.Exec(town.ctx, "update cases set restricted = true")
	town.must(err)
	_, err = town.tx.Exec(town.ctx, "insert into case_readers (case_id, person_id) values ($1, $2)", caseID, reader.ID)
	town.must(err)

	for name, c := range map[string]struct {
		who  *actor.Actor
		sees int
	}{"a named reader": {reader, 1}, "a colleague": {colleague, 0}} {
		town.as(c.who, func() {
			if listed := town.pages(town.list(clue.Filter{})); len(listed) != c.sees {
				t.Errorf("%s lists %d", name, len(listed))
			}
		})
	}
	town.as(colleague, func() {
		_, err := clue.Get(town.ctx, town.tx, c.ID)
		town.wantFault(err, clue.CodeNotFound, "")
	})
	town.as(volunteer, func() {
		_, err := clue.Get(town.ctx, town.tx, c.ID)
		town.must(err)
	})
}

// filed makes a case of a clue.
func (t *town) filed(c clue.Clue) uuid.UUID {
	t.Helper()
	caseID := pg.NewID()
	_, err := t.tx.Exec(t.ctx, `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text,
			point, cell, street, standard_id, restricted, clue_count, filed_at, accepted_at, reported_at, closed_at)
		select $1, 'event', 'filed', 1, 1, 0, 0, category, urgent, 2, 'clue', text, point, cell, street,
			(select id from filing_standards limit 1), false, 1, $3, $3, $3, $3 from clues where id = $2`, caseID, c.ID, t.tx.Now)
	t.must(err)
	t.as(t.dispatcher(), func() {
		taken, err := clue.Take(t.ctx, t.tx, clue.Target{Clue: c.ID}, clue.DoFile)
		t.must(err)
		_, err = clue.Settle(t.ctx, t.tx, taken, clue.Outcome{Do: clue.DoFile, Case: &caseID})
		t.must(err)
	})
	return caseID
}

func TestAMergedReportIsToldAndCanBeTakenApartAgain(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.Nanyuan, ""))
	var c clue.Clue
	town.as(volunteer, func() { c = town.submitted() })
	town.as(town.dispatcher(), func() {
		town.must(town.perform(c, clue.DoMerge))
		town.must(town.perform(c, clue.DoUnmerge))
	})
	if back := town.reload(c); back.State != clue.Submitted || back.CaseID != nil || back.DecidedAt != nil {
		t.Fatalf("got %+v", back)
	}
	if n := town.count("select count(*) from clocks where clue_id = $1 and stage = 'file' and stopped_at is null", c.ID); n != 1 {
		t.Fatalf("%d clocks of a decision", n)
	}
	for _, outcome := range []string{"merged", "unmerged"} {
		if n := town.count("select count(*) from messages where mark = $1 and params->>'outcome' = $2", volunteer.Mark, outcome); n != 1 {
			t.Errorf("the reporter was told %d times: %s", n, outcome)
		}
	}
	events, err := clue.Events(town.ctx, town.tx, []uuid.UUID{c.ID})
	if err != nil || len(events[c.ID]) != 3 {
		t.Fatalf("got %v, %v", events, err)
	}
	for _, e := range events[c.ID] {
		if e.Actor != nil && *e.Actor == volunteer.ID {
			t.Error("the history names the reporter")
		}
	}
}
