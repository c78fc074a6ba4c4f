package fieldwork_test

import (
	"context"
	"testing"

	"gridwork/actor"
	"gridwork/domain/fieldwork"
	"gridwork/domain/inspection"
	"gridwork/pg"
)

func TestTasksGoFromHandToHandWithoutNetwork(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	task := s.task(0)
	s.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		s.exec(ctx, tx, "update inspection_tasks set assignee_id = null where id = $1", task)
	})

	// Of two that claim a task the first has it, and the other hears so: there is nothing to decide.
	claim := s.operation(s.phone, pg.NewID(), fieldwork.ClaimTask, s.now, vars{"task": task})
	if a := s.want(s.push(s.phone, claim), fieldwork.Accepted); a.Result.Subject != task.String() || a.Result.State != "open" {
		t.Errorf("%+v", a.Result)
	}
	s.want(s.push(s.phone, claim), fieldwork.Duplicate)
	s.wantRefused(s.does(s.otherPhone, fieldwork.ClaimTask, vars{"task": task}), "TASK_HELD", "body.task")
	s.wantRefused(s.does(s.otherPhone, fieldwork.GiveBackTask, vars{"task": task, "reason": "no_time"}), "ACTION_NOT_YOURS", "body.task")

	// It is offered, accepted, and given back with a reason.
	_, err := act(s, s.worker, inspection.Offer, inspection.OfferInput{Task: task, To: s.other.ID})
	s.must(err)
	s.wantRefused(s.does(s.otherPhone, fieldwork.AnswerOffer, vars{"task": task}), "VALUE_MISSING", "body.accept")
	s.want(s.does(s.otherPhone, fieldwork.AnswerOffer, vars{"task": task, "accept": true, "note": "好"}), fieldwork.Accepted)
	s.wantRefused(s.does(s.otherPhone, fieldwork.GiveBackTask, vars{"task": task, "reason": "tired"}), "REASON_UNKNOWN", "body.reason")
	s.wantRefused(s.does(s.otherPhone, fieldwork.GiveBackTask, vars{"task": task, "reason": "other"}), "REASON_MISSING", "body.note")
	s.want(s.does(s.otherPhone, fieldwork.GiveBackTask, vars{"task": task, "reason": "nobody_there", "note": "两次无人"}), fieldwork.Accepted)

	// What is over is refused, and nothing of it is kept.
	s.want(s.does(s.phone, fieldwork.ClaimTask, vars{"task": task}), fieldwork.Accepted)
	s.want(s.does(s.phone, fieldwork.SubmitInspection, s.passes(task)), fieldwork.Accepted)
	s.wantRefused(s.does(s.phone, fieldwork.GiveBackTask, vars{"task": task, "reason": "no_time"}), "ACTION_NOT_POSSIBLE", "body.task")
	s.wantRefused(s.does(s.phone, fieldwork.ClaimTask, vars{"task": pg.NewID()}), "TASK_NOT_FOUND", "body.task")
	if c := s.conflicts(s.lead); len(c) != 0 {
		t.Errorf("conflicts: %+v", c)
	}
	if n := one[int](s, "select count(*) from receipts where kind like 'task.%'"); n != 4 {
		t.Errorf("%d receipts", n)
	}
}

func TestWhatARevokedHandheldAskedForIsForADutyLeadToDecide(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	task := s.task(0)
	late := s.operation(s.phone, pg.NewID(), fieldwork.GiveBackTask, s.now, vars{"task": task, "reason": "unsafe"})
	s.revoke(s.phone)
	s.want(s.push(s.phone, late), fieldwork.Quarantined)
	_, err := act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: late.ID, TakeIn: true})
	s.must(err)
	if why := one[string](s, "select given_back from inspection_tasks where id = $1", task); why != "unsafe" {
		t.Errorf("given back because of %s", why)
	}
}
