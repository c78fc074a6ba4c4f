package fieldwork_test

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/fieldwork"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
	"gridwork/test/fixture"
)

func TestWorkOfEachKindIsDoneOnceHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	reported := s.want(s.does(s.otherPhone, fieldwork.SubmitClue, s.report()), fieldwork.Accepted)
	_, err := act(s, s.lead, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: uuid.MustParse(reported.Result.Subject)}, Assignee: &s.worker.ID})
	s.must(err)
	verification := one[uuid.UUID](s, "select id from verify_tasks")
	for _, c := range []struct {
		kind  fieldwork.Kind
		body  vars
		state string
	}{
		{fieldwork.SubmitClue, s.report(), "submitted"},
		{fieldwork.SubmitInspection, s.passes(s.task(0)), "done"},
		{fieldwork.AnswerVerification, vars{"task": verification, "confirmed": true, "note": "属实"}, "confirmed"},
		{fieldwork.UpdatePremises, rename("name", "老王杂货店", "老王便利店"), ""},
	} {
		op := s.operation(s.phone, pg.NewID(), c.kind, s.now, c.body)
		first := s.want(s.push(s.phone, op), fieldwork.Accepted)
		if first.Result.State != c.state {
			t.Errorf("%s: %+v", c.kind, first.Result)
		}
		for range 3 {
			again := s.want(s.push(s.phone, op), fieldwork.Duplicate)
			if again.First != fieldwork.Accepted || again.Result.Subject != first.Result.Subject || again.Result.State != first.Result.State || again.Result.Number != first.Result.Number {
				t.Errorf("%s again: %+v %+v", c.kind, again, again.Result)
			}
		}
	}
	if n := one[int](s, "select count(*) from clues"); n != 2 {
		t.Errorf("%d clues", n)
	}
	if name := one[string](s, "select name from premises where terms @> '{便利}'"); name != "老王便利店" {
		t.Errorf("the shop is called %s", name)
	}
}

func TestTheSameOperationSentAtOnceIsDoneOnce(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	op := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now, s.passes(s.task(0)))
	var all sync.WaitGroup
	statuses := make([]fieldwork.Status, 12)
	for i := range statuses {
		all.Go(func() {
			a, err := fieldwork.Push(s.ctx, s.yard, s.phone.ID, op)
			if err != nil {
				t.Error(err)
			}
			statuses[i] = a.Status
		})
	}
	all.Wait()
	slices.Sort(statuses)
	if statuses[0] != fieldwork.Accepted || statuses[1] != fieldwork.Duplicate || statuses[len(statuses)-1] != fieldwork.Duplicate {
		t.Fatalf("answered %v", statuses)
	}
}

func TestAReportLeavesNoTraceOfItsHandheld(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	op := s.operation(s.phone, pg.NewID(), fieldwork.SubmitClue, s.now, s.report())
	s.want(s.push(s.phone, op), fieldwork.Accepted)
	other := s.operation(s.phone, op.ID, fieldwork.SubmitClue, s.now, vars{"text": "别的", "position": position(1, s.now)})
	kept := s.want(s.push(s.phone, other), fieldwork.Conflicting)

	if n := one[int](s, "select (select count(*) from receipts) + (select count(*) from quarantine)"); n != 0 {
		t.Errorf("%d rows stand beside the device", n)
	}
	if c := s.conflicts(s.lead); len(c) != 1 || c[0].ID != *kept.Conflict || c[0].DeviceID != nil || c[0].PersonID != nil || c[0].Reason != fieldwork.IDReused {
		t.Errorf("the conflict is %+v", c)
	}
	if on := one[time.Time](s, "select seen_on::timestamptz from devices where id = $1", s.phone.ID); on.Hour() != 0 {
		t.Errorf("seen at %s", on)
	}
	if _, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: *kept.Conflict, Take: true}); !fault.Is(err, fieldwork.CodeDecided) {
		t.Errorf("a second report under the first one's id: %v", err)
	}
}

