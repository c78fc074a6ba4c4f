package measure_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/clue"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/domain/measure"
	"gridwork/domain/regrid"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

func TestACellIsCoveredByWhoeverWasThere(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	f.measured()
	covered := func(when string, want int) {
		t.Helper()
		f.RollsUp(9)
		f.shows(f.Dispatcher, year(measure.Together), "coverage", map[string][2]int{"": {want, 8}})
		if got := f.shown(f.Dispatcher, year(measure.ByRegion), "coverage"); got[fixture.Nanyuan+"001"][0] != want {
			t.Errorf("%s: %v by community", when, got)
		}
	}
	report := f.Reported(actor.Anonymous, fixture.BlockedExit, 3)
	done(f, f.Dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: report.Clue.ID}, Assignee: &f.Worker.ID})
	covered("a verification is asked for", 0)
	task, err := pg.Val[uuid.UUID](f.Ctx, f.Tx, "select id from verify_tasks")
	f.Must(err)
	done(f, f.Worker, clue.AnswerVerification, clue.AnswerVerificationInput{Task: task, Confirmed: true})
	covered("it is answered", 1)
	f.Closed()
	covered("a case of the next cell is checked", 2)
	f.Closed()
	covered("and another one of the same cell", 2)
}

func TestAVisitStillCountsWhenItsCellIsCutOrMerged(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	f.measured()
	covered := func(when string, visited, cells int) {
		t.Helper()
		f.RollsUp(9)
		if got := f.shown(f.Dispatcher, year(measure.Together), "coverage")[""]; got != [2]int{visited, cells} {
			t.Errorf("%s: %v, want %d of %d", when, got, visited, cells)
		}
	}
	f.Closed() // cell 2 was visited for the check
	covered("before", 1, 8)
	cell := func(i int) string { return fixture.Cell(fixture.Nanyuan, i) }
	lon, _ := fixture.Centre(fixture.Nanyuan, 2)
	cut := done(f, f.Admin, regrid.Publish, regrid.Input{Ends: []string{cell(2)}, Line: []geo.Point{
		{Lon: lon, Lat: fixture.South - fixture.CellSide}, {Lon: lon, Lat: fixture.South + 2*fixture.CellSide}}})
	covered("cut into two", 2, 9)
	done(f, f.Admin, regrid.Publish, regrid.Input{Ends: []string{cut.Begins[1], cell(3)}})
	covered("the eastern half becomes one with a larger cell that nobody was in", 1, 8)
}

// place puts a building, with shops in it and a task in each, into Nanyuan's cell 2.
func (t *figures) place(code string, floors any, shops ...string) (tasks []uuid.UUID) {
	t.Helper()
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	write := func(sql string, args ...any) {
		t.Helper()
		_, err := t.Tx.Exec(t.Ctx, sql, args...)
		t.Must(err)
	}
	write(`insert into addresses (code, kind, text, terms, floors, point, cell, street, updated_at)
		values ($1, 'building', $1, '{}', $2, st_setsrid(st_makepoint($3, $4), 4326), $5, $6, $7)`, code, floors, lon, lat,
		fixture.Cell(fixture.Nanyuan, 2), fixture.Nanyuan, t.Tx.Now)
	campaign := pg.NewID()
	write(`insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at)
		values ($1, '楼栋', $2, $3, $4, 'running', 9, 9, '', $4)`, campaign, fixture.Nanyuan, fixture.Checklist(t, t.Ctx, t.Tx), t.Tx.Now)
	for _, shop := range shops {
		fixture.Premises(t, t.Ctx, t.Tx, shop, "餐饮", "red", fixture.Nanyuan, 2)
		write("update premises set address = $2 where code = $1", shop, code)
		task := pg.NewID()
		write(`insert into inspection_tasks (id, campaign_id, cell, premises, street, assignee_id, state, due_at, created_at)
			values ($1, $2, $3, $4, $5, $6, 'open', $7, $7)`, task, campaign, fixture.Cell(fixture.Nanyuan, 2), shop, fixture.Nanyuan, t.Worker.ID, t.Tx.Now)
		tasks = append(tasks, task)
	}
	write("insert into measure_queue (id, street) values ($1, $2)", pg.NewID(), fixture.Nanyuan)
	return tasks
}

