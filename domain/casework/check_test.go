package casework_test

import (
	"testing"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/test/fixture"
)

// absent takes somebody off duty.
func (t *town) absent(people ...*actor.Actor) {
	t.Helper()
	for _, p := range people {
		t.exec(`insert into absences values ($1, $2::timestamptz - interval '1 day', $2::timestamptz + interval '1 day')`, p.ID, t.tx.Now)
	}
}

func TestTheNearestGridWorkerOnDutyWhoDidNotFixItChecks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		given func(*town)
		want  func(*town) *actor.Actor
	}{
		"the cell's holder":               {func(*town) {}, func(t *town) *actor.Actor { return t.holder }},
		"the stand-in, else":              {func(t *town) { t.absent(t.holder) }, func(t *town) *actor.Actor { return t.standIn }},
		"the nearest in the street, else": {func(t *town) { t.absent(t.holder, t.standIn) }, func(t *town) *actor.Actor { return t.neighbour }},
		"the nearest, not the first": {func(t *town) {
			t.absent(t.holder, t.standIn)
			farther := t.person(fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
			fixture.DutyGrid(t, t.ctx, t.tx, []string{fixture.Cell(fixture.Nanyuan, 7)}, farther)
		}, func(t *town) *actor.Actor { return t.neighbour }},
		"the holder in the morning, where nobody is on duty": {func(t *town) { t.absent(t.holder, t.standIn, t.neighbour) },
			func(t *town) *actor.Actor { return t.holder }},
		"not the one who fixed it": {func(t *town) { t.handler = t.both(t.holder) }, func(t *town) *actor.Actor { return t.standIn }},
		"nobody at all":            {func(t *town) { t.exec(`delete from duties`) }, func(*town) *actor.Actor { return nil }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			town := newTown(t)
			c.given(town)
			task := town.check(town.checking())
			switch want := c.want(town); {
			case want == nil:
				if task.AssigneeID != nil {
					t.Errorf("given to %v", *task.AssigneeID)
				}
				town.same("dispatcher, who can ask somebody", town.inbox(town.dispatcher), []string{"check_asked"})
			case task.AssigneeID == nil || *task.AssigneeID != want.ID:
				t.Errorf("given to %v, want %s", task.AssigneeID, want.ID)
			default:
				if got := town.inbox(want); got[len(got)-1] != "check_asked" {
					t.Errorf("they were told %v", got)
				}
			}
			if task.DueAt == nil {
				t.Error("a check without a time")
			}
		})
	}
}

// both makes a grid worker a handler of fire as well.
func (t *town) both(a *actor.Actor) *actor.Actor {
	t.exec(`insert into grants (id, person_id, role, region, department, granted_at) values (gen_random_uuid(), $1, 'handler', $2, $3, $4)`,
		a.ID, fixture.District, fixture.Fire, fixture.Epoch)
	a.Grants = append(a.Grants, actor.Grant{Role: actor.Handler, Region: fixture.District, Department: fixture.Fire})
	return a
}

func TestAFormerHandlerDoesNotCheckTheirOwnWorkEither(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	other := town.handler
	town.handler = town.both(town.holder)
	c := done(town, town.desk, casework.SendBack, casework.NoteInput{Target: of(town.disposed()), Note: "换人"})
	c = done(town, town.desk, casework.NameHandler, casework.AcceptInput{Target: of(c), Handler: other.ID})
	c = done(town, other, casework.ReportDisposal, town.disposal(c))
	c = done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	if task := town.check(c); *task.AssigneeID != town.standIn.ID {
		t.Errorf("given to %v", *task.AssigneeID)
	}
}

func TestACheckIsGivenToSomebodyElseUntilItIsAnswered(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.handler = town.both(town.person(fixture.As(actor.GridWorker, fixture.Nanyuan, "")))
	c := town.checking()
	assign := func(to *uuid.UUID) (casework.Case, error) {
		return as(town, town.dispatcher, casework.AssignCheck, casework.AssignCheckInput{Target: of(c), Assignee: to})
	}
	for name, wrong := range map[string]*actor.Actor{"who fixed it": town.handler, "no grid worker": town.supervisor,
		"one of another street": town.person(fixture.As(actor.GridWorker, fixture.Yuanling, ""))} {
		_, err := assign(&wrong.ID)
		town.refused(name, err, "ASSIGNEE_NOT_POSSIBLE", "assignee")
	}
	_, err := assign(&town.standIn.ID)
	town.must(err)
	if task := town.check(c); *task.AssigneeID != town.standIn.ID {
		t.Errorf("%v", *task.AssigneeID)
	}
	answer := casework.AnswerCheckInput{Task: town.check(c).ID, Fixed: true, Note: "通畅"}
	_, err = as(town, town.holder, casework.AnswerCheck, answer)
	town.refused("whoever was asked before", err, "ACTION_NOT_YOURS", "")
	done(town, town.standIn, casework.AnswerCheck, answer)
	_, err = assign(nil)
	town.refused("after the answer", err, "ACTION_NOT_POSSIBLE", "")
}

