package regrid_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/regrid"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// The cell in the middle is cut where its centre lies to the east of the line, or to the west.
var (
	centreEast = regrid.Input{Ends: []string{n(2)}, Line: meridian(2.4)}
	centreWest = regrid.Input{Ends: []string{n(2)}, Line: meridian(2.6)}
)

func TestOpenWorkGoesWhereItsPositionLiesAndWhatIsOverStays(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed := p.Closed()
	open := p.Reported(actor.Anonymous, fixture.BlockedExit, 2).Clue
	asked := town.Done(p.Town, p.Dispatcher, clue.AskVerification, clue.AskVerificationInput{Target: clue.Target{Clue: p.Reported(actor.Anonymous, fixture.Rubbish, 2).Clue.ID}})
	working := p.Working()
	checking := p.Working()
	checking = town.Done(p.Town, p.Handler, casework.ReportDisposal, p.Disposal(checking))
	town.Done(p.Town, p.Fire, casework.SubmitForCheck, casework.NoteInput{Target: casework.Target{Case: checking.ID}})
	fixture.Premises(t, p.Ctx, p.Tx, "P1", "shop", "red", fixture.Nanyuan, 2)
	p.flush()
	before := p.Now(working)

	preview := town.Done(p.Town, p.district, regrid.Look, centreEast)
	for work, count := range map[cell.Work]int{cell.Clues: 2, cell.Verifications: 1, cell.Cases: 2, cell.Checks: 1, cell.PremisesLanded: 1} {
		if got := of(preview.Moves, work, next(2)); got != count {
			t.Errorf("the preview moves %d of %s, want %d: %+v", got, work, count, preview.Moves)
		}
	}
	if len(preview.DutyGrids) != 1 || preview.DutyGrids[0].CellsBefore != 1 || preview.DutyGrids[0].CellsAfter != 2 {
		t.Errorf("duty grids: %+v", preview.DutyGrids)
	}
	p.lie("clues after a preview", `select distinct cell from clues`, []string{n(2)})

	e := p.published(centreEast)
	if e.State != regrid.Applying || e.Total != 7 {
		t.Fatalf("%+v", e)
	}
	if batches := p.moves(e, 1); batches < 7 {
		t.Errorf("all was moved in %d batches of one", batches)
	}
	if e = p.now(e); e.State != regrid.Done || e.Moved != 7 || e.FinishedAt == nil {
		t.Errorf("%+v", e)
	}
	p.lie("open clues", `select distinct cell from clues where id in ($1, $2)`, []string{next(2)}, open.ID, asked.ID)
	p.lie("verifications", `select cell from verify_tasks where state = 'open'`, []string{next(2)})
	p.lie("open cases", `select distinct cell from cases where state <> 'closed'`, []string{next(2)})
	p.lie("checks", `select cell || ' ' || state from check_tasks order by 1`, []string{n(2) + " passed", next(2) + " open"})
	p.lie("premises", `select cell from premises`, []string{next(2)})
	p.lie("the closed case and its clue", `select cell from cases where id = $1 union all select cell from clues where case_id = $1`, []string{n(2), n(2)}, closed.ID)
	if after := p.Now(working); after.Version != before.Version || after.DueAt == nil || !after.DueAt.Equal(*before.DueAt) {
		t.Errorf("a version or a clock moved: %+v, before %+v", after, before)
	}
	p.lie("the case's history", `select kind from case_events where case_id = $1 order by id desc limit 1`, []string{"rehomed"}, working.ID)
	p.lie("the clue's history", `select detail->>'to' from clue_events where clue_id = $1 order by id desc limit 1`, []string{next(2)}, open.ID)
	p.sound()

	// What is over is read with the cell that it was in, and whoever holds the new cells still sees it.
	old, err := cell.Cells(p.Ctx, p.Tx, []string{n(2)})
	if err != nil || len(old) != 1 || old[0].ValidTo == nil || old[0].Shape.Empty() {
		t.Errorf("the ended cell: %+v, %v", old, err)
	}
	if _, err := town.As(p.Town, p.Worker, casework.Get, closed.ID); err != nil {
		t.Errorf("the grid worker lost a closed case: %v", err)
	}
	if holder, err := cell.HolderAt(p.Ctx, p.Tx, next(1), p.Tx.Now); err != nil || holder == nil || *holder != p.Worker.ID {
		t.Errorf("the western half is held by %v, %v", holder, err)
	}
}

