package inspection_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// small is a checklist with one item of each kind.
func small() inspection.Checklist {
	return inspection.Checklist{Code: "small-premises", NameZH: "三小场所检查", NameEN: "Small premises", Items: []inspection.Item{
		{Code: "exit", QuestionZH: "疏散通道畅通", QuestionEN: "Escape route clear", Kind: inspection.PassFail, Category: fixture.BlockedExit, Severity: inspection.Major, LegalBasis: "《消防法》第二十八条"},
		{Code: "extinguishers", QuestionZH: "灭火器数量", QuestionEN: "Extinguishers", Kind: inspection.Number, UnitZH: "具", UnitEN: "pieces", Min: new(2.0), Category: fixture.Hydrant, Severity: inspection.General},
		{Code: "lodging", QuestionZH: "是否违规住人", QuestionEN: "Does anybody sleep here", Kind: inspection.OneOf, Category: fixture.BlockedExit, Severity: inspection.Major,
			Choices: []inspection.Choice{{Code: "none", NameZH: "无", NameEN: "No"}, {Code: "mixed", NameZH: "违规住人", NameEN: "Yes", Fails: true}}},
		{Code: "name", QuestionZH: "场所名称", QuestionEN: "Name of the premises", Kind: inspection.Text},
		{Code: "front", QuestionZH: "门头照片", QuestionEN: "Photo of the front", Kind: inspection.Photo},
	}}
}

func passed() []inspection.Answer {
	return []inspection.Answer{
		{Item: "exit", Outcome: inspection.Pass}, {Item: "extinguishers", Outcome: inspection.Pass, Number: new(4.0)},
		{Item: "lodging", Outcome: inspection.Pass, Text: "none"}, {Item: "name", Outcome: inspection.Pass, Text: "老王杂货店"},
		{Item: "front", Outcome: inspection.Pass},
	}
}

// scene is the small city with a checklist, its people and, after campaign, a task for each of Nanyuan's eight cells.
type scene struct {
	ctx                     context.Context
	tx                      *pg.Tx
	lead, holder, neighbour *actor.Actor
	list                    inspection.Checklist
}

func newScene(t *testing.T) *scene {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	return sceneIn(t, ctx, tx)
}

func sceneIn(t *testing.T, ctx context.Context, tx *pg.Tx) *scene {
	t.Helper()
	fixture.City(t, ctx, tx)
	fixture.Standards(t, ctx, tx)
	s := &scene{ctx: ctx, tx: tx,
		lead:      fixture.Person(t, ctx, tx, fixture.As(actor.DutyLead, fixture.Nanyuan, "")),
		holder:    fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, "")),
		neighbour: fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))}
	fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 0), fixture.Cell(fixture.Nanyuan, 1)}, s.holder)
	fixture.DutyGrid(t, ctx, tx, []string{fixture.Cell(fixture.Nanyuan, 2)}, s.neighbour)
	fixture.Do(tx, actor.System("test"), func() {
		var err error
		if s.list, err = inspection.Publish(ctx, tx, small()); err != nil {
			t.Fatal(err)
		}
	})
	return s
}

func (s *scene) start(t *testing.T) inspection.Campaign {
	t.Helper()
	var c inspection.Campaign
	fixture.Do(s.tx, s.lead, func() {
		c = must(inspection.StartCampaign(s.ctx, s.tx, inspection.Start{Name: "三小场所排查", Region: fixture.Nanyuan,
			Checklist: s.list.ID, DueAt: s.tx.Now.Add(72 * time.Hour)}))(t)
	})
	return c
}

// campaign is started, and its tasks are made.
func (s *scene) campaign(t *testing.T) inspection.Campaign {
	t.Helper()
	c := s.start(t)
	for more := true; more; {
		more = must(inspection.Generate(s.ctx, s.tx, c.ID, 3))(t)
	}
	s.flush(t)
	return c
}

func (s *scene) flush(t *testing.T) {
	t.Helper()
	if err := s.tx.Flush(s.ctx); err != nil {
		t.Fatal(err)
	}
}

// tasksOf are the open tasks of somebody.
func (s *scene) tasksOf(t *testing.T, who *actor.Actor) (found []inspection.Task) {
	t.Helper()
	fixture.Do(s.tx, who, func() {
		var err error
		if found, _, err = inspection.MyTasks(s.ctx, s.tx, nil, 100); err != nil {
			t.Fatal(err)
		}
	})
	return found
}

func (s *scene) submission(task uuid.UUID, answers ...inspection.Answer) inspection.Submission {
	lon, lat := fixture.Centre(fixture.Nanyuan, 0)
	return inspection.Submission{ID: pg.NewID(), Task: task, Answers: answers,
		Position: geo.Position{Lon: lon, Lat: lat, Datum: geo.WGS84, Accuracy: 5, Source: geo.SourceGNSS, CapturedAt: s.tx.Now},
		Photos:   []media.Declared{{ID: pg.NewID(), SHA256: make([]byte, 32)}}}
}