func TestACheckIsAnsweredOnceByWhoeverWasAsked(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.checking()
	at := town.here(2)
	in := casework.AnswerCheckInput{Task: town.check(c).ID, Fixed: true, Note: "通道畅通", Position: &at, Photos: photos(2)}
	if mine := done(town, town.holder, myChecks, struct{}{}); len(mine) != 1 || mine[0].CaseID != c.ID {
		t.Errorf("the worker's list: %+v", mine)
	}
	first := done(town, town.holder, casework.AnswerCheck, in)
	again := done(town, town.holder, casework.AnswerCheck, in)
	if again.Version != first.Version {
		t.Error("a repetition changed the case")
	}
	if mine := done(town, town.holder, myChecks, struct{}{}); len(mine) != 0 {
		t.Errorf("still in the worker's list: %+v", mine)
	}
	task := town.check(c)
	if task.Point == nil || task.AnsweredAt == nil || !*task.Fixed || task.State != casework.CheckOpen {
		t.Errorf("%+v", task)
	}
	town.same("photos", town.texts(`select subject from photos where subject_id = $1`, task.ID), []string{"check", "check"})
	in.Fixed = false
	_, err := as(town, town.holder, casework.AnswerCheck, in)
	town.refused("another answer", err, "ACTION_NOT_POSSIBLE", "")

	fresh := town.check(town.checking()).ID
	_, err = as(town, town.holder, casework.AnswerCheck, casework.AnswerCheckInput{Task: fresh, Fixed: true})
	town.refused("without a word or a photo", err, "EVIDENCE_MISSING", "note")
	_, err = as(town, town.neighbour, casework.AnswerCheck, casework.AnswerCheckInput{Task: fresh, Fixed: true, Note: "好"})
	town.refused("by one who may not know of it", err, "TASK_NOT_FOUND", "task")
	_, err = as(town, town.dispatcher, casework.AnswerCheck, casework.AnswerCheckInput{Task: fresh, Fixed: true, Note: "好"})
	town.refused("by the dispatcher", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.holder, casework.AnswerCheck, casework.AnswerCheckInput{Task: uuid.New(), Fixed: true, Note: "好"})
	town.refused("no task", err, "TASK_NOT_FOUND", "task")
}

func TestNothingIsClosedThatWasNotSeenFixed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.checking()
	pass := casework.DecideCheckInput{Target: of(c), Pass: true}
	_, err := as(town, town.dispatcher, casework.DecideCheck, pass)
	town.refused("before anybody looked", err, "ACTION_NOT_POSSIBLE", "")
	town.seen(c, false)
	_, err = as(town, town.dispatcher, casework.DecideCheck, pass)
	town.refused("although it is not fixed", err, "ACTION_NOT_POSSIBLE", "")
	_, err = as(town, town.desk, casework.DecideCheck, pass)
	town.refused("by the department itself", err, "ACTION_NOT_POSSIBLE", "")
}

func TestAFailedCheckIsReworkAndTheClocksStartAgain(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.seen(town.checking(), false)
	c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(c), Note: "仍有堆放"})
	town.is(c, casework.Routed)
	town.runs(c, "accept dispose total")
	if r := town.round(c); r.Reworks != 1 || r.Round != 1 || *c.Department != fixture.Fire || c.HandlerID != nil {
		t.Errorf("%+v, %+v", r, c)
	}
	if task := town.check(c); task.State != casework.CheckFailed || *task.DecidedBy != town.dispatcher.ID {
		t.Errorf("%+v", task)
	}
	if a := all(town, c, casework.AssignmentsOf); len(a) != 2 || *a[0].EndReason != "reworked" || a[1].AcceptedAt != nil {
		t.Errorf("%+v", a)
	}
	if got := town.inbox(town.handler); got[len(got)-1] != "check_failed" {
		t.Errorf("the handler was told %v", got)
	}
	c = done(town, town.desk, casework.Accept, casework.AcceptInput{Target: of(c), Handler: town.handler.ID})
	c = done(town, town.handler, casework.ReportDisposal, town.disposal(c))
	c = done(town, town.desk, casework.SubmitForCheck, casework.NoteInput{Target: of(c)})
	c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(c, true)), Pass: true})
	town.is(c, casework.Closed)
}

func TestADeskThatKeepsSilentDoesNotHoldUpTheCheck(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	silent, moved := town.disposed(), town.working()
	fixture.Do(town.tx, actor.System("deadline keeper"), func() {
		town.must(casework.SubmitBySilence(town.ctx, town.tx, []uuid.UUID{silent.ID, moved.ID}))
	})
	c := town.now(silent)
	town.is(c, casework.Checking)
	town.runs(c, "check total")
	if town.check(c).AssigneeID == nil || town.now(moved).Version != moved.Version {
		t.Errorf("%+v", town.check(c))
	}
}