func TestWhatComesToAnEndedCellLaterIsMovedToo(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed := p.Closed()
	e := p.published(centreWest)
	p.moves(e, regrid.Batch)
	p.chores()
	if got := p.now(e); got.State != regrid.Done || got.Moved != 0 {
		t.Fatalf("nothing was there to move: %+v", got)
	}

	// A report that was landed by a grid of some seconds ago, and a closed case that is opened again
	p.Reported(actor.Anonymous, fixture.BlockedExit, 2)
	town.Done(p.Town, p.Supervisor, casework.Reopen, casework.NoteInput{Target: casework.Target{Case: closed.ID}, Note: "复查发现未整改"})
	p.flush()
	p.chores()
	if got := p.now(e); got.State != regrid.Applying || got.FinishedAt != nil {
		t.Fatalf("it was not begun again: %+v", got)
	}
	p.moves(e, regrid.Batch)
	p.lie("the late clue", `select cell from clues where state = 'submitted'`, []string{next(1)})
	p.lie("the reopened case", `select cell from cases`, []string{next(1)})
	if got := p.now(e); got.State != regrid.Done || got.Moved != 2 {
		t.Errorf("%+v", got)
	}
	p.sound()
}

func TestAnEditComesAtItsTimeOnceAndCanBeCancelledBefore(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.Reported(actor.Anonymous, fixture.BlockedExit, 2)
	at := p.Tx.Now.Add(48 * time.Hour)
	dated := centreEast
	dated.EffectiveAt = &at
	first := p.published(dated)
	if first.State != regrid.Pending || first.StartedAt != nil {
		t.Fatalf("%+v", first)
	}
	_, err := town.As(p.Town, p.district, regrid.Publish, centreWest)
	p.Refused("an edit of the same cell", err, cell.CodeChangePending, "ends[0]")
	_, err = town.As(p.Town, p.district, regrid.Publish, regrid.Input{Ends: []string{next(1)}, Line: meridian(2.2)})
	p.Refused("an edit of a cell to come", err, cell.CodeChangePending, "ends[0]")
	p.chores()
	if batches := p.moves(first, regrid.Batch); batches != 1 {
		t.Errorf("%d batches before its time", batches)
	}
	p.lie("the clue before", `select cell from clues`, []string{n(2)})

	cancelled := town.Done(p.Town, p.district, regrid.Cancel, first.ID)
	p.flush()
	if cancelled.State != regrid.Cancelled || cancelled.CancelledAt == nil {
		t.Errorf("%+v", cancelled)
	}
	second := p.published(dated)
	if second.Begins[0] != next(3) {
		t.Errorf("codes of a cancelled edit were given again: %v", second.Begins)
	}
	p.Tx.Now = at
	if _, err := town.As(p.Town, p.district, regrid.Cancel, second.ID); err == nil {
		t.Error("it was cancelled at its time")
	}
	p.chores()
	p.chores()
	p.lie("how often it was begun", `select count(*)::text from outbox where kind = 'cells.move'`, []string{"1"})
	p.moves(second, regrid.Batch)
	p.moves(second, regrid.Batch)
	p.lie("the clue after", `select cell from clues`, []string{next(4)})
	p.lie("the log", `select action from audits where object = 'cell_edit' order by id`,
		[]string{"cell_edit.publish", "cell_edit.cancel", "cell_edit.publish", "cell_edit.begin", "cell_edit.done"})
	p.Tx.Now = at.Add(-time.Hour)
	valid, err := cell.Count(p.Ctx, p.Tx, fixture.Nanyuan)
	if err != nil || valid != 8 {
		t.Errorf("%d cells an hour before, %v", valid, err)
	}
	p.Tx.Now = at
	p.sound()
}

func TestOnlyAdministratorsOfTheRegionEditItsCells(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	elsewhere := p.Person(actor.Admin, fixture.Yuanling, "")
	for name, who := range map[string]*actor.Actor{"an administrator of another street": elsewhere, "a supervisor": p.Supervisor, "a dispatcher": p.Dispatcher} {
		_, err := town.As(p.Town, who, regrid.Publish, centreEast)
		p.Refused(name, err, "ACTION_NOT_YOURS", "")
		_, err = town.As(p.Town, who, regrid.Look, centreEast)
		p.Refused(name+" who looks", err, "ACTION_NOT_YOURS", "")
	}
	e := p.published(centreEast)
	_, err := town.As(p.Town, elsewhere, regrid.ByID, e.ID)
	p.Refused("an edit elsewhere", err, "CELL_EDIT_NOT_FOUND", "")
	_, err = town.As(p.Town, elsewhere, regrid.Cancel, e.ID)
	p.Refused("cancelling one elsewhere", err, "CELL_EDIT_NOT_FOUND", "")
	_, err = town.As(p.Town, p.district, regrid.Cancel, e.ID)
	p.Refused("cancelling one in force", err, "CELL_EDIT_IN_FORCE", "")
	past, far := p.Tx.Now.Add(-time.Second), p.Tx.Now.Add(400*24*time.Hour)
	for _, at := range []time.Time{past, far} {
		_, err = town.As(p.Town, p.district, regrid.Publish, regrid.Input{Ends: []string{n(1)}, Line: meridian(1.5), EffectiveAt: &at})
		p.Refused("a time", err, "CELL_EDIT_TIME", "effectiveAt")
	}
	_, err = town.As(p.Town, p.district, regrid.Publish, regrid.Input{Ends: []string{n(0), n(1)}, Cells: []regrid.CellInput{{Shape: span(t, 0, 0.9)}, {Shape: span(t, 1.1, 2)}}})
	p.Refused("a gap", err, cell.CodeGap, "cells")
}

