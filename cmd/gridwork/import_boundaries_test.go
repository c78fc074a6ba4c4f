package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gridwork/domain/cell"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// square is a feature of a division's code whose ground is a box of the small city, in cells from its south-western corner.
func square(datum geo.Datum, code string, west, south, east, north float64) string {
	var corners []string
	for _, c := range [][2]float64{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}} {
		p := datum.FromWGS84(geo.Point{Lon: fixture.West + c[0]*fixture.CellSide, Lat: fixture.South + c[1]*fixture.CellSide})
		corners = append(corners, fmt.Sprintf("[%.9f,%.9f]", p.Lon, p.Lat))
	}
	return fmt.Sprintf(`{"type":"Feature","properties":{"区划代码":%q},"geometry":{"type":"Polygon","coordinates":[[%s]]}}`, code, strings.Join(corners, ","))
}

func survey(t *testing.T, features ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "boundaries.geojson")
	if err := os.WriteFile(path, []byte(`{"type":"FeatureCollection","features":[`+strings.Join(features, ",")+`]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// drawn is what a region looks like: its box in cells from the south-western corner, and its approval.
func drawn(t *testing.T, ctx context.Context, db *pg.DB, code string) string {
	t.Helper()
	text, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (string, error) {
		regions, err := cell.Regions(ctx, tx, []string{code})
		if err != nil {
			return "", err
		}
		shapes, err := cell.Outlines(ctx, tx, []string{code})
		box := shapes[code].Box()
		if !shapes[code].Covers(regions[0].Seat) {
			return "its seat lies outside", err
		}
		in := func(degrees, from float64) float64 { return (degrees - from) / fixture.CellSide }
		return fmt.Sprintf("%.2f %.2f %.2f %.2f schematic %t", in(box.West, fixture.West), in(box.South, fixture.South), in(box.East, fixture.West), in(box.North, fixture.South), regions[0].Schematic()), err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestASurveyedBoundaryTakesThePlaceOfASchematicOne(t *testing.T) {
	t.Parallel()
	ctx, db := office(t)
	atlas, err := pg.ReadVal(ctx, db, cellAtlas(ctx))
	if err != nil || !atlas.Schematic() {
		t.Fatal(err)
	}
	path := survey(t, square(geo.GCJ02, fixture.Nanyuan, -0.3, -0.2, 8.1, 1), square(geo.GCJ02, fixture.Nanyuan+"001", -0.3, -0.2, 4, 1))
	command := importBoundariesCommand{importFile: importFile{File: path}, Datum: geo.GCJ02, Approval: "粤S(2026)001号"}
	for range 2 {
		if err := command.run(ctx, db); err != nil || rejected(t, path) != nil {
			t.Fatal(err, rejected(t, path))
		}
		if got := drawn(t, ctx, db, fixture.Nanyuan); got != "-0.30 -0.20 8.10 1.00 schematic false" {
			t.Errorf("the street is %s", got)
		}
	}
	if got := drawn(t, ctx, db, fixture.Nanyuan+"001"); got != "-0.30 -0.20 4.00 1.00 schematic false" {
		t.Errorf("the community is %s", got)
	}
	if n, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (int, error) {
		return pg.Val[int](ctx, tx, `select count(*) from audits where action = 'boundary.set'`)
	}); err != nil || n != 2 {
		t.Errorf("the same file twice set %d boundaries, %v", n, err)
	}
	if fresh, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (*cell.Atlas, error) { return atlas.Fresh(ctx, tx) }); err != nil || fresh == atlas {
		t.Errorf("a running process still says that the street is schematic: %v", err)
	}
	// Without a number it is schematic again: the number was of another shape.
	path = survey(t, square(geo.WGS84, fixture.Nanyuan, 0, 0, 8, 1))
	if err := (importBoundariesCommand{importFile: importFile{File: path}, Datum: geo.WGS84}).run(ctx, db); err != nil {
		t.Fatal(err)
	}
	if got := drawn(t, ctx, db, fixture.Nanyuan); got != "0.00 0.00 8.00 1.00 schematic true" {
		t.Errorf("the street is %s", got)
	}
}

func TestABoundaryWithWhichCellsDisagreeIsToldCellByCell(t *testing.T) {
	t.Parallel()
	ctx, db := office(t)
	before := drawn(t, ctx, db, fixture.Nanyuan)
	path := survey(t, square(geo.WGS84, fixture.Nanyuan, 0, 0, 7.4, 1.6), square(geo.WGS84, "440399", 0, 0, 1, 1), square(geo.WGS84, fixture.Nanyuan, 0, 0, 8, 1),
		square(geo.WGS84, fixture.Yuanling, 0, 1, 8, 1), `{"type":"Feature","properties":{"区划代码":"440304"},"geometry":null}`)
	command := importBoundariesCommand{importFile: importFile{File: path}, Datum: geo.WGS84}
	if err := command.run(ctx, db); err != nil {
		t.Fatal(err)
	}
	want := []string{"1 geometry CELL_OUTSIDE"}
	for range 7 { // Yuanling's eighth cell is within by 0.4 × 0.6
		want = append(want, "1 geometry CELL_FOREIGN")
	}
	want = append(want, "2 code UNKNOWN_REGION", "3 code REGION_TWICE", "4 geometry GEOMETRY_INVALID", "5 geometry GEOMETRY_INVALID")
	if got := rejected(t, path); !slices.Equal(got, want) {
		t.Errorf("rejected:\n%s", strings.Join(got, "\n"))
	}
	text, _ := os.ReadFile(path + ".rejects.csv")
	if !strings.Contains(string(text), "cell "+fixture.Cell(fixture.Nanyuan, 7)+" of this division lies mostly outside: 4400 of its 11000 m² are within") {
		t.Errorf("%s", text)
	}
	if got := drawn(t, ctx, db, fixture.Nanyuan); got != before {
		t.Errorf("the street is %s all the same", got)
	}
	command.Anyway = true
	if err := command.run(ctx, db); err != nil || len(rejected(t, path)) != 4 {
		t.Fatal(err, rejected(t, path))
	}
	if got := drawn(t, ctx, db, fixture.Nanyuan); got != "0.00 0.00 7.40 1.60 schematic true" {
		t.Errorf("the street is %s", got)
	}
}

func TestAGeoPackageIsTakenInByItsLayer(t *testing.T) {
	t.Parallel()
	ctx, db := office(t)
	from, path := survey(t, square(geo.WGS84, fixture.Nanyuan, -0.1, 0, 8, 1)), filepath.Join(t.TempDir(), "city.gpkg")
	for _, args := range [][]string{{"-nln", "街道"}, {"-nln", "其他", "-update"}} {
		args = append([]string{"-f", "GPKG", path, from, "-t_srs", "EPSG:4547"}, args...)
		if said, err := exec.CommandContext(t.Context(), "ogr2ogr", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v (make deps-gdal installs it): %s", err, said)
		}
	}
	command := importBoundariesCommand{importFile: importFile{File: path}, Datum: geo.WGS84}
	if err := command.run(ctx, db); err == nil || !strings.Contains(err.Error(), "其他, 街道") && !strings.Contains(err.Error(), "街道, 其他") {
		t.Errorf("without a layer: %v", err)
	}
	command.Layer = "街道"
	if err := command.run(ctx, db); err != nil || rejected(t, path) != nil {
		t.Fatal(err, rejected(t, path))
	}
	if got := drawn(t, ctx, db, fixture.Nanyuan); got != "-0.10 0.00 8.00 1.00 schematic true" {
		t.Errorf("the street is %s", got)
	}
}
