package scenario

import (
	"net/http"
	"strings"
	"testing"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

var nameReaders = mutation{"nameReaders", "NameReadersInput", ofCase}

func TestACaseOfARestrictedKindIsForThoseWhoAreNamedAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	dispatcher, lead, desk := s.As(s.Dispatcher), s.As(s.DutyLead), s.As(s.Desks[fixture.Safety])

	// Given people who watch, and a stranger's report of violence at home,
	strangers := map[string]*harness.Client{"the supervisor": s.As(s.Supervisor), "another desk": s.As(s.Desks[fixture.Urban]),
		"the grid worker who stands in": s.As(s.OtherWorker), "another street": s.As(s.FarDispatcher), "a volunteer": s.As(s.Volunteer)}
	watching := map[string]*harness.Stream{}
	for _, who := range []string{"the supervisor", "another desk", "another street"} {
		watching[who] = strangers[who].Subscribe(caseChanged, nil)
	}
	photo := harness.Picture(t, "door")
	reporter := s.Anyone()
	reporter.Upload(photo)
	r := s.submit(reporter, tip{Text: "隔壁有人打孩子", Category: fixture.Violence, Cell: 0, Photos: []harness.Photo{photo}})
	s.Eventually("the photo can be seen", func() bool { return s.clueAs(dispatcher, r.ID).Photos[0].State == "READY" })
	picture := *s.clueAs(dispatcher, r.ID).Photos[0].URL
	for who, c := range strangers {
		s.hidden(who, c, `query ($id: UUID!) { clue(id: $id) { id } }`, r.ID, "CLUE_NOT_FOUND")
	}

	// when it is filed for a duty lead, who names the desk that has to act,
	filed := s.clueDone(dispatcher, fileClue, harness.Vars{"clue": r.ID, "standard": s.Standards[fixture.Violence], "readers": []any{s.DutyLead.ID}}).Case
	s.Eventually("the dispatcher is asked where it goes", func() bool { return s.told(s.Dispatcher, "NO_RULE") == 1 })
	s.done(dispatcher, routeCase, harness.Vars{"case": filed.ID, "department": fixture.Safety, "note": "家暴"})
	s.hidden("the desk, not named yet", desk, `query ($id: UUID!) { case(id: $id) { id } }`, filed.ID, "CASE_NOT_FOUND")
	s.refused(dispatcher, nameReaders, harness.Vars{"case": filed.ID, "people": []any{s.Desks[fixture.Safety].ID}}, "ACTION_NOT_YOURS")
	s.done(lead, nameReaders, harness.Vars{"case": filed.ID, "people": []any{s.Desks[fixture.Safety].ID}})
	handler := s.Handlers[fixture.Safety]
	s.done(desk, acceptCase, harness.Vars{"case": filed.ID, "handler": handler.ID})
	after := harness.Picture(t, "after")
	s.As(handler).Upload(after)
	s.done(s.As(handler), reportDisposal, harness.Vars{"id": pg.NewID(), "case": filed.ID, "text": "已告诫", "position": s.at(*filed), "photos": []harness.Vars{after.Input()}})
	checking := s.done(desk, submitForCheck, harness.Vars{"case": filed.ID})
	s.Eventually("the disposal's photo can be seen", func() bool { return s.read(lead, filed.ID).Disposals[0].Photos[0].State == "READY" })
	done := *s.read(lead, filed.ID).Disposals[0].Photos[0].URL

	// then those who are named work on it as on any other,
	checker := s.worker(*checking.openCheck(t).Assignee)
	s.checked(checking, true)
	s.done(dispatcher, decideCheck, harness.Vars{"case": filed.ID, "pass": true, "note": "属实"})

	// nobody else finds it, its pictures, or so much as its number,
	for who, c := range strangers {
		if c == s.As(checker) {
			continue
		}
		s.hidden(who, c, `query ($id: UUID!) { case(id: $id) { id } }`, filed.ID, "CASE_NOT_FOUND")
		for name, url := range map[string]string{"the report's": picture, "the disposal's": done} {
			if a := c.Get(url); a.Status != http.StatusNotFound {
				t.Errorf("%s sees %s photo: %d", who, name, a.Status)
			}
		}
		page := c.Send(casesQuery, harness.Vars{"first": 50})
		if strings.Contains(string(page.Body), filed.ID.String()) {
			t.Errorf("%s has it on the list", who)
		}
	}

	// no message says what it is about,
	for _, p := range []*harness.Person{s.Dispatcher, s.DutyLead, s.Desks[fixture.Safety], handler, checker} {
		for _, m := range s.inbox(p) {
			if strings.Contains(m.TitleZh+m.BodyEn, "Violence") || strings.Contains(m.TitleZh, "家庭暴力") {
				t.Errorf("a message says %q, %q", m.TitleZh, m.BodyEn)
			}
		}
	}

	// and of all that changed, whoever watched is told of the next usual case first.
	usual := s.routed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: 0})
	remote := s.submit(s.Anyone(), tip{Text: "垃圾", Category: fixture.Rubbish, Street: fixture.Yuanling, Cell: 0})
	far := s.clueDone(s.As(s.FarDispatcher), fileClue, harness.Vars{"clue": remote.ID, "standard": s.Standards[fixture.Rubbish]})
	until(t, watching["another street"], far.Case.ID, "ROUTED")
	until(t, watching["another desk"], usual.ID, "ROUTED")
	if c, _ := nextCase(t, watching["the supervisor"]); c.ID != usual.ID && c.ID != far.Case.ID {
		t.Error("the supervisor is told of the restricted case")
	}
	s.Settle()
	s.TakeSMS()
}
