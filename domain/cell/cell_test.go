package cell_test

import (
	"context"
	"math"
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

func smallCity(t *testing.T) (context.Context, *pg.Tx, *cell.Atlas) {
	t.Helper()
	ctx, tx := dbtest.Tx(t)
	fixture.City(t, ctx, tx)
	atlas, err := cell.LoadAtlas(ctx, tx)
	if err != nil {
		t.Fatal(err)
	}
	return ctx, tx, atlas
}

// The tie rule in SQL.
const landedSQL = `select code from cells where st_covers(shape, $1) order by code limit 1`

func TestAPointLandsInTheSameCellInGoAndInSQL(t *testing.T) {
	t.Parallel()
	ctx, tx, atlas := smallCity(t)
	rapid.Check(t, func(t *rapid.T) {
		// Given points among which corners and borders are as likely as the inside
		axis := func(from float64, cells int) float64 {
			line := from + float64(rapid.IntRange(0, cells).Draw(t, "line"))*fixture.CellSide
			return rapid.SampledFrom([]float64{line, math.Nextafter(line, 0), math.Nextafter(line, 200),
				from + rapid.Float64Range(0, float64(cells)).Draw(t, "share")*fixture.CellSide}).Draw(t, "at")
		}
		p := geo.Point{Lon: axis(fixture.West, 8), Lat: axis(fixture.South, 2)}
		codes, err := pg.Vals[string](ctx, tx, landedSQL, p)
		if err != nil {
			t.Fatal(err)
		}
		landing, err := atlas.Land(p)
		switch {
		case err != nil:
			t.Fatal(err)
		case len(codes) == 0 && landing.BorderM == nil:
			t.Fatalf("%v lies in no cell, but landed in %s without a flag", p, landing.Cell)
		case len(codes) == 1 && (landing.Cell != codes[0] || landing.BorderM != nil):
			t.Fatalf("%v lies in %s, but landed in %s (%v)", p, codes[0], landing.Cell, landing.BorderM)
		}
	})
}

func TestAPointOnASharedBorderBelongsToTheSmallestCode(t *testing.T) {
	t.Parallel()
	_, _, atlas := smallCity(t)
	corner := geo.Point{Lon: fixture.West + fixture.CellSide, Lat: fixture.South + fixture.CellSide}
	landing, err := atlas.Land(corner)
	want := cell.Landing{Cell: fixture.Cell(fixture.Nanyuan, 0), Community: fixture.Nanyuan + "001", Street: fixture.Nanyuan, District: fixture.District}
	if err != nil || landing != want {
		t.Fatalf("got %+v, %v", landing, err)
	}
}

func TestNearTheBorderIsLandedWithAFlagAndFartherIsRefused(t *testing.T) {
	t.Parallel()
	_, _, atlas := smallCity(t)
	const perDegree = geo.EarthRadius * math.Pi / 180
	_, lat := fixture.Centre(fixture.Nanyuan, 0)
	west := func(metres float64) geo.Point {
		return geo.Point{Lon: fixture.West - metres/(perDegree*math.Cos(lat*math.Pi/180)), Lat: lat}
	}

	landing, err := atlas.Land(west(150))
	if err != nil || landing.Cell != fixture.Cell(fixture.Nanyuan, 0) || landing.BorderM == nil || math.Abs(*landing.BorderM-150) > 1 {
		t.Fatalf("150 m outside: %+v, %v", landing, err)
	}
	for name, p := range map[string]geo.Point{"201 m outside": west(201), "Guangzhou": {Lon: 113.26, Lat: 23.13}} {
		if _, err := atlas.Land(p); !fault.Is(err, cell.CodeOutsideCity) {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for code, p := range map[string]geo.Point{
		geo.CodeNotFinite: {Lon: math.NaN(), Lat: 22}, geo.CodeOutOfRange: {Lon: 181, Lat: 22},
		geo.CodeNullIsland: {}, geo.CodeSwapped: {Lon: 22.54, Lat: 114.05},
	} {
		if _, err := atlas.Land(p); !fault.Is(err, code) {
			t.Fatalf("%v: got %v, want %s", p, err, code)
		}
	}
}

func TestAnAtlasIsReplacedWhenCellsChangeAndKeptWhileTheyDoNot(t *testing.T) {
	t.Parallel()
	ctx, tx, atlas := smallCity(t)
	fresh := func(old *cell.Atlas) *cell.Atlas {
		t.Helper()
		now, err := old.Fresh(ctx, tx)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	if fresh(atlas) != atlas {
		t.Fatal("nothing changed, yet it was read again")
	}

	// When a cell is ended next month and two take its place
	next := tx.Now.Add(30 * 24 * time.Hour)
	old := fixture.Cell(fixture.Yuanling, 7)
	exec(t, ctx, tx, `update cells set valid_to = $2 where code = $1`, old, next)
	exec(t, ctx, tx, `insert into cells (code, community, street, district, shape, area_m2, valid_from)
		select left(code, 12) || '099', community, street, district, shape, area_m2, valid_to from cells where code = $1`, old)
	announced := fresh(atlas)
	if _, ok := announced.Region(fixture.Yuanling); !ok || announced.Len() != 16 {
		t.Fatalf("%d cells before the day", announced.Len())
	}

	// Then the day itself changes the atlas, with nothing written
	tx.Now = next
	lon, lat := fixture.Centre(fixture.Yuanling, 7)
	landing, err := fresh(announced).Land(geo.Point{Lon: lon, Lat: lat})
	if err != nil || landing.Cell != old[:12]+"099" {
		t.Fatalf("got %+v, %v", landing, err)
	}
}

func TestAMapOfDrawnShapesSaysSo(t *testing.T) {
	t.Parallel()
	ctx, tx, atlas := smallCity(t)
	if !atlas.Schematic() {
		t.Fatal("shapes without an approval number passed for surveyed ones")
	}
	exec(t, ctx, tx, `update regions set approval = '粤S（2026）001号'`)
	surveyed, err := cell.LoadAtlas(ctx, tx)
	if err != nil || surveyed.Schematic() {
		t.Fatalf("approved shapes were called schematic: %v", err)
	}
}

func TestTheHolderOnDutyLooksAfterACellElseAStandInElseTheHolderAllTheSame(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	worker := func(options ...fixture.PersonOption) *actor.Actor {
		return fixture.Person(t, ctx, tx, append(options, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))...)
	}
	present, resting, standIn := worker(), worker(fixture.OffDuty()), worker()
	absentToo, community := worker(fixture.OffDuty()), fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan+"002", ""))
	at := func(i int) string { return fixture.Cell(fixture.Nanyuan, i) }
	fixture.DutyGrid(t, ctx, tx, []string{at(0)}, present, standIn)
	fixture.DutyGrid(t, ctx, tx, []string{at(1)}, resting, absentToo, standIn)
	fixture.DutyGrid(t, ctx, tx, []string{at(2)}, resting, absentToo)
	fixture.DutyGrid(t, ctx, tx, []string{at(4)}, resting, community)

	held, err := cell.Holders(ctx, tx, []string{at(0), at(1), at(2), at(3), at(4)}, tx.Now)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]uuid.UUID{at(0): present.ID, at(1): standIn.ID, at(2): resting.ID, at(4): community.ID}
	if len(held) != len(want) {
		t.Fatalf("got %v", held)
	}
	for code, person := range want {
		if held[code] != person {
			t.Errorf("cell %s is held by %v, want %v", code, held[code], person)
		}
	}
	if nobody, err := cell.HolderAt(ctx, tx, at(3), tx.Now); nobody != nil || err != nil {
		t.Fatalf("a cell that nobody was given: %v, %v", nobody, err)
	}
	if codes, err := cell.Held(ctx, tx, standIn.ID); err != nil || len(codes) != 2 || codes[0] != at(0) {
		t.Fatalf("cells of the stand-in: %v, %v", codes, err)
	}
}

