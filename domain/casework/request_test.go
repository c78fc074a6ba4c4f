package casework_test

import (
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/test/fixture"
)

// repairing is a damaged hydrant, five working days, that fire works on.
func (t *town) repairing() casework.Case {
	t.Helper()
	c := t.routes(t.filed(fixture.Hydrant))
	return done(t, t.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: t.handler.ID})
}

func (t *town) asks(by *actor.Actor, c casework.Case, kind casework.RequestKind, until *time.Time) casework.Case {
	t.Helper()
	return done(t, by, casework.Ask, casework.AskInput{Target: of(c), Kind: kind, Reason: "等待备件到货", Until: until})
}

func (t *town) grants(by *actor.Actor, c casework.Case, kind casework.RequestKind) casework.Case {
	t.Helper()
	return done(t, by, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: kind, Grant: true, Note: "属实"})
}

// resumes lets the keepers resume what is over.
func (t *town) resumes(want int) {
	t.Helper()
	t.flush()
	fixture.Do(t.tx, actor.System("deadline keeper"), func() {
		n, err := casework.ResumeDue(t.ctx, t.tx, 100)
		t.must(err)
		if n != want {
			t.Errorf("%d cases were resumed, want %d", n, want)
		}
	})
	t.flush()
}

func (t *town) calendar() *calendar.Calendar {
	t.Helper()
	cal, err := calendar.Current(t.ctx, t.tx)
	t.must(err)
	return cal
}

func city(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, time.FixedZone("city", 8*60*60))
}

func TestAPauseOf72HoursOverAWeekendIsNot72WorkingHours(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.repairing()
	started := town.clock(c, escalation.Dispose).StartedAt

	// From Friday noon to Monday noon three days pass, and one working day.
	town.tx.Now = city(time.November, 20, 12)
	monday := city(time.November, 23, 12)
	c = town.grants(town.dispatcher, town.asks(town.desk, c, casework.Suspension, &monday), casework.Suspension)
	town.is(c, casework.Suspended)
	if c.DueAt != nil {
		t.Errorf("due %v while nobody owes anything", c.DueAt)
	}
	town.tx.Now = monday
	town.resumes(1)
	c = town.now(c)
	town.is(c, casework.Working)

	want, err := town.calendar().Due(started, calendar.Limit{Number: 6, Unit: calendar.WorkingDay}, nil)
	if err != nil || c.DueAt == nil || !c.DueAt.Equal(want) {
		t.Errorf("due %v, want %v, %v", c.DueAt, want, err)
	}
	face := town.clock(c, escalation.Dispose)
	explained, err := face.Explain()
	if err != nil || explained.Due == nil || !explained.Due.Equal(*c.DueAt) || len(explained.Pauses) != 1 || explained.Pauses[0].Cost != 8*time.Hour {
		t.Errorf("explained as %+v, %v", explained, err)
	}
}

func TestASuspensionFreezesEveryClockAndResumesByItself(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.repairing()
	until := town.tx.Now.AddDate(0, 0, 20)
	c = town.asks(town.desk, c, casework.Suspension, &until)
	town.is(c, casework.Working)
	town.same("dispatcher", town.inbox(town.dispatcher), []string{"request_asked"})
	c = town.grants(town.lead, c, casework.Suspension)

	// Whatever its ladders would have done in between, nothing presses.
	told := len(town.inbox(town.handler))
	town.tx.Now = until.Add(-time.Minute)
	town.resumes(0)
	fixture.Do(town.tx, actor.System("deadline keeper"), func() {
		if fired, err := casework.Press(town.ctx, town.tx, 100); fired != 0 || err != nil {
			t.Errorf("%d steps fired in a suspended case, %v", fired, err)
		}
	})
	if got := len(town.inbox(town.handler)); got != told {
		t.Errorf("the handler was told %d more", got-told)
	}
	_, err := as(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	town.refused("work on it", err, "ACTION_NOT_POSSIBLE", "")

	town.tx.Now = until
	town.resumes(1)
	town.resumes(0)
	c = town.now(c)
	town.is(c, casework.Working)
	town.runs(c, "dispose total")
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "accepted", "suspension_asked", "suspended", "resumed"})
	town.same("handler", town.inbox(town.handler), []string{"handler_named", "request_decided", "case_resumed"})
	if r := last(town, c, casework.RequestsOf); r.State != casework.RequestGranted || r.EndedAt == nil || !r.EndedAt.Equal(until) || *r.DecidedBy != town.lead.ID {
		t.Errorf("%+v", r)
	}

	// Once in a round.
	later := until.AddDate(0, 0, 20)
	_, err = as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Suspension, Reason: "再等", Until: &later})
	town.refused("a second suspension", err, "ACTION_NOT_POSSIBLE", "")
}

