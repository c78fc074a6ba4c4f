package scenario

import (
	"context"
	"slices"
	"testing"
	"time"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// watch counts who was pressed and who was texted, step by step.
type watch struct {
	*stage
	staff map[string]*harness.Person
	seen  map[string]int
}

func (s *stage) watch(department string) *watch {
	return &watch{s, map[string]*harness.Person{
		"dispatcher": s.Dispatcher, "duty lead": s.DutyLead, "desk": s.Desks[department], "handler": s.Handlers[department],
		"worker": s.Worker, "supervisor": s.Supervisor, "far dispatcher": s.FarDispatcher, "far desk": s.FarDesk,
	}, map[string]int{}}
}

// expect compares who was pressed, and who got a text, since it was asked last. The platform has come to rest before.
func (w *watch) expect(when string, pressed, texted []string) {
	w.t.Helper()
	w.Settle()
	var gotPressed, gotTexted []string
	for name, p := range w.staff {
		n := w.told(p, "CASE_PRESSED") + w.told(p, "CLUE_PRESSED")
		for range n - w.seen[name] {
			gotPressed = append(gotPressed, name)
		}
		w.seen[name] = n
	}
	for _, text := range w.TakeSMS() {
		gotTexted = append(gotTexted, w.nameOf(text.Phone))
	}
	w.compare(when, "pressed", gotPressed, pressed)
	w.compare(when, "texted", gotTexted, texted)
}

func (w *watch) nameOf(phone string) string {
	for name, p := range w.staff {
		if p.Phone == phone {
			return name
		}
	}
	return "somebody else at " + phone
}

func (w *watch) compare(when, what string, got, want []string) {
	w.t.Helper()
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		w.t.Errorf("%s: %s were %q, expected %q", when, what, got, want)
	}
}

func list(names ...string) []string { return names }

// toNext moves the clock to the moment at which the ladder presses next on the disposal.
func (s *stage) toNext(clocks []clockView) {
	s.t.Helper()
	for _, c := range clocks {
		if c.Stage == "DISPOSE" && c.StoppedAt == nil && c.NextStepAt != nil {
			s.AdvanceTo(c.NextStepAt.Add(time.Millisecond))
			return
		}
	}
	s.t.Fatalf("no disposal is due: %+v", clocks)
}

func TestSilenceIsPressedStepByStepUntilSomebodyActs(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := s.watch(fixture.Urban)
	desk := s.As(s.Desks[fixture.Urban])

	// Given an urgent tip that the dispatcher has somebody verify,
	r := s.submit(s.Anyone(), tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 1})
	s.clueDone(s.As(s.Dispatcher), askVerification, harness.Vars{"clue": r.ID})
	w.expect("at once", nil, list("dispatcher", "worker"))

	// when nobody decides, half of the hour reminds the dispatcher, the whole hour calls the duty lead, and the missing
	// verification is the dispatcher's to see;
	s.Advance(30 * time.Minute)
	w.expect("half of the filing limit", list("dispatcher"), list("dispatcher"))
	s.Advance(30 * time.Minute)
	w.expect("the filing limit", list("dispatcher", "duty lead"), list("dispatcher", "duty lead"))

	// once filed, the desk is told, reminded, and after an hour of silence has accepted;
	c := s.file(r, fixture.Manhole)
	s.awaitState(c.ID, "ROUTED")
	w.expect("routed", nil, list("desk"))
	s.Advance(30 * time.Minute)
	w.expect("half of the accept limit", list("desk"), list("desk"))
	s.Advance(30 * time.Minute)
	deemed := s.awaitState(c.ID, "WORKING")
	if !deemed.Assignments[0].Deemed || deemed.Handler != nil || deemed.running("ACCEPT") != nil {
		t.Errorf("deemed accepted: %+v", deemed.Assignments)
	}
	w.expect("the accept limit and half of the disposal's", list("desk", "desk"), list("desk", "desk"))
	s.done(desk, nameHandler, harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Urban].ID})
	w.expect("a handler is named", nil, list("handler"))

	// an acknowledgement at 80 % does not stop the clock: a yellow card at 100 %, a red one at 150 %;
	s.Advance(36 * time.Minute)
	w.expect("80 % of the disposal limit", list("desk"), list("desk"))
	s.acknowledgeAll(s.Desks[fixture.Urban])
	s.Advance(24 * time.Minute)
	w.expect("the disposal limit", list("duty lead"), list("duty lead"))
	s.Advance(time.Hour)
	w.expect("150 % of the disposal limit", list("supervisor"), list("supervisor"))
	if late := s.read(desk, c.ID); late.Level == 0 || *late.running("DISPOSE").Remaining > -3599 {
		t.Errorf("late by an hour, the case says level %d, %d s left", late.Level, *late.running("DISPOSE").Remaining)
	}

	// a reported disposal that the desk does not look at goes to the check by itself;
	s.report(s.read(desk, c.ID))
	w.expect("reported", nil, list("desk"))
	s.Advance(2 * time.Hour)
	checking := s.awaitState(c.ID, "CHECKING")
	w.expect("the quality limit", list("desk"), list("desk", "worker"))
	s.Advance(2 * time.Hour)
	w.expect("half of the check limit", list("dispatcher"), list("dispatcher"))
	s.Advance(2 * time.Hour)
	w.expect("the check limit", list("duty lead"), list("duty lead"))

	// and closing ends it all: ten days later nothing has been said.
	s.checked(checking, true)
	s.done(s.As(s.Dispatcher), decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": ""})
	s.TakeSMS()
	for range 10 {
		s.Advance(24 * time.Hour)
	}
	w.expect("ten days after closing", nil, nil)
	if pressed := s.read(desk, c.ID).happened("pressed"); pressed == 0 {
		t.Error("the timeline does not say who was pressed")
	}
}