func TestATaskOfACellThatIsPartedIsThereForEachPartOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	open, done := p.campaign(inspection.OfCells), p.campaign(inspection.OfCells)
	p.visits(done, n(2))
	e := p.published(centreEast)
	p.moves(e, regrid.Batch)
	p.tasks(open, n(0)+" open", n(1)+" open", n(3)+" open", next(1)+" open", next(2)+" open")
	p.tasks(done, n(0)+" open", n(1)+" open", n(2)+" done", n(3)+" open")
	p.lie("whose they are", `select distinct assignee_id::text from inspection_tasks where campaign_id = $1 and cell > $2 and cell < $3`,
		[]string{p.Worker.ID.String()}, open.ID, n(3), fixture.Nanyuan+"002")
	p.lie("how many the campaign has", `select total || ' ' || generated from campaigns where id = $1`, []string{"9 9"}, open.ID)

	// Nor does a look for new places make another one.
	p.again(open)
	p.again(done)
	p.tasks(open, n(0)+" open", n(1)+" open", n(3)+" open", next(1)+" open", next(2)+" open")
	p.tasks(done, n(0)+" open", n(1)+" open", n(2)+" done", n(3)+" open")
	p.sound()
}

func TestOfTwoTasksWhoseCellsBecomeOneOneIsLeft(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	both, one := p.campaign(inspection.OfCells), p.campaign(inspection.OfCells)
	p.visits(one, n(2))
	preview := town.Done(p.Town, p.district, regrid.Look, regrid.Input{Ends: []string{n(2), n(3)}})
	if of(preview.Moves, cell.Inspections, next(1)) != 2 || of(preview.Moves, cell.InspectionsMerged, next(1)) != 1 {
		t.Errorf("%+v", preview.Moves)
	}
	e := p.published(regrid.Input{Ends: []string{n(2), n(3)}})
	p.moves(e, regrid.Batch)
	p.tasks(both, n(0)+" open", n(1)+" open", n(3)+" absorbed", next(1)+" open")
	p.tasks(one, n(0)+" open", n(1)+" open", n(2)+" done", next(1)+" open")
	progress, err := inspection.ProgressOf(p.Ctx, p.Tx, []uuid.UUID{both.ID})
	if err != nil || len(progress) != 1 || progress[0].Tasks != 7 || progress[0].Unreached != 0 {
		t.Errorf("%+v, %v", progress, err)
	}
	p.again(both)
	p.again(one)
	p.tasks(both, n(0)+" open", n(1)+" open", n(3)+" absorbed", next(1)+" open")
	p.sound()
}

func TestATaskIsDealtToWhoeverLooksAfterTheNewCellUnlessSomebodyTookIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	dealt, taken := p.campaign(inspection.OfCells), p.campaign(inspection.OfCells)
	third := p.Person(actor.GridWorker, fixture.Nanyuan, "")
	task, err := pg.Val[uuid.UUID](p.Ctx, p.Tx, `select id from inspection_tasks where campaign_id = $1 and cell = $2`, taken.ID, n(2))
	p.Must(err)
	town.Done(p.Town, p.Dispatcher, inspection.Assign, inspection.AssignInput{Task: task, To: third.ID})
	grid, err := pg.Val[uuid.UUID](p.Ctx, p.Tx, `select duty_grid_id from cells where code = $1`, n(5))
	p.Must(err)
	e := p.published(regrid.Input{Ends: []string{n(2)}, Cells: []regrid.CellInput{
		{Shape: span(t, 2, 2.3)}, {Shape: span(t, 2.3, 3), DutyGrid: &grid}}})
	p.moves(e, regrid.Batch)
	whose := `select p.name from inspection_tasks t join people p on p.id = t.assignee_id where t.campaign_id = $1 and t.cell = $2`
	p.lie("the western part", whose, []string{p.Worker.Name}, dealt.ID, next(1))
	p.lie("the eastern part", whose, []string{p.Neighbour.Name}, dealt.ID, next(2))
	p.lie("what was given by name", whose, []string{third.Name}, taken.ID, next(2))
	p.lie("hands that it went through", `select kind from inspection_task_events e join inspection_tasks t on t.id = e.task_id where t.campaign_id = $1 and e.by_id is null`,
		[]string{"assigned"}, dealt.ID)
	p.lie("who was told", `select distinct kind from messages where person_id = $1 and params->>'campaign' = '出租屋排查' and (params->>'count')::int = 1`,
		[]string{"task_assigned"}, p.Neighbour.ID)
}

