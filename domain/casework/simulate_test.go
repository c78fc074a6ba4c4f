package casework

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// ahead is what somebody is told would happen.
func (w *world) ahead(who *actor.Actor, id uuid.UUID) (a Simulation) {
	w.Helper()
	fixture.Do(w.tx, who, func() {
		var err error
		if a, err = Simulate(w.ctx, w.tx, id); err != nil {
			w.Fatal(err)
		}
	})
	return a
}

func TestWhatIsForeseenIsWhatHappensIfNobodyMoves(t *testing.T) {
	t.Parallel()
	w := begin(t)
	unaccepted := at(0, escalation.SupervisionOrder, theSupervisor)
	unaccepted.Trigger = escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Unaccepted, Count: 1}}
	total := at(30, escalation.Remind, nobody)
	total.Clock = escalation.Total
	higher := at(90, escalation.SupervisionOrder, theLead)
	higher.Clock = escalation.Total
	reply, noReply := at(50, escalation.Remind, nobody), at(100, escalation.RequireAcknowledgement, theLead)
	reply.Clock, noReply.Clock = escalation.Reply, escalation.Reply
	ladder := w.ladderOf(reply, noReply, silent(escalation.Accept, escalation.DeemAccepted), nagging(90*time.Minute, theDesk), at(150, escalation.Remind, theHandler),
		unaccepted, silentStep(1, theLead), total, higher)
	id := w.pressedCase(ladder)
	w.inState(id, Routed, escalation.Accept, ladder)
	w.start(id, ladder, escalation.Total)
	w.exec(`insert into absences (person_id, from_at, to_at) values ($1, $2, $3)`, w.handler.ID, wednesday.Add(14*time.Hour), wednesday.Add(24*time.Hour))
	w.after(5)
	w.acknowledges(w.desk)

	foreseen := w.ahead(w.supervisor, id)
	if foreseen.End != escalation.EndTop || len(foreseen.Steps) == 0 {
		t.Fatalf("%+v", foreseen)
	}
	var expected []string
	for _, s := range foreseen.Steps {
		expected = append(expected, fmt.Sprintf("%s %d.%d %s told %d %v", s.At.UTC().Format("15:04"), s.Step, s.Occurrence, s.Does, s.Told, s.Brought))
	}
	before := len(w.fired(id))
	times := []time.Time{}
	for _, s := range foreseen.Steps {
		if !slices.ContainsFunc(times, s.At.Equal) {
			times = append(times, s.At)
		}
	}
	var happened []string
	for _, moment := range times {
		w.after(moment.Sub(wednesday).Hours() - 1e-5)
		w.after(moment.Sub(wednesday).Hours() + 1e-9)
		fired := w.fired(id)
		for _, p := range fired[before:] {
			happened = append(happened, fmt.Sprintf("%s %d.%d %s told %d %v", moment.UTC().Format("15:04"), p.Step, p.Occurrence, p.Action, p.Told, p.Brought))
		}
		before = len(fired)
	}
	w.wants(w.after(1000), 0, "after all that")
	slices.Sort(expected)
	slices.Sort(happened)
	if !slices.Equal(expected, happened) {
		t.Errorf("foreseen\n%q\nhappened\n%q", expected, happened)
	}
	if !slices.ContainsFunc(foreseen.Steps, func(s SimulatedStep) bool { return s.Stage == escalation.Reply }) {
		t.Error("no order was foreseen to go without a reply")
	}
}

func TestTheRosterOfTheMomentIsLookedAtForStepsToCome(t *testing.T) {
	t.Parallel()
	w := begin(t)
	night := fixture.Person(t, w.ctx, w.tx, fixture.As(actor.DutyLead, fixture.Nanyuan, ""), fixture.OffDuty())
	w.exec(`delete from shifts where person_id = $1`, w.lead.ID)
	for person, hours := range map[uuid.UUID][2]string{w.lead.ID: {"08:00", "18:00"}, night.ID: {"18:00", "08:00"}} {
		w.exec(`insert into shifts (id, person_id, role, region, weekdays, starts, ends, valid_from)
			values ($1, $2, 'duty_lead', $3, '{1,2,3,4,5,6,7}', $4::text::time, $5::text::time, '2025-01-01')`, pg.NewID(), person, fixture.Nanyuan, hours[0], hours[1])
	}
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theLead), at(100, escalation.Remind, theLead)))
	steps := w.ahead(w.dispatcher, id).Steps // at 15:00 and at 20:00
	if len(steps) != 2 || len(steps[0].People) != 1 || len(steps[1].People) != 1 {
		t.Fatalf("%+v", steps)
	}
	if steps[0].People[0] != (SimulatedPerson{w.lead.ID, actor.DutyLead}) || steps[1].People[0] != (SimulatedPerson{night.ID, actor.DutyLead}) {
		t.Errorf("by day %+v, by night %+v", steps[0].People, steps[1].People)
	}
	if n := w.count(`select count(*) from messages`); n != 0 {
		t.Errorf("%d messages were written by looking ahead", n)
	}
}

func TestOnlyThoseWhoSeeTheCaseSimulateAndOnlyStaffReadsNames(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	w := newWorld(t, ctx, tx)
	id := w.pressedCase(w.ladderOf(at(50, escalation.Remind, theDesk)))
	if steps := w.ahead(w.handler, id).Steps; len(steps) != 1 || steps[0].Told != 1 || steps[0].People != nil {
		t.Errorf("the handler is told %+v", steps)
	}
	if steps := w.ahead(w.desk, id).Steps; len(steps) != 1 || len(steps[0].People) != 1 || steps[0].People[0].Person != w.desk.ID {
		t.Errorf("the desk is told %+v", steps)
	}
	far := fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Yuanling, ""))
	fixture.Do(tx, far, func() {
		if _, err := Simulate(ctx, tx, id); !fault.Is(err, "CASE_NOT_FOUND") {
			t.Errorf("a dispatcher of another street: %v", err)
		}
	})
	w.exec(`update cases set state = 'closed' where id = $1`, id)
	escalation.StopAll(tx, escalation.OfCase(id))
	w.flush()
	if a := w.ahead(w.supervisor, id); len(a.Steps) != 0 || a.End != escalation.EndTop {
		t.Errorf("of a closed case: %+v", a)
	}
}
