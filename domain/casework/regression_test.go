package casework_test

import (
	"slices"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/test/fixture"
)

// promises are what the case's running clocks have promised: when each began, and when it is due.
func (t *town) promises(c casework.Case) map[escalation.Stage][2]time.Time {
	t.Helper()
	found := map[escalation.Stage][2]time.Time{}
	for _, clock := range all(t, c, casework.ClocksOf) {
		if clock.StoppedAt == nil {
			found[clock.Stage] = [2]time.Time{clock.StartedAt, clock.DueAt}
		}
	}
	return found
}

// Peers restart the clock whenever a ticket is touched: whoever is late touches it.
func TestUpdatingACaseDoesNotRestartItsClock(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	promised := town.promises(c)
	second := town.person(fixture.As(actor.Handler, fixture.District, fixture.Fire))
	leads := town.person(fixture.As(actor.DutyLead, fixture.Nanyuan, ""))
	var merged clue.Clue
	for _, touch := range []struct {
		what string
		do   func()
	}{
		{"another handler", func() {
			done(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: second.ID})
		}},
		{"the first one again", func() {
			done(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
		}},
		{"a clue merged", func() {
			merged = town.reported(actor.Anonymous, fixture.BlockedExit).Clue
			done(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: merged.ID}, Case: c.ID})
		}},
		{"and taken out", func() { done(town, town.dispatcher, casework.Unmerge, clue.Target{Clue: merged.ID}) }},
		{"an extension asked for", func() {
			done(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Extension, Reason: "等配件"})
		}},
		{"and refused", func() {
			done(town, town.dispatcher, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: casework.Extension, Note: "不必"})
		}},
		{"a voiding asked for", func() {
			done(town, town.lead, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Voiding, Reason: "重复"})
		}},
		{"and refused, by another", func() {
			done(town, leads, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: casework.Voiding, Note: "不重复"})
		}},
		{"a disposal reported and sent back", func() {
			done(town, town.handler, casework.ReportDisposal, town.disposal(c))
			done(town, town.desk, casework.SendBack, casework.NoteInput{Target: of(c), Note: "没拍清楚"})
		}},
	} {
		town.tx.Now = town.tx.Now.Add(7 * time.Minute)
		touch.do()
		town.flush()
		now := town.promises(c)
		for stage, promise := range promised {
			if now[stage] != promise {
				t.Errorf("%s: the clock %s is %v, and was %v", touch.what, stage, now[stage], promise)
			}
		}
	}
}

// New rules and new standards are for what comes: a case that was routed is neither routed nor pressed again for them.
func TestARuleUpdateDoesNotFireTwice(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.routed()
	promised := town.promises(c)
	press := func() int {
		t.Helper()
		n := 0
		fixture.Do(town.tx, actor.System("keeper"), func() {
			var err error
			n, err = casework.Press(town.ctx, town.tx, 100)
			town.must(err)
		})
		town.flush()
		return n
	}
	town.tx.Now = town.tx.Now.Add(30 * time.Minute) // half of the hour in which it has to be accepted
	if n := press(); n != 1 {
		t.Fatalf("%d steps fired at half the limit", n)
	}
	town.exec(`insert into rule_sets (version, state, note, effective_from, created_at) values (2, 'published', '改', $1, $1)`, town.tx.Now)
	town.exec(`insert into routing_rules (version, position, code, name_zh, name_en, conditions, outcome)
		select 2, position, code, name_zh, name_en, conditions, jsonb_set(outcome, '{department}', '"urban_management"') from routing_rules where version = 1`)
	town.exec(`insert into filing_standards (id, version, category, position, condition_zh, condition_en, limit_number, limit_unit, closing_zh, closing_en,
			department, assisting, legal_basis, urgent)
		select gen_random_uuid(), 2, category, position, condition_zh, condition_en, 1, limit_unit, closing_zh, closing_en, department, assisting, legal_basis, urgent
		from filing_standards where version = 1`)
	c = town.routes(town.now(c))
	if *c.Department != fixture.Fire || c.State != casework.Routed {
		t.Errorf("the new rules took it to %s", *c.Department)
	}
	if n := press(); n != 0 {
		t.Errorf("%d steps fired again", n)
	}
	for stage, now := range town.promises(c) {
		if promised[stage] != now {
			t.Errorf("the clock %s moved from %v to %v", stage, promised[stage], now)
		}
	}
	if events := town.timeline(c); slices.Index(events, "routed") < 0 || len(slices.DeleteFunc(events, func(e string) bool { return e != "routed" })) != 1 {
		t.Errorf("%v", town.timeline(c))
	}
}

func TestWhoseReportWasTakenOutHearsNothingMoreOfTheCase(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	stays, leaves := town.person(fixture.As(actor.Volunteer, fixture.CityCode, "")), town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	c := town.checking()
	for _, reporter := range []*actor.Actor{stays, leaves} {
		id := town.reported(reporter, fixture.BlockedExit).Clue.ID
		done(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: id}, Case: c.ID})
		if reporter == leaves {
			done(town, town.dispatcher, casework.Unmerge, clue.Target{Clue: id})
		}
	}
	heard := town.outcomes(leaves)
	done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(town.now(c), true)), Pass: true})
	done(town, town.supervisor, casework.Reopen, casework.NoteInput{Target: of(c), Note: "没有修好"})
	town.same("whose report was taken out", town.outcomes(leaves), heard)
	if told := town.outcomes(stays); !slices.Contains(told, "closed") || !slices.Contains(told, "reopened") {
		t.Errorf("whose report stayed behind the case heard %v", told)
	}
}

// All clocks freeze, the one of a written reply too.
func TestASuspensionFreezesTheReplyThatIsOwed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.working()
	done(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Suspension, Reason: "等配件", Until: until(town.tx.Now.Add(48 * time.Hour))})
	done(town, town.supervisor, casework.OrderSupervision, casework.OrderInput{Target: of(c), Text: "请说明"})
	owed := town.promises(c)["reply"]
	if owed[1].IsZero() {
		t.Fatal("no reply is owed")
	}
	town.tx.Now = town.tx.Now.Add(30 * time.Minute)
	done(town, town.dispatcher, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: casework.Suspension, Grant: true})
	town.flush()
	town.tx.Now = town.tx.Now.Add(24 * time.Hour)
	fixture.Do(town.tx, actor.System("keeper"), func() {
		if n, err := casework.Press(town.ctx, town.tx, 100); n != 0 || err != nil {
			t.Errorf("%d steps fired in a case that is suspended, %v", n, err)
		}
	})
	done(town, town.dispatcher, casework.Resume, casework.NoteInput{Target: of(c), Note: "到了"})
	if now := town.promises(c)["reply"]; now[1].Sub(owed[1]) != 24*time.Hour {
		t.Errorf("the reply was due at %v, and is at %v", owed[1], now[1])
	}
	town.sound()
}

func until(at time.Time) *time.Time { return &at }
