package scenario

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"testing"

	"gridwork/actor"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestATipWithAPhotoBecomesACaseThatIsFixedCheckedAndTold(t *testing.T) {
	t.Parallel()
	s := open(t)
	dispatcher, desk := s.As(s.Dispatcher), s.As(s.Desks[fixture.Fire])

	// Given a volunteer's tip about a hydrant, whose category nobody has filed yet,
	first := s.submit(s.As(s.Volunteer), tip{Text: "消火栓没有水", Category: fixture.Hydrant, Cell: 2})

	// when a stranger reports the same with a photo, from a phone whose map speaks GCJ-02,
	stranger := s.Anyone()
	picture := harness.Picture(t, "taken by nobody")
	second := s.submit(stranger, tip{Text: "路边消火栓坏了", Category: fixture.Hydrant, Cell: 2, East: 0.0002, Datum: geo.GCJ02, Photos: []harness.Photo{picture}})
	stranger.Upload(picture)

	// then it lands in the cell where it is, not several cells off, and the stranger holds a claim code.
	if want := fixture.Cell(fixture.Nanyuan, 2); first.Cell != want || second.Cell != want {
		t.Fatalf("landed in %s and %s instead of %s", first.Cell, second.Cell, want)
	}
	if second.ClaimCode == nil || first.ClaimCode != nil {
		t.Fatalf("claim codes: %v for the volunteer, %v for the stranger", first.ClaimCode, second.ClaimCode)
	}
	if got := s.track(*second.ClaimCode); got.Stage != "RECEIVED" || got.Number != second.Number {
		t.Fatalf("the stranger sees %+v", got)
	}

	// The dispatcher finds both in the queue, the photo without its metadata, and the likely duplicate.
	clue := harness.Await(s.Harness, "the photo can be seen", func() (clueView, bool) {
		c := s.clueAs(dispatcher, second.ID)
		return c, len(c.Photos) == 1 && c.Photos[0].State == "READY"
	})
	if a := dispatcher.Get(*clue.Photos[0].URL); a.Status != http.StatusOK || bytes.Contains(a.Body, []byte("taken by nobody")) {
		t.Errorf("the photo: status %d, or it still carries its metadata", a.Status)
	}
	if len(clue.Duplicates) != 1 || clue.Duplicates[0].Clue == nil || clue.Duplicates[0].Clue.ID != first.ID {
		t.Fatalf("likely duplicates: %+v", clue.Duplicates)
	}

	// She asks the grid worker of the cell to look, who confirms it on the spot.
	asked := s.clueDone(dispatcher, askVerification, harness.Vars{"clue": first.ID, "version": s.clueAs(dispatcher, first.ID).Version}).Clue
	if asked.State != "VERIFYING" || asked.Verification.Assignee == nil || asked.Verification.Assignee.ID != s.Worker.ID {
		t.Fatalf("asked for a verification: %+v", asked)
	}
	if s.told(s.Worker, "VERIFY_ASKED") != 1 {
		t.Error("the grid worker was not told")
	}
	s.clueDone(s.As(s.Worker), answerVerification, harness.Vars{"task": asked.Verification.ID, "confirmed": true, "note": "属实", "position": s.position(tip{Cell: 2})})

	// She files the first and merges the second into it.
	filed := s.clueDone(dispatcher, fileClue, harness.Vars{"clue": first.ID, "standard": s.Standards[fixture.Hydrant]})
	if filed.Clue.State != "FILED" || filed.Case == nil {
		t.Fatalf("filed: %+v", filed.Clue)
	}
	merged := s.clueDone(dispatcher, mergeClue, harness.Vars{"clue": second.ID, "case": filed.Case.ID})
	if merged.Clue.State != "MERGED" || merged.Case.ClueCount != 2 {
		t.Fatalf("merged: %+v", merged.Clue)
	}

	// In the background the rules send it to the fire department and say why.
	routed := s.awaitState(filed.Case.ID, "ROUTED")
	if routed.Department.Code != fixture.Fire || routed.WhyHere == nil || *routed.WhyHere.Rule != "R"+fixture.Hydrant {
		t.Fatalf("routed to %+v because %+v", routed.Department, routed.WhyHere)
	}
	if tried := routed.WhyHere.Tried; len(tried) != 2 || tried[0].Matched || *tried[0].Failed != "category" || !tried[1].Matched {
		t.Errorf("the trace of the rules: %+v", tried)
	}
	if s.told(s.Desks[fixture.Fire], "CASE_ASSIGNED") != 1 || s.told(s.Desks[fixture.Urban], "CASE_ASSIGNED") != 0 {
		t.Error("the wrong desks were told")
	}

	// The desk accepts and names a handler, who fixes it and shows the result.
	if got := s.read(desk, routed.ID).Actions; !slices.Equal(got, []string{"ACCEPT", "RETURN"}) {
		t.Errorf("the desk is offered %v", got)
	}
	working := s.done(desk, acceptCase, harness.Vars{"case": routed.ID, "handler": s.Handlers[fixture.Fire].ID, "version": routed.Version})
	if s.told(s.Handlers[fixture.Fire], "HANDLER_NAMED") != 1 {
		t.Error("the handler was not told")
	}
	reported := s.report(working)
	if reported.State != "REPORTED" || len(reported.Disposals) != 1 || len(reported.Disposals[0].Photos) != 1 || *reported.Disposals[0].Distance > 1 {
		t.Fatalf("reported: %+v", reported.Disposals)
	}
	if s.track(*second.ClaimCode).Stage != "IN_WORK" {
		t.Errorf("the stranger sees %+v", s.track(*second.ClaimCode))
	}

	// The desk hands it on; somebody who did not fix it looks on the spot.
	checking := s.done(desk, submitForCheck, harness.Vars{"case": reported.ID})
	if checker := checking.openCheck(t).Assignee; checker == nil || checker.ID != s.Worker.ID {
		t.Fatalf("the check went to %+v", checker)
	}
	if s.track(*second.ClaimCode).Stage != "CHECKING" {
		t.Errorf("the stranger sees %+v", s.track(*second.ClaimCode))
	}
	s.refused(s.As(s.Handlers[fixture.Fire]), answerCheck, harness.Vars{"task": checking.openCheck(t).ID, "fixed": true, "note": "已修好"}, "ACTION_NOT_YOURS")
	s.checked(checking, true)

	// The dispatcher closes, and every reporter sees the outcome of the own report.
	closed := s.done(dispatcher, decideCheck, harness.Vars{"case": checking.ID, "pass": true, "note": "已整改"})
	if closed.State != "CLOSED" || len(closed.Actions) != 0 {
		t.Fatalf("closed: %s, actions %v", closed.State, closed.Actions)
	}
	for _, c := range closed.Clocks {
		if c.StoppedAt == nil || c.NextStepAt != nil {
			t.Errorf("the clock of stage %s runs on after the end", c.Stage)
		}
	}
	if end := s.track(*second.ClaimCode); end.Stage != "CLOSED" || end.Outcome == nil || *end.Outcome != "CLOSED" || end.ReopenUntil == nil {
		t.Errorf("the stranger sees %+v", end)
	}
	own := harness.Ask[struct{ MyClues struct{ Nodes []clueView } }](s.As(s.Volunteer), myCluesQuery, nil).MyClues.Nodes
	if len(own) != 1 || own[0].ID != first.ID || own[0].State != "FILED" {
		t.Errorf("the volunteer's own clues: %+v", own)
	}
	if s.told(s.Volunteer, "CLUE_OUTCOME") == 0 {
		t.Error("the volunteer was not told of the outcome")
	}
}