func TestWhatIsWrongIsRefusedWithItsPathAndNothingOfItStays(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	task := s.task(0)
	well := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now, s.passes(task))
	for name, c := range map[string]struct {
		change     func(*fieldwork.Operation)
		code, path string
	}{
		"a random id":         {func(op *fieldwork.Operation) { op.ID = uuid.New() }, fieldwork.CodeID, "id"},
		"another id":          {func(op *fieldwork.Operation) { op.ID = pg.NewID() }, fieldwork.CodeSignature, "signature"},
		"no kind":             {func(op *fieldwork.Operation) { op.Kind = "tea.make" }, fieldwork.CodeKind, "kind"},
		"another kind":        {func(op *fieldwork.Operation) { op.Kind = fieldwork.AnswerCheck }, fieldwork.CodeSignature, "signature"},
		"no time":             {func(op *fieldwork.Operation) { op.CapturedAt = "yesterday" }, fieldwork.CodeCapturedAt, "capturedAt"},
		"another time":        {func(op *fieldwork.Operation) { op.CapturedAt = "2026-01-01T00:00:00Z" }, fieldwork.CodeSignature, "signature"},
		"a body that is none": {func(op *fieldwork.Operation) { op.Body = "{" }, fieldwork.CodeBody, "body"},
		"another body":        {func(op *fieldwork.Operation) { op.Body += " " }, fieldwork.CodeSignature, "signature"},
		"no signature":        {func(op *fieldwork.Operation) { op.Signature = nil }, fieldwork.CodeSignature, "signature"},
	} {
		op := well
		c.change(&op)
		a := s.push(s.phone, op)
		if a.Status != fieldwork.Rejected || a.Error.Code != c.code || a.Error.Path != c.path || a.Retry {
			t.Errorf("%s: %+v %+v", name, a, a.Error)
		}
	}
	s.wantRefused(s.push(s.otherPhone, well), fieldwork.CodeSignature, "signature")
	s.wantRefused(s.push(fixture.NewHandheld(t), well), "DEVICE_NOT_FOUND", "device")
	incomplete := s.passes(task)
	incomplete["answers"] = incomplete["answers"].([]vars)[1:]
	s.wantRefused(s.does(s.phone, fieldwork.SubmitInspection, incomplete), "ITEM_UNANSWERED", "body.answers")
	s.wantRefused(s.does(s.phone, fieldwork.SubmitInspection, s.passes(pg.NewID())), "TASK_NOT_FOUND", "body.task")
	s.wantRefused(s.does(s.phone, fieldwork.AnswerVerification, vars{"task": pg.NewID()}), "VALUE_MISSING", "body.confirmed")
	s.wantRefused(s.does(s.phone, fieldwork.SubmitClue, vars{"text": "x", "position": position(0, s.now), "reporter": "y"}), fieldwork.CodeBody, "body")
	s.wantRefused(s.does(s.phone, fieldwork.UpdatePremises, rename("owner", "", "x")), "FIELD_UNKNOWN", "body.fields[0].field")
	s.wantRefused(s.does(s.phone, fieldwork.UpdatePremises, vars{"code": "P-0", "fields": []vars{{"field": "name", "was": "x", "now": "y"}}}), "PREMISES_NOT_FOUND", "body.code")
	early := s.push(s.phone, s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now.Add(time.Hour), s.passes(task)))
	if s.wantRefused(early, fieldwork.CodeFuture, "capturedAt"); !early.Retry {
		t.Error("what is early is not asked to come again")
	}

	if n := one[int](s, "select (select count(*) from receipts) + (select count(*) from conflicts)"); n != 0 {
		t.Errorf("%d rows of what was refused", n)
	}
	s.want(s.push(s.phone, well), fieldwork.Accepted) // and under the same id, once it is right
}