func (s *scene) submit(who *actor.Actor, in inspection.Submission) (r inspection.Receipt, err error) {
	fixture.Do(s.tx, who, func() { r, err = inspection.Submit(s.ctx, s.tx, in) })
	return r, err
}

func TestACampaignPutsATaskOnEveryCellAndTellsEachHolderOnce(t *testing.T) {
	t.Parallel()
	s := newScene(t)

	c := s.campaign(t)

	fixture.Do(s.tx, s.lead, func() {
		c = must(inspection.CampaignByID(s.ctx, s.tx, c.ID))(t)
		equal(t, "state", c.State, inspection.Running)
		equal(t, "generated", c.Generated, 8)
		equal(t, "total", c.Total, 8)
		all, more, err := inspection.Tasks(s.ctx, s.tx, inspection.TaskFilter{Campaign: c.ID}, "", 100)
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

func TestAFailedItemIsFixedOnTheSpotOrFiled(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	task := s.tasksOf(t, s.holder)[0]
	answers := passed()
	answers[0] = inspection.Answer{Item: "exit", Outcome: inspection.Fail, Fixed: true, Note: "清走杂物"}
	answers[1] = inspection.Answer{Item: "extinguishers", Outcome: inspection.Fail, Number: new(1.0)}

	r, err := s.submit(s.holder, s.submission(task.ID, answers...))
	if err != nil {
		t.Fatal(err)
	}
	s.flush(t)

	equal(t, "state", r.Task.State, inspection.Done)
	found := must(inspection.FindingsOf(s.ctx, s.tx, []uuid.UUID{task.ID}))(t)[task.ID]
	if len(found) != 2 {
		t.Fatalf("%d findings", len(found))
	}
	equal(t, "the first", found[0].Item, "exit")
	equal(t, "fixed", found[0].Fixed, true)
	equal(t, "its note", found[0].Note, "清走杂物")
	equal(t, "the second", found[1].Category, fixture.Hydrant)
	equal(t, "its note", found[1].Note, "灭火器数量") // nothing was written: the question says what failed
	equal(t, "jobs", s.count(t, `select count(*) from outbox where kind = 'finding.file'`), 1)
	equal(t, "the job", s.count(t, `select count(*) from outbox where kind = 'finding.file' and payload = jsonb_build_object('finding', $1::uuid)`, found[1].ID), 1)
	equal(t, "photos", s.count(t, `select count(*) from photos where subject = 'inspection'`), 1)
	equal(t, "tasks left", len(s.tasksOf(t, s.holder)), 1)
}

func TestTheSameInspectionIsStoredOnceHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	tasks := s.tasksOf(t, s.holder)
	in := s.submission(tasks[0].ID, passed()...)
	for i := range 3 {
		r, err := s.submit(s.holder, in)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "repeated", r.Repeated, i > 0)
		equal(t, "state", r.Task.State, inspection.Done)
	}

	other := in
	other.Answers = slices.Clone(in.Answers)
	other.Answers[3].Text = "另一家"
	_, err := s.submit(s.holder, other)
	refused(t, "the same id with another text", err, "INSPECTION_ID_REUSED", "id")
	other = in
	other.Task = tasks[1].ID
	_, err = s.submit(s.holder, other)
	refused(t, "the same id for another task", err, "INSPECTION_ID_REUSED", "id")
	_, err = s.submit(s.holder, s.submission(tasks[0].ID, passed()...))
	refused(t, "another inspection of a task that is done", err, "ACTION_NOT_POSSIBLE", "task")
	equal(t, "inspections", s.count(t, `select count(*) from inspections`), 1)
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
		found, _, err := inspection.Tasks(s.ctx, s.tx, inspection.TaskFilter{Campaign: c.ID}, "", 10)
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

func TestAnswersThatContradictTheChecklistAreRefusedWithTheirPath(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	task := s.tasksOf(t, s.holder)[0].ID
	for name, try := range map[string]struct {
		change      func(*inspection.Submission)
		code, field string
	}{
		"an item left out":             {func(in *inspection.Submission) { in.Answers = in.Answers[1:] }, "ITEM_UNANSWERED", "answers"},
		"an unknown item":              {func(in *inspection.Submission) { in.Answers[1].Item = "roof" }, "ITEM_UNKNOWN", "answers[1].item"},
		"an item answered twice":       {func(in *inspection.Submission) { in.Answers[1] = in.Answers[0] }, "ITEM_ANSWERED_TWICE", "answers[1].item"},
		"too many answers":             {func(in *inspection.Submission) { in.Answers = append(in.Answers, in.Answers...) }, "ANSWERS_TOO_MANY", "answers"},
		"no number":                    {func(in *inspection.Submission) { in.Answers[1].Number = nil }, "NUMBER_MISSING", "answers[1].number"},
		"a number that is none":        {func(in *inspection.Submission) { in.Answers[1].Number = new(math.NaN()) }, "NUMBER_NOT_FINITE", "answers[1].number"},
		"a number not asked for":       {func(in *inspection.Submission) { in.Answers[2].Number = new(1.0) }, "NUMBER_NOT_ASKED", "answers[2].number"},
		"passed below the bound":       {func(in *inspection.Submission) { in.Answers[1].Number = new(1.0) }, "OUTCOME_CONTRADICTED", "answers[1].outcome"},
		"passed with a failing choice": {func(in *inspection.Submission) { in.Answers[2].Text = "mixed" }, "OUTCOME_CONTRADICTED", "answers[2].outcome"},
		"an unknown choice":            {func(in *inspection.Submission) { in.Answers[2].Text = "perhaps" }, "CHOICE_UNKNOWN", "answers[2].text"},
		"words not asked for":          {func(in *inspection.Submission) { in.Answers[0].Text = "x" }, "TEXT_NOT_ASKED", "answers[0].text"},
		"no words":                     {func(in *inspection.Submission) { in.Answers[3].Text = " \x00" }, "TEXT_MISSING", "answers[3].text"},
		"broken UTF-8":                 {func(in *inspection.Submission) { in.Answers[3].Text = "\xff" }, "TEXT_ENCODING", "answers[3].text"},
		"a megabyte of words":          {func(in *inspection.Submission) { in.Answers[3].Text = strings.Repeat("长", 1<<20) }, "TEXT_TOO_LONG", "answers[3].text"},
		"a record that fails":          {func(in *inspection.Submission) { in.Answers[3].Outcome = inspection.Fail }, "OUTCOME_NOT_POSSIBLE", "answers[3].outcome"},
		"an unknown outcome":           {func(in *inspection.Submission) { in.Answers[0].Outcome = "fine" }, "OUTCOME_UNKNOWN", "answers[0].outcome"},
		"fixed without a photo": {func(in *inspection.Submission) {
			in.Answers[0] = fixedExit()
			in.Answers[4].Outcome = inspection.NotApplicable
			in.Photos = nil
		}, "PHOTO_MISSING", "answers[0].fixed"},
		"fixed though it passed":        {func(in *inspection.Submission) { in.Answers[0].Fixed = true }, "NOTHING_TO_FIX", "answers[0].fixed"},
		"a photo asked for and missing": {func(in *inspection.Submission) { in.Photos = nil }, "PHOTO_MISSING", "answers[4].item"},
		"not a UUIDv7":                  {func(in *inspection.Submission) { in.ID = uuid.New() }, "ID_NOT_UUID_V7", "id"},
		"captured tomorrow":             {func(in *inspection.Submission) { in.Position.CapturedAt = in.Position.CapturedAt.Add(24 * time.Hour) }, "CAPTURED_IN_FUTURE", "position.capturedAt"},
		"nowhere":                       {func(in *inspection.Submission) { in.Position.Lon = math.NaN() }, "", "position"},
		"a photo without hash":          {func(in *inspection.Submission) { in.Photos[0].SHA256 = nil }, "PHOTO_HASH_MALFORMED", "photos[0].sha256"},
	} {
		in := s.submission(task, passed()...)
		try.change(&in)
		s.exec(t, `savepoint before`)
		_, err := s.submit(s.holder, in)
		refused(t, name, err, try.code, try.field)
		s.exec(t, `rollback to savepoint before`)
	}
	equal(t, "inspections", s.count(t, `select count(*) from inspections`), 0)
}

func fixedExit() inspection.Answer {
	return inspection.Answer{Item: "exit", Outcome: inspection.Fail, Fixed: true}
}

func TestWhatDoesNotApplyNeedsNoAnswer(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.campaign(t)
	var answers []inspection.Answer
	for _, item := range s.list.Items {
		answers = append(answers, inspection.Answer{Item: item.Code, Outcome: inspection.NotApplicable})
	}
	in := s.submission(s.tasksOf(t, s.holder)[0].ID, answers...)
	in.Photos = nil
	if _, err := s.submit(s.holder, in); err != nil {
		t.Fatal(err)
	}
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
		newest, more, err := inspection.Campaigns(s.ctx, s.tx, nil, 1)
		if err != nil || !more || newest[0].ID != second.ID {
			t.Fatalf("first page: %+v, more %v, %v", newest, more, err)
		}
		oldest, more, err := inspection.Campaigns(s.ctx, s.tx, &newest[0].ID, 1)
		if err != nil || more || oldest[0].ID != first.ID {
			t.Fatalf("second page: %+v, more %v, %v", oldest, more, err)
		}
	})
}

