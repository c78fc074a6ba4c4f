package casework

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

func offset(d time.Duration) *escalation.Offset {
	o := escalation.Offset(d)
	return &o
}

// nagging is a step at 50 percent that has to be acknowledged, again at every further 10 percent: an hour of the ten.
func nagging(quiet time.Duration, who ...escalation.Audience) escalation.Step {
	s := at(50, escalation.RequireAcknowledgement, who...)
	s.Repeat, s.AckQuiet = &escalation.Repeat{Percent: 10, Times: 4}, offset(quiet)
	return s
}

// silentStep fires when the count-th acknowledgement of the disposal stage runs out in silence.
func silentStep(count int, who escalation.Audience) escalation.Step {
	s := at(0, escalation.SupervisionOrder, who)
	s.Trigger = escalation.Trigger{Event: &escalation.Event{Occasion: escalation.Silent, Count: count}}
	return s
}

// acknowledges lets somebody confirm the newest message of a ladder's step.
func (w *world) acknowledges(who *actor.Actor) notify.Message {
	w.Helper()
	id, err := pg.Val[uuid.UUID](w.ctx, w.tx, `select id from messages where person_id = $1 and deadline_id is not null order by id desc limit 1`, who.ID)
	if err != nil {
		w.Fatal(err)
	}
	return w.confirms(who, id)
}

func (w *world) confirms(who *actor.Actor, id uuid.UUID) (m notify.Message) {
	w.Helper()
	fixture.Do(w.tx, who, func() {
		var err error
		if m, err = Acknowledge(w.ctx, w.tx, id); err != nil {
			w.Fatal(err)
		}
	})
	w.flush()
	return m
}

func (w *world) count(sql string, args ...any) int {
	w.Helper()
	n, err := pg.Val[int](w.ctx, w.tx, sql, args...)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

func TestTheLadderGoesOnAfterAcknowledgement(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(nagging(90*time.Minute, theDesk, theLead), at(80, escalation.Remind, theDesk), at(100, escalation.RedCard, theDesk)))
	w.after(5)
	w.acknowledges(w.desk)

	w.wants(w.after(6), 1, "the repetition fires, an hour later")
	w.wants(w.told(w.desk), 1, "the desk is spared")
	w.wants(w.told(w.lead), 2, "the duty lead has acknowledged nothing")
	last := w.fired(id)[1]
	if last.Told != 1 || len(last.Quieted) != 1 || last.Quieted[0] != w.desk.ID || last.Brought {
		t.Errorf("the timeline says %+v", last)
	}

	w.wants(w.after(7), 1, "and another hour later")
	w.wants(w.told(w.desk), 2, "the acknowledgement has run out")
	w.acknowledges(w.desk)
	w.wants(w.after(8), 1, "a step higher up")
	w.wants(w.told(w.desk), 3, "although the desk has just acknowledged the one below")
	w.wants(w.after(10), 1, "the card")
	w.wants(w.told(w.desk), 4, "is news to everybody")
}

func TestWhoeverIsSparedIsNoEmptyAudience(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(nagging(2*time.Hour, theDesk), at(100, escalation.Remind, theLead)))
	w.after(5)
	w.acknowledges(w.desk)
	w.wants(w.after(6), 1, "only the repetition")
	w.wants(w.told(w.lead), 0, "the step above keeps its hour")
	if last := w.fired(id)[1]; last.Told != 0 || len(last.Quieted) != 1 {
		t.Errorf("the timeline says %+v", last)
	}
}

func TestAnAcknowledgementQuietsItsOwnClockOnly(t *testing.T) {
	t.Parallel()
	w := begin(t)
	total := nagging(3*time.Hour, theDesk)
	total.Clock = escalation.Total
	ladder := w.ladderOf(nagging(3*time.Hour, theDesk), total)
	id := w.pressedCase(ladder)
	w.pressedCase(ladder)
	w.start(id, ladder, escalation.Total)
	w.after(5)
	disposal, err := pg.Val[uuid.UUID](w.ctx, w.tx, `select messages.id from messages join deadlines on deadlines.id = deadline_id
		join clocks on clocks.id = clock_id where clocks.case_id = $1 and clocks.stage = 'dispose'`, id)
	if err != nil {
		t.Fatal(err)
	}
	w.confirms(w.desk, disposal)
	before := w.told(w.desk)
	w.wants(w.after(6), 3, "three clocks nag again")
	w.wants(w.told(w.desk)-before, 2, "of the case's other clock, and of the other case")
}