func TestWorkOnATaskThatSomebodyElseDidIsKeptForAPersonToDecide(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	task := s.task(0)
	shot := vars{"id": pg.NewID(), "sha256": hex.EncodeToString(make([]byte, 32))}
	mine := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now, s.passes(task, shot))

	// Given a task that went to the other worker while the first one's answers were on the way,
	s.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		s.exec(ctx, tx, "update inspection_tasks set assignee_id = $2 where id = $1", task, s.other.ID)
	})
	a := s.want(s.push(s.phone, mine), fieldwork.Conflicting)
	if again := s.want(s.push(s.phone, mine), fieldwork.Duplicate); again.First != fieldwork.Conflicting || *again.Conflict != *a.Conflict {
		t.Errorf("again: %+v", again)
	}

	// then both versions are there for those who decide in the street, and for nobody else,
	for _, who := range []*actor.Actor{s.worker, s.other, s.far, s.anyone} {
		if c := s.conflicts(who); len(c) != 0 {
			t.Errorf("%v sees %d conflicts", who.Grants, len(c))
		}
		if _, err := act(s, who, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: *a.Conflict}); !fault.Is(err, fieldwork.CodeNotFound) {
			t.Errorf("%v decides: %v", who.Grants, err)
		}
	}
	c := s.conflicts(s.lead)[0]
	if c.Reason != fieldwork.TaskElsewhere || *c.PersonID != s.worker.ID || c.Subject != task.String() || string(c.Mine) != mine.Body {
		t.Errorf("the conflict is %+v", c)
	}
	if n := one[int](s, "select count(*) from photos where subject = 'operation' and subject_id = $1", c.ID); n != 1 {
		t.Errorf("%d photos are held", n)
	}

	// and the handheld's version is taken once the task is its author's again.
	if _, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: c.ID, Take: true}); !fault.Is(err, fieldwork.CodeDecided) {
		t.Errorf("taken while it is somebody else's: %v", err)
	}
	s.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		s.exec(ctx, tx, "update inspection_tasks set assignee_id = $2 where id = $1", task, s.worker.ID)
	})
	decided, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: c.ID, Take: true, Note: "以先到为准"})
	if err != nil || decided.State != fieldwork.ConflictTaken || *decided.DecidedBy != s.lead.ID {
		t.Fatalf("%+v, %v", decided, err)
	}
	if by := one[uuid.UUID](s, "select person_id from inspections where task_id = $1", task); by != s.worker.ID {
		t.Errorf("answered by %v", by)
	}
	if n := one[int](s, "select count(*) from photos where subject = 'inspection' and subject_id = $1", mine.ID); n != 1 {
		t.Errorf("%d photos of the inspection", n)
	}

	// A task that is done is over, and what came second is kept as it is.
	second := s.want(s.does(s.phone, fieldwork.SubmitInspection, s.passes(task)), fieldwork.Conflicting)
	if _, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: *second.Conflict, Take: true}); !fault.Is(err, fieldwork.CodeDecided) {
		t.Errorf("done twice: %v", err)
	}
	decided, err = act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: *second.Conflict})
	if err != nil || decided.State != fieldwork.ConflictKept {
		t.Errorf("%+v, %v", decided, err)
	}
	if _, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: *second.Conflict}); !fault.Is(err, fieldwork.CodeDecided) {
		t.Errorf("decided twice: %v", err)
	}
}

func TestAnIDThatStandsForSomethingElseIsAConflictAndShown(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	op := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now, s.passes(s.task(0)))
	s.want(s.push(s.phone, op), fieldwork.Accepted)
	other := s.operation(s.otherPhone, op.ID, fieldwork.UpdatePremises, s.now, rename("kind", "商铺", "餐饮"))
	first := s.want(s.push(s.otherPhone, other), fieldwork.Conflicting)
	if again := s.want(s.push(s.otherPhone, other), fieldwork.Conflicting); *again.Conflict != *first.Conflict {
		t.Errorf("again: %+v", again)
	}
	if c := s.conflicts(s.lead); len(c) != 1 || c[0].Reason != fieldwork.IDReused || string(c[0].Mine) != other.Body {
		t.Errorf("%+v", c)
	}
	s.want(s.push(s.phone, op), fieldwork.Duplicate)
}

