package cell_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// block is a rectangle of the small city, in sides of its cells from the south-western corner.
func block(t testing.TB, west, south, east, north float64) geo.Polygon {
	t.Helper()
	at := func(x, y float64) geo.Point {
		return geo.Point{Lon: fixture.West + x*fixture.CellSide, Lat: fixture.South + y*fixture.CellSide}
	}
	p, err := geo.NewPolygon([]geo.Point{at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lineAt goes from point to point, in sides of cells.
func lineAt(points ...[2]float64) (line []geo.Point) {
	for _, p := range points {
		line = append(line, geo.Point{Lon: fixture.West + p[0]*fixture.CellSide, Lat: fixture.South + p[1]*fixture.CellSide})
	}
	return line
}

func begun(shapes ...geo.Polygon) (all []cell.Begun) {
	for _, s := range shapes {
		all = append(all, cell.Begun{Shape: s})
	}
	return all
}

func n(i int) string { return fixture.Cell(fixture.Nanyuan, i) }

func plan(t testing.TB, ctx context.Context, tx *pg.Tx, in cell.Change) cell.Plan {
	t.Helper()
	p, err := cell.PlanChange(ctx, tx, in, false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestACellIsCutAlongALine(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	p := plan(t, ctx, tx, cell.Change{Ends: []string{n(0)}, Line: lineAt([2]float64{0.25, -0.1}, [2]float64{0.25, 1.1})})
	if len(p.Findings) > 0 || len(p.Begins) != 2 {
		t.Fatalf("%+v", p)
	}
	west, east := p.Begins[0], p.Begins[1]
	if west.Code != fixture.Nanyuan+"001005" || east.Code != fixture.Nanyuan+"001006" {
		t.Errorf("codes %s and %s do not go on after the highest", west.Code, east.Code)
	}
	if ratio := east.AreaM2 / west.AreaM2; math.Abs(ratio-3) > 0.01 {
		t.Errorf("a quarter and three quarters: %.0f m² and %.0f m²", west.AreaM2, east.AreaM2)
	}
	if p.Heir(n(0)) != east.Code || !slices.Equal(west.Follows, []string{n(0)}) {
		t.Errorf("heir %s; the western one follows %v", p.Heir(n(0)), west.Follows)
	}
}

func TestCellsBecomeOneAndKeepTheDutyGridOfTheLarger(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	small := fixture.DutyGrid(t, ctx, tx, []string{n(0)}, fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, "")))
	first := plan(t, ctx, tx, cell.Change{Ends: []string{n(0)}, Line: lineAt([2]float64{0.25, -0.1}, [2]float64{0.25, 1.1})})
	edit := store(t, ctx, tx, first, tx.Now)
	large := fixture.DutyGrid(t, ctx, tx, []string{n(1)}, fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, "")))
	p := plan(t, ctx, tx, cell.Change{Ends: []string{first.Begins[1].Code, n(1)}})
	if len(p.Findings) > 0 || len(p.Begins) != 1 {
		t.Fatalf("%+v", p.Findings)
	}
	merged := p.Begins[0]
	if *merged.DutyGrid != large || large == small {
		t.Errorf("it went to duty grid %v", merged.DutyGrid)
	}
	if !slices.Equal(merged.Follows, []string{n(1)}) || !slices.Equal(merged.StandsOn, []string{n(0), n(1), first.Begins[1].Code}) {
		t.Errorf("it follows %v and stands on %v", merged.Follows, merged.StandsOn)
	}
	if edit == uuid.Nil {
		t.Error("nothing was stored")
	}
}

func TestABorderIsMovedAndRoundingIsMended(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	const lost = 2e-7 / fixture.CellSide // some 2 cm of a screen's rounding
	p := plan(t, ctx, tx, cell.Change{Ends: []string{n(1), n(2)},
		Begun: begun(block(t, 1+lost, 0, 1.7, 1-lost), block(t, 1.7-lost, lost, 3, 1))})
	if len(p.Findings) > 0 {
		t.Fatalf("%+v", p.Findings)
	}
	store(t, ctx, tx, p, tx.Now)
	tiled(ctx, t, tx, fixture.Nanyuan+"001")
	if p.Heir(n(1)) != p.Begins[0].Code || p.Heir(n(2)) != p.Begins[1].Code {
		t.Errorf("heirs %s and %s", p.Heir(n(1)), p.Heir(n(2)))
	}
}

func TestALineThroughTwoCellsIsTheirNewBorder(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	// Its ends lie on the outer border, which no number says exactly.
	line := lineAt([2]float64{2, 0}, [2]float64{2.3, 1.0 / 3}, [2]float64{2.3, 2.0 / 3}, [2]float64{2, 1})
	p := plan(t, ctx, tx, cell.Change{Ends: []string{n(1), n(2)}, Line: line})
	if len(p.Findings) > 0 || len(p.Begins) != 2 || p.Begins[0].Follows[0] != n(1) || p.Begins[1].Follows[0] != n(2) {
		t.Fatalf("%+v", p)
	}
	if ratio := p.Begins[0].AreaM2 / p.Begins[1].AreaM2; math.Abs(ratio-1.2/0.8) > 0.01 {
		t.Errorf("%.0f m² and %.0f m²", p.Begins[0].AreaM2, p.Begins[1].AreaM2)
	}
	store(t, ctx, tx, p, tx.Now)
	tiled(ctx, t, tx, fixture.Nanyuan+"001")
}

func TestShapesThatDoNotTileTheGroundAreFoundWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	crossed, err := geo.NewPolygon(append(lineAt([2]float64{0, 0}, [2]float64{1, 1}, [2]float64{1, 0}, [2]float64{0, 1}), lineAt([2]float64{0, 0})...))
	if err != nil {
		t.Fatal(err)
	}
	pair := []string{n(0), n(1)}
	for _, try := range []struct {
		what       string
		in         cell.Change
		code, path string
		at         [2]float64 // a point of it, roughly; 0, 0: any
	}{
		{"a gap", cell.Change{Ends: pair, Begun: begun(block(t, 0, 0, 0.9, 1), block(t, 1.1, 0, 2, 1))}, cell.CodeGap, "cells", [2]float64{1, 0.5}},
		{"ground that is left", cell.Change{Ends: pair, Begun: begun(block(t, 0, 0, 1, 1))}, cell.CodeGap, "cells", [2]float64{1.5, 0.5}},
		{"an overlap", cell.Change{Ends: pair, Begun: begun(block(t, 0, 0, 1.1, 1), block(t, 0.9, 0, 2, 1))}, cell.CodeOverlap, "cells[1].shape", [2]float64{1, 0.5}},
		{"a foreign field", cell.Change{Ends: pair, Begun: begun(block(t, 0, 0, 1, 1), block(t, 1, 0, 2.2, 1))}, cell.CodeOutside, "cells[1].shape", [2]float64{2.1, 0.5}},
		{"a crossed border", cell.Change{Ends: pair, Begun: begun(crossed, block(t, 1, 0, 2, 1))}, cell.CodeShape, "cells[0].shape", [2]float64{}},
		{"a sliver of a cell", cell.Change{Ends: pair, Begun: begun(block(t, 0, 0, 0.02, 1), block(t, 0.02, 0, 2, 1))}, cell.CodeTooSmall, "cells[0].shape", [2]float64{}},
		{"cells apart", cell.Change{Ends: []string{n(0), n(2)}}, cell.CodeNotAdjacent, "ends", [2]float64{}},
		{"a line beside", cell.Change{Ends: pair, Line: lineAt([2]float64{4, 0}, [2]float64{4, 1})}, cell.CodeLine, "line", [2]float64{}},
		{"a line of no length", cell.Change{Ends: pair, Line: lineAt([2]float64{1, 0.5}, [2]float64{1, 0.5})}, cell.CodeLine, "line", [2]float64{}},
		{"a line through cells apart", cell.Change{Ends: []string{n(0), n(2)}, Line: lineAt([2]float64{0.5, -0.1}, [2]float64{0.5, 1.1})}, cell.CodeNotAdjacent, "ends", [2]float64{}},
		{"the border that was there", cell.Change{Ends: pair, Line: lineAt([2]float64{1, 0}, [2]float64{1, 1})}, cell.CodeUnchanged, "cells", [2]float64{}},
		{"a line that ends inside", cell.Change{Ends: pair, Line: lineAt([2]float64{0.5, -1}, [2]float64{0.5, 0.5})}, cell.CodeLine, "line", [2]float64{}},
		{"nothing new", cell.Change{Ends: pair, Begun: begun(block(t, 1, 0, 2, 1), block(t, 0, 0, 1, 1))}, cell.CodeUnchanged, "cells", [2]float64{}},
		{"one cell as one", cell.Change{Ends: pair[:1]}, cell.CodeUnchanged, "cells", [2]float64{}},
	} {
		found := plan(t, ctx, tx, try.in).Findings
		if len(found) != 1 || found[0].Code != try.code || found[0].Path != try.path {
			t.Errorf("%s: %+v", try.what, found)
			continue
		}
		want := lineAt(try.at)[0]
		if try.at != [2]float64{} && geo.Distance(found[0].At, want) > 15 {
			t.Errorf("%s was found at %v, not %v", try.what, found[0].At, want)
		}
	}
}

