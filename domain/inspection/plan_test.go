package inspection_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/place"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// monday is the day on which these stories begin, at ten in the morning.
var monday = time.Date(2026, 3, 2, 10, 0, 0, 0, identity.City)

// restaurants is the small city with four red restaurants, a blue one and a school, and a plan for the restaurants: the
// red ones weekly, the blue ones yearly.
func restaurants(t *testing.T) (*scene, inspection.CreatePlan) {
	t.Helper()
	s := newScene(t)
	s.tx.Now = monday.UTC()
	for i := range 4 {
		fixture.Premises(t, s.ctx, s.tx, fmt.Sprintf("R%d", i), "餐饮", "red", fixture.Nanyuan, i)
	}
	fixture.Premises(t, s.ctx, s.tx, "B", "餐饮", "blue", fixture.Nanyuan, 0)
	fixture.Premises(t, s.ctx, s.tx, "S", "学校", "red", fixture.Nanyuan, 0)
	return s, inspection.CreatePlan{Name: "餐饮场所巡查", Region: fixture.District, Checklist: s.list.ID, Places: inspection.OfPremises, Kind: new("餐饮"),
		StartsOn: calendar.Date{Year: 2026, Month: 3, Day: 2}, Rhythms: []inspection.Rhythm{
			{Risk: new(place.Red), Every: 1, Unit: inspection.Weeks}, {Risk: new(place.Blue), Every: 12, Unit: inspection.Months}}}
}

func (s *scene) plan(t *testing.T, in inspection.CreatePlan) {
	t.Helper()
	fixture.Do(s.tx, actor.System("test"), func() { must(inspection.NewPlan(s.ctx, s.tx, in))(t) })
	s.work(t)
}

// night does what is done at night, and in the background after it.
func (s *scene) night(t *testing.T) {
	t.Helper()
	fixture.Do(s.tx, actor.System("test"), func() {
		if err := inspection.KeepPlans(s.ctx, s.tx); err != nil {
			t.Fatal(err)
		}
	})
	s.work(t)
}

// work does the jobs of every campaign, two tasks at a time.
func (s *scene) work(t *testing.T) {
	t.Helper()
	s.flush(t)
	for _, c := range must(pg.All[struct {
		ID    [16]byte `db:"id"`
		State string   `db:"state"`
	}](s.ctx, s.tx, `select id, state from campaigns where state in ('generating', 'ending') order by id`))(t) {
		for more := true; more; {
			if c.State == "ending" {
				more = must(inspection.End(s.ctx, s.tx, c.ID, 2))(t)
			} else {
				more = must(inspection.Generate(s.ctx, s.tx, c.ID, 2))(t)
			}
		}
	}
	s.flush(t)
}

func (s *scene) tasks(t *testing.T, where string) int {
	t.Helper()
	return s.count(t, `select count(*) from inspection_tasks t join campaigns c on c.id = t.campaign_id where `+where)
}

func TestAPlanMakesOneTaskForAPlaceAndPeriodHoweverOftenItIsKept(t *testing.T) {
	t.Parallel()
	s, in := restaurants(t)

	// Given a plan that begins today, the tasks of the periods under way are made at once,
	s.plan(t, in)
	equal(t, "red ones", s.tasks(t, `c.risk = 'red' and t.due_at = '2026-03-09T00:00+08'`), 4)
	equal(t, "blue ones", s.tasks(t, `c.risk = 'blue' and t.due_at = '2027-03-02T00:00+08'`), 1)
	equal(t, "in all", s.tasks(t, `true`), 5)
	equal(t, "the holder's", len(s.tasksOf(t, s.holder)), 3)

	// and no night makes any of them again; what is new is found.
	s.night(t)
	s.night(t)
	equal(t, "after two nights", s.tasks(t, `true`), 5)
	fixture.Premises(t, s.ctx, s.tx, "R9", "餐饮", "red", fixture.Nanyuan, 5)
	s.night(t)
	equal(t, "with a new restaurant", s.tasks(t, `c.risk = 'red'`), 5)
	equal(t, "periods", s.count(t, `select count(*) from campaigns where state = 'running'`), 2)

	// When the week is over, what was not done is over too, and the next week begins.
	s.tx.Now = monday.AddDate(0, 0, 7).UTC()
	s.night(t)
	equal(t, "not reached", s.tasks(t, `c.risk = 'red' and t.state = 'cancelled' and c.state = 'closed' and c.starts_on = '2026-03-02'`), 5)
	equal(t, "of this week", s.tasks(t, `c.risk = 'red' and t.state = 'open' and c.starts_on = '2026-03-09'`), 5)
	equal(t, "still blue", s.tasks(t, `c.risk = 'blue'`), 1)

	// When it is ended, no week begins any more.
	fixture.Do(s.tx, actor.System("test"), func() {
		plans, _, err := inspection.Plans(s.ctx, s.tx, nil, 10)
		if err != nil || len(plans) != 1 {
			t.Fatalf("%d plans, %v", len(plans), err)
		}
		must(inspection.EndPlan(s.ctx, s.tx, plans[0].ID))(t)
	})
	s.tx.Now = monday.AddDate(0, 0, 14).UTC()
	s.night(t)
	equal(t, "after the end", s.tasks(t, `c.risk = 'red'`), 10)
	equal(t, "nobody is told of a plan's tasks", s.count(t, `select count(*) from messages`), 0)
}

