package casework_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/standard"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// list is casework.List's first page.
func list(ctx context.Context, tx *pg.Tx, f casework.Filter) ([]casework.Case, error) {
	found, _, err := casework.List(ctx, tx, f, casework.Page{First: 100})
	return found, err
}

func TestFilingPinsTheStandardAndAsksForTheRouting(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	reported := town.reported(actor.Anonymous, fixture.BlockedExit).Clue
	c := town.filedFrom(reported, fixture.BlockedExit)
	if c.Number == 0 || c.Kind != standard.Event || !c.Urgent || c.Priority != 1 || c.Cell != reported.Cell || c.Text != reported.Text || c.ClueCount != 1 {
		t.Errorf("%+v", c)
	}
	town.flush()
	town.same("jobs", town.texts(`select kind from outbox where kind = 'case.route' and payload->>'case' = $1`, c.ID.String()), []string{"case.route"})
	if now := done(town, town.dispatcher, clue.Get, reported.ID); now.State != clue.Filed || *now.CaseID != c.ID {
		t.Errorf("the clue: %+v", now)
	}
	if _, err := as(town, town.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: reported.ID}, Standard: c.StandardID}); err == nil {
		t.Error("one clue was filed twice")
	}
}

func TestFilingUnderAnotherCategoryCorrectsTheReporter(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	c := town.filedFrom(town.reported(actor.Anonymous, fixture.BlockedExit).Clue, fixture.Rubbish)
	if c.Category != fixture.Rubbish {
		t.Errorf("category %s", c.Category)
	}
}

func TestNothingIsFiledUnderAStandardThatIsNoMore(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	old := town.standard(fixture.BlockedExit)
	town.exec(`insert into filing_standards select gen_random_uuid(), 2, category, position, condition_zh, condition_en, limit_number,
		limit_unit, closing_zh, closing_en, department, assisting, legal_basis, urgent from filing_standards`)
	reported := town.reported(actor.Anonymous, fixture.BlockedExit).Clue
	file := func(id uuid.UUID) error {
		_, err := as(town, town.dispatcher, casework.File, casework.FileInput{Target: clue.Target{Clue: reported.ID}, Standard: id})
		return err
	}
	town.refused("the old version", file(old), "STANDARD_OUTDATED", "standard")
	town.refused("no version", file(uuid.New()), "STANDARD_UNKNOWN", "standard")
	town.must(file(town.standard(fixture.BlockedExit)))
}

func TestOnlyTheStreetsDispatchersFile(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	reported := town.reported(actor.Anonymous, fixture.BlockedExit).Clue
	in := casework.FileInput{Target: clue.Target{Clue: reported.ID}, Standard: town.standard(fixture.BlockedExit)}
	_, err := as(town, town.supervisor, casework.File, in)
	town.refused("a supervisor", err, "ACTION_NOT_YOURS", "")
	_, err = as(town, town.desk, casework.File, in)
	town.refused("a department", err, "CLUE_NOT_FOUND", "clue")
	_, err = as(town, town.person(fixture.As(actor.Dispatcher, fixture.Yuanling, "")), casework.File, in)
	town.refused("another street", err, "CLUE_NOT_FOUND", "clue")
}

func TestACaseIsPressedAlthoughNextYearsHolidaysAreNotKnown(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	town.tx.Now = time.Date(2026, 12, 29, 2, 0, 0, 0, time.UTC)
	c := town.routes(town.filed(fixture.Hydrant)) // five working days, into a year without a calendar
	town.is(c, casework.Routed)
	if c.DueAt == nil || !c.DueAt.Equal(town.tx.Now.AddDate(0, 0, 5)) {
		t.Errorf("due %v: no later than the promise, and on no guessed holiday", c.DueAt)
	}
}