func TestCellsThatCannotEndAreRefusedByName(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	half := lineAt([2]float64{0.5, -0.1}, [2]float64{0.5, 1.1})
	ended := plan(t, ctx, tx, cell.Change{Ends: []string{n(0)}, Line: half})
	store(t, ctx, tx, ended, tx.Now)
	coming := plan(t, ctx, tx, cell.Change{Ends: []string{n(1)}, Line: lineAt([2]float64{1.5, -0.1}, [2]float64{1.5, 1.1})})
	store(t, ctx, tx, coming, tx.Now.Add(time.Hour))
	strange := uuid.New()
	for _, try := range []struct {
		what       string
		in         cell.Change
		code, path string
	}{
		{"none", cell.Change{}, cell.CodeNoEnds, "ends"},
		{"an unknown one", cell.Change{Ends: []string{n(2), "440304001001999"}}, cell.CodeUnknownCell, "ends[1]"},
		{"one twice", cell.Change{Ends: []string{n(2), n(2)}}, cell.CodeTwice, "ends[1]"},
		{"of two communities", cell.Change{Ends: []string{n(3), n(4)}}, cell.CodeElsewhere, "ends[1]"},
		{"one that has ended", cell.Change{Ends: []string{n(2), n(0)}}, cell.CodeNotValid, "ends[1]"},
		{"one that is to end", cell.Change{Ends: []string{n(1)}}, cell.CodeChangePending, "ends[0]"},
		{"one that is to begin", cell.Change{Ends: []string{coming.Begins[0].Code}}, cell.CodeChangePending, "ends[0]"},
		{"a duty grid of nowhere", cell.Change{Ends: []string{n(2)}, Begun: []cell.Begun{{Shape: block(t, 2, 0, 3, 1), DutyGrid: &strange}}},
			cell.CodeGridElsewhere, "cells[0].dutyGrid"},
		{"a line of one point", cell.Change{Ends: []string{n(2)}, Line: half[:1]}, cell.CodeLine, "line"},
		{"a line through nowhere", cell.Change{Ends: []string{n(2)}, Line: []geo.Point{half[0], {Lon: 181, Lat: 22}}}, geo.CodeOutOfRange, "line[1].lon"},
	} {
		_, err := cell.PlanChange(ctx, tx, try.in, false)
		if e, ok := fault.As(err); !ok || e.Code != try.code || e.Field != try.path {
			t.Errorf("%s: %v, want %s at %q", try.what, err, try.code, try.path)
		}
	}
}

