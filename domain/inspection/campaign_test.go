package inspection_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

func TestACampaignPutsATaskOnEveryCellAndTellsEachHolderOnce(t *testing.T) {
	t.Parallel()
	s := newScene(t)

	c := s.campaign(t)

	fixture.Do(s.tx, s.lead, func() {
		c = must(inspection.CampaignByID(s.ctx, s.tx, c.ID))(t)
		equal(t, "state", c.State, inspection.Running)
		equal(t, "generated", c.Generated, 8)
		equal(t, "total", c.Total, 8)
		all, more, err := inspection.Tasks(s.ctx, s.tx, inspection.TaskFilter{Campaign: c.ID}, nil, 100)
		if err != nil || more || len(all) != 8 {
			t.Fatalf("%d tasks, more %v, %v", len(all), more, err)
		}
		for i, task := range all {
			equal(t, "cell", task.Cell, fixture.Cell(fixture.Nanyuan, i))
			equal(t, "somebody holds it", task.AssigneeID != nil, i < 3)
		}
	})
	equal(t, "the holder's tasks", len(s.tasksOf(t, s.holder)), 2)
	equal(t, "messages to the holder", s.count(t, `select count(*) from messages where person_id = $1 and kind = 'task_assigned' and params->>'count' = '2'`, s.holder.ID), 1)
	equal(t, "messages to the neighbour", s.count(t, `select count(*) from messages where person_id = $1 and params->>'count' = '1'`, s.neighbour.ID), 1)
	equal(t, "messages to the starter", s.count(t, `select count(*) from messages where person_id = $1 and kind = 'campaign_ready' and params->>'unassigned' = '5'`, s.lead.ID), 1)
	equal(t, "messages in all", s.count(t, `select count(*) from messages`), 3)
}

func TestAnInterruptedGenerationGoesOnWhereItWasAndEndsOnce(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	c := s.start(t)
	for i, want := range []bool{true, true, false, false, false} {
		equal(t, "more", must(inspection.Generate(s.ctx, s.tx, c.ID, 3))(t), want)
		s.flush(t)
		equal(t, "tasks", s.count(t, `select count(*) from inspection_tasks`), min(8, 3*(i+1)))
	}
	equal(t, "messages", s.count(t, `select count(*) from messages`), 3)
}

func TestTheTaskIsWhoeverHoldsTheCellWhenItIsMade(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	c := s.start(t)
	must(inspection.Generate(s.ctx, s.tx, c.ID, 1))(t)
	s.exec(t, `update duties set person_id = $1 where person_id = $2`, s.neighbour.ID, s.holder.ID)

	must(inspection.Generate(s.ctx, s.tx, c.ID, 100))(t)

	equal(t, "made before the change", len(s.tasksOf(t, s.holder)), 1)
	equal(t, "made after it", len(s.tasksOf(t, s.neighbour)), 2)
}

func TestOnlyThoseInChargeOfTheWholeRegionStartACampaign(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	sound := inspection.Start{Name: "排查", Region: fixture.Nanyuan, Checklist: s.list.ID, DueAt: s.tx.Now.Add(time.Hour)}
	for name, try := range map[string]struct {
		who         *actor.Actor
		change      func(*inspection.Start)
		code, field string
	}{
		"a neighbouring street": {s.lead, func(in *inspection.Start) { in.Region = fixture.Yuanling }, "NOT_ALLOWED", "region"},
		"the whole district":    {s.lead, func(in *inspection.Start) { in.Region = fixture.District }, "NOT_ALLOWED", "region"},
		"a grid worker":         {s.holder, func(*inspection.Start) {}, "NOT_ALLOWED", "region"},
		"an unknown community":  {s.lead, func(in *inspection.Start) { in.Region = fixture.Nanyuan + "999" }, "UNKNOWN_REGION", "region"},
		"an unknown checklist":  {s.lead, func(in *inspection.Start) { in.Checklist = pg.NewID() }, "CHECKLIST_NOT_FOUND", "checklist"},
		"due now":               {s.lead, func(in *inspection.Start) { in.DueAt = s.tx.Now }, "CAMPAIGN_DUE", "dueAt"},
		"due in two years":      {s.lead, func(in *inspection.Start) { in.DueAt = s.tx.Now.AddDate(2, 0, 0) }, "CAMPAIGN_DUE", "dueAt"},
		"no name":               {s.lead, func(in *inspection.Start) { in.Name = " " }, "CAMPAIGN_NAME", "name"},
	} {
		in := sound
		try.change(&in)
		s.exec(t, `savepoint before`)
		fixture.Do(s.tx, try.who, func() {
			_, err := inspection.StartCampaign(s.ctx, s.tx, in)
			refused(t, name, err, try.code, try.field)
		})
		s.exec(t, `rollback to savepoint before`)
	}
}

