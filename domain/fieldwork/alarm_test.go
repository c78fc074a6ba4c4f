package fieldwork_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/fieldwork"
	"gridwork/domain/safety"
	"gridwork/pg"
)

func TestACallForHelpIsTakenOnceHoweverWrongTheClockOfTheHandheld(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for i, at := range []time.Time{s.now.Add(3 * time.Hour), s.now.Add(-9 * time.Hour)} { // the second one was out of reach for a shift
		op := s.operation(s.phone, pg.NewID(), fieldwork.RaiseAlarm, at, vars{"position": position(0, at)})
		s.want(s.push(s.phone, op), fieldwork.Accepted)
		s.want(s.push(s.phone, op), fieldwork.Duplicate)
		if n := one[int](s, "select count(*) from alarms where state = 'raised' and captured_at <= made_at"); n != i+1 {
			t.Errorf("%d alarms", n)
		}
	}
	none := s.want(s.does(s.phone, fieldwork.RaiseAlarm, vars{}), fieldwork.Accepted)
	if none.Result.State != "raised" {
		t.Errorf("without a position it is %s", none.Result.State)
	}
	s.wantRefused(s.does(s.phone, fieldwork.AnswerAlarm, vars{"alarm": none.Result.Subject, "coming": true}), "ACTION_NOT_YOURS", "body.alarm")
	s.wantRefused(s.does(s.otherPhone, fieldwork.AnswerAlarm, vars{"alarm": pg.NewID(), "coming": true}), safety.CodeNotFound, "body.alarm")
	s.wantRefused(s.does(s.phone, fieldwork.EndAlarm, vars{"alarm": none.Result.Subject, "outcome": "gone"}), "OUTCOME_UNKNOWN", "body.outcome")
	s.want(s.does(s.phone, fieldwork.EndAlarm, vars{"alarm": none.Result.Subject, "outcome": "safe"}), fieldwork.Accepted)
	if n := len(s.conflicts(s.lead)); n != 0 {
		t.Errorf("%d conflicts wait for a decision", n)
	}
}

func TestAHandheldThatWasRevokedRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	op := s.operation(s.phone, pg.NewID(), fieldwork.RaiseAlarm, s.now.Add(-time.Hour), vars{})
	s.revoke(s.phone)
	s.want(s.push(s.phone, op), fieldwork.Quarantined)
	if n := one[int](s, "select count(*) from alarms"); n != 0 {
		t.Errorf("%d alarms", n)
	}
	if _, err := act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: op.ID, TakeIn: true}); err != nil {
		t.Error(err)
	}
	if n := one[int](s, "select count(*) from alarms where person_id = $1", s.worker.ID); n != 1 {
		t.Errorf("taken in, it makes %d alarms", n)
	}
}

func TestWhereAnAlarmWasIsForgottenInWhatHandheldsSentToo(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	raised := s.want(s.does(s.phone, fieldwork.RaiseAlarm, vars{"position": position(0, s.now)}), fieldwork.Accepted)
	s.want(s.does(s.phone, fieldwork.EndAlarm, vars{"alarm": raised.Result.Subject, "outcome": "safe"}), fieldwork.Accepted)
	if body := one[string](s, "select body from receipts where operation_id = $1", raised.ID); !strings.Contains(body, "114.05") {
		t.Fatalf("the receipt keeps %s", body)
	}
	s.write(actor.System("housekeeping"), func(ctx context.Context, tx *pg.Tx) {
		s.must(fieldwork.BlankAlarms(ctx, tx, tx.Now.Add(time.Hour)))
	})
	if body := one[string](s, "select body from receipts where operation_id = $1", raised.ID); body != "{}" {
		t.Errorf("the receipt still keeps %s", body)
	}
	if n := one[int](s, "select count(*) from alarms where point is not null"); n != 0 {
		t.Errorf("%d alarms keep their place", n)
	}
}