func TestAChecklistThatCouldNotBeAnsweredIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for name, try := range map[string]struct {
		change      func(*inspection.Checklist)
		code, field string
	}{
		"a code with blanks":       {func(c *inspection.Checklist) { c.Code = "a b" }, "CHECKLIST_CODE", "code"},
		"no name":                  {func(c *inspection.Checklist) { c.NameEN = "" }, "CHECKLIST_NAME", "nameEn"},
		"no items":                 {func(c *inspection.Checklist) { c.Items = nil }, "CHECKLIST_ITEMS", "items"},
		"a code twice":             {func(c *inspection.Checklist) { c.Items[2].Code = "exit" }, "CHECKLIST_CODE", "items[2].code"},
		"a question without words": {func(c *inspection.Checklist) { c.Items[0].QuestionZH = "\t" }, "CHECKLIST_QUESTION", "items[0].questionZh"},
		"an unknown kind":          {func(c *inspection.Checklist) { c.Items[0].Kind = "smell" }, "CHECKLIST_KIND", "items[0].kind"},
		"a number without unit":    {func(c *inspection.Checklist) { c.Items[1].UnitZH = "" }, "CHECKLIST_UNIT", "items[1].unitZh"},
		"bounds that cross":        {func(c *inspection.Checklist) { c.Items[1].Max = new(1.0) }, "CHECKLIST_BOUND", "items[1].max"},
		"bounds on words":          {func(c *inspection.Checklist) { c.Items[3].Min = new(1.0) }, "CHECKLIST_BOUND", "items[3].min"},
		"one choice":               {func(c *inspection.Checklist) { c.Items[2].Choices = c.Items[2].Choices[:1] }, "CHECKLIST_CHOICES", "items[2].choices"},
		"choices on a photo":       {func(c *inspection.Checklist) { c.Items[4].Choices = c.Items[2].Choices }, "CHECKLIST_CHOICES", "items[4].choices"},
		"a choice twice":           {func(c *inspection.Checklist) { c.Items[2].Choices[1].Code = "none" }, "CHECKLIST_CODE", "items[2].choices[1].code"},
		"a failure of no category": {func(c *inspection.Checklist) { c.Items[2].Category, c.Items[2].Severity = "", "" }, "CHECKLIST_CATEGORY", "items[2].category"},
		"no severity":              {func(c *inspection.Checklist) { c.Items[0].Severity = "" }, "CHECKLIST_SEVERITY", "items[0].severity"},
		"an unknown category":      {func(c *inspection.Checklist) { c.Items[0].Category = "9999" }, "UNKNOWN_CATEGORY", "items[0].category"},
	} {
		c := small()
		try.change(&c)
		fixture.Do(s.tx, actor.System("test"), func() {
			_, err := inspection.Publish(s.ctx, s.tx, c)
			refused(t, name, err, try.code, try.field)
		})
	}
	fixture.Do(s.tx, s.lead, func() {
		_, err := inspection.Publish(s.ctx, s.tx, small())
		refused(t, "by a duty lead", err, "NOT_ALLOWED", "")
	})
}