func TestWhatIsDoneStaysDoneWhenItsPeriodIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	s, in := restaurants(t)
	in.Rhythms = in.Rhythms[1:]
	s.plan(t, in)
	task := s.tasksOf(t, s.holder)[0]
	if _, err := s.submit(s.holder, s.submission(task.ID, passed()...)); err != nil {
		t.Fatal(err)
	}
	equal(t, "closed", s.count(t, `select count(*) from campaigns where state = 'closed'`), 1)

	s.night(t)

	equal(t, "tasks", s.tasks(t, `t.state = 'done'`), 1)
	equal(t, "closed again", s.count(t, `select count(*) from campaigns where state = 'closed'`), 1)
}

func TestThePeriodsOfAPlanKeepToItsSeason(t *testing.T) {
	t.Parallel()
	s, in := restaurants(t)
	in.Places, in.Kind, in.Region = inspection.OfCells, nil, fixture.Nanyuan
	in.Rhythms = []inspection.Rhythm{{Every: 1, Unit: inspection.Months}}
	in.Season = &inspection.Season{From: "11-01", Until: "03-01"} // March's period begins on the 2nd
	s.plan(t, in)
	equal(t, "out of season", s.tasks(t, `true`), 0)

	s.tx.Now = monday.AddDate(0, 9, 0).UTC()
	s.night(t)

	equal(t, "in season", s.tasks(t, `c.starts_on = '2026-12-02' and t.premises is null`), 8)
}

func TestAPlanIsTriedOutBeforeItIsMade(t *testing.T) {
	t.Parallel()
	s, in := restaurants(t)
	fixture.Premises(t, s.ctx, s.tx, "Y", "餐饮", "red", fixture.Yuanling, 0)
	var got []inspection.Preview
	fixture.Do(s.tx, actor.System("test"), func() { got = must(inspection.PreviewPlan(s.ctx, s.tx, in))(t) })

	equal(t, "rhythms", len(got), 2)
	equal(t, "red ones", got[0].Tasks(), 5)
	equal(t, "streets", len(got[0].Streets), 2)
	equal(t, "in Nanyuan", got[0].Streets[0], inspection.Share{Street: fixture.Nanyuan, Places: 4})
	equal(t, "last day", got[0].To.String(), "2026-03-08")
	equal(t, "blue ones", got[1].Tasks(), 1)
	equal(t, "last day of the year", got[1].To.String(), "2027-03-01")
	equal(t, "nothing was made", s.count(t, `select count(*) from inspection_plans`), 0)
}

func TestAPlanThatCannotBeKeptIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	s, sound := restaurants(t)
	for name, try := range map[string]struct {
		change      func(*inspection.CreatePlan)
		code, field string
	}{
		"no name":                 {func(in *inspection.CreatePlan) { in.Name = "" }, "PLAN_NAME", "name"},
		"an unknown region":       {func(in *inspection.CreatePlan) { in.Region = "440399" }, "UNKNOWN_REGION", "region"},
		"an unknown checklist":    {func(in *inspection.CreatePlan) { in.Checklist = pg.NewID() }, "CHECKLIST_NOT_FOUND", "checklist"},
		"a kind of cells":         {func(in *inspection.CreatePlan) { in.Places = inspection.OfCells }, "PLAN_KIND", "kind"},
		"no rhythm":               {func(in *inspection.CreatePlan) { in.Rhythms = nil }, "PLAN_RHYTHM", "rhythms"},
		"never":                   {func(in *inspection.CreatePlan) { in.Rhythms = []inspection.Rhythm{{Unit: inspection.Days}} }, "PLAN_RHYTHM", "rhythms[0].every"},
		"a grade twice":           {func(in *inspection.CreatePlan) { in.Rhythms[1].Risk = new(place.Red) }, "PLAN_RISK", "rhythms[1].risk"},
		"every grade and another": {func(in *inspection.CreatePlan) { in.Rhythms[1].Risk = nil }, "PLAN_RISK", "rhythms[1].risk"},
		"a day of no year":        {func(in *inspection.CreatePlan) { in.Season = &inspection.Season{From: "02-30", Until: "03-01"} }, "PLAN_SEASON", "season.from"},
		"long ago":                {func(in *inspection.CreatePlan) { in.StartsOn.Year = 2020 }, "PLAN_START", "startsOn"},
	} {
		in := sound
		in.Rhythms = append([]inspection.Rhythm{}, sound.Rhythms...)
		try.change(&in)
		s.exec(t, `savepoint before`)
		fixture.Do(s.tx, actor.System("test"), func() {
			_, err := inspection.NewPlan(s.ctx, s.tx, in)
			refused(t, name, err, try.code, try.field)
		})
		s.exec(t, `rollback to savepoint before`)
	}
	fixture.Do(s.tx, s.lead, func() {
		_, err := inspection.NewPlan(s.ctx, s.tx, sound)
		refused(t, "by a duty lead", err, "NOT_ALLOWED", "region")
	})
}

func TestSeveralHoldersShareADutyGridEvenly(t *testing.T) {
	t.Parallel()
	s, in := restaurants(t)
	for i := range 6 {
		fixture.Premises(t, s.ctx, s.tx, fmt.Sprintf("M%d", i), "餐饮", "red", fixture.Nanyuan, i%2)
	}
	second := fixture.Person(t, s.ctx, s.tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	s.exec(t, `insert into duties (duty_grid_id, person_id, part, valid_from)
		select duty_grid_id, $1, 'holder', $2 from cells where code = $3`, second.ID, fixture.Epoch, fixture.Cell(fixture.Nanyuan, 0))
	in.Rhythms = in.Rhythms[:1]

	s.plan(t, in)

	equal(t, "one's tasks", len(s.tasksOf(t, s.holder)), 4)
	equal(t, "the other's", len(s.tasksOf(t, second)), 4)
}

func TestACampaignOverOneKindOfPremisesIsClosedBeforeItsTasksAreDone(t *testing.T) {
	t.Parallel()
	s, _ := restaurants(t)
	fixture.Do(s.tx, s.lead, func() {
		must(inspection.StartCampaign(s.ctx, s.tx, inspection.Start{Name: "餐饮排查", Region: fixture.Nanyuan, Checklist: s.list.ID,
			DueAt: s.tx.Now.Add(72 * time.Hour), Places: inspection.OfPremises, Kind: new("餐饮"), Risk: new(place.Red)}))(t)
	})
	s.work(t)
	equal(t, "tasks", s.tasks(t, `t.state = 'open' and c.total = 4`), 4)
	if _, err := s.submit(s.neighbour, s.submission(s.tasksOf(t, s.neighbour)[0].ID, passed()...)); err != nil {
		t.Fatal(err)
	}
	fixture.Do(s.tx, s.lead, func() {
		all, _, err := inspection.Campaigns(s.ctx, s.tx, nil, nil, 10)
		if err != nil {
			t.Fatal(err)
		}
		must(inspection.CloseCampaign(s.ctx, s.tx, all[0].ID))(t)
		must(inspection.CloseCampaign(s.ctx, s.tx, all[0].ID))(t)
	})
	s.work(t)
	equal(t, "not reached", s.tasks(t, `t.state = 'cancelled' and c.state = 'closed'`), 3)
	report := must(inspection.ProgressOf(s.ctx, s.tx, must(pg.Vals[uuid.UUID](s.ctx, s.tx, `select id from campaigns`))(t)))(t)
	if len(report) != 1 || report[0].Done != 1 || report[0].Unreached != 3 || !slices.Equal(report[0].Reasons,
		[]inspection.Unreached{{Reason: "not_done", Tasks: 2}, {Reason: "unassigned", Tasks: 1}}) {
		t.Errorf("report: %+v", report)
	}
	equal(t, "messages", s.count(t, `select count(*) from messages where person_id = $1 and kind = 'campaign_closed' and params->>'undone' = '3'`, s.lead.ID), 1)
}
