package measure_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/measure"
	"gridwork/test/fixture"
)

// standing are a few measures in force.
func (t *figures) measured() {
	t.Helper()
	ratio := func(key string, over []measure.Term, under ...measure.Term) measure.Measure {
		return measure.Measure{Key: key, NameZH: key, NameEN: key, Unit: measure.Ratio, Numerator: over, Denominator: under, OfDepartments: true, Source: "x"}
	}
	filing := ratio("filing", []measure.Term{"reports_filed"}, "reports")
	filing.OfDepartments = false
	coverage := ratio("coverage", []measure.Term{"cells_visited"}, "cells")
	coverage.OfDepartments = false
	done(t, t.Admin, measure.Publish, []measure.Measure{
		filing,
		ratio("closing", []measure.Term{"closed"}, "due", "-deferred"),
		ratio("on_time", []measure.Term{"closed_on_time"}, "due", "-deferred"),
		ratio("right", []measure.Term{"dispatched_right"}, "dispatched"),
		ratio("sent_up", []measure.Term{"disputes_sent_up"}, "disputes"),
		ratio("rework", []measure.Term{"reworks"}, "disposals"),
		coverage,
		{Key: "accepting", NameZH: "接件", NameEN: "accepting", Unit: measure.Second, Stage: "accept", Quantile: 0.5, OfDepartments: true, Source: "x"},
	})
}

// year is a filter over all of it.
func year(by measure.Dimension) measure.Filter {
	return measure.Filter{From: calendar.Date{Year: 2026, Month: 1, Day: 1}, To: calendar.Date{Year: 2026, Month: 12, Day: 31}, By: by}
}

// shown is numerator and denominator of one measure, by group.
func (t *figures) shown(who *actor.Actor, f measure.Filter, key string) map[string][2]int {
	t.Helper()
	shown := map[string][2]int{}
	for _, g := range done(t, who, measure.Indicators, f) {
		for _, i := range g.Indicators {
			if i.Measure.Key == key {
				shown[g.Key] = [2]int{i.Numerator, i.Denominator}
			}
		}
	}
	return shown
}

func (t *figures) shows(who *actor.Actor, f measure.Filter, key string, want map[string][2]int) {
	t.Helper()
	got := t.shown(who, f, key)
	for group, numbers := range want {
		if got[group] != numbers {
			t.Errorf("%s of %q is %v, want %v (of %v)", key, group, got[group], numbers, got)
		}
	}
}

func (t *figures) indicator(who *actor.Actor, f measure.Filter, key string) (found measure.Indicator) {
	t.Helper()
	for _, g := range done(t, who, measure.Indicators, f) {
		i := slices.IndexFunc(g.Indicators, func(i measure.Indicator) bool { return i.Measure.Key == key })
		if i < 0 {
			t.Fatalf("there is no %s", key)
		}
		found = g.Indicators[i]
	}
	return found
}

// behind are the cases behind a number, page by page of two.
func (t *figures) behind(who *actor.Actor, i measure.Indicator, part measure.Part) (ids []uuid.UUID) {
	t.Helper()
	fixture.Do(t.Tx, who, func() {
		var after *uuid.UUID
		for more := true; more; {
			var page []casework.Case
			var err error
			page, more, err = i.Behind(t.Ctx, t.Tx, part, after, 2)
			t.Must(err)
			for _, c := range page {
				ids = append(ids, c.ID)
				after = &c.ID
			}
		}
	})
	return ids
}