func TestTheTimelineSaysWhoAcknowledgedAndUntilWhen(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(nagging(45*time.Minute, theDesk)))
	w.after(5)
	m := w.acknowledges(w.desk)
	if want := w.tx.Now.Add(45 * time.Minute); m.AckUntil == nil || !m.AckUntil.Equal(want) {
		t.Errorf("quiet until %v, want %v", m.AckUntil, want)
	}
	w.tx.Now = w.tx.Now.Add(time.Minute)
	w.acknowledges(w.desk) // again says nothing new
	type line struct {
		Actor  uuid.UUID       `db:"actor_id"`
		Role   string          `db:"actor_role"`
		Detail json.RawMessage `db:"detail"`
	}
	lines, err := pg.All[line](w.ctx, w.tx, `select actor_id, actor_role, detail from case_events where case_id = $1 and kind = 'acknowledged'`, id)
	if err != nil || len(lines) != 1 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	var detail struct {
		Stage string
		Until time.Time
	}
	if err := json.Unmarshal(lines[0].Detail, &detail); err != nil {
		t.Fatal(err)
	}
	if lines[0].Actor != w.desk.ID || lines[0].Role != "department_desk" || detail.Stage != "dispose" || !detail.Until.Equal(*m.AckUntil) {
		t.Errorf("%+v %+v", lines[0], detail)
	}
	w.wants(w.count(`select count(*) from audits where action = 'case.acknowledge'`), 1, "audit rows")
}

func TestAMessageThatNoLadderWroteIsAcknowledgedInTheTimelineToo(t *testing.T) {
	t.Parallel()
	w := begin(t)
	id := w.pressedCase(w.ladderOf(nagging(time.Hour, theDesk)))
	sent := []notify.Message{{Person: &w.desk.ID, Kind: notify.OrderMade, CaseID: &id, NeedsAck: true}}
	notify.Send(w.tx, sent...)
	w.flush()
	w.confirms(w.desk, sent[0].ID)
	w.wants(w.count(`select count(*) from case_events where case_id = $1 and kind = 'acknowledged' and detail->>'about' = 'order_made'`, id), 1, "lines")
	w.wants(w.count(`select count(*) from acknowledgements`), 0, "clocks that are quieted")
}

func TestSomebodyElsesMessageCannotBeAcknowledged(t *testing.T) {
	t.Parallel()
	w := begin(t)
	w.pressedCase(w.ladderOf(nagging(time.Hour, theDesk)))
	w.after(5)
	id, err := pg.Val[uuid.UUID](w.ctx, w.tx, `select id from messages where person_id = $1`, w.desk.ID)
	if err != nil {
		t.Fatal(err)
	}
	fixture.Do(w.tx, w.lead, func() {
		if _, err := Acknowledge(w.ctx, w.tx, id); !fault.Is(err, "MESSAGE_NOT_FOUND") {
			t.Errorf("%v", err)
		}
	})
	w.wants(w.count(`select count(*) from acknowledgements`), 0, "acknowledgements")
}

func TestAnAcknowledgedClueIsQuietForAWhileToo(t *testing.T) {
	t.Parallel()
	w := begin(t)
	step := nagging(90*time.Minute, escalation.Audience{Role: actor.Dispatcher, Level: escalation.Street})
	step.Clock, step.Repeat = escalation.File, &escalation.Repeat{Offset: offset(time.Hour), Times: 3}
	if _, err := escalation.Publish(w.ctx, w.tx, escalation.Ladder{Code: "urgent", NameZH: "紧急", NameEN: "Urgent", Steps: escalation.Steps{step}}); err != nil {
		t.Fatal(err)
	}
	id := w.undecided()
	w.after(0.5)
	w.acknowledges(w.dispatcher)
	w.wants(w.after(1.5), 1, "the repetition")
	w.wants(w.told(w.dispatcher), 1, "the dispatcher is spared")
	w.wants(w.after(2.5), 1, "the next one")
	w.wants(w.told(w.dispatcher), 2, "the acknowledgement has run out")
	w.wants(w.count(`select count(*) from clue_events where clue_id = $1 and kind = 'acknowledged' and actor_id = $2`, id, w.dispatcher.ID), 1, "lines")
}

func TestSilenceAfterAnAcknowledgementPresses(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ask := at(50, escalation.RequireAcknowledgement, theDesk)
	id := w.pressedCase(w.ladderOf(ask, silentStep(1, theLead), silentStep(2, theSupervisor)))
	w.after(5)
	w.acknowledges(w.desk) // for the usual half hour
	w.wants(w.after(5.499), 0, "while it lasts")
	w.wants(w.after(5.5), 1, "at its end")
	w.wants(w.told(w.lead), 1, "the duty lead is told")
	w.wants(w.after(5.5), 0, "once")
	w.acknowledges(w.desk)
	w.wants(w.after(6), 1, "the second silence")
	w.wants(w.told(w.supervisor), 1, "has a step of its own")
	w.acknowledges(w.desk)
	w.wants(w.after(7), 0, "the third has none")
	w.wants(w.count(`select count(*) from acknowledgements where case_id = $1 and state = 'silent'`, id), 3, "all are settled")
}

func TestWhateverHappensToACaseEndsTheWaitForSilence(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ladder := w.ladderOf(at(50, escalation.RequireAcknowledgement, theDesk), silentStep(1, theLead))
	id := w.pressedCase(ladder)
	w.exec(`insert into assignments (id, case_id, round, department, part, assigned_at, deemed) values ($1, $2, 1, $3, 'lead', $4, false)`,
		pg.NewID(), id, fixture.Fire, w.tx.Now)
	w.after(5)
	w.acknowledges(w.desk)
	fixture.Do(w.tx, w.desk, func() {
		if _, err := NameHandler(w.ctx, w.tx, AcceptInput{Target: Target{Case: id}, Handler: w.handler.ID}); err != nil {
			t.Fatal(err)
		}
	})
	w.flush()
	w.wants(w.count(`select count(*) from acknowledgements where state = 'cancelled'`), 1, "cancelled with the change")
	w.wants(w.after(6), 0, "nothing was silent")
	w.wants(w.told(w.lead), 0, "the duty lead is left alone")
}

