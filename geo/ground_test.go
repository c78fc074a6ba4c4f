package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gridwork/geo"
)

func TestAnAreaComesBackFromEveryDatumCornerByCorner(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		datum := rapid.SampledFrom([]geo.Datum{geo.WGS84, geo.GCJ02, geo.BD09, geo.CGCS2000}).Draw(t, "datum")
		west, south := rapid.Float64Range(100, 120).Draw(t, "west"), rapid.Float64Range(20, 40).Draw(t, "south")
		outer, hole := square(west, south, 0.4), square(west+0.1, south+0.1, 0.1)
		moved := func(ring []geo.Point) (there []geo.Point) {
			for _, p := range ring {
				there = append(there, datum.FromWGS84(p))
			}
			return there
		}
		part, err := geo.NewPolygon(moved(outer), moved(hole))
		if err != nil {
			t.Fatal(err)
		}
		back, err := datum.Ground(geo.NewMultiPolygon(part, part))
		if err != nil || len(back.Polygons()) != 2 {
			t.Fatalf("%v, %v", back, err)
		}
		for r, ring := range back.Polygons()[1].Rings() {
			for i, p := range ring {
				want := [][]geo.Point{outer, hole}[r][i]
				if math.Abs(p.Lon-want.Lon) > 1e-9 || math.Abs(p.Lat-want.Lat) > 1e-9 {
					t.Errorf("ring %d, corner %d of %s is %v, want %v", r, i, datum, p, want)
				}
			}
		}
	})
}
