package casework_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// contest is casework.Contest with the town's keys.
func (t *town) contest(by *actor.Actor, in casework.ContestInput) error {
	t.Helper()
	_, err := as(t, by, func(ctx context.Context, tx *pg.Tx, in casework.ContestInput) (clue.Clue, error) {
		return casework.Contest(ctx, tx, t.intake.Keys, in)
	}, in)
	return err
}

func myChecks(ctx context.Context, tx *pg.Tx, _ struct{}) ([]casework.CheckTask, error) {
	found, _, err := casework.MyChecks(ctx, tx, casework.Page{First: 10})
	return found, err
}

// closedFrom closes the case that a clue was filed as.
func (t *town) closedFrom(c clue.Clue) casework.Case {
	t.Helper()
	k := t.routes(t.filedFrom(c, fixture.BlockedExit))
	k = done(t, t.desk, casework.Accept, casework.AcceptInput{Target: of(k), Handler: t.handler.ID})
	k = done(t, t.handler, casework.ReportDisposal, t.disposal(k))
	k = done(t, t.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(k)})
	return done(t, t.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(t.seen(k, true)), Pass: true})
}

func TestAnAnonymousReporterReopensByClaimCodeWithinTheWindow(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.reported(actor.Anonymous, fixture.BlockedExit)
	c := town.closedFrom(receipt.Clue)
	in := casework.ContestInput{ClaimCode: *receipt.ClaimCode, Reason: "车又停回来了"}

	town.tx.Now = c.ClosedAt.Add(72 * time.Hour)
	town.must(town.contest(actor.Anonymous, in))
	c = town.now(c)
	town.is(c, casework.Filed)
	town.runs(c, "dispatch total")
	if c.Round != 2 || c.Level != 0 || c.Department != nil || c.HandlerID != nil || c.ClosedAt != nil {
		t.Errorf("%+v", c)
	}
	rounds := all(town, c, casework.RoundsOf)
	if len(rounds) != 2 || *rounds[0].Outcome != casework.Closed || rounds[1].OpenedBecause != casework.BecauseReporter || rounds[1].Trace != nil {
		t.Errorf("%+v", rounds)
	}
	town.same("jobs", town.texts(`select kind from outbox where kind = 'case.route' and payload->>'case' = $1`, c.ID.String()), []string{"case.route", "case.route"})
	c = town.routes(c)
	town.is(c, casework.Routed)
	town.refused("reopening what is open", town.contest(actor.Anonymous, in), "ACTION_NOT_POSSIBLE", "")
}

func TestAReporterIsToldThatTheWindowIsOver(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.reported(actor.Anonymous, fixture.BlockedExit)
	c := town.closedFrom(receipt.Clue)
	town.tx.Now = c.ClosedAt.Add(72*time.Hour + time.Second)
	err := town.contest(actor.Anonymous, casework.ContestInput{ClaimCode: *receipt.ClaimCode, Reason: "车又停回来了"})
	town.refused("a second too late", err, "ACTION_NOT_YOURS", "")
	town.is(town.now(c), casework.Closed)
}

func TestASignedInReporterReopensAndIsNotNamed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	worker := town.person(fixture.As(actor.GridWorker, fixture.Yuanling, ""), fixture.As(actor.Volunteer, fixture.CityCode, ""))
	own := town.reported(worker, fixture.BlockedExit).Clue
	c := town.closedFrom(own)
	stranger := town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	in := casework.ContestInput{Clue: own.ID, Reason: "没有整改"}
	town.refused("another volunteer", town.contest(stranger, in), "CLUE_NOT_FOUND", "clue")
	town.refused("the dispatcher, who reads it", town.contest(town.dispatcher, in), "CLUE_NOT_FOUND", "clue")
	town.must(town.contest(worker, in))
	town.is(town.now(c), casework.Filed)
	town.same("who did it", town.texts(`select actor_role || coalesce(actor_id::text, '') from case_events where kind = 'reopened'`), []string{"reporter"})
	town.same("what the audit log says", town.texts(`select actor || coalesce(actor_id::text, '') from audits where action = 'case.reopen'`), []string{"reporter"})
	got := town.outcomes(worker)
	if got[len(got)-1] != "reopened" {
		t.Errorf("the reporter was told %v", got)
	}
}