func TestIndicatorsOpenTheCasesBehindThem(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	town.measured()
	closed, open := town.Closed(), town.Working()
	late := town.Working()
	town.Later(6 * time.Hour) // two past the limit
	late = town.Checked(late, true)
	reworked := town.Checked(town.Working(), false)
	deferred := done(town, town.Fire, casework.Ask, casework.AskInput{Target: of(town.Working()), Kind: casework.Suspension, Reason: "备料", Until: town.in(48 * time.Hour)})
	done(town, town.Dispatcher, casework.DecideRequest, casework.DecideRequestInput{Target: of(deferred), Kind: casework.Suspension, Grant: true})
	town.Routed(town.Filed(fixture.Rubbish))
	town.RollsUp(100)

	all := year(measure.Together)
	town.shows(town.Supervisor, all, "closing", map[string][2]int{"": {2, 5}})
	town.shows(town.Supervisor, all, "on_time", map[string][2]int{"": {1, 5}})
	town.shows(town.Supervisor, all, "rework", map[string][2]int{"": {1, 3}})
	town.shows(town.Supervisor, all, "filing", map[string][2]int{"": {6, 6}})
	town.shows(town.Supervisor, all, "coverage", map[string][2]int{"": {1, 16}})
	town.shows(town.Dispatcher, all, "coverage", map[string][2]int{"": {1, 8}})
	town.shows(town.Supervisor, year(measure.ByRegion), "closing", map[string][2]int{fixture.Nanyuan: {2, 5}, fixture.Yuanling: {0, 0}})
	town.shows(town.Dispatcher, year(measure.ByRegion), "closing", map[string][2]int{fixture.Nanyuan + "001": {2, 5}})
	town.shows(town.Supervisor, year(measure.ByDepartment), "closing", map[string][2]int{fixture.Fire: {2, 4}, fixture.Urban: {0, 1}})
	town.shows(town.Supervisor, year(measure.ByCategory), "closing", map[string][2]int{fixture.BlockedExit: {2, 4}, fixture.Rubbish: {0, 1}})
	town.shows(town.Supervisor, year(measure.ByDay), "rework", map[string][2]int{"2026-11-18": {1, 3}})
	town.shows(town.Fire, all, "closing", map[string][2]int{"": {2, 4}})
	if found := town.shown(town.Fire, all, "filing"); len(found) > 0 {
		t.Errorf("of a department, filing says %v", found)
	}

	closing := town.indicator(town.Supervisor, all, "closing")
	same(t, "closed", town.behind(town.Supervisor, closing, measure.Above), late.ID, closed.ID)
	if n := len(town.behind(town.Supervisor, closing, measure.Below)); n != 5 {
		t.Errorf("%d cases are due", n)
	}
	fire := town.indicator(town.Fire, all, "closing")
	same(t, "due of fire and not closed", town.behind(town.Fire, fire, measure.Beside), reworked.ID, open.ID)
	if n := len(town.behind(town.Supervisor, town.indicator(town.Supervisor, all, "accepting"), measure.Below)); n != 5 {
		t.Errorf("%d cases were accepted", n)
	}
	if n := len(town.behind(town.Admin, town.indicator(town.Admin, all, "closing"), measure.Below)); n != 0 {
		t.Errorf("an administrator opens %d cases", n)
	}

	for _, who := range []*actor.Actor{town.Worker, town.Handler, actor.Anonymous} {
		_, err := as(town, who, measure.Indicators, all)
		town.Refused("somebody without figures", err, "ACTION_NOT_YOURS", "")
	}
	_, err := as(town, town.Supervisor, measure.Indicators, measure.Filter{From: all.To, To: all.From})
	town.Refused("a period that ends first", err, "PERIOD_REVERSED", "to")
	_, err = as(town, town.Supervisor, measure.Indicators, measure.Filter{From: calendar.Date{Year: 2020, Month: 1, Day: 1}, To: all.To})
	town.Refused("a long one", err, "PERIOD_TOO_LONG", "to")
	_, err = as(town, town.Supervisor, measure.Indicators, measure.Filter{From: all.From, To: all.To, Category: "08x"})
	town.Refused("no category", err, "CATEGORY_CODE", "category")
}

func same(t *testing.T, what string, got []uuid.UUID, want ...uuid.UUID) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func (t *figures) in(d time.Duration) *time.Time { at := t.Tx.Now.Add(d); return &at }

func TestFiguresAreCorrectedByWhatComesLater(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	town.measured()
	late := town.Working()
	town.Later(6 * time.Hour)
	late = town.Checked(late, true)
	all := year(measure.Together)
	now := func(closing, onTime [2]int) {
		t.Helper()
		town.RollsUp(100)
		town.shows(town.Supervisor, all, "closing", map[string][2]int{"": closing})
		town.shows(town.Supervisor, all, "on_time", map[string][2]int{"": onTime})
	}
	now([2]int{1, 1}, [2]int{0, 1})

	a := done(town, town.Fire, casework.AppealLateness, casework.AppealInput{Clock: uuid.MustParse(town.Rows(
		`select id::text from clocks where case_id = $1 and stage = 'dispose'`, late.ID)[0]), Grounds: "台风停工"})
	done(town, town.Supervisor, casework.DecideAppeal, casework.DecideAppealInput{Appeal: a.ID, Grant: true, Note: "属实"})
	now([2]int{1, 1}, [2]int{0, 1})
	done(town, town.Second, casework.DecideAppeal, casework.DecideAppealInput{Appeal: a.ID, Grant: true, Note: "属实"})
	now([2]int{1, 1}, [2]int{1, 1})

	// The closing did not hold: the round owes it still, and the next one has a promise of its own.
	done(town, town.Supervisor, casework.Reopen, casework.NoteInput{Target: of(late), Note: "又堵了"})
	now([2]int{0, 1}, [2]int{0, 1})
	again := town.Routed(town.Now(late))
	now([2]int{0, 2}, [2]int{0, 2})
	town.Checked(done(town, town.Fire, casework.Accept, casework.AcceptInput{Target: of(again), Handler: town.Handler.ID}), true)
	now([2]int{1, 2}, [2]int{1, 2})

	voided := town.Working()
	now([2]int{1, 3}, [2]int{1, 3})
	done(town, town.Lead, casework.Ask, casework.AskInput{Target: of(voided), Kind: casework.Voiding, Reason: "重复"})
	done(town, town.Supervisor, casework.DecideRequest, casework.DecideRequestInput{Target: of(voided), Kind: casework.Voiding, Grant: true})
	now([2]int{1, 2}, [2]int{1, 2})
}

