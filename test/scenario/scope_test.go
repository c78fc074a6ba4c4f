package scenario

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// outsiders have no business with a fire case of Nanyuan in cell 0.
func (s *stage) outsiders() map[string]*harness.Client {
	return map[string]*harness.Client{
		"a stranger":                    s.Anyone(),
		"another volunteer":             s.As(s.Neighbour),
		"another grid worker":           s.As(s.FarWorker),
		"another street's dispatcher":   s.As(s.FarDispatcher),
		"another department's desk":     s.As(s.Desks[fixture.Urban]),
		"another street's desk":         s.As(s.FarDesk),
		"another department's handler":  s.As(s.Handlers[fixture.Urban]),
		"another street's handler":      s.As(s.FarHandler),
		"another district's supervisor": s.As(s.FarSupervisor),
		"an administrator":              s.As(s.Admin),
		"another system":                s.ByKey(),
	}
}

func TestSomebodyElsesClueCaseAndPhotoAreNotThere(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a volunteer's report with a photo, and the case that came of it,
	picture := harness.Picture(t, "somebody's")
	s.As(s.Volunteer).Upload(picture)
	c := s.routed(tip{Text: "消火栓坏了", Category: fixture.Hydrant, Cell: 0, Photos: []harness.Photo{picture}})
	clue := s.read(s.As(s.Dispatcher), c.ID).Clues[0]
	seen := harness.Await(s.Harness, "the photo can be seen", func() (clueView, bool) {
		v := s.clueAs(s.As(s.Dispatcher), clue.ID)
		return v, v.Photos[0].URL != nil
	})

	for who, client := range s.outsiders() {
		// then to everybody else they do not exist, by whatever door,
		s.hidden(who, client, caseQuery, c.ID, "CASE_NOT_FOUND")
		s.hidden(who, client, clueQuery, clue.ID, "CLUE_NOT_FOUND")
		for _, path := range []string{*seen.Photos[0].URL, *seen.Photos[0].ThumbURL} {
			if a := client.Get(path); a.Status != http.StatusNotFound {
				t.Errorf("%s gets status %d for the photo", who, a.Status)
			}
		}
		// nor in any list,
		if n := len(s.cases(client, nil)); n != 0 {
			t.Errorf("%s lists %d cases", who, n)
		}
		type queue struct{ Clues struct{ Nodes []clueView } }
		if n := len(harness.Ask[queue](client, queueQuery, harness.Vars{"filter": harness.Vars{"states": []string{"FILED", "SUBMITTED"}}}).Clues.Nodes); n != 0 {
			t.Errorf("%s lists %d clues", who, n)
		}
		// and an action on them is answered as if they did not.
		s.outOfReach(who, client, c, clue)
	}

	// The volunteer sees the own clue and nobody's case; the desk the case.
	own := s.clueAs(s.As(s.Volunteer), clue.ID)
	if *own.Text != "消火栓坏了" || len(own.Photos) != 1 {
		t.Errorf("the volunteer sees %+v", own)
	}
	s.hidden("a reporter", s.As(s.Volunteer), caseQuery, c.ID, "CASE_NOT_FOUND")
	if got := s.read(s.As(s.Desks[fixture.Fire]), c.ID); got.ClueCount != 1 || len(got.Clues) != 1 {
		t.Errorf("the desk sees %+v", got)
	}
	if got := s.read(s.As(s.Supervisor), c.ID); got.Text == nil || !slices.Equal(got.Actions, []string{"ORDER_SUPERVISION"}) {
		t.Errorf("the supervisor sees %+v", got)
	}
}

func (s *stage) outOfReach(who string, client *harness.Client, c caseView, clue clueView) {
	s.t.Helper()
	target := harness.Vars{"case": c.ID, "note": "x"}
	for _, try := range []struct {
		mutation
		in   harness.Vars
		want string
	}{
		{acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Fire].ID}, "CASE_NOT_FOUND"},
		{returnCase, harness.Vars{"case": c.ID, "basis": "x", "proposed": fixture.Urban}, "CASE_NOT_FOUND"},
		{recallCase, target, "CASE_NOT_FOUND"},
		{submitForCheck, target, "CASE_NOT_FOUND"},
		{reopenCase, target, "CASE_NOT_FOUND"},
		{decideCheck, harness.Vars{"case": c.ID, "pass": true, "note": ""}, "CASE_NOT_FOUND"},
		{unmergeClue, harness.Vars{"clue": clue.ID}, "CLUE_NOT_FOUND"},
		{refuseClue, harness.Vars{"clue": clue.ID, "reason": "x"}, "CLUE_NOT_FOUND"},
	} {
		if _, refused := attempt[struct{}](client, try.mutation, try.in); refused == nil || refused.Code != try.want {
			s.t.Errorf("%s by %s: %v, expected %s", try.name, who, refused, try.want)
		}
	}
}