func TestSomebodyElsesTaskIsNotFound(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	c := s.campaign(t)
	task := s.tasksOf(t, s.holder)[0]
	for name, who := range map[string]*actor.Actor{"a neighbour": s.neighbour, "the duty lead": s.lead, "nobody": actor.Anonymous} {
		_, err := s.submit(who, s.submission(task.ID, passed()...))
		refused(t, name, err, "TASK_NOT_FOUND", "task")
	}
	stranger := fixture.Person(t, s.ctx, s.tx, fixture.As(actor.Dispatcher, fixture.Yuanling, ""))
	fixture.Do(s.tx, stranger, func() {
		_, err := inspection.CampaignByID(s.ctx, s.tx, c.ID)
		refused(t, "a campaign elsewhere", err, "CAMPAIGN_NOT_FOUND", "")
		found, _, err := inspection.Tasks(s.ctx, s.tx, inspection.TaskFilter{Campaign: c.ID}, nil, 10)
		if len(found) > 0 || err != nil {
			t.Errorf("tasks elsewhere: %d, %v", len(found), err)
		}
	})
	above := fixture.Person(t, s.ctx, s.tx, fixture.As(actor.Supervisor, fixture.District, ""))
	fixture.Do(s.tx, above, func() {
		if _, err := inspection.CampaignByID(s.ctx, s.tx, c.ID); err != nil {
			t.Errorf("a campaign of one's district: %v", err)
		}
	})
}

func TestACampaignClosesWithItsLastTaskEvenWhenTheLastTwoComeAtOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.DB(t)
	var s *scene
	var c inspection.Campaign
	inTx(t, db, func(ctx context.Context, tx *pg.Tx) {
		s = sceneIn(t, ctx, tx)
		c = s.campaign(t)
		s.exec(t, `update inspection_tasks set state = 'cancelled' where assignee_id is null`)
	})
	var all sync.WaitGroup
	for _, who := range []*actor.Actor{s.holder, s.neighbour} {
		var tasks []inspection.Task
		inTx(t, db, func(ctx context.Context, tx *pg.Tx) { s.ctx, s.tx = ctx, tx; tasks = s.tasksOf(t, who) })
		for _, task := range tasks {
			in := s.submission(task.ID, passed()...)
			all.Go(func() {
				ctx := actor.With(t.Context(), who)
				if err := db.Write(ctx, func(tx *pg.Tx) error { _, err := inspection.Submit(ctx, tx, in); return err }); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	inTx(t, db, func(ctx context.Context, tx *pg.Tx) {
		found := must(inspection.CampaignsOf(ctx, tx, []uuid.UUID{c.ID}))(t)
		equal(t, "state", found[0].State, inspection.Closed)
		progress := must(inspection.ProgressOf(ctx, tx, []uuid.UUID{c.ID}))(t)
		if len(progress) != 1 || progress[0].Street != fixture.Nanyuan || progress[0].Tasks != 8 || progress[0].Done != 3 {
			t.Errorf("progress: %+v", progress)
		}
		equal(t, "messages", must(pg.Val[int](ctx, tx, `select count(*) from messages where kind = 'campaign_closed'`))(t), 1)
	})
}

func TestTasksArePagedByDueTimeAndCampaignsNewestFirst(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	first := s.campaign(t)
	second := s.campaign(t)
	fixture.Do(s.tx, s.holder, func() {
		var after *inspection.Place
		var seen []uuid.UUID
		for more := true; more; {
			var found []inspection.Task
			var err error
			if found, more, err = inspection.MyTasks(s.ctx, s.tx, after, 3); err != nil {
				t.Fatal(err)
			}
			for _, task := range found {
				seen = append(seen, task.ID)
			}
			after = &inspection.Place{DueAt: found[len(found)-1].DueAt, ID: found[len(found)-1].ID}
		}
		slices.SortFunc(seen, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
		equal(t, "tasks", len(slices.Compact(seen)), 4)
	})
	fixture.Do(s.tx, s.lead, func() {
		newest, more, err := inspection.Campaigns(s.ctx, s.tx, nil, nil, 1)
		if err != nil || !more || newest[0].ID != second.ID {
			t.Fatalf("first page: %+v, more %v, %v", newest, more, err)
		}
		oldest, more, err := inspection.Campaigns(s.ctx, s.tx, nil, &newest[0].ID, 1)
		if err != nil || more || oldest[0].ID != first.ID {
			t.Fatalf("second page: %+v, more %v, %v", oldest, more, err)
		}
	})
}