func TestTheOldestSilencePressesFirstAndTheLastOneTooNoMatterHowMany(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ladder := w.ladderOf(at(50, escalation.RequireAcknowledgement, theDesk), silentStep(1, theLead))
	var ids []uuid.UUID
	for i := range 5 {
		w.tx.Now = wednesday.Add(-time.Duration(i) * time.Minute) // the newest first
		ids = append(ids, w.pressedCase(ladder))
		w.tx.Now = w.tx.Now.Add(5 * time.Hour)
		if _, err := Press(w.ctx, w.tx, 10); err != nil {
			t.Fatal(err)
		}
		w.flush()
		w.acknowledges(w.desk)
	}
	w.tx.Now = wednesday.Add(7 * time.Hour)
	for _, want := range []int{2, 2, 1, 0} {
		fired, err := Press(w.ctx, w.tx, 2)
		if err != nil {
			t.Fatal(err)
		}
		w.flush()
		w.sound()
		w.wants(fired, want, "in a pass of two")
		if want == 2 && len(w.fired(ids[4])) != 2 {
			t.Error("the oldest is not first")
		}
	}
}

func TestALadderUpdateDoesNotFireTwice(t *testing.T) {
	t.Parallel()
	w := begin(t)
	ladder := w.ladderOf(at(50, escalation.Remind, theDesk), at(80, escalation.Remind, theLead))
	id := w.pressedCase(ladder)
	w.wants(w.after(5), 1, "at 50 percent")
	w.ladderOf(at(20, escalation.Remind, theDesk), at(55, escalation.Remind, theDesk), at(80, escalation.Remind, theDesk))
	w.wants(w.after(6), 0, "the running clock stays on its version")
	w.wants(w.told(w.desk), 1, "the desk is told")
	w.wants(w.after(8), 1, "at 80 percent")
	w.wants(w.told(w.lead), 1, "the duty lead is told, as the old version says")
	w.wants(w.count(`select count(*) from deadlines where case_id = $1 and state in ('fired', 'missed')`, id), 2, "settled")
}

func TestTwoKeepersHearTheSameSilenceOnce(t *testing.T) {
	t.Parallel()
	db := committed(t, func(w *world) {
		w.pressedCase(w.ladderOf(at(50, escalation.RequireAcknowledgement, theDesk), silentStep(1, theLead)))
		w.after(5)
		w.acknowledges(w.desk)
	})
	press := func(tx *pg.Tx) (int, error) {
		tx.Now = wednesday.Add(9 * time.Hour)
		return Press(t.Context(), tx, 10)
	}
	first, err := pg.WriteVal(t.Context(), db, func(tx *pg.Tx) (int, error) {
		n, err := press(tx)
		if other, _ := pg.WriteVal(t.Context(), db, press); other != 0 {
			t.Errorf("%d steps fired beside", other)
		}
		return n, err
	})
	if err != nil || first != 1 {
		t.Fatalf("%d steps fired, %v", first, err)
	}
	if n, err := pg.WriteVal(t.Context(), db, press); n != 0 || err != nil {
		t.Errorf("%d steps fired afterwards, %v", n, err)
	}
}

func TestASilenceThatCannotBePressedIsPutOffAndComesAgain(t *testing.T) {
	t.Parallel()
	w := begin(t)
	w.pressedCase(w.ladderOf(at(50, escalation.RequireAcknowledgement, theDesk), silentStep(1, theLead)))
	w.after(5)
	w.acknowledges(w.desk)
	w.tx.Now = wednesday.Add(6 * time.Hour)
	if n, err := Postpone(w.ctx, w.tx, 1, errors.New("a mistake of ours")); err != nil || n != 1 {
		t.Fatalf("%d put off, %v", n, err)
	}
	w.flush()
	w.wants(w.after(6), 0, "at the same moment")
	w.wants(w.count(`select count(*) from audits where action = 'deadline.postpone'`), 1, "audit rows")
	w.wants(w.after(6.02), 1, "a minute later")
	w.wants(w.told(w.lead), 1, "the duty lead is told")
}

func TestAnAcknowledgementOfAClosedCaseWaitsForNothing(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	w := newWorld(t, ctx, tx)
	id := w.pressedCase(w.ladderOf(at(50, escalation.RequireAcknowledgement, theDesk), silentStep(1, theLead)))
	w.after(5)
	escalation.StopAll(tx, escalation.OfCase(id))
	w.exec(`update cases set state = 'closed', epoch = epoch + 1 where id = $1`, id)
	w.acknowledges(w.desk)
	w.wants(w.after(9), 0, "after the end")
}
