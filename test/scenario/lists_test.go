package scenario

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

type casePage struct {
	Cases struct {
		Nodes    []caseView
		PageInfo struct {
			HasNextPage bool
			EndCursor   *string
		}
	}
}

func TestALongListIsReadPageByPageWithoutGapsWhileItGrows(t *testing.T) {
	t.Parallel()
	s := open(t)
	supervisor := s.As(s.Supervisor)

	// Given five cases, and a reader who has seen the first two,
	var made []uuid.UUID
	for i := range 5 {
		c, _ := s.filed(tip{Text: "垃圾", Category: fixture.Rubbish, Cell: i})
		made = append(made, c.ID)
	}
	slices.Reverse(made) // the newest first
	var seen []uuid.UUID
	page := harness.Ask[casePage](supervisor, casesQuery, harness.Vars{"first": 2})

	// when another case comes in between,
	s.filed(tip{Text: "消火栓", Category: fixture.Hydrant, Cell: 6})

	// then the following pages go on where the first ended.
	for {
		for _, c := range page.Cases.Nodes {
			seen = append(seen, c.ID)
		}
		if !page.Cases.PageInfo.HasNextPage {
			break
		}
		page = harness.Ask[casePage](supervisor, casesQuery, harness.Vars{"first": 2, "after": *page.Cases.PageInfo.EndCursor})
	}
	if !slices.Equal(seen, made) {
		t.Errorf("read %v, expected %v", seen, made)
	}
	if a := supervisor.Send(casesQuery, harness.Vars{"first": 2, "after": "nonsense"}); len(a.Errors) != 1 || a.Code() == "INTERNAL" {
		t.Errorf("a made-up cursor: %s", a.Body)
	}
}

func TestAListIsNarrowedByWhatOneLooksFor(t *testing.T) {
	t.Parallel()
	s := open(t)
	rubbish := s.accepted(tip{Text: "幼儿园门口垃圾", Category: fixture.Rubbish, Cell: 0})
	hydrant := s.routed(tip{Text: "消火栓漏水", Category: fixture.Hydrant, Cell: 5})
	waiting, _ := s.filed(tip{Text: "树枝断裂", Category: fixture.TreeOvergrow, Cell: 6})
	s.Settle()

	soon := s.Now().Add(3 * 24 * time.Hour)
	for name, c := range map[string]struct {
		filter harness.Vars
		want   []uuid.UUID
	}{
		"everything":            {nil, []uuid.UUID{waiting.ID, hydrant.ID, rubbish.ID}},
		"a state":               {harness.Vars{"states": []string{"WORKING"}}, []uuid.UUID{rubbish.ID}},
		"a department":          {harness.Vars{"department": fixture.Fire}, []uuid.UUID{hydrant.ID}},
		"a category":            {harness.Vars{"category": fixture.Rubbish}, []uuid.UUID{rubbish.ID}},
		"a major category":      {harness.Vars{"category": "02"}, []uuid.UUID{waiting.ID, rubbish.ID}},
		"a community":           {harness.Vars{"region": fixture.Nanyuan + "002"}, []uuid.UUID{waiting.ID, hydrant.ID}},
		"a word":                {harness.Vars{"text": "幼儿园"}, []uuid.UUID{rubbish.ID}},
		"open ones":             {harness.Vars{"open": true, "department": fixture.Urban}, []uuid.UUID{rubbish.ID}},
		"ended ones":            {harness.Vars{"open": false}, nil},
		"due within three days": {harness.Vars{"dueBefore": soon}, []uuid.UUID{rubbish.ID}},
		"overdue ones":          {harness.Vars{"overdue": true}, nil},
		"another street's":      {harness.Vars{"region": fixture.Yuanling}, nil},
	} {
		var got []uuid.UUID
		for _, found := range s.cases(s.As(s.Supervisor), c.filter) {
			got = append(got, found.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, expected %v", name, got, c.want)
		}
	}
	if mine := s.cases(s.As(s.Handlers[fixture.Urban]), harness.Vars{"mine": true}); len(mine) != 1 || mine[0].ID != rubbish.ID {
		t.Errorf("the handler's own: %+v", mine)
	}
	s.AdvanceTo(harness.Monday.Add(7 * 24 * time.Hour))
	if late := s.cases(s.As(s.Supervisor), harness.Vars{"overdue": true}); len(late) != 1 || late[0].ID != rubbish.ID {
		t.Errorf("overdue a week later: %+v", late)
	}
	s.TakeSMS()
}
