package scenario

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

// campaign over a street, with all its tasks made.
func (s *stage) campaign(region string, cells int) campaignView {
	s.t.Helper()
	in := harness.Vars{"name": "出租屋排查", "region": region, "checklist": s.RentalChecklist, "dueAt": s.Now().Add(5 * 24 * time.Hour)}
	started, refused := attempt[struct{ Campaign campaignView }](s.As(s.DutyLead), startCampaign, in)
	if refused != nil {
		s.t.Fatalf("start campaign: %v", refused)
	}
	return harness.Await(s.Harness, "every task is made", func() (campaignView, bool) {
		c := s.progress(started.Campaign.ID)
		return c, c.State == "RUNNING" && c.Generated == cells
	})
}

func (s *stage) progress(id uuid.UUID) campaignView {
	s.t.Helper()
	return harness.Ask[struct{ Campaign campaignView }](s.As(s.DutyLead), campaignQuery, harness.Vars{"id": id}).Campaign
}

func (s *stage) tasksOf(p *harness.Person) []taskView {
	s.t.Helper()
	type answer struct{ MyInspectionTasks struct{ Nodes []taskView } }
	return harness.Ask[answer](s.As(p), tasksQuery, nil).MyInspectionTasks.Nodes
}

// answers fill in the checklist, all well but for the items that failed.
func answers(failed ...harness.Vars) []harness.Vars {
	all := []harness.Vars{
		{"item": fixture.ItemExit, "outcome": "PASS"},
		{"item": fixture.ItemEdge, "outcome": "PASS"},
		{"item": fixture.ItemRooms, "outcome": "PASS", "number": 12},
	}
	for _, f := range failed {
		i := slices.IndexFunc(all, func(a harness.Vars) bool { return a["item"] == f["item"] })
		all[i] = f
	}
	return all
}

func (s *stage) inspection(t taskView, photos []harness.Photo, answers []harness.Vars) harness.Vars {
	inputs := []harness.Vars{}
	for _, p := range photos {
		inputs = append(inputs, p.Input())
	}
	return harness.Vars{"id": pg.NewID(), "task": t.ID, "answers": answers, "position": s.position(tip{Cell: 0}), "photos": inputs}
}

type inspectionPayload struct {
	Task     taskView
	Repeated bool
}

func TestACampaignReachesEveryCellOnceAndItsFindingsBecomeCases(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a campaign over a street of eight cells,
	campaign := s.campaign(fixture.Nanyuan, 8)

	// then each cell's task is with whoever holds it, who was told once.
	mine, others := s.tasksOf(s.Worker), s.tasksOf(s.OtherWorker)
	if len(mine) != 4 || len(others) != 4 || campaign.Total != 8 {
		t.Fatalf("%d and %d tasks of %d", len(mine), len(others), campaign.Total)
	}
	for i, task := range mine {
		if want := fixture.Cell(fixture.Nanyuan, i); task.Cell.Code != want || task.Assignee.ID != s.Worker.ID {
			t.Errorf("task %d is of cell %s for %v", i, task.Cell.Code, task.Assignee)
		}
	}
	if s.told(s.Worker, "TASK_ASSIGNED") != 1 || s.told(s.OtherWorker, "TASK_ASSIGNED") != 1 {
		t.Error("the grid workers were not told once each")
	}

	// When the worker finds two things wrong, of which one is put right on the spot,
	photo := harness.Picture(t, "after")
	s.As(s.Worker).Upload(photo)
	in := s.inspection(mine[0], []harness.Photo{photo}, answers(
		harness.Vars{"item": fixture.ItemExit, "outcome": "FAIL", "note": "通道堆物，已清理", "fixed": true},
		harness.Vars{"item": fixture.ItemEdge, "outcome": "FAIL", "note": "缺少护栏"}))
	done, refused := attempt[inspectionPayload](s.As(s.Worker), submitInspection, in)
	if refused != nil {
		t.Fatalf("submit: %v", refused)
	}

	// then both are findings, and the other one becomes a case that goes to its department by the rules.
	if done.Task.State != "DONE" || done.Repeated || len(done.Task.Findings) != 2 {
		t.Fatalf("done: %+v", done)
	}
	for _, f := range done.Task.Findings {
		if f.Fixed != (f.Item == fixture.ItemExit) {
			t.Errorf("finding %+v", f)
		}
	}
	made := harness.Await(s.Harness, "the finding is a case", func() (caseView, bool) {
		found := s.cases(s.As(s.Dispatcher), harness.Vars{"category": fixture.EdgeGuard})
		return append(found, caseView{})[0], len(found) > 0
	})
	if c := s.awaitState(made.ID, "ROUTED"); c.Department.Code != fixture.Safety || *c.Text != "缺少护栏" {
		t.Errorf("the case is %+v", c)
	}

	// The same answers again change nothing; other answers are refused, and no second case comes of it.
	again, refused := attempt[inspectionPayload](s.As(s.Worker), submitInspection, in)
	if refused != nil || !again.Repeated || len(again.Task.Findings) != 2 {
		t.Errorf("again: %+v, %v", again, refused)
	}
	other := s.inspection(mine[0], nil, answers())
	s.refused(s.As(s.Worker), submitInspection, other, "ACTION_NOT_POSSIBLE")
	s.Settle()
	if n := len(s.cases(s.As(s.Dispatcher), nil)); n != 1 {
		t.Errorf("there are %d cases", n)
	}

	// Progress counts it once, in its street.
	got := s.progress(campaign.ID)
	if got.Done != 1 || got.Findings != 2 || len(got.Streets) != 1 || got.Streets[0].Done != 1 || got.Streets[0].Tasks != 8 {
		t.Errorf("progress: %+v", got)
	}
}

