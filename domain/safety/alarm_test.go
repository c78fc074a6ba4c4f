package safety_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/notify"
	"gridwork/domain/safety"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

func TestACallForHelpReachesTheNearestColleaguesAndWhoeverIsInCharge(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	s.Person(actor.Dispatcher, fixture.Yuanling, "") // another street's
	fixture.Person(t, s.Ctx, s.Tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""), fixture.OffDuty())
	a := s.calls(2)
	if a.Street != fixture.Nanyuan || *a.Cell != fixture.Cell(fixture.Nanyuan, 2) || a.Point == nil {
		t.Errorf("the alarm lies at %+v", a)
	}
	if n := s.press(); n != 1 {
		t.Fatalf("%d steps fired", n)
	}
	// Cells 0, 1, 3, 4 and 5 are nearer to cell 2 than 6 and 7.
	s.wantTold("at once", notify.AlarmRaised, s.workers[0], s.workers[1], s.workers[2], s.workers[3], s.Neighbour, s.Lead, s.Dispatcher)
	s.sound()
}

func TestSilencePressesTheNextPeople(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	s.calls(2)
	s.press()
	s.told(notify.AlarmRaised)
	if n := s.later(3*time.Minute - time.Second); n != 0 {
		t.Errorf("%d steps fired before three minutes were over", n)
	}
	s.later(time.Second)
	// Those who were not told come first, then the nearest again.
	s.wantTold("after three minutes", notify.AlarmRaised, s.workers[4], s.workers[5], s.workers[0], s.workers[1], s.workers[2], s.Lead, s.Dispatcher)
	s.later(3 * time.Minute)
	if told := s.told(notify.AlarmRaised); !slices.Contains(told, s.Supervisor.ID) {
		t.Error("after six minutes no supervisor was told")
	}
	s.later(4 * time.Minute)
	s.wantTold("after ten minutes", notify.AlarmRaised, s.Lead, s.Dispatcher, s.Supervisor, s.Second)
	s.sound()
}

func TestWhoeverComesKeepsTheLadderStillForAWhile(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.calls(2)
	s.press()
	s.told(notify.AlarmRaised)
	s.Later(time.Minute)
	s.Must(s.Tx.Flush(s.Ctx))
	for range 2 { // the second time says nothing new
		town.Done(s.Town, s.Neighbour, safety.Answer, safety.AnswerInput{Alarm: a.ID, Coming: true})
		s.Must(s.Tx.Flush(s.Ctx))
	}
	s.wantTold("of who comes", notify.AlarmAnswered, s.Worker)
	if n := s.later(11 * time.Minute); n != 0 {
		t.Errorf("%d steps fired while somebody was on the way", n)
	}
	if n := s.later(time.Minute); n != 1 { // ten minutes of standing still, and three that count
		t.Errorf("%d steps fired when nobody had ended it", n)
	}
	s.sound()
}

func TestWhoHasSeenItIsSparedAndTheOthersAreNot(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.calls(2)
	s.press()
	s.told(notify.AlarmRaised)
	town.Done(s.Town, s.Dispatcher, safety.Answer, safety.AnswerInput{Alarm: a.ID})
	s.later(3 * time.Minute)
	told := s.told(notify.AlarmRaised)
	if slices.Contains(told, s.Dispatcher.ID) || !slices.Contains(told, s.Lead.ID) {
		t.Error("whoever has seen it is told again, or the others are not")
	}
	s.wantTold("of somebody who has only seen it", notify.AlarmAnswered)
}

func TestNobodyThereMeansTheNextStepAtOnce(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	at := s.At(2)
	at.Lat += fixture.CellSide // in Yuanling, where nobody works
	a := town.Done(s.Town, s.Worker, safety.Raise, safety.RaiseInput{ID: pg.NewID(), Position: &at, CapturedAt: s.Tx.Now})
	if n := s.press(); a.Street != fixture.Yuanling || n != 3 {
		t.Errorf("%d steps fired in %s", n, a.Street)
	}
	s.wantTold("of a street without anybody", notify.AlarmRaised, s.Supervisor, s.Second)
	s.sound()
}

func TestAnAlarmEndsOnceAndEverybodyWhoWasToldHears(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.calls(2)
	s.press()
	s.told(notify.AlarmRaised)
	town.Done(s.Town, s.Neighbour, safety.Answer, safety.AnswerInput{Alarm: a.ID, Coming: true})
	_, err := town.As(s.Town, s.Neighbour, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.Safe})
	s.Refused("a colleague ends it", err, "ACTION_NOT_YOURS", "alarm")
	_, err = town.As(s.Town, s.Lead, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.Back})
	s.Refused("back", err, "OUTCOME_UNKNOWN", "outcome")
	over := town.Done(s.Town, s.Lead, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.Handed110, Note: "民警已到场"})
	if over.State != safety.Ended || *over.Outcome != safety.Handed110 {
		t.Errorf("it is %+v", over)
	}
	s.wantTold("that it is over", notify.AlarmEnded, s.Worker, s.Dispatcher, s.Neighbour, s.workers[0], s.workers[1], s.workers[2], s.workers[3])
	_, err = town.As(s.Town, s.Lead, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.Safe})
	s.Refused("a second end", err, "ACTION_NOT_POSSIBLE", "alarm")
	_, err = town.As(s.Town, s.Dispatcher, safety.Answer, safety.AnswerInput{Alarm: a.ID})
	s.Refused("an answer afterwards", err, "ACTION_NOT_POSSIBLE", "alarm")
	if n := s.later(2 * time.Hour); n != 0 {
		t.Errorf("%d steps fired after the end", n)
	}
	if n := len(s.Rows(`select action from audits where object = 'alarm' and object_id = $1`, a.ID.String())); n != 3 {
		t.Errorf("%d rows of the log tell of it", n)
	}
	s.sound()
}