func TestADispatcherEndsASuspensionBeforeItsTime(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	until := town.tx.Now.AddDate(0, 1, 0)
	c := town.grants(town.dispatcher, town.asks(town.desk, town.repairing(), casework.Suspension, &until), casework.Suspension)
	_, err := as(town, town.dispatcher, casework.Resume, casework.NoteInput{Target: of(c)})
	town.refused("without a reason", err, "TEXT_MISSING", "note")
	_, err = as(town, town.desk, casework.Resume, casework.NoteInput{Target: of(c), Note: "备件已到"})
	town.refused("by the department", err, "ACTION_NOT_YOURS", "")
	town.tx.Now = town.tx.Now.Add(24 * time.Hour)
	c = done(town, town.dispatcher, casework.Resume, casework.NoteInput{Target: of(c), Note: "备件已到"})
	town.is(c, casework.Working)
	town.tx.Now = until
	town.resumes(0)
	town.is(town.now(c), casework.Working)
}

func TestASuspensionEndsInTheFutureAndWithinAYear(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.repairing()
	now := town.tx.Now
	for name, until := range map[string]*time.Time{"no end": nil, "in the past": new(now.Add(-time.Hour)), "at once": &now, "in two years": new(now.AddDate(2, 0, 0))} {
		_, err := as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Suspension, Reason: "等待", Until: until})
		town.refused(name, err, "SUSPENSION_END", "until")
	}
	_, err := as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Extension, Reason: "等待", Until: new(now.Add(time.Hour))})
	town.refused("an extension with an end", err, "SUSPENSION_END", "until")
	_, err = as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Extension, Reason: " "})
	town.refused("without a reason", err, "TEXT_MISSING", "reason")
	if after := town.now(c); after.Version != c.Version || len(all(town, c, casework.RequestsOf)) != 0 {
		t.Errorf("something was changed: %+v", after)
	}
	town.tx.Now = c.DueAt.Add(time.Minute)
	_, err = as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Suspension, Reason: "等待", Until: new(town.tx.Now.Add(time.Hour))})
	town.refused("when it is late", err, "ACTION_NOT_POSSIBLE", "")
}

func TestTwoExtensionsOfTheOriginalLimitAndNoThird(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.repairing()
	clock := town.clock(c, escalation.Dispose)
	for n := 1; n <= 2; n++ {
		c = town.asks(town.desk, c, casework.Extension, nil)
		// It was asked for in time: that counts.
		town.tx.Now = c.DueAt.Add(time.Minute)
		c = town.grants(town.dispatcher, c, casework.Extension)
		want, err := town.calendar().Due(clock.StartedAt, calendar.Limit{Number: 5 * (n + 1), Unit: calendar.WorkingDay}, nil)
		if err != nil || !c.DueAt.Equal(want) {
			t.Errorf("extension %d: due %v, want %v, %v", n, c.DueAt, want, err)
		}
	}
	town.is(c, casework.Working)
	if now := town.clock(c, escalation.Dispose); now.ID != clock.ID || !now.StartedAt.Equal(clock.StartedAt) || now.Number != 15 {
		t.Errorf("the clock is %+v", now)
	}
	_, err := as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Extension, Reason: "还不够"})
	town.refused("a third", err, "ACTION_NOT_POSSIBLE", "")
}

func TestAnExtensionIntoAYearWithoutACalendarIsProvisional(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.tx.Now = city(time.December, 21, 10)
	c := town.grants(town.dispatcher, town.asks(town.desk, town.repairing(), casework.Extension, nil), casework.Extension)
	clock := town.clock(c, escalation.Dispose)
	if clock.MeantUnit == nil || *clock.MeantUnit != calendar.WorkingDay || !c.DueAt.Equal(clock.StartedAt.AddDate(0, 0, 10)) {
		t.Errorf("due %v on %+v", c.DueAt, clock.Clock)
	}
}

