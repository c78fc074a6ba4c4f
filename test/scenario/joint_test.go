package scenario

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const jointQuery = `query ($id: UUID!) { case(id: $id) { id number reference state ownPartPassedAt assisting { code } parent { id state }
	clues { text photos { id } } children { id reference state ownLimit department { code } clocks { ` + clockFields + ` } } } }`

var addAssisting = mutation{"addAssistingDepartment", "AddAssistingDepartmentInput", ofCase}

type jointView struct {
	ID              uuid.UUID
	Number          int
	Reference       string
	State           string
	OwnPartPassedAt *time.Time
	Assisting       []code
	Parent          *struct {
		ID    uuid.UUID
		State string
	}
	Clues []struct {
		Text   *string
		Photos []struct{ ID uuid.UUID }
	}
	Children []struct {
		ID         uuid.UUID
		Reference  string
		State      string
		OwnLimit   *bool
		Department code
		Clocks     []clockView
	}
}

func (s *stage) joint(c *harness.Client, id uuid.UUID) jointView {
	s.t.Helper()
	return harness.Ask[struct{ Case jointView }](c, jointQuery, harness.Vars{"id": id}).Case
}

// workedOff brings a case from its acceptance to the decision on its check, by a department's own people.
func (s *stage) workedOff(id uuid.UUID, department string) {
	s.t.Helper()
	desk, handler := s.As(s.Desks[department]), s.Handlers[department]
	c := s.done(desk, acceptCase, harness.Vars{"case": id, "handler": handler.ID})
	after := harness.Picture(s.t, "after")
	s.As(handler).Upload(after)
	s.done(s.As(handler), reportDisposal, harness.Vars{"id": pg.NewID(), "case": id, "text": "已处置", "position": s.at(c), "photos": []harness.Vars{after.Input()}})
	s.checked(s.done(desk, submitForCheck, harness.Vars{"case": id}), true)
}

func TestDepartmentsThatHelpOneAnotherEachHaveTheirOwnClocksAndTheCaseClosesWithTheLastOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	dispatcher := s.As(s.Dispatcher)

	// Given a tree over a fire lane, for which a dispatcher lets fire lead and urban management help,
	c, _ := s.filed(tip{Text: "树木压住消防通道", Category: fixture.TreeOvergrow, Cell: 0})
	s.Eventually("the dispatcher is asked", func() bool { return s.told(s.Dispatcher, "NO_RULE") == 1 })
	sent := s.done(dispatcher, routeCase, harness.Vars{"case": c.ID, "department": fixture.Fire, "assisting": []string{fixture.Urban}, "note": "消防主办"})
	whole := s.joint(dispatcher, c.ID)
	if len(whole.Children) != 1 || whole.Children[0].State != "ROUTED" || whole.Children[0].Reference != fmt.Sprintf("%d-1", c.Number) ||
		len(whole.Assisting) != 1 || whole.Assisting[0].Code != fixture.Urban || !*whole.Children[0].OwnLimit {
		t.Fatalf("sent: %+v", whole)
	}

	// then the helpers have a case of their own, read what was reported, and know the parent; they act on their own alone.
	child := whole.Children[0]
	part := s.joint(s.As(s.Desks[fixture.Urban]), child.ID)
	if part.Number != c.Number || len(part.Clues) != 1 || *part.Clues[0].Text != "树木压住消防通道" || part.Parent == nil || part.Parent.ID != c.ID {
		t.Errorf("the assisting desk reads %+v", part)
	}
	s.refused(s.As(s.Desks[fixture.Urban]), acceptCase, harness.Vars{"case": c.ID, "handler": s.Handlers[fixture.Urban].ID}, "ACTION_NOT_YOURS")
	s.hidden("the lead's desk", s.As(s.Desks[fixture.Fire]), caseQuery, child.ID, "CASE_NOT_FOUND")
	if s.told(s.Desks[fixture.Urban], "CASE_ASSIGNED") != 1 || s.told(s.Desks[fixture.Fire], "CASE_ASSIGNED") != 1 {
		t.Error("each desk hears once")
	}

	// A third department is added later, on the parent alone.
	s.refused(dispatcher, addAssisting, harness.Vars{"case": child.ID, "department": fixture.Safety, "note": ""}, "ACTION_NOT_POSSIBLE")
	s.refused(dispatcher, addAssisting, harness.Vars{"case": c.ID, "department": fixture.Urban, "note": ""}, "DEPARTMENT_HAS_PART")
	s.refused(dispatcher, addAssisting, harness.Vars{"case": c.ID, "department": "parks", "note": ""}, "DEPARTMENT_UNKNOWN")
	s.refused(dispatcher, addAssisting, harness.Vars{"case": c.ID, "department": fixture.Safety, "note": "", "version": sent.Version - 1}, "STALE_VERSION")
	if !slices.Contains(sent.Actions, "ADD_ASSISTING") {
		t.Errorf("the dispatcher is offered %v", sent.Actions)
	}
	s.done(dispatcher, addAssisting, harness.Vars{"case": c.ID, "department": fixture.Safety, "note": "脚手架"})
	third := s.joint(dispatcher, c.ID).Children[1]

	// When the lead's part has passed its check, the case waits, on no clock.
	passing := harness.Vars{"case": c.ID, "pass": true, "note": "合格"}
	s.workedOff(c.ID, fixture.Fire)
	waits := s.done(dispatcher, decideCheck, passing)
	if waits.State != "CHECKING" || waits.running("CHECK") != nil || waits.running("TOTAL") != nil || s.joint(dispatcher, c.ID).OwnPartPassedAt == nil {
		t.Fatalf("waiting: %s, %+v", waits.State, waits.Clocks)
	}
	s.refused(dispatcher, decideCheck, passing, "ACTION_NOT_POSSIBLE")

	// It closes with the last child: one is fixed, the other one is voided by two.
	s.workedOff(child.ID, fixture.Urban)
	if closed := s.done(dispatcher, decideCheck, harness.Vars{"case": child.ID, "pass": true, "note": ""}); closed.State != "CLOSED" {
		t.Fatalf("the child is %s", closed.State)
	}
	if s.read(dispatcher, c.ID).State != "CHECKING" || s.told(s.Volunteer, "RATING_ASKED") != 0 {
		t.Error("the case does not wait for its last child")
	}
	s.done(s.As(s.DutyLead), makeRequest, harness.Vars{"case": third.ID, "kind": "VOID", "reason": "无需协办"})
	s.done(s.As(s.Supervisor), decideRequest, harness.Vars{"case": third.ID, "kind": "VOID", "grant": true, "note": ""})
	if end := s.read(dispatcher, c.ID); end.State != "CLOSED" || end.happened("closed") != 1 || s.told(s.Volunteer, "RATING_ASKED") != 1 {
		t.Errorf("after the last child: %s", end.State)
	}
	s.refused(s.As(s.Supervisor), reopenCase, harness.Vars{"case": child.ID, "note": "未修好"}, "ACTION_NOT_POSSIBLE")
}
