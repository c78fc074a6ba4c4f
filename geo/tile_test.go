package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gridwork/geo"
)

// The reference is ST_TileEnvelope of PostGIS 3.3, and its ST_Transform to 4326.
func TestTilesAreWhereTheDatabasePutsThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		z, x, y  int
		envelope geo.Envelope
		box      geo.Box
	}{
		{0, 0, 0, geo.Envelope{-20037508.342789244, -20037508.342789244, 20037508.342789244, 20037508.342789244}, geo.Box{-180, -85.0511287798066, 180, 85.0511287798066}},
		{5, 26, 13, geo.Envelope{12523442.714243278, 2504688.542848654, 13775786.985667605, 3757032.814272983}, geo.Box{112.5, 21.943045533438163, 123.74999999999999, 31.952162238024968}},
		{14, 13384, 7142, geo.Envelope{12699553.627412323, 2565838.1654767953, 12701999.61231745, 2568284.1503819227}, geo.Box{114.08203125, 22.4516488191262, 114.10400390625001, 22.47195450773923}},
		{21, 1713203, 914208, geo.Envelope{12700528.19952296, 2567653.5448985696, 12700547.30878003, 2567672.654155642}, geo.Box{114.09078598022462, 22.466719732056124, 114.09095764160155, 22.466878364528448}},
	} {
		tile, err := geo.NewTile(c.z, c.x, c.y)
		if err != nil {
			t.Fatal(err)
		}
		e, b := tile.Envelope(), tile.Box()
		if !allNear(1e-6, e.MinX, c.envelope.MinX, e.MinY, c.envelope.MinY, e.MaxX, c.envelope.MaxX, e.MaxY, c.envelope.MaxY) {
			t.Errorf("%v: %v, want %v", tile, e, c.envelope)
		}
		if !allNear(1e-9, b.West, c.box.West, b.South, c.box.South, b.East, c.box.East, b.North, c.box.North) {
			t.Errorf("%v: %v, want %v", tile, b, c.box)
		}
	}
}

func TestTilesThatDoNotExistAreRefused(t *testing.T) {
	t.Parallel()
	for at, tiles := range map[string][][3]int{
		"z": {{-1, 0, 0}, {geo.MaxZoom + 1, 0, 0}, {64, 0, 0}}, "x": {{0, 1, 0}, {3, -1, 0}, {3, 8, 0}}, "y": {{0, 0, 1}, {3, 0, -1}, {3, 0, 8}},
	} {
		for _, c := range tiles {
			_, err := geo.NewTile(c[0], c[1], c[2])
			wantFault(t, err, geo.CodeTile, at)
		}
	}
}

func TestATileMeetsItsNeighboursAndHoldsItsChildren(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.IntRange(1, geo.MaxZoom-1).Draw(t, "z")
		x, y := rapid.IntRange(0, 1<<z-2).Draw(t, "x"), rapid.IntRange(0, 1<<z-2).Draw(t, "y")
		tile, east, south := geo.Tile{Z: z, X: x, Y: y}.Box(), geo.Tile{Z: z, X: x + 1, Y: y}.Box(), geo.Tile{Z: z, X: x, Y: y + 1}.Box()
		child := geo.Tile{Z: z + 1, X: 2*x + 1, Y: 2*y + 1}.Box()
		if !allNear(1e-9, tile.East, east.West, tile.South, south.North, tile.East, child.East, tile.South, child.South) {
			t.Fatalf("%v, its eastern neighbour %v, its southern %v, its child %v", tile, east, south, child)
		}
	})
}

// allNear takes pairs.
func allNear(tolerance float64, pairs ...float64) bool {
	for i := 0; i < len(pairs); i += 2 {
		if math.Abs(pairs[i]-pairs[i+1]) > tolerance {
			return false
		}
	}
	return true
}