func TestContestingTakesAReasonAndACase(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.reported(actor.Anonymous, fixture.BlockedExit)
	in := casework.ContestInput{ClaimCode: *receipt.ClaimCode, Reason: "没有整改"}
	town.refused("no case yet", town.contest(actor.Anonymous, in), "ACTION_NOT_POSSIBLE", "")
	in.Reason = ""
	town.refused("no reason", town.contest(actor.Anonymous, in), "TEXT_MISSING", "reason")
	town.refused("no such code", town.contest(actor.Anonymous, casework.ContestInput{ClaimCode: "0000-0000-0000-0000", Reason: "没有整改"}), clue.CodeUnknownClaim, "claimCode")
	town.refused("neither code nor clue", town.contest(actor.Anonymous, casework.ContestInput{Clue: uuid.New(), Reason: "没有整改"}), "CLUE_NOT_FOUND", "clue")
}

func TestASupervisorReopensAtAnyTimeUnderTheCurrentStandard(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.closed()
	before := all(town, c, casework.ClocksOf)
	town.exec(`insert into filing_standards select gen_random_uuid(), 2, category, position, condition_zh, condition_en, 1,
		limit_unit, closing_zh, closing_en, department, assisting, legal_basis, urgent from filing_standards`)
	town.tx.Now = town.tx.Now.Add(30 * 24 * time.Hour)
	note := casework.NoteInput{Target: of(c), Note: "抽查发现未整改"}
	_, err := as(town, town.dispatcher, casework.Reopen, note)
	town.refused("the dispatcher who closed it", err, "ACTION_NOT_YOURS", "")
	c = done(town, town.supervisor, casework.Reopen, note)
	if r := town.round(c); r.StandardVersion != 2 || r.OpenedBecause != casework.BecauseSupervisor {
		t.Errorf("%+v", r)
	}
	c = town.routes(c)
	if !c.DueAt.Equal(town.tx.Now.Add(time.Hour)) {
		t.Errorf("due %v: the new standard gives an hour", c.DueAt)
	}
	after := all(town, c, casework.ClocksOf)
	for _, clock := range before {
		for _, now := range after {
			if now.ID == clock.ID && (!now.DueAt.Equal(clock.DueAt) || now.Round != 1 || now.StoppedAt == nil) {
				t.Errorf("a clock of the first round changed: %+v", now)
			}
		}
	}
}

func TestThePublishedWindowIsPinnedWhenACaseCloses(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.exec(`insert into stage_limits select 2, stage, urgent, case stage when 'reopen' then 24 else limit_number end, limit_unit from stage_limits`)
	receipt := town.reported(actor.Anonymous, fixture.BlockedExit)
	c := town.closedFrom(receipt.Clue)
	if want := c.ClosedAt.Add(24 * time.Hour); c.ContestableUntil == nil || !c.ContestableUntil.Equal(want) {
		t.Fatalf("contestable until %v, want %v", c.ContestableUntil, want)
	}

	// A longer window that is published later moves nothing that is closed.
	town.exec(`insert into stage_limits select 3, stage, urgent, case stage when 'reopen' then 240 else limit_number end, limit_unit
		from stage_limits where version = 2`)
	in := casework.ContestInput{ClaimCode: *receipt.ClaimCode, Reason: "车又停回来了"}
	town.tx.Now = c.ClosedAt.Add(24*time.Hour + time.Second)
	town.refused("after the old window", town.contest(actor.Anonymous, in), "ACTION_NOT_YOURS", "")
	town.tx.Now = c.ClosedAt.Add(24 * time.Hour)
	town.must(town.contest(actor.Anonymous, in))
	if again := town.now(c); again.ContestableUntil != nil {
		t.Errorf("an open case is contestable until %v", again.ContestableUntil)
	}
}

func TestWithoutAPublishedWindowThreeDaysAreTheRule(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.exec(`delete from stage_limits where stage = 'reopen'`)
	c := town.closed()
	if !c.ContestableUntil.Equal(c.ClosedAt.Add(72 * time.Hour)) {
		t.Errorf("contestable until %v", c.ContestableUntil)
	}
}

func TestARandomReinspectionReopensWhatWasNotFixed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.closed()
	sampled := func(ctx context.Context, tx *pg.Tx, why string) (casework.Case, error) {
		return casework.ReopenFoundUnfixed(ctx, tx, of(c), why)
	}
	_, err := as(town, town.supervisor, sampled, " ")
	town.refused("without what was seen", err, "TEXT_MISSING", "note")
	_, err = as(town, town.dispatcher, sampled, "垃圾仍在")
	town.refused("the dispatcher who closed it", err, "ACTION_NOT_YOURS", "")
	c = done(town, town.supervisor, sampled, "垃圾仍在")
	town.is(c, casework.Filed)
	if r := town.round(c); c.Round != 2 || r.OpenedBecause != casework.BecauseSampling {
		t.Errorf("round %d opened because of %s", c.Round, r.OpenedBecause)
	}
	_, err = as(town, town.supervisor, sampled, "垃圾仍在")
	town.refused("what is open", err, "ACTION_NOT_POSSIBLE", "")
}
