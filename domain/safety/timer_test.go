package safety_test

import (
	"testing"
	"time"

	"gridwork/domain/notify"
	"gridwork/domain/safety"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// goes is the worker's timer, begun in cell 2.
func (s *shift) goes(minutes int) safety.Alarm {
	s.Helper()
	at := s.At(2)
	return town.Done(s.Town, s.Worker, safety.Begin, safety.BeginInput{ID: pg.NewID(), Minutes: minutes, Position: &at, CapturedAt: s.Tx.Now})
}

func TestSilenceAtATimersEndRaisesTheSameAlarm(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.goes(30)
	if n := s.later(30*time.Minute - time.Second); n != 0 || len(s.seen(s.Lead)) != 0 {
		t.Errorf("%d steps fired, and others see a timer that runs", n)
	}
	s.later(time.Second)
	s.wantTold("when the timer was over", notify.AlarmOverdue, s.workers[0], s.workers[1], s.workers[2], s.workers[3], s.Neighbour, s.Lead, s.Dispatcher)
	open := s.seen(s.Lead)
	if len(open) != 1 || open[0].ID != a.ID || open[0].State != safety.Raised || !open[0].RaisedAt.Equal(s.Tx.Now) {
		t.Fatalf("the lead sees %+v", open)
	}
	s.later(3 * time.Minute)
	if told := s.told(notify.AlarmOverdue); len(told) != 7 {
		t.Errorf("three minutes later %d people were told", len(told))
	}
	_, err := town.As(s.Town, s.Worker, safety.Return, a.ID)
	s.Refused("returning late", err, "ACTION_NOT_POSSIBLE", "alarm")
	town.Done(s.Town, s.Worker, safety.End, safety.EndInput{Alarm: a.ID, Outcome: safety.Safe})
	if n := s.later(time.Hour); n != 0 {
		t.Errorf("%d steps fired after the end", n)
	}
	s.sound()
}

func TestATimerThatIsEndedInTimeIsNobodysBusiness(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.goes(30)
	_, err := town.As(s.Town, s.Lead, safety.Return, a.ID)
	s.Refused("the lead ends it", err, safety.CodeNotFound, "alarm")
	s.Later(29 * time.Minute)
	over := town.Done(s.Town, s.Worker, safety.Return, a.ID)
	if over.State != safety.Ended || *over.Outcome != safety.Back {
		t.Errorf("it is %+v", over)
	}
	if n := s.later(2 * time.Hour); n != 0 || len(s.Rows(`select id::text from messages`)) != 0 {
		t.Errorf("%d steps fired, or somebody was told", n)
	}
	ids, err := safety.Blank(s.Ctx, s.Tx, s.Tx.Now.AddDate(0, -1, 0), 10)
	if err != nil || len(ids) != 1 || len(s.Rows(`select id::text from alarms where point is not null or cell is not null`)) != 0 {
		t.Errorf("it is still known where they went: %v, %v", ids, err)
	}
	if _, err := town.As(s.Town, s.Lead, safety.Get, a.ID); err == nil {
		t.Error("the lead sees a timer that was ended in time")
	}
	s.sound()
}

func TestAnExtendedTimerRunsAnew(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	a := s.goes(30)
	s.Later(25 * time.Minute)
	longer := town.Done(s.Town, s.Worker, safety.Extend, safety.ExtendInput{Alarm: a.ID, Minutes: 60})
	if !longer.BackBy.Equal(s.Tx.Now.Add(time.Hour)) {
		t.Errorf("it ends at %s", longer.BackBy)
	}
	if n := s.later(59 * time.Minute); n != 0 {
		t.Errorf("%d steps fired before the new end", n)
	}
	if n := s.later(time.Minute); n != 1 {
		t.Errorf("%d steps fired at the new end", n)
	}
	s.sound()
	_, err := town.As(s.Town, s.Worker, safety.Extend, safety.ExtendInput{Alarm: a.ID, Minutes: 60})
	s.Refused("extending what has run out", err, "ACTION_NOT_POSSIBLE", "alarm")
}

func TestATimerHasBoundsThatAreData(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	begin := func(minutes int) error {
		_, err := town.As(s.Town, s.Worker, safety.Begin, safety.BeginInput{ID: pg.NewID(), Minutes: minutes, CapturedAt: s.Tx.Now})
		return err
	}
	for _, minutes := range []int{-1, 0, 4, 241} {
		s.Refused("a timer out of bounds", begin(minutes), "TIMER_BOUNDS", "minutes")
	}
	s.Must(begin(5))
	s.Must(begin(240))
	_, err := s.Tx.Exec(s.Ctx, `insert into timer_rules values (2, 10, 60, $1)`, s.Tx.Now)
	s.Must(err)
	s.Refused("a timer out of the new bounds", begin(5), "TIMER_BOUNDS", "minutes")
	_, err = town.As(s.Town, s.Dispatcher, safety.Begin, safety.BeginInput{ID: pg.NewID(), Minutes: 30, CapturedAt: s.Tx.Now})
	s.Refused("somebody without a handheld", err, "NOT_ALLOWED", "")
}

func TestNobodyThereAtATimersEndMeansTheNextStepAtOnce(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	at := s.At(2)
	at.Lat += fixture.CellSide // in Yuanling, where nobody works
	town.Done(s.Town, s.Worker, safety.Begin, safety.BeginInput{ID: pg.NewID(), Minutes: 10, Position: &at, CapturedAt: s.Tx.Now})
	s.later(10 * time.Minute)
	s.wantTold("of a street without anybody", notify.AlarmOverdue, s.Supervisor, s.Second)
	s.sound()
}