func TestAMergedReporterGetsAnOwnStatusBackWhenTheMergeWasWrong(t *testing.T) {
	t.Parallel()
	s := open(t)
	dispatcher := s.As(s.Dispatcher)

	// Given two reports that were taken for one,
	c, _ := s.filed(tip{Text: "垃圾堆放", Category: fixture.Rubbish, Cell: 1})
	other := s.submit(s.Anyone(), tip{Text: "垃圾堆放，另一处", Category: fixture.Rubbish, Cell: 1, East: 0.0003})
	s.clueDone(dispatcher, mergeClue, harness.Vars{"clue": other.ID, "case": c.ID})

	// when the dispatcher takes one out again,
	back := s.clueDone(dispatcher, unmergeClue, harness.Vars{"clue": other.ID})

	// then it waits for a decision of its own, the case counts one clue, and refusing it says so to its reporter alone.
	if back.Clue.State != "SUBMITTED" || back.Clue.Case != nil {
		t.Fatalf("unmerged: %+v", back.Clue)
	}
	if got := s.read(dispatcher, c.ID).ClueCount; got != 1 {
		t.Errorf("the case counts %d clues", got)
	}
	s.clueDone(dispatcher, refuseClue, harness.Vars{"clue": other.ID, "reason": "不属于受理范围"})
	end := s.track(*other.ClaimCode)
	if end.Outcome == nil || *end.Outcome != "NOT_FILED" || end.Reason == nil || *end.Reason != "不属于受理范围" {
		t.Errorf("the reporter sees %+v", end)
	}
	if c := s.read(dispatcher, c.ID); c.State == "CLOSED" {
		t.Error("refusing one report closed the case of another")
	}
}