func TestADispatcherMergesAndMovesOnlyWithinTheOwnStreet(t *testing.T) {
	t.Parallel()
	s := open(t)
	c, _ := s.filed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	far := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Street: fixture.Yuanling, Cell: 0})

	s.refused(s.As(s.FarDispatcher), mergeClue, harness.Vars{"clue": far.ID, "case": c.ID}, "CASE_NOT_FOUND")
	s.refused(s.As(s.Dispatcher), mergeClue, harness.Vars{"clue": far.ID, "case": c.ID}, "CLUE_NOT_FOUND")
	if got := s.read(s.As(s.Dispatcher), c.ID).ClueCount; got != 1 {
		t.Errorf("the case counts %d clues", got)
	}
}

func TestAMessageIsReadByItsPersonOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.routed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	mine := s.inbox(s.Desks[fixture.Urban])[0]
	const read = `mutation Read($id: UUID!) { markRead(id: $id) { message { id readAt } errors { code } } }`
	for who, client := range map[string]*harness.Client{"a colleague": s.As(s.Desks[fixture.Fire]), "a stranger": s.Anyone()} {
		if a := client.Send(read, harness.Vars{"id": mine.ID}); !strings.Contains(string(a.Body), "MESSAGE_NOT_FOUND") {
			t.Errorf("%s reads it: %s", who, a.Body)
		}
	}
	if a := s.As(s.Desks[fixture.Urban]).Send(read, harness.Vars{"id": mine.ID}); !strings.Contains(string(a.Body), `"errors":[]`) {
		t.Errorf("its person: %s", a.Body)
	}
}

func TestATaskIsAnsweredByWhoeverWasAskedOnly(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	asked := s.clueDone(s.As(s.Dispatcher), askVerification, harness.Vars{"clue": r.ID}).Clue.Verification
	answer := harness.Vars{"task": asked.ID, "confirmed": false, "note": "没有看见"}
	for _, p := range []*harness.Person{s.OtherWorker, s.FarWorker, s.Dispatcher, s.Volunteer} {
		s.refused(s.As(p), answerVerification, answer, "TASK_NOT_FOUND")
	}
	type tasks struct {
		MyVerifyTasks struct{ Nodes []struct{ Clue clueView } }
	}
	mine := harness.Ask[tasks](s.As(s.Worker), verifyQuery, nil).MyVerifyTasks.Nodes
	if len(mine) != 1 || mine[0].Clue.Text == nil || *mine[0].Clue.Text != "垃圾" {
		t.Errorf("the worker's own tasks: %+v", mine)
	}
	s.clueDone(s.As(s.Worker), answerVerification, answer)
	if got := s.clueAs(s.As(s.Dispatcher), r.ID); got.State != "SUBMITTED" || got.Verification.State != "REFUTED" {
		t.Errorf("after the answer: %s, %+v", got.State, got.Verification)
	}
}

func TestAGuessedClaimCodeLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	r := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	code := *r.ClaimCode

	// However its holder types it, the code leads to the report,
	for _, typed := range []string{strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ")} {
		if got := s.track(typed); got.Number != r.Number {
			t.Errorf("typed as %q it leads to %+v", typed, got)
		}
	}
	// and one that nobody was given leads nowhere, said in the same way as what is no code at all.
	for _, guess := range []string{"0000-0000-0000-0000", code[:len(code)-1] + "0", code[:len(code)-1] + "1", "", "' or 1=1 --"} {
		if guess == code {
			continue
		}
		a := s.Anyone().Send(trackQuery, harness.Vars{"code": guess})
		if string(a.Data) != `{"trackClue":null}` || a.Code() == "INTERNAL" {
			t.Errorf("%q is answered with %s", guess, a.Body)
		}
	}
}