func TestPremisesAreVisitedOnceInACampaignWhateverCellTheyComeToLieIn(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	fixture.Premises(t, p.Ctx, p.Tx, "P1", "shop", "red", fixture.Nanyuan, 1)
	fixture.Premises(t, p.Ctx, p.Tx, "P2", "shop", "red", fixture.Nanyuan, 2)
	c := p.campaign(inspection.OfPremises)
	p.visits(c, n(1))
	e := p.published(regrid.Input{Ends: []string{n(1), n(2)}})
	p.moves(e, regrid.Batch)
	p.again(c)
	p.tasks(c, n(1)+" P1 done", next(1)+" P2 open")

	// Also one that is still being made when the cells change
	slow := town.Done(p.Town, p.Lead, inspection.StartCampaign, inspection.Start{Name: "慢", Region: fixture.Nanyuan, Checklist: p.list,
		DueAt: p.Tx.Now.Add(72 * time.Hour), Places: inspection.OfPremises})
	fixture.Do(p.Tx, actor.System("worker"), func() {
		_, err := inspection.Generate(p.Ctx, p.Tx, slow.ID, 1)
		p.Must(err)
		p.flush()
	})
	p.moves(p.published(regrid.Input{Ends: []string{next(1)}, Line: meridian(2)}), regrid.Batch)
	fixture.Do(p.Tx, actor.System("worker"), func() {
		for more := true; more; {
			var err error
			more, err = inspection.Generate(p.Ctx, p.Tx, slow.ID, 1)
			p.Must(err)
			p.flush()
		}
	})
	p.tasks(slow, next(2)+" P1 open", next(3)+" P2 open")
	p.sound()
}

// again lets a campaign look for places that are new.
func (p *place) again(c inspection.Campaign) {
	p.Helper()
	_, err := p.Tx.Exec(p.Ctx, `update campaigns set state = 'generating', cursor = '', again = true where id = $1`, c.ID)
	p.Must(err)
	fixture.Do(p.Tx, actor.System("worker"), func() {
		for more := true; more; {
			more, err = inspection.Generate(p.Ctx, p.Tx, c.ID, 2)
			p.Must(err)
			p.flush()
		}
	})
}

func TestPlacesAndReInspectionsGoToo(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	closed := p.Closed()
	p.exec(`insert into samples (id, name, region, category, closed_from, closed_to, by, confidence, margin, expected, seed, population, size, due_at, drawn_by, drawn_at, state)
		values ($1, '抽查', $2, '', '2026-11-18', '2026-11-18', 'region', 0.95, 0.05, 0.5, decode(repeat('00', 16), 'hex'), 1, 1, $3, $4, $3, 'running')`,
		pg.NewID(), fixture.Nanyuan, p.Tx.Now, p.Supervisor.ID)
	p.exec(`insert into reinspections (id, sample_id, stratum, case_id, round, cell, street, state) select $1, id, '', $2, 1, $3, $4, 'open' from samples`,
		pg.NewID(), closed.ID, n(2), fixture.Nanyuan)
	lon, lat := fixture.Centre(fixture.Nanyuan, 2)
	at := geo.Point{Lon: lon, Lat: lat}
	p.exec(`insert into addresses (code, kind, text, terms, floors, point, cell, street, updated_at) values (repeat('1', 25), 'building', '楼', '{}', 3, $1, $2, $3, $4)`,
		at, n(2), fixture.Nanyuan, p.Tx.Now)
	p.exec(`insert into components (code, category, point, cell, street, updated_at) values ('C1', $1, $2, $3, $4, $5)`,
		fixture.Hydrant, at, n(2), fixture.Nanyuan, p.Tx.Now)
	// A point outside every cell goes to the nearest of the new ones
	p.exec(`insert into components (code, category, point, cell, street, updated_at) values ('C2', $1, $2, $3, $4, $5)`,
		fixture.Hydrant, geo.Point{Lon: meridian(2.1)[0].Lon, Lat: fixture.South - fixture.CellSide}, n(2), fixture.Nanyuan, p.Tx.Now)
	e := p.published(centreEast)
	p.moves(e, 2)
	p.lie("the re-inspection", `select cell from reinspections`, []string{next(2)})
	p.lie("the building", `select cell from addresses`, []string{next(2)})
	p.lie("the components", `select cell from components order by code`, []string{next(2), next(1)})
	p.sound()
}

func (p *place) exec(sql string, args ...any) {
	p.Helper()
	_, err := p.Tx.Exec(p.Ctx, sql, args...)
	p.Must(err)
}