// Characters that turn the reading direction show "gpj.exe" as a picture.
func TestANameOfPremisesReadsTheWayItIsKept(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	change := func(was, now string) fieldwork.Answer {
		return s.push(s.phone, s.operation(s.phone, pg.NewID(), fieldwork.UpdatePremises, s.now, rename("name", was, now)))
	}
	s.want(change("老王杂货店", "\u202e 老王 \u2066便利店"), fieldwork.Accepted)
	if got := one[string](s, "select name from premises"); got != "老王 便利店" {
		t.Errorf("%q", got)
	}
	s.want(change("\u202e 老王 \u2066便利店", "老王超市"), fieldwork.Accepted)
	if got := one[string](s, "select name from premises"); got != "老王超市" {
		t.Errorf("%q", got)
	}
	s.want(change("老王超市", "\u202e"), fieldwork.Rejected)
}

func TestFieldsThatNobodyElseChangedAreMergedAndOthersDecided(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	at := func(minutes int) time.Time { return s.now.Add(time.Duration(minutes-60) * time.Minute) }
	change := func(phone *fixture.Handheld, minutes int, body vars) fieldwork.Answer {
		return s.push(phone, s.operation(phone, pg.NewID(), fieldwork.UpdatePremises, at(minutes), body))
	}
	name := func() string { return one[string](s, "select name from premises") }

	// Different fields merge.
	s.want(change(s.phone, 1, rename("kind", "商铺", "餐饮")), fieldwork.Accepted)
	s.want(change(s.otherPhone, 1, rename("legal_entity", "", "王某")), fieldwork.Accepted)
	if got := one[string](s, "select kind || legal_entity from premises"); got != "餐饮王某" {
		t.Errorf("merged to %s", got)
	}

	// The same field: the first by the time of capture stands although it came second, and the other is for a person.
	s.want(change(s.phone, 5, rename("name", "老王杂货店", "乙")), fieldwork.Accepted)
	s.want(change(s.otherPhone, 3, rename("name", "老王杂货店", "甲")), fieldwork.Accepted)
	c := s.conflicts(s.lead)
	if name() != "甲" || len(c) != 1 || c[0].Reason != fieldwork.Changed || *c[0].PersonID != s.worker.ID || string(c[0].Theirs) != `{"value": "甲"}` {
		t.Fatalf("%s, %+v", name(), c)
	}
	if _, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: c[0].ID, Take: true}); err != nil || name() != "乙" {
		t.Fatalf("taken: %s, %v", name(), err)
	}

	// A chain of changes that comes backwards is none, once all of it is here.
	s.want(change(s.phone, 12, rename("name", "丙", "丁")), fieldwork.Conflicting)
	s.want(change(s.phone, 11, rename("name", "乙", "丙")), fieldwork.Accepted)
	if left := s.conflicts(s.lead); name() != "丁" || len(left) != 0 {
		t.Fatalf("%s, %+v", name(), left)
	}

	// An import is somebody else, too; what stands may stay.
	s.write(actor.System("import"), func(ctx context.Context, tx *pg.Tx) { s.exec(ctx, tx, "update premises set name = '戊'") })
	s.want(change(s.phone, 20, rename("name", "丁", "己")), fieldwork.Conflicting)
	c = s.conflicts(s.lead)
	if _, err := act(s, s.lead, fieldwork.DecideConflict, fieldwork.DecideConflictInput{Conflict: c[0].ID}); err != nil || name() != "戊" || len(s.conflicts(s.lead)) != 0 {
		t.Fatalf("kept: %s, %v", name(), err)
	}
}