func TestADutyThatIsOverHoldsNothing(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	former := fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
	code := fixture.Cell(fixture.Nanyuan, 0)
	fixture.DutyGrid(t, ctx, tx, []string{code}, former)
	exec(t, ctx, tx, `update duties set valid_to = $1`, tx.Now)
	if holder, err := cell.HolderAt(ctx, tx, code, tx.Now); holder != nil || err != nil {
		t.Fatalf("got %v, %v", holder, err)
	}
	if codes, err := cell.Held(ctx, tx, former.ID); len(codes) != 0 || err != nil {
		t.Fatalf("got %v, %v", codes, err)
	}
}

func TestRegionsAreFoundByNameInEitherLanguageAndByPinyin(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	exec(t, ctx, tx, `update regions set pinyin = 'nan yuan' where code = $1`, fixture.Nanyuan)
	for _, text := range []string{"南园", "园街", "Nanyuan", "nanyuan sub", "nan yuan", "nanyu", "ny", "440304001"} {
		found, err := cell.Search(ctx, tx, text, 1)
		if err != nil || len(found) != 1 || found[0].Code != fixture.Nanyuan {
			t.Errorf("%q found %v, %v", text, found, err)
		}
	}
	for _, text := range []string{"", " ", "%", "xyz"} {
		if found, err := cell.Search(ctx, tx, text, 10); len(found) != 0 || err != nil {
			t.Errorf("%q found %v, %v", text, found, err)
		}
	}
}

