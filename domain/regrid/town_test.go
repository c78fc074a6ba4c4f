package regrid_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/inspection"
	"gridwork/domain/regrid"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/town"
)

// place is the small city whose cells an administrator of the district edits.
type place struct {
	*town.Town

	district *actor.Actor
	list     uuid.UUID
}

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{Town: town.New(t)}
	p.district = p.Person(actor.Admin, fixture.District, "")
	p.list = fixture.Checklist(t, p.Ctx, p.Tx)
	return p
}

func n(i int) string { return fixture.Cell(fixture.Nanyuan, i) }

// next is the code of the i-th cell that Nanyuan's first community gets after its four, from 1.
func next(i int) string { return fixture.Nanyuan + "00100" + string(rune('4'+i)) }

// meridian cuts Nanyuan's row at so many cells from the west.
func meridian(x float64) []geo.Point {
	lon := fixture.West + x*fixture.CellSide
	return []geo.Point{{Lon: lon, Lat: fixture.South - fixture.CellSide/10}, {Lon: lon, Lat: fixture.South + 1.1*fixture.CellSide}}
}

// span is the part of Nanyuan's row between two meridians.
func span(t testing.TB, west, east float64) geo.Polygon {
	t.Helper()
	w, e := meridian(west)[0].Lon, meridian(east)[0].Lon
	s, n := fixture.South, fixture.South+fixture.CellSide
	p, err := geo.NewPolygon([]geo.Point{{Lon: w, Lat: s}, {Lon: e, Lat: s}, {Lon: e, Lat: n}, {Lon: w, Lat: n}, {Lon: w, Lat: s}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *place) published(in regrid.Input) regrid.Edit {
	p.Helper()
	e := town.Done(p.Town, p.district, regrid.Publish, in)
	p.flush()
	return e
}

func (p *place) flush() {
	p.Helper()
	p.Must(p.Tx.Flush(p.Ctx))
}

// moves does what the queue does with an edit's job, and returns in how many batches.
func (p *place) moves(e regrid.Edit, batch int) (batches int) {
	p.Helper()
	fixture.Do(p.Tx, actor.System("worker"), func() {
		for more := true; more; batches++ {
			var err error
			more, err = regrid.Move(p.Ctx, p.Tx, e.ID, batch)
			p.Must(err)
			p.flush()
		}
	})
	return batches
}

// chores does what housekeeping does about cells.
func (p *place) chores() {
	p.Helper()
	fixture.Do(p.Tx, actor.System("housekeeping"), func() {
		p.Must(regrid.BeginDue(p.Ctx, p.Tx))
		p.flush()
		p.Must(regrid.CatchUp(p.Ctx, p.Tx))
		p.flush()
	})
}

func (p *place) now(e regrid.Edit) (found regrid.Edit) {
	p.Helper()
	return town.Done(p.Town, p.district, regrid.ByID, e.ID)
}

// lie checks in which cells the rows of a table lie, in order.
func (p *place) lie(what, sql string, want []string, args ...any) {
	p.Helper()
	p.flush()
	if got := p.Rows(sql, args...); !slices.Equal(got, want) {
		p.Errorf("%s: %v, want %v", what, got, want)
	}
}

// sound checks what must always hold of cells.
func (p *place) sound() {
	p.Helper()
	overlaps, err := regrid.Overlaps(p.Ctx, p.Tx)
	p.Must(err)
	left, err := regrid.LeftBehind(p.Ctx, p.Tx)
	p.Must(err)
	if len(overlaps)+len(left) > 0 {
		p.Errorf("overlaps %v, left behind %v", overlaps, left)
	}
}

// campaign visits every cell of the street; its tasks are made.
func (p *place) campaign(places inspection.Places) inspection.Campaign {
	p.Helper()
	c := town.Done(p.Town, p.Lead, inspection.StartCampaign, inspection.Start{Name: "出租屋排查", Region: fixture.Nanyuan, Checklist: p.list,
		DueAt: p.Tx.Now.Add(72 * time.Hour), Places: places})
	fixture.Do(p.Tx, actor.System("worker"), func() {
		for more := true; more; {
			var err error
			more, err = inspection.Generate(p.Ctx, p.Tx, c.ID, 3)
			p.Must(err)
			p.flush()
		}
	})
	return c
}

// tasks are a campaign's, as "cell state", by cell and place.
func (p *place) tasks(c inspection.Campaign, want ...string) {
	p.Helper()
	p.lie("tasks", `select cell || coalesce(' ' || premises, '') || ' ' || case when absorbed_by is null then state else 'absorbed' end
		from inspection_tasks where campaign_id = $1 and cell < $2 order by cell, premises`, want, c.ID, fixture.Nanyuan+"002")
}

// visits answers the task of a cell.
func (p *place) visits(c inspection.Campaign, code string) {
	p.Helper()
	task, err := pg.One[struct {
		ID       uuid.UUID  `db:"id"`
		Assignee *uuid.UUID `db:"assignee_id"`
	}](p.Ctx, p.Tx, `select id, assignee_id from inspection_tasks where campaign_id = $1 and cell = $2 and state = 'open'`, c.ID, code)
	p.Must(err)
	if task.Assignee == nil {
		town.Done(p.Town, p.Dispatcher, inspection.Assign, inspection.AssignInput{Task: task.ID, To: p.Worker.ID})
		task.Assignee = &p.Worker.ID
	}
	who := p.Worker
	if *task.Assignee == p.Neighbour.ID {
		who = p.Neighbour
	}
	town.Done(p.Town, who, inspection.Submit, inspection.Submission{ID: pg.NewID(), Task: task.ID, Position: p.At(2), Answers: []inspection.Answer{
		{Item: fixture.ItemExit, Outcome: inspection.Pass}, {Item: fixture.ItemEdge, Outcome: inspection.Pass},
		{Item: fixture.ItemRooms, Outcome: inspection.Pass, Number: new(3.0)}}})
	p.flush()
}

// of is how much of one kind of work goes to a cell.
func of(moves []cell.Moving, work cell.Work, code string) int {
	for _, m := range moves {
		if m.Work == work && m.Cell == code {
			return m.Count
		}
	}
	return 0
}