func TestWhatWasCapturedBeforeARevocationGoesToQuarantineNotToWaste(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	heard := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now, s.passes(s.task(3)))
	s.want(s.push(s.phone, heard), fieldwork.Accepted)
	shot := vars{"id": pg.NewID(), "sha256": hex.EncodeToString(make([]byte, 32))}
	before := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now, s.passes(s.task(0), shot))
	alsoBefore := s.operation(s.phone, pg.NewID(), fieldwork.UpdatePremises, s.now, rename("name", "老王杂货店", "乙"))
	s.revoke(s.phone)

	// What came before the revocation is answered again; what was captured before is kept; what was captured after is not.
	s.want(s.push(s.phone, heard), fieldwork.Duplicate)
	s.want(s.push(s.phone, before), fieldwork.Quarantined)
	if again := s.want(s.push(s.phone, before), fieldwork.Duplicate); again.First != fieldwork.Quarantined {
		t.Errorf("again: %+v", again)
	}
	s.want(s.push(s.phone, alsoBefore), fieldwork.Quarantined)
	s.db.Advance(time.Minute)
	late := s.operation(s.phone, pg.NewID(), fieldwork.SubmitInspection, s.now.Add(time.Minute), s.passes(s.task(1)))
	s.wantRefused(s.push(s.phone, late), fieldwork.CodeRevoked, "capturedAt")
	report := s.want(s.push(s.phone, s.operation(s.phone, pg.NewID(), fieldwork.SubmitClue, s.now, s.report())), fieldwork.Accepted)
	if report.Result.ClaimCode == "" {
		t.Errorf("a report from a revoked device has its owner's word behind it: %+v", report.Result)
	}

	// Nothing is done yet, and the photo is not dropped.
	if n := one[int](s, "select count(*) from inspections"); n != 1 {
		t.Errorf("%d inspections", n)
	}
	if n := one[int](s, "select count(*) from photos where subject = 'operation' and subject_id = $1", before.ID); n != 1 {
		t.Errorf("%d photos are held", n)
	}
	for _, who := range []*actor.Actor{s.worker, s.far, s.anyone} {
		if held := s.held(who); len(held) != 0 {
			t.Errorf("%v sees %d", who.Grants, len(held))
		}
		if _, err := act(s, who, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: before.ID, TakeIn: true}); !fault.Is(err, "OPERATION_NOT_FOUND") {
			t.Errorf("%v decides: %v", who.Grants, err)
		}
	}
	held := s.held(s.lead)
	if len(held) != 2 || held[0].Operation != before.ID || held[0].PersonID != s.worker.ID || string(held[0].Body) != before.Body {
		t.Fatalf("%+v", held)
	}

	// A duty lead takes one in, as its author's, and refuses the other with a reason.
	taken, err := act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: before.ID, TakeIn: true})
	if err != nil || taken.State != fieldwork.HeldTakenIn {
		t.Fatalf("%+v, %v", taken, err)
	}
	if by := one[uuid.UUID](s, "select person_id from inspections where id = $1", before.ID); by != s.worker.ID {
		t.Errorf("done by %v", by)
	}
	if n := one[int](s, "select count(*) from photos where subject = $1 and subject_id = $2", media.OfInspection, before.ID); n != 1 {
		t.Errorf("%d photos of the inspection", n)
	}
	if _, err := act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: alsoBefore.ID}); !fault.Is(err, "REASON_MISSING") {
		t.Errorf("refused without a reason: %v", err)
	}
	_, err = act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: alsoBefore.ID, Reason: strings.Repeat("长", 501)})
	if f, public := fault.As(err); !public || f.Code != prose.CodeTooLong || f.Field != "reason" {
		t.Errorf("a novel for a reason: %v", err)
	}
	if _, err := act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: alsoBefore.ID, Reason: "不可信"}); err != nil {
		t.Error(err)
	}
	if _, err := act(s, s.lead, fieldwork.DecideHeld, fieldwork.DecideHeldInput{Operation: alsoBefore.ID, TakeIn: true}); !fault.Is(err, fieldwork.CodeDecided) {
		t.Errorf("decided twice: %v", err)
	}
	if again := s.want(s.push(s.phone, before), fieldwork.Duplicate); again.First != fieldwork.Accepted {
		t.Errorf("the answer by now: %+v", again)
	}
}