func TestRegionsNestAndTheirCellsArePagedWithoutGapOrRepetition(t *testing.T) {
	t.Parallel()
	ctx, tx, _ := smallCity(t)
	streets, err := cell.Children(ctx, tx, fixture.District)
	if err != nil || len(streets) != 2 || streets[0].Code != fixture.Nanyuan || streets[0].Level != cell.Street {
		t.Fatalf("got %v, %v", streets, err)
	}
	if city, err := cell.Children(ctx, tx, ""); err != nil || len(city) != 1 || city[0].Level != cell.City {
		t.Fatalf("got %v, %v", city, err)
	}

	shapes, err := cell.Outlines(ctx, tx, []string{fixture.CityCode, "nowhere"})
	if err != nil || len(shapes) != 1 || shapes[fixture.CityCode].Empty() {
		t.Fatalf("got %v, %v", shapes, err)
	}
	below, err := cell.ChildrenOf(ctx, tx, []string{fixture.District, fixture.Nanyuan, "nowhere"})
	if err != nil || len(below) != 2 || len(below[fixture.District]) != 2 || len(below[fixture.Nanyuan]) != 2 {
		t.Fatalf("got %v, %v", below, err)
	}

	var codes []string
	for after := ""; ; after = codes[len(codes)-1] {
		page, err := cell.InRegion(ctx, tx, fixture.CityCode, after, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			codes = append(codes, c.Code)
		}
		if len(page) < 5 {
			break
		}
	}
	if n, err := cell.Count(ctx, tx, fixture.CityCode); err != nil || n != 16 || len(codes) != n {
		t.Fatalf("%d cells in pages, %d counted: %v", len(codes), n, err)
	}
	if found, err := cell.Cells(ctx, tx, []string{codes[3], "nowhere"}); err != nil || len(found) != 1 || found[0].Street != fixture.Nanyuan {
		t.Fatalf("got %v, %v", found, err)
	}
	if _, err := cell.InRegion(ctx, tx, "999", "", 5); !fault.Is(err, cell.CodeUnknownRegion) {
		t.Fatalf("got %v", err)
	}
}

func exec(t *testing.T, ctx context.Context, tx *pg.Tx, sql string, args ...any) {
	t.Helper()
	if _, err := tx.Exec(ctx, sql, args...); err != nil {
		t.Fatal(err)
	}
}