func TestWhoeverCalledEndsItAndAnswersNothing(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.calls(2)
	_, err := town.As(s.Town, s.Worker, safety.Answer, safety.AnswerInput{Alarm: a.ID, Coming: true})
	s.Refused("an answer to oneself", err, "ACTION_NOT_YOURS", "alarm")
	town.Done(s.Town, s.Worker, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.FalseAlarm})
	if n := s.press(); n != 0 {
		t.Errorf("%d steps fired of what was a false alarm", n)
	}
	s.wantTold("of nothing", notify.AlarmEnded)
}

func TestTheSameCallIsOneAlarmAndSomebodyElsesIDIsRefused(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.calls(2)
	s.Must(s.Tx.Flush(s.Ctx))
	again := town.Done(s.Town, s.Worker, safety.Raise, safety.RaiseInput{ID: a.ID, CapturedAt: s.Tx.Now})
	if again.ID != a.ID || again.Point == nil || len(s.seen(s.Lead)) != 1 {
		t.Errorf("again: %+v", again)
	}
	_, err := town.As(s.Town, s.Neighbour, safety.Raise, safety.RaiseInput{ID: a.ID, CapturedAt: s.Tx.Now})
	s.Refused("another's id", err, "ALARM_ID_REUSED", "id")
}

func TestACallForHelpIsNotRefusedForWhereItComesFrom(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	far, none := s.At(2), s.At(2)
	far.Lon, none.Lat = 113.0, 181
	for name, at := range map[string]*geo.Position{"nowhere": nil, "outside the city": &far, "impossible": &none} {
		a := town.Done(s.Town, s.Worker, safety.Raise, safety.RaiseInput{ID: pg.NewID(), Position: at, CapturedAt: s.Tx.Now.Add(time.Hour)})
		if a.Street != fixture.Nanyuan || a.Cell != nil || (a.Point != nil) != (at == &far) || a.CapturedAt.After(s.Tx.Now) {
			t.Errorf("%s: %+v", name, a)
		}
	}
	if n := s.press(); n != 3 {
		t.Errorf("%d steps fired", n)
	}
	_, err := town.As(s.Town, s.Dispatcher, safety.Raise, safety.RaiseInput{ID: pg.NewID(), CapturedAt: s.Tx.Now})
	s.Refused("somebody without a handheld", err, "NOT_ALLOWED", "")
}

func TestAnAlarmIsSeenByWhoeverWasToldAndWhoeverIsInChargeOfTheGround(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	far := s.Person(actor.Dispatcher, fixture.Yuanling, "")
	a := s.calls(2)
	s.press()
	for name, c := range map[string]struct {
		who *actor.Actor
		may string // "-": it does not exist for them
	}{
		"whoever called": {s.Worker, "[close]"}, "who was told": {s.Neighbour, "[come see]"}, "who was not": {s.workers[5], "-"},
		"the dispatcher": {s.Dispatcher, "[come see close]"}, "the lead": {s.Lead, "[come see close]"}, "another street's": {far, "-"},
		"the supervisor": {s.Supervisor, "[come see]"}, "an administrator": {s.Admin, "-"}, "a desk": {s.Fire, "-"}, "anybody": {actor.Anonymous, "-"},
	} {
		open := s.seen(c.who)
		if c.may == "-" {
			_, err := town.As(s.Town, c.who, safety.Answer, safety.AnswerInput{Alarm: a.ID})
			if s.Refused(name, err, safety.CodeNotFound, "alarm"); len(open) > 0 {
				t.Errorf("%s sees it", name)
			}
			continue
		}
		if len(open) != 1 || fmt.Sprint(open[0].Actions(c.who)) != c.may {
			t.Errorf("%s sees %d, and may do %v", name, len(open), open)
		}
	}
}

func TestWhereItWasIsForgottenWhenItIsLongOver(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a, lasting := s.calls(2), s.calls(3)
	s.press()
	town.Done(s.Town, s.Worker, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.Safe})
	s.Must(s.Tx.Flush(s.Ctx))
	blanked := func(before time.Time) []uuid.UUID {
		ids, err := safety.Blank(s.Ctx, s.Tx, before, 10)
		s.Must(err)
		s.Must(s.Tx.Flush(s.Ctx))
		return ids
	}
	if ids := blanked(s.Tx.Now); len(ids) != 0 {
		t.Errorf("%v were blanked too early", ids)
	}
	if ids := blanked(s.Tx.Now.Add(time.Second)); !slices.Equal(ids, []uuid.UUID{a.ID}) {
		t.Errorf("%v were blanked, not %s", ids, a.ID)
	}
	left := s.Rows(`select id::text from alarms where point is not null or cell is not null or accuracy_m is not null or fixed_at is not null`)
	if !slices.Equal(left, []string{lasting.ID.String()}) {
		t.Errorf("places are left of %v", left)
	}
	if cells := s.Rows(`select distinct alarm_id::text from messages where params ? 'cell'`); !slices.Equal(cells, []string{lasting.ID.String()}) {
		t.Errorf("messages name the cells of %v", cells)
	}
	if _, err := casework.CheckInvariants(s.Ctx, s.Tx); err != nil {
		t.Error(err)
	}
}