// cases are those that somebody finds by a filter.
func (s *stage) cases(c *harness.Client, filter harness.Vars) []caseView {
	s.t.Helper()
	type answer struct{ Cases struct{ Nodes []caseView } }
	return harness.Ask[answer](c, casesQuery, harness.Vars{"filter": filter, "first": 50}).Cases.Nodes
}

func TestAnInspectionIsRefusedWhereItIsIncompleteOrSomebodyElses(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.campaign(fixture.Nanyuan, 8)
	task := s.tasksOf(s.Worker)[0]

	s.refused(s.As(s.FarWorker), submitInspection, s.inspection(task, nil, answers()), "TASK_NOT_FOUND")
	s.refused(s.As(s.Worker), submitInspection, s.inspection(task, nil, answers()[1:]), "ITEM_UNANSWERED")
	s.refused(s.As(s.Worker), submitInspection, s.inspection(task, nil, answers(
		harness.Vars{"item": fixture.ItemExit, "outcome": "FAIL", "note": "已清理", "fixed": true})), "PHOTO_MISSING")
	if got := s.tasksOf(s.Worker); len(got) != 4 {
		t.Errorf("%d tasks are left", len(got))
	}
}

func TestACampaignIsForThoseWhoLeadAStreet(t *testing.T) {
	t.Parallel()
	s := open(t)
	in := func(region string) harness.Vars {
		return harness.Vars{"name": "排查", "region": region, "checklist": s.RentalChecklist, "dueAt": s.Now().Add(24 * time.Hour)}
	}
	for _, p := range []*harness.Person{s.Volunteer, s.Worker, s.Dispatcher, s.Desks[fixture.Fire]} {
		if _, refused := attempt[struct{}](s.As(p), startCampaign, in(fixture.Nanyuan)); refused == nil {
			t.Errorf("%s may start a campaign", p.Login)
		}
	}
	if _, refused := attempt[struct{}](s.As(s.DutyLead), startCampaign, in(fixture.Yuanling)); refused == nil {
		t.Error("a duty lead may start a campaign in another street")
	}
	late := in(fixture.Nanyuan)
	late["dueAt"] = s.Now().Add(-time.Hour)
	if _, refused := attempt[struct{}](s.As(s.DutyLead), startCampaign, late); refused == nil || len(refused.Path) == 0 || refused.Path[0] != "dueAt" {
		t.Errorf("a campaign in the past: %v", refused)
	}
}