// acknowledgeAll answers every message that asks for it.
func (s *stage) acknowledgeAll(p *harness.Person) {
	s.t.Helper()
	for _, m := range s.inbox(p) {
		if m.NeedsAck && m.AckedAt == nil {
			harness.Ask[any](s.As(p), `mutation Ack($id: UUID!) { acknowledge(id: $id) { message { ackedAt } errors { code } } }`, harness.Vars{"id": m.ID})
		}
	}
	for _, m := range s.inbox(p) {
		if m.NeedsAck && m.AckedAt == nil {
			s.t.Errorf("message %s is not acknowledged", m.Kind)
		}
	}
}

func TestWorkingTimeStandsStillOverTheWeekend(t *testing.T) {
	t.Parallel()
	// Given a case of eight working hours, dispatched on a Friday at half past four in the afternoon,
	friday := harness.Monday.Add(4*24*time.Hour + 7*time.Hour)
	s := open(t, harness.At(friday))
	c := s.accepted(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	w := s.watch(fixture.Urban)
	w.expect("on Friday", nil, nil)

	// then nothing is due before Monday,
	s.later(56*time.Hour, 8*time.Hour)
	w.expect("on Sunday night", nil, nil)
	if c := s.read(s.As(s.Dispatcher), c.ID); c.DueAt.Before(harness.Monday.Add(7 * 24 * time.Hour)) {
		t.Errorf("due at %s", c.DueAt)
	}

	// and then half of the limit, 80 % and all of it are reached in working hours.
	for _, step := range []struct {
		pressed string
		texted  []string
	}{{"desk", nil}, {"desk", list("desk")}, {"duty lead", nil}} {
		s.toNext(s.read(s.As(s.Dispatcher), c.ID).Clocks)
		if hour := s.Now().In(harness.Monday.Location()).Hour(); hour < 8 || hour > 18 {
			t.Errorf("pressed at %d o'clock", hour)
		}
		w.expect("next step", list(step.pressed), step.texted)
	}
}

func TestMessagesReachWhoeverIsOnDutyAtThatMoment(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := s.watch(fixture.Urban)

	// Given a tip that waits, and a dispatcher who goes home before half of its limit is over,
	s.submit(s.Anyone(), tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 1})
	w.expect("at once", nil, list("dispatcher"))
	s.Given(func(ctx context.Context, tx *pg.Tx) { s.absent(ctx, tx, s.Dispatcher, tx.Now.Add(time.Minute)) })

	// when nobody is there to be reminded, the next step comes at once: the duty lead hears of it now, not in half an hour.
	s.Advance(30*time.Minute + time.Second)
	w.expect("half of the filing limit", list("duty lead"), list("duty lead"))
	s.Advance(30 * time.Minute)
	w.expect("the filing limit, whose step has fired", nil, nil)
}

// absent takes somebody off duty for a day.
func (s *stage) absent(ctx context.Context, tx *pg.Tx, p *harness.Person, from time.Time) {
	s.t.Helper()
	if _, err := tx.Exec(ctx, `insert into absences (person_id, from_at, to_at) values ($1, $2, $3)`, p.ID, from, from.Add(24*time.Hour)); err != nil {
		s.t.Fatal(err)
	}
}

func TestAfterAnOutageOnlyTheHighestDueStepFires(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := s.watch(fixture.Urban)
	c := s.routed(tip{Text: "井盖丢失", Category: fixture.Manhole, Cell: 1})
	s.TakeSMS()

	// Given an outage of four hours, in which the whole ladder of the disposal fell due,
	s.Advance(4 * time.Hour)

	// then one person hears of it once, at the top, and the case counts as accepted.
	w.expect("after the outage", list("desk", "supervisor"), list("desk", "supervisor"))
	if got := s.read(s.As(s.Supervisor), c.ID); got.State != "WORKING" {
		t.Errorf("it is %s", got.State)
	}
}

func TestNoStepComesBeforeItsTime(t *testing.T) {
	t.Parallel()
	s := open(t)
	w := s.watch(fixture.Fire)
	c := s.routed(tip{Text: "通道堵塞", Category: fixture.BlockedExit, Cell: 1})
	s.TakeSMS()
	dispatched := s.read(s.As(s.Dispatcher), c.ID)
	for stage, limit := range map[string]time.Duration{"ACCEPT": time.Hour, "DISPOSE": 4 * time.Hour} {
		clock := dispatched.running(stage)
		if got := clock.NextStepAt.Sub(clock.DueAt.Add(-limit)); got != limit/2 {
			t.Errorf("%s presses first after %s", stage, got)
		}
	}
	s.AdvanceTo(dispatched.running("ACCEPT").NextStepAt.Add(-20 * time.Second))
	w.expect("a little early", nil, nil)
}