func (t *figures) inspected(task uuid.UUID, floors ...int) {
	t.Helper()
	t.inspectedAt(t.Tx.Now, task, floors...)
}

// inspectedAt lets somebody have been there earlier than the answers come in.
func (t *figures) inspectedAt(when time.Time, task uuid.UUID, floors ...int) {
	t.Helper()
	there := t.At(2)
	there.CapturedAt = when
	done(t, t.Worker, inspection.Submit, inspection.Submission{ID: pg.NewID(), Task: task, Position: there, Floors: floors, Answers: []inspection.Answer{
		{Item: fixture.ItemExit, Outcome: inspection.Pass}, {Item: fixture.ItemEdge, Outcome: inspection.Pass}, {Item: fixture.ItemRooms, Outcome: inspection.NotApplicable}}})
}

func TestAFloorIsCoveredOnceHoweverOftenItIsWalked(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	done(f, f.Admin, measure.Publish, []measure.Measure{{Key: "floors", NameZH: "楼层", NameEN: "floors", Unit: measure.Ratio,
		Numerator: []measure.Term{"floors_visited"}, Denominator: []measure.Term{"floors"}, Source: "x"}})
	tower := f.place("4403040010000000000000001", 6, "P1", "P2", "P3")
	unknown := f.place("4403040010000000000000002", nil, "P4")
	covered := func(want int) {
		t.Helper()
		f.RollsUp(9)
		f.shows(f.Dispatcher, year(measure.Together), "floors", map[string][2]int{"": {want, 6}})
		f.shows(f.Supervisor, year(measure.ByRegion), "floors", map[string][2]int{fixture.Nanyuan: {want, 6}, fixture.Yuanling: {0, 0}})
	}
	covered(0)
	f.inspected(tower[0], 1, 2, -1) // a cellar is no floor that is counted
	covered(2)
	f.inspected(tower[1], 2, 3, 9) // nine is more than it has
	covered(3)
	f.inspected(tower[2])
	f.inspected(unknown[0], 1, 2)
	covered(3)
	last := year(measure.Together)
	last.To.Month, last.To.Day = 6, 30
	f.shows(f.Dispatcher, last, "floors", map[string][2]int{"": {0, 6}})
}

func TestPremisesAreCoveredByAnInspectionWithinThePeriod(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	done(f, f.Admin, measure.Publish, []measure.Measure{{Key: "premises", NameZH: "场所", NameEN: "premises", Unit: measure.Ratio,
		Numerator: []measure.Term{"premises_visited"}, Denominator: []measure.Term{"premises"}, Source: "x"}})
	november, december := year(measure.Together), year(measure.Together)
	november.From.Month, november.To.Day, november.To.Month = 11, 30, 11
	december.From.Month = 12
	covered := func(period measure.Filter, want int) {
		t.Helper()
		f.RollsUp(3)
		f.shows(f.Dispatcher, period, "premises", map[string][2]int{"": {want, 3}})
	}
	tasks := f.place("4403040010000000000000001", 6, "P1", "P2", "P3")
	again := f.again(tasks)
	covered(november, 0)
	f.inspected(tasks[0])
	covered(november, 1)
	f.Later(15 * 24 * time.Hour) // into December
	f.inspected(again[0])
	f.inspected(tasks[1])
	f.Later(time.Hour)
	f.inspected(again[1]) // for the second time on one day
	covered(november, 1)  // a later visit does not hide the earlier one
	covered(december, 2)
	covered(year(measure.Together), 2)
	f.shows(f.Supervisor, year(measure.ByRegion), "premises", map[string][2]int{fixture.Nanyuan: {2, 3}, fixture.Yuanling: {0, 0}})
}