func TestWhatAnotherServiceMustDoLeavesTheQueueWithItsReason(t *testing.T) {
	t.Parallel()
	s := open(t)
	dispatcher := s.As(s.Dispatcher)

	// Given three tips,
	fixed := s.submit(s.Anyone(), tip{Text: "井盖移位", Cell: 0})
	fight := s.submit(s.Anyone(), tip{Text: "有人打架", Cell: 1})
	stays := s.submit(s.Anyone(), tip{Text: "路面破损", Cell: 2})

	// when one is put right at once and one is the police's,
	s.clueDone(dispatcher, handleClueOnSpot, harness.Vars{"clue": fixed.ID, "note": "已当场复位"})
	s.clueDone(dispatcher, referClue, harness.Vars{"clue": fight.ID, "to": "POLICE_110", "note": "已转110"})

	// then the queue holds the third, and both reporters read what became of theirs.
	queue := harness.Ask[struct{ Clues struct{ Nodes []clueView } }](dispatcher, queueQuery, nil).Clues.Nodes
	if len(queue) != 1 || queue[0].ID != stays.ID {
		t.Errorf("the queue: %+v", queue)
	}
	for claim, want := range map[*string]string{fixed.ClaimCode: "HANDLED_ON_SPOT", fight.ClaimCode: "REFERRED"} {
		if got := s.track(*claim); got.Outcome == nil || *got.Outcome != want || got.Reason == nil {
			t.Errorf("the reporter sees %+v instead of %s", got, want)
		}
	}
}

func TestWhoeverFixedItDoesNotCheckIt(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a grid worker who is a handler too, and fixes a case in the own cell,
	s.Given(func(ctx context.Context, tx *pg.Tx) {
		fixture.Grant(t, ctx, tx, s.Worker.Actor, actor.Handler, fixture.Nanyuan, fixture.Urban)
	})
	c := s.routed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	desk := s.As(s.Desks[fixture.Urban])
	s.done(desk, acceptCase, harness.Vars{"case": c.ID, "handler": s.Worker.ID})
	after := harness.Picture(t, "after")
	s.done(s.As(s.Worker), reportDisposal, harness.Vars{
		"id": pg.NewID(), "case": c.ID, "text": "已清理", "position": s.at(c), "photos": []harness.Vars{after.Input()}})

	// then the check goes to the stand-in, and the worker cannot answer it.
	checking := s.done(desk, submitForCheck, harness.Vars{"case": c.ID})
	check := checking.openCheck(t)
	if check.Assignee == nil || check.Assignee.ID != s.OtherWorker.ID {
		t.Fatalf("the check went to %+v", check.Assignee)
	}
	if _, refused := attempt[struct{}](s.As(s.Worker), answerCheck, harness.Vars{"task": check.ID, "fixed": true, "note": "好了"}); refused == nil {
		t.Error("who fixed it answers the check")
	}
	s.checked(checking, true)
}

func TestTheDeskSendsBackWhatIsNotGoodEnough(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a disposal that its own department does not like,
	c := s.reported(tip{Text: "垃圾未清", Category: fixture.Rubbish, Cell: 3})
	back := s.done(s.As(s.Desks[fixture.Urban]), sendBackDisposal, harness.Vars{"case": c.ID, "note": "照片不清楚"})

	// then it is the handler's again, who hears of it and reports anew.
	if back.State != "WORKING" || s.told(s.Handlers[fixture.Urban], "DISPOSAL_SENT_BACK") != 1 {
		t.Fatalf("sent back: %s", back.State)
	}
	if again := s.report(back); again.State != "REPORTED" || len(again.Disposals) != 2 {
		t.Errorf("reported again: %s with %d disposals", again.State, len(again.Disposals))
	}
}

func TestADisposalWithoutAPhotoOrFromAfarIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.accepted(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	handler := s.As(s.Handlers[fixture.Urban])
	after := harness.Picture(t, "after")
	report := func(change func(harness.Vars)) harness.Vars {
		in := harness.Vars{"id": pg.NewID(), "case": c.ID, "text": "已清理", "position": s.at(c), "photos": []harness.Vars{after.Input()}}
		change(in)
		return in
	}

	s.refused(handler, reportDisposal, report(func(in harness.Vars) { in["photos"] = []harness.Vars{} }), "PHOTO_MISSING")
	s.refused(handler, reportDisposal, report(func(in harness.Vars) { in["position"] = s.position(tip{Cell: 7}) }), "OUTSIDE_GEOFENCE")
	away := s.done(handler, reportDisposal, report(func(in harness.Vars) {
		in["position"], in["awayReason"] = s.position(tip{Cell: 7}), "现场无信号"
	}))
	if away.State != "REPORTED" || *away.Disposals[0].Distance < 600 {
		t.Errorf("reported from afar: %+v", away.Disposals)
	}
}