// However cells are cut and merged, every point of the community lies in one valid cell, before the time of the change and
// after it, and the codes of all of them differ.
func TestEveryPointLiesInOneCellWhateverIsCutAndMerged(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	fixture.City(t, ctx, tx)
	start := tx.Now
	rapid.Check(t, func(rt *rapid.T) {
		inside(t, ctx, tx, func() {
			tx.Now = start
			for range rapid.IntRange(1, 4).Draw(rt, "changes") {
				valid := validCells(t, ctx, tx)
				in := cell.Change{Ends: []string{rapid.SampledFrom(valid).Draw(rt, "cell")}}
				kind := rapid.SampledFrom([]string{"split", "merge", "border"}).Draw(rt, "kind")
				if kind != "merge" {
					x := func(label string) float64 { return rapid.Float64Range(-0.5, 4.5).Draw(rt, label) }
					in.Line = lineAt([2]float64{x("from"), -0.5}, [2]float64{x("over"), rapid.Float64Range(0.1, 0.9).Draw(rt, "height")}, [2]float64{x("to"), 1.5})
				}
				if kind != "split" {
					around, err := cell.Around(ctx, tx, in.Ends)
					if err != nil {
						rt.Fatal(err)
					}
					around = slices.DeleteFunc(around, func(code string) bool { return code[:12] != in.Ends[0][:12] })
					if len(around) == 0 {
						continue
					}
					in.Ends = append(in.Ends, rapid.SampledFrom(around).Draw(rt, "neighbour"))
				}
				p := plan(t, ctx, tx, in)
				if len(p.Findings) > 0 {
					continue // too small, or the line passes by: nothing is stored
				}
				at := tx.Now.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "hours")) * time.Hour)
				store(t, ctx, tx, p, at)
				checkPoint(ctx, rt, tx)
				tx.Now = at
				checkPoint(ctx, rt, tx)
				tiled(ctx, rt, tx, fixture.Nanyuan+"001")
			}
		})
	})
}