func TestTimesOfStagesAreWithinATenthOfTheTruth(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	town.measured()
	for i := range 9 {
		c := town.Routed(town.Filed(fixture.BlockedExit))
		took := time.Duration(2*i+1) * time.Minute
		town.Later(took)
		done(town, town.Fire, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.Handler.ID})
	}
	town.RollsUp(100)
	i := town.indicator(town.Supervisor, year(measure.Together), "accepting")
	if truth := (9 * time.Minute).Seconds(); i.Denominator != 9 || math.Abs(*i.Value-truth) > truth/10 {
		t.Errorf("%d were accepted, half of them within %.0f s, want %.0f", i.Denominator, *i.Value, truth)
	}
}

func TestNothingIsCountedTwiceForWhoeverHoldsSeveralGrants(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	town.measured()
	town.Closed()
	town.Routed(town.Filed(fixture.Rubbish))
	town.RollsUp(100)
	all := year(measure.Together)
	for name, grants := range map[string][]actor.Grant{
		"a street twice":                  {{Role: actor.Dispatcher, Region: fixture.Nanyuan}, {Role: actor.DutyLead, Region: fixture.Nanyuan}},
		"a street within a district":      {{Role: actor.Dispatcher, Region: fixture.Nanyuan}, {Role: actor.Supervisor, Region: fixture.District}},
		"a desk around a street":          {{Role: actor.Dispatcher, Region: fixture.Nanyuan}, {Role: actor.DepartmentDesk, Region: fixture.District, Department: fixture.Fire}},
		"a desk within a street's reach":  {{Role: actor.Supervisor, Region: fixture.District}, {Role: actor.DepartmentDesk, Region: fixture.Nanyuan, Department: fixture.Fire}},
		"two desks, of which one is wide": {{Role: actor.DepartmentDesk, Region: fixture.District, Department: fixture.Fire}, {Role: actor.DepartmentDesk, Region: fixture.Nanyuan, Department: fixture.Urban}},
	} {
		who := &actor.Actor{ID: uuid.New(), Grants: grants}
		if got := town.shown(who, all, "closing")[""]; got != [2]int{1, 2} {
			t.Errorf("%s: %v", name, got)
		}
		if got := town.shown(who, year(measure.ByDepartment), "closing"); got[fixture.Fire] != [2]int{1, 1} || got[fixture.Urban] != [2]int{0, 1} {
			t.Errorf("%s, by department: %v", name, got)
		}
	}
	other := &actor.Actor{ID: uuid.New(), Grants: []actor.Grant{{Role: actor.Dispatcher, Region: fixture.Yuanling}}}
	town.shows(other, all, "closing", map[string][2]int{"": {0, 0}})
	if got := town.shown(other, measure.Filter{From: all.From, To: all.To, Region: fixture.Nanyuan}, "closing"); len(got) > 0 {
		t.Errorf("somebody else's street: %v", got)
	}
}

func TestTheShareOfDisputesThatWereSentUpIsOfThoseThatEnded(t *testing.T) {
	t.Parallel()
	town := newFigures(t)
	town.measured()
	court := casework.ToCourt
	for _, outcome := range []*casework.OutcomeInput{{Outcome: casework.Settled}, {Outcome: casework.SentUp, To: &court, Reason: "调解不成"}, {Outcome: casework.Settled}} {
		c := done(town, town.Dispatcher, casework.RouteByHand, casework.RouteInput{Target: of(town.Routed(town.Filed(fixture.Quarrel))), Department: fixture.Urban})
		c = done(town, town.Urban, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.Sweeper.ID})
		in := town.Disposal(c)
		in.Outcome = outcome
		done(town, town.Sweeper, casework.ReportDisposal, in)
		done(town, town.Urban, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
		done(town, town.Worker, casework.AnswerCheck, casework.AnswerCheckInput{Task: town.Check(c).ID, Fixed: true, Note: "看过"})
		done(town, town.Dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Pass: true})
	}
	town.Filed(fixture.Quarrel) // has not ended
	town.RollsUp(100)
	town.shows(town.Supervisor, year(measure.ByDepartment), "sent_up", map[string][2]int{fixture.Urban: {1, 3}, fixture.Fire: {0, 0}})
}