func TestAMergedClueKeepsItsOwnStatusAndGoesBackUnharmed(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	first, second := town.person(fixture.As(actor.Volunteer, fixture.CityCode, "")), town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	c := town.routes(town.filedFrom(town.reported(first, fixture.BlockedExit).Clue, fixture.BlockedExit))
	before := town.running(c)
	another := town.reported(second, fixture.BlockedExit).Clue

	c = done(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: another.ID}, Case: c.ID})
	town.is(c, casework.Routed)
	town.runs(c, before)
	if now := done(town, town.dispatcher, clue.Get, another.ID); c.ClueCount != 2 || now.State != clue.Merged || *now.CaseID != c.ID {
		t.Errorf("%d clues; the merged one: %+v", c.ClueCount, now)
	}
	back := done(town, town.dispatcher, casework.Unmerge, clue.Target{Clue: another.ID})
	if now := town.now(c); back.State != clue.Submitted || back.CaseID != nil || now.ClueCount != 1 {
		t.Errorf("un-merged: %+v, %d clues", back, now.ClueCount)
	}
	town.same("second reporter", town.outcomes(second), []string{"merged", "unmerged"})
	town.same("first reporter", town.outcomes(first), []string{"filed"})
	town.same("timeline", town.timeline(c), []string{"filed", "routed", "clue_merged", "clue_unmerged"})

	_, err := as(town, town.dispatcher, casework.Unmerge, clue.Target{Clue: another.ID})
	town.refused("un-merging what is not merged", err, "ACTION_NOT_POSSIBLE", "")
}

func TestEveryReporterBehindACaseHearsOfItsOutcome(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	volunteer := town.person(fixture.As(actor.Volunteer, fixture.CityCode, ""))
	c := town.checking()
	merged := town.reported(volunteer, fixture.BlockedExit).Clue
	done(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: merged.ID}, Case: c.ID})
	c = done(town, town.dispatcher, casework.DecideCheck, casework.DecideCheckInput{Target: of(town.seen(c, true)), Pass: true})
	town.same("the merged clue's reporter", town.outcomes(volunteer), []string{"merged", "closed", "rating_asked"})

	late := town.reported(volunteer, fixture.BlockedExit).Clue
	_, err := as(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: late.ID}, Case: c.ID})
	town.refused("merging into a closed case", err, "ACTION_NOT_POSSIBLE", "case")
	_, err = as(town, town.dispatcher, casework.Merge, casework.MergeInput{Target: clue.Target{Clue: late.ID}, Case: uuid.New()})
	town.refused("merging into no case", err, "CASE_NOT_FOUND", "case")
}

func TestAFindingBecomesOneCaseHoweverOftenItsJobRuns(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	open, fixed := town.finding(false), town.finding(true)
	fixture.Do(town.tx, actor.System("worker"), func() {
		for range 2 {
			town.must(casework.FileFinding(town.ctx, town.tx, open))
			town.must(casework.FileFinding(town.ctx, town.tx, fixed))
		}
		town.refused("no finding", casework.FileFinding(town.ctx, town.tx, uuid.New()), "FINDING_NOT_FOUND", "")
	})
	cases := done(town, town.dispatcher, list, casework.Filter{})
	if len(cases) != 1 || cases[0].Source != casework.FromInspection || cases[0].ClueCount != 0 || cases[0].Text != "灭火器过期" {
		t.Fatalf("%+v", cases)
	}
	town.same("the finding's case", town.texts(`select case_id::text from findings where id = $1`, open), []string{cases[0].ID.String()})
	town.is(town.routes(cases[0]), casework.Routed)
}

// finding is one that an inspection of cell 2 left behind.
func (t *town) finding(fixed bool) uuid.UUID {
	t.Helper()
	checklist, campaign, task, inspection, id := pg.NewID(), pg.NewID(), pg.NewID(), pg.NewID(), pg.NewID()
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	t.exec(`insert into checklists (id, code, version, name_zh, name_en, items, published_at) values ($1, $1::uuid::text, 1, '检查', 'Check', '[]', $2)`, checklist, t.tx.Now)
	t.exec(`insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at)
		values ($1, '排查', $2, $3, $4, 'running', 1, 1, '', $4)`, campaign, fixture.Nanyuan, checklist, t.tx.Now)
	t.exec(`insert into inspection_tasks (id, campaign_id, cell, street, state, due_at, created_at) values ($1, $2, $3, $4, 'done', $5, $5)`,
		task, campaign, fixture.Cell(fixture.Nanyuan, 2), fixture.Nanyuan, t.tx.Now)
	t.exec(`insert into inspections (id, payload_hash, task_id, person_id, answers, captured_at, submitted_at) values ($1, '', $2, $3, '{}', $4, $4)`,
		inspection, task, t.holder.ID, t.tx.Now)
	t.exec(`insert into findings (id, inspection_id, task_id, cell, street, item, category, note, point, fixed, found_at)
		values ($1, $2, $3, $4, $5, 'extinguisher', $6, '灭火器过期', st_setsrid(st_makepoint($7, $8), 4326), $9, $10)`,
		id, inspection, task, fixture.Cell(fixture.Nanyuan, 2), fixture.Nanyuan, fixture.Hydrant, lon, lat, fixed, t.tx.Now)
	return id
}
