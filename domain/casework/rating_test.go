package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// rates is casework.Rate with the town's keys.
func (t *town) rates(by *actor.Actor, in casework.RateInput) error {
	t.Helper()
	_, err := as(t, by, func(ctx context.Context, tx *pg.Tx, in casework.RateInput) (clue.Clue, error) {
		return casework.Rate(ctx, tx, t.intake.Keys, in)
	}, in)
	return err
}

func (t *town) ratings(c casework.Case) casework.Ratings {
	t.Helper()
	return done(t, t.supervisor, func(ctx context.Context, tx *pg.Tx, id uuid.UUID) (casework.Ratings, error) {
		found, err := casework.RatingsOf(ctx, tx, []uuid.UUID{id})
		if len(found) == 0 {
			return casework.Ratings{}, err
		}
		return found[0], err
	}, c.ID)
}

func TestEveryReporterOfACaseRatesItsOutcomeAndMayThinkAgain(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	worker := town.person(fixture.As(actor.GridWorker, fixture.Yuanling, ""), fixture.As(actor.Volunteer, fixture.CityCode, ""))
	first := town.reported(actor.Anonymous, fixture.BlockedExit)
	own := town.reported(worker, fixture.BlockedExit).Clue
	c := town.routes(town.filedFrom(first.Clue, fixture.BlockedExit))
	done(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: own.ID}, Case: c.ID})
	town.refused("what is still open", town.rates(worker, casework.RateInput{Clue: own.ID, Score: 5}), "ACTION_NOT_POSSIBLE", "")
	c = town.closesOf(town.now(c))
	if asked := town.outcomes(worker); asked[len(asked)-1] != "rating_asked" {
		t.Errorf("the reporter was told %v", asked)
	}

	town.must(town.rates(actor.Anonymous, casework.RateInput{ClaimCode: *first.ClaimCode, Score: 2, Comment: "晚了"}))
	town.must(town.rates(worker, casework.RateInput{Clue: own.ID, Score: 3}))
	town.tx.Now = c.ClosedAt.Add(72 * time.Hour)
	town.must(town.rates(worker, casework.RateInput{Clue: own.ID, Score: 5, Comment: " 很好 "}))

	got := town.ratings(c)
	want := []casework.Comment{{c.ID, 1, 1, 2, "晚了"}, {c.ID, 2, 1, 5, "很好"}}
	if got.Count != 2 || *got.Average != 3.5 || !slices.Equal(got.Comments, want) {
		t.Errorf("%+v", got)
	}
	town.flush()
	town.same("who did it", town.texts(`select distinct actor_role || coalesce(actor_id::text, '') from case_events where kind = 'rated'`), []string{"reporter"})
	town.same("what the audit log says", town.texts(`select distinct actor || coalesce(actor_id::text, '') from audits where action = 'clue.rate'`), []string{"reporter"})
	for _, table := range []string{"ratings", "case_events"} {
		for _, row := range town.texts(`select x::text from ` + table + ` x`) {
			if strings.Contains(row, worker.ID.String()) || strings.Contains(row, worker.Name) {
				t.Errorf("%s names the reporter: %s", table, row)
			}
		}
	}
	town.tx.Now = town.tx.Now.Add(time.Second)
	town.refused("too late", town.rates(worker, casework.RateInput{Clue: own.ID, Score: 1}), "RATING_OVER", "")
	town.sound()
}

// closesOf brings a case that is with its department to its end.
func (t *town) closesOf(c casework.Case) casework.Case {
	t.Helper()
	c = done(t, t.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: t.handler.ID})
	c = done(t, t.handler, casework.ReportDisposal, t.disposal(c))
	c = done(t, t.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	return done(t, t.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(t.seen(c, true)), Pass: true})
}

func TestEachRoundHasARatingOfItsOwn(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.reported(actor.Anonymous, fixture.BlockedExit)
	c := town.closedFrom(receipt.Clue)
	in := casework.RateInput{ClaimCode: *receipt.ClaimCode, Score: 1, Comment: "没有整改"}
	town.must(town.rates(actor.Anonymous, in))
	town.must(town.contest(actor.Anonymous, casework.ContestInput{ClaimCode: *receipt.ClaimCode, Reason: "没有整改"}))
	town.refused("while it is open again", town.rates(actor.Anonymous, in), "ACTION_NOT_POSSIBLE", "")
	c = town.closesOf(town.routes(town.now(c)))
	own := []uuid.UUID{receipt.Clue.ID}
	rated, err := casework.RatingsByClue(town.ctx, town.tx, own)
	if err != nil || len(rated) > 0 {
		t.Errorf("the second round is rated %+v, %v", rated, err)
	}
	town.must(town.rates(actor.Anonymous, casework.RateInput{ClaimCode: *receipt.ClaimCode, Score: 4}))
	if rated, err = casework.RatingsByClue(town.ctx, town.tx, own); err != nil || rated[receipt.Clue.ID].Score != 4 {
		t.Errorf("the second round is rated %+v, %v", rated, err)
	}
	if got := town.ratings(c); got.Count != 2 || *got.Average != 2.5 || len(got.Comments) != 1 || got.Comments[0].Round != 1 {
		t.Errorf("%+v", got)
	}
}

func TestARatingIsRefusedWithCodeAndPath(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	receipt := town.reported(actor.Anonymous, fixture.BlockedExit)
	for name, c := range map[string]struct {
		in         casework.RateInput
		code, path string
	}{
		"no stars":         {casework.RateInput{ClaimCode: *receipt.ClaimCode}, "SCORE_OUT_OF_RANGE", "score"},
		"six stars":        {casework.RateInput{ClaimCode: *receipt.ClaimCode, Score: 6}, "SCORE_OUT_OF_RANGE", "score"},
		"too many words":   {casework.RateInput{ClaimCode: *receipt.ClaimCode, Score: 1, Comment: strings.Repeat("长", 501)}, "TEXT_TOO_LONG", "comment"},
		"no such code":     {casework.RateInput{ClaimCode: "0000-0000-0000-0000", Score: 1}, clue.CodeUnknownClaim, "claimCode"},
		"somebody's clue":  {casework.RateInput{Clue: receipt.Clue.ID, Score: 1}, "CLUE_NOT_FOUND", "clue"},
		"nothing is filed": {casework.RateInput{ClaimCode: *receipt.ClaimCode, Score: 1}, "ACTION_NOT_POSSIBLE", ""},
	} {
		town.refused(name, town.rates(town.dispatcher, c.in), c.code, c.path)
	}
}