func TestANewVersionLeavesTheOldOneAsItWas(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	next := small()
	next.Items = next.Items[:1]
	var published inspection.Checklist
	fixture.Do(s.tx, actor.System("test"), func() { published = must(inspection.Publish(s.ctx, s.tx, next))(t) })
	equal(t, "version", published.Version, 2)

	current := must(inspection.Checklists(s.ctx, s.tx))(t)
	equal(t, "current", len(current), 1)
	equal(t, "current version", current[0].Version, 2)
	old := must(inspection.ChecklistsByID(s.ctx, s.tx, []uuid.UUID{s.list.ID}))(t)[0]
	equal(t, "items of the old one", len(old.Items), 5)
	equal(t, "its bound", *old.Items[1].Min, 2.0)
}

func (s *scene) count(t *testing.T, sql string, args ...any) int {
	t.Helper()
	return must(pg.Val[int](s.ctx, s.tx, sql, args...))(t)
}

func (s *scene) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	if _, err := s.tx.Exec(s.ctx, sql, args...); err != nil {
		t.Fatal(err)
	}
}

func inTx(t *testing.T, db *pg.DB, fn func(context.Context, *pg.Tx)) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.System("test"))
	if err := db.Write(ctx, func(tx *pg.Tx) error { fn(ctx, tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// refused expects a fault; code "" stands for any.
func refused(t *testing.T, name string, err error, code, field string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || code != "" && f.Code != code || !strings.HasPrefix(f.Field, field) || field == "" && f.Field != "" {
		t.Errorf("%s: got %v, want %s at %q", name, err, code, field)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