func TestASuspensionEndsThoughNobodyHasPublishedTheYear(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	until := city(time.December, 31, 17)
	c := town.grants(town.dispatcher, town.asks(town.desk, town.repairing(), casework.Suspension, &until), casework.Suspension)
	town.tx.Now = until
	town.resumes(1)
	town.is(town.now(c), casework.Working)
}

func TestARequestIsRefusedWithdrawnOrOvertakenAndThenAskedAgain(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.repairing()
	due := *c.DueAt
	c = town.asks(town.desk, c, casework.Extension, nil)
	_, err := as(town, town.desk, casework.Ask, casework.AskInput{Target: of(c), Kind: casework.Extension, Reason: "再问"})
	town.refused("asked twice", err, "ACTION_NOT_POSSIBLE", "")
	_, err = as(town, town.dispatcher, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: casework.Extension})
	town.refused("refused without a word", err, "TEXT_MISSING", "note")
	c = done(town, town.dispatcher, casework.DecideRequest, casework.DecideRequestInput{Target: of(c), Kind: casework.Extension, Note: "理由不足"})

	c = town.asks(town.desk, c, casework.Extension, nil)
	_, err = as(town, town.lead, casework.WithdrawRequest, casework.WithdrawRequestInput{Target: of(c), Kind: casework.Extension})
	town.refused("withdrawn by another", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.desk, casework.WithdrawRequest, casework.WithdrawRequestInput{Target: of(c), Kind: casework.Suspension})
	town.refused("withdrawn though not asked", err, "ACTION_NOT_POSSIBLE", "kind")
	c = done(town, town.desk, casework.WithdrawRequest, casework.WithdrawRequestInput{Target: of(c), Kind: casework.Extension})

	c = town.asks(town.desk, c, casework.Extension, nil)
	c = done(town, town.handler, casework.ReportDisposal, town.disposal(c))
	town.is(c, casework.Reported)
	if !c.DueAt.Equal(due) {
		t.Errorf("due %v, was %v: no grant moved it", c.DueAt, due)
	}
	var states []casework.RequestState
	for _, r := range all(town, c, casework.RequestsOf) {
		states = append(states, r.State)
	}
	if len(states) != 3 || states[0] != casework.RequestRefused || states[1] != casework.RequestWithdrawn || states[2] != casework.RequestOvertaken {
		t.Errorf("%v", states)
	}
}

func TestNobodyEndsACaseAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind  casework.RequestKind
		state casework.State
		at    func(*town) casework.Case
	}{
		"a filed case is voided":      {casework.Voiding, casework.Voided, func(t *town) casework.Case { return t.filed(fixture.Hydrant) }},
		"a suspended one":             {casework.Voiding, casework.Voided, suspended},
		"one that is checked":         {casework.ForcedClosing, casework.ForceClosed, (*town).checking},
		"one in return":               {casework.ForcedClosing, casework.ForceClosed, func(t *town) casework.Case { return t.returns(t.routed(), t.desk, fixture.Urban) }},
		"one that is being worked on": {casework.ForcedClosing, casework.ForceClosed, (*town).working},
	} {
		t.Run(name, func(t *testing.T) {
			town := newTown(t)
			other := town.person(fixture.As(actor.DutyLead, fixture.District, ""))
			ended := town.asks(town.lead, c.at(town), c.kind, nil)
			_, err := as(town, town.lead, casework.DecideRequest, casework.DecideRequestInput{Target: of(ended), Kind: c.kind, Grant: true})
			town.refused("by the same person", err, "ACTION_NOT_YOURS", "")
			_, err = as(town, town.dispatcher, casework.DecideRequest, casework.DecideRequestInput{Target: of(ended), Kind: c.kind, Grant: true})
			town.refused("by a dispatcher", err, "ACTION_NOT_YOURS", "")
			ended = town.grants(other, ended, c.kind)
			town.is(ended, c.state)
			town.runs(ended, "")
			if r := town.round(ended); r.Outcome == nil || *r.Outcome != c.state || r.ClosedAt == nil {
				t.Errorf("the round ended as %+v", r)
			}
			town.tx.Now = town.tx.Now.AddDate(1, 0, 1)
			town.resumes(0)
		})
	}
}

func suspended(t *town) casework.Case {
	until := t.tx.Now.AddDate(0, 1, 0)
	return t.grants(t.dispatcher, t.asks(t.desk, t.repairing(), casework.Suspension, &until), casework.Suspension)
}