// checkPoint takes a point of the community: it lies in one valid cell. On a border, which is no wider than a number's last
// digit, it may lie in several, and the smallest code has it.
func checkPoint(ctx context.Context, t *rapid.T, tx *pg.Tx) {
	p := lineAt([2]float64{rapid.Float64Range(0, 4).Draw(t, "x"), rapid.Float64Range(0, 1).Draw(t, "y")})[0]
	covering, err := pg.Vals[string](ctx, tx, `select code from cells where st_covers(shape, $1) and not st_dwithin(st_boundary(shape), $1, 1e-12)
		and valid_from <= $2 and (valid_to is null or valid_to > $2) order by code`, p, tx.Now)
	if err != nil {
		t.Fatal(err)
	}
	bordering, err := pg.Val[int](ctx, tx, `select count(*) from cells where st_dwithin(st_boundary(shape), $1, 1e-12)
		and valid_from <= $2 and (valid_to is null or valid_to > $2)`, p, tx.Now)
	if err != nil {
		t.Fatal(err)
	}
	if len(covering) > 1 || (len(covering) == 0) != (bordering > 0) {
		t.Fatalf("%v lies in %v, and on %d borders", p, covering, bordering)
	}
}

func validCells(t testing.TB, ctx context.Context, tx *pg.Tx) []string {
	t.Helper()
	cells, err := cell.InRegion(ctx, tx, fixture.Nanyuan+"001", "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, c := range cells {
		codes = append(codes, c.Code)
	}
	return codes
}

type failing interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// squareDegree is about how many m² one has here. Areas are compared on the plane: on the ellipsoid a border with one more
// corner on it has another area.
const squareDegree = 1.14e10

// tiled checks that the valid cells of a community neither overlap nor leave anything of its square.
func tiled(ctx context.Context, t failing, tx *pg.Tx, community string) {
	t.Helper()
	type sums struct {
		Each  float64 `db:"each"`
		Union float64 `db:"together"`
		Whole float64 `db:"whole"`
	}
	s, err := pg.One[sums](ctx, tx, `select sum(st_area(c.shape)) * $3 as each, st_area(st_union(c.shape)) * $3 as together,
			(select st_area(shape) * $3 from regions where code = $1) as whole
		from cells c where community = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)`, community, tx.Now, squareDegree)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(s.Each-s.Union) > 0.001 || math.Abs(s.Union-s.Whole) > 0.001 {
		t.Fatalf("the cells have %.3f m², together %.3f of %.3f", s.Each, s.Union, s.Whole)
	}
}

// store ends and begins the cells of a plan, as an edit of its own.
func store(t *testing.T, ctx context.Context, tx *pg.Tx, p cell.Plan, at time.Time) uuid.UUID {
	t.Helper()
	if len(p.Findings) > 0 {
		t.Fatalf("%+v", p.Findings)
	}
	id := pg.NewID()
	h := p.Heirs()
	exec(t, ctx, tx, `insert into cell_edits (id, community, street, note, ends, begins, effective_at, state, total, moved, published_at)
		values ($1, $2, $3, '', $4, $5, $6, 'pending', 0, 0, $7)`, id, p.Community, p.Street, h.Ended, h.Begun, at, tx.Now)
	if err := cell.Replace(ctx, tx, p, id, at); err != nil {
		t.Fatal(fmt.Errorf("replace: %w", err))
	}
	return id
}

// inside takes back what fn does.
func inside(t *testing.T, ctx context.Context, tx *pg.Tx, fn func()) {
	t.Helper()
	exec(t, ctx, tx, `savepoint before`)
	defer exec(t, ctx, tx, `rollback to savepoint before`)
	fn()
}