// What a handheld without network brings home late counts on the day when it was, and moves what came after it.
func TestAFloorCountsOnItsDayWhenTheAnswersComeInLate(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	done(f, f.Admin, measure.Publish, []measure.Measure{{Key: "floors", NameZH: "楼层", NameEN: "floors", Unit: measure.Ratio,
		Numerator: []measure.Term{"floors_visited"}, Denominator: []measure.Term{"floors"}, Source: "x"}})
	tasks := f.place("4403040010000000000000001", 6, "P1", "P2", "P3", "P4")
	covered := func(days, want int) {
		t.Helper()
		f.RollsUp(9)
		since := year(measure.Together)
		since.From = calendar.DateOf(f.Tx.Now.AddDate(0, 0, -days))
		since.To = calendar.DateOf(f.Tx.Now)
		f.shows(f.Dispatcher, since, "floors", map[string][2]int{"": {want, 6}})
	}
	f.inspected(tasks[0], 1, 2)
	f.inspectedAt(f.Tx.Now.AddDate(0, 0, -2), tasks[1], 1, 3)
	f.inspectedAt(f.Tx.Now.AddDate(0, 0, -1), tasks[2], 1)
	covered(0, 2)
	covered(1, 2)
	covered(2, 3)
	f.inspectedAt(f.Tx.Now.AddDate(0, 0, -1), tasks[3], 1, 2, 4)
	covered(0, 2)
	covered(1, 3)
	covered(2, 4)
	followed := f.Rows(`select v::text from measure_visits v where n <> 0 order by 1`)
	fixture.Do(f.Tx, actor.System("measures"), func() { f.Must(measure.Rebuild(f.Ctx, f.Tx)) })
	if rebuilt := f.Rows(`select v::text from measure_visits v order by 1`); !slices.Equal(followed, rebuilt) {
		t.Errorf("%v follow, %v are made from nothing", followed, rebuilt)
	}
}

// again is another task in each of the places.
func (t *figures) again(tasks []uuid.UUID) []uuid.UUID {
	t.Helper()
	campaign := pg.NewID()
	t.exec(`insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at)
		select $1, name, region, checklist_id, due_at, state, total, generated, cursor, created_at from campaigns limit 1`, campaign)
	more := make([]uuid.UUID, len(tasks))
	for i, task := range tasks {
		more[i] = pg.NewID()
		t.exec(`insert into inspection_tasks (id, campaign_id, cell, premises, street, assignee_id, state, due_at, created_at)
			select $1, $2, cell, premises, street, assignee_id, 'open', due_at, created_at from inspection_tasks where id = $3`, more[i], campaign, task)
	}
	return more
}

func TestTheNightIsWhenSomebodyWasThereNotWhenThePhoneFoundANetwork(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	done(f, f.Admin, measure.Publish, []measure.Measure{{Key: "night", NameZH: "夜间", NameEN: "night", Unit: measure.Ratio,
		Numerator: []measure.Term{"inspections_at_night"}, Denominator: []measure.Term{"inspections"}, Source: "x"}})
	tasks := f.place("4403040010000000000000001", 6, "P1", "P2", "P3", "P4", "P5")
	midnight := time.Date(2026, 11, 18, 0, 0, 0, 0, identity.City)
	for i, at := range []time.Duration{-2*time.Hour - time.Second, -2 * time.Hour, 6*time.Hour - time.Second, 6 * time.Hour, 9 * time.Hour} {
		f.inspectedAt(midnight.Add(at), tasks[i])
	}
	f.RollsUp(2)
	shares := map[string][2]int{"2026-11-17": {1, 2}, "2026-11-18": {1, 3}}
	f.shows(f.Dispatcher, year(measure.ByDay), "night", shares)
	f.shows(f.Dispatcher, year(measure.Together), "night", map[string][2]int{"": {2, 5}})
	fixture.Do(f.Tx, actor.System("measures"), func() { f.Must(measure.Rebuild(f.Ctx, f.Tx)) })
	f.RollsUp(2)
	f.shows(f.Dispatcher, year(measure.ByDay), "night", shares)
}

func TestAnInspectionThatWaitsWhenTheFiguresAreMadeAnewCountsOnce(t *testing.T) {
	t.Parallel()
	f := newFigures(t)
	f.inspected(f.place("4403040010000000000000001", 6, "P1")[0])
	f.Must(f.Tx.Flush(f.Ctx))
	fixture.Do(f.Tx, actor.System("measures"), func() { f.Must(measure.Rebuild(f.Ctx, f.Tx)) })
	f.RollsUp(2)
	got := f.Rows(`select inspections::text from measure_sums where region = '4403' and department = '*' and category = '*' and span = 'month'
		union all select n::text from measure_visits where region = '4403' and kind = 'premises'`)
	if strings.Join(got, " ") != "1 1" {
		t.Errorf("in the sums: %v", got)
	}
}
