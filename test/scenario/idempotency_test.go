package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

func TestOneTipSentTwoHundredTimesIsOneRecord(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a phone that hears no answer and sends its tip 200 times at once, a third of them cut off on the way,
	stranger := s.Anyone()
	in := s.input(tip{Text: "井盖移位", Category: fixture.Rubbish, Cell: 3})
	body, err := json.Marshal(harness.Vars{"query": submitClue.document(), "variables": harness.Vars{"input": in}})
	if err != nil {
		t.Fatal(err)
	}
	receipts := make([]receipt, 200)
	var all sync.WaitGroup
	for i := range receipts {
		all.Go(func() { receipts[i] = insist(t, stranger, body, i%3 == 0) })
	}
	all.Wait()

	// then every answer is the same receipt, one of them the first, and the street has one clue to decide on.
	first := 0
	for _, r := range receipts {
		if !r.Repeated {
			first++
		}
		if r.ClaimCode == nil || r.Number != receipts[0].Number || *r.ClaimCode != *receipts[0].ClaimCode {
			t.Fatalf("answers differ: %+v and %+v", r, receipts[0])
		}
	}
	if first > 1 {
		t.Errorf("%d answers claim to be the first", first)
	}
	queue := harness.Ask[struct{ Clues struct{ Nodes []clueView } }](s.As(s.Dispatcher), queueQuery, nil).Clues.Nodes
	if len(queue) != 1 {
		t.Errorf("the queue holds %d clues", len(queue))
	}
	if got := s.track(*receipts[0].ClaimCode); got.Number != receipts[0].Number {
		t.Errorf("the claim code leads to %+v", got)
	}
}

// insist sends a body until it is answered; at first perhaps with a connection that breaks.
func insist(t *testing.T, c *harness.Client, body []byte, cut bool) receipt {
	if cut {
		ctx, give := context.WithTimeout(t.Context(), 3*time.Millisecond)
		defer give()
		_, _ = c.Try(ctx, body) // whatever came of it, nobody heard
	}
	var answer struct {
		SubmitClue struct {
			receipt
			Errors []harness.Refusal
		}
	}
	wait := time.NewTicker(500 * time.Millisecond)
	defer wait.Stop()
	for {
		a, err := c.Try(t.Context(), body)
		busy := a.Code() == "TOO_MANY_REQUESTS" || a.Code() == "STORE_BUSY"
		if err == nil && !busy && json.Unmarshal(a.Data, &answer) == nil && len(answer.SubmitClue.Errors) == 0 {
			return answer.SubmitClue.receipt
		}
		if err != nil || !busy {
			t.Errorf("status %d, %s, %v", a.Status, a.Body, err)
			return receipt{}
		}
		<-wait.C
	}
}

func TestTheSameIdWithAnotherTipIsAConflict(t *testing.T) {
	t.Parallel()
	s := open(t)
	in := s.input(tip{Text: "垃圾堆放", Category: fixture.Rubbish, Cell: 3})
	first := s.submitInput(s.Anyone(), in)

	for what, change := range map[string]harness.Vars{
		"another text":     {"text": "垃圾堆放！"},
		"another category": {"category": fixture.Hydrant},
		"another place":    {"position": s.position(tip{Cell: 4})},
	} {
		other := maps.Clone(in)
		maps.Copy(other, change)
		refused := s.refused(s.Anyone(), submitClue, other, "CLUE_ID_REUSED")
		if fmt.Sprint(refused.Path) != "[id]" {
			t.Errorf("%s: refused at %v", what, refused.Path)
		}
	}
	if again := s.submitInput(s.Anyone(), in); !again.Repeated || *again.ClaimCode != *first.ClaimCode {
		t.Errorf("the first tip is answered with %+v", again)
	}
}

func TestADisposalReportedTwiceIsOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.accepted(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	handler := s.As(s.Handlers[fixture.Urban])
	after := harness.Picture(t, "after")
	in := harness.Vars{"id": after.ID, "case": c.ID, "text": "已清理", "position": s.at(c), "photos": []harness.Vars{after.Input()}}

	s.done(handler, reportDisposal, in)
	again := s.done(handler, reportDisposal, in)
	if again.State != "REPORTED" || len(again.Disposals) != 1 {
		t.Errorf("reported twice: %s with %d disposals", again.State, len(again.Disposals))
	}
	in["text"] = "已清理，另补充"
	s.refused(handler, reportDisposal, in, "DISPOSAL_ID_REUSED")
}

func TestTwoDispatchersWhoDecideAtOnceMakeOneCase(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	version := s.clueAs(s.As(s.Dispatcher), r.ID).Version

	// Given two who saw the same version and act at the same moment,
	var all sync.WaitGroup
	refusals := make([]*harness.Refusal, 2)
	for i, p := range []*harness.Person{s.Dispatcher, s.DutyLead} {
		client := s.As(p)
		all.Go(func() {
			_, refusals[i] = attempt[cluePayload](client, fileClue, harness.Vars{"clue": r.ID, "version": version, "standard": s.Standards[fixture.Rubbish]})
		})
	}
	all.Wait()

	// then one wins, and the other is told that the clue has moved on.
	if (refusals[0] == nil) == (refusals[1] == nil) {
		t.Fatalf("refusals: %v, %v", refusals[0], refusals[1])
	}
	for _, refused := range refusals {
		if refused != nil && refused.Code != "STALE_VERSION" {
			t.Errorf("the other is refused with %v", refused)
		}
	}
	if n := len(s.cases(s.As(s.Dispatcher), nil)); n != 1 {
		t.Errorf("there are %d cases", n)
	}
}
