package geo_test

import (
	"math"
	"slices"
	"testing"

	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/xy"
	"github.com/twpayne/go-geom/xy/location"
	"pgregory.net/rapid"

	"gridwork/geo"
)

func TestRingsThatAreNoRingsAreRefused(t *testing.T) {
	t.Parallel()
	good := square(114, 22.5, 0.01)
	for name, c := range map[string]struct {
		rings       [][]geo.Point
		code, field string
	}{
		"empty ring":       {[][]geo.Point{{}}, geo.CodeGeometry, "[0]"},
		"three points":     {[][]geo.Point{good[:3]}, geo.CodeGeometry, "[0]"},
		"open hole":        {[][]geo.Point{good, square(114.001, 22.501, 0.001)[:4]}, geo.CodeGeometry, "[1]"},
		"NaN in a hole":    {[][]geo.Point{good, replaced(good, 2, geo.Point{Lon: math.NaN(), Lat: 1})}, geo.CodeNotFinite, "[1][2].lon"},
		"latitude 91":      {[][]geo.Point{replaced(good, 1, geo.Point{Lon: -120, Lat: 91})}, geo.CodeOutOfRange, "[0][1].lat"},
		"exchanged corner": {[][]geo.Point{replaced(good, 3, geo.Point{Lon: 22.5, Lat: 114})}, geo.CodeSwapped, "[0][3]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := geo.NewPolygon(c.rings...)
			wantFault(t, err, c.code, c.field)
			if !p.Empty() {
				t.Error("a refused polygon is not empty")
			}
		})
	}
}

func TestTheEmptyPolygonIsHarmless(t *testing.T) {
	t.Parallel()
	var p geo.Polygon
	m := geo.NewMultiPolygon(p)
	if !p.Empty() || !m.Empty() || p.Covers(geo.Point{}) || m.Covers(geo.Point{}) || p.Area() != 0 || m.Area() != 0 ||
		p.Box() != (geo.Box{}) || m.Box() != (geo.Box{}) || p.LabelPoint() != (geo.Point{}) || m.LabelPoint() != (geo.Point{}) {
		t.Error("an empty area has something in it")
	}
}

func TestBordersAndCornersAreCoveredAndHolesAreNot(t *testing.T) {
	t.Parallel()
	p := polygon(t, square(114, 22, 1), reversed(square(114.25, 22.25, 0.5)))
	for point, want := range map[geo.Point]bool{
		{Lon: 114, Lat: 22}:       true,  // corner
		{Lon: 114.5, Lat: 22}:     true,  // border
		{Lon: 114.1, Lat: 22.5}:   true,  // inside
		{Lon: 114.5, Lat: 22.5}:   false, // in the hole
		{Lon: 114.25, Lat: 22.5}:  true,  // on the hole's border
		{Lon: 114.25, Lat: 22.25}: true,  // on the hole's corner
		{Lon: 113.9, Lat: 22.5}:   false,
		{Lon: 115.1, Lat: 22}:     false, // in line with a border
	} {
		if got := p.Covers(point); got != want {
			t.Errorf("Covers(%v) = %v", point, got)
		}
		if got := geo.NewMultiPolygon(polygon(t, square(0, 0, 1)), p).Covers(point); got != want {
			t.Errorf("with another part: Covers(%v) = %v", point, got)
		}
	}
}

// go-geom decides with extended precision: the two must agree wherever a double can tell the side.
func TestCoversAgreesWithExactArithmetic(t *testing.T) {
	t.Parallel()
	cells := patchwork(t, 8, 7)
	for _, p := range tellingPoints(cells, 500, 7) {
		for _, cell := range cells[:16] {
			ring := cell.Polygon.Rings()[0]
			var flat []float64
			for _, v := range ring {
				flat = append(flat, v.Lon, v.Lat)
			}
			want := xy.LocatePointInRing(geom.XY, geom.Coord{p.Lon, p.Lat}, flat) != location.Exterior
			if got := cell.Polygon.Covers(p); got != want {
				t.Fatalf("Covers(%v) = %v in %v", p, got, ring)
			}
		}
	}
}

// The reference is ST_Area(geography) of PostGIS 3.3, which integrates over geodesics (GeographicLib).
func TestAreaIsTheEllipsoidsArea(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ring           []geo.Point
		want, relative float64
	}{
		"a cell":     {square(114.05, 22.54, 0.001), 11391.167638540268, 1e-6},
		"a district": {square(114, 22.5, 0.1), 113904017.07050323, 1e-4},
	} {
		for _, ring := range [][]geo.Point{c.ring, reversed(c.ring)} {
			if got := polygon(t, ring).Area(); math.Abs(got-c.want) > c.relative*c.want {
				t.Errorf("%s: %v m², want %v", name, got, c.want)
			}
		}
	}
}

func TestAHoleIsNotCountedAndPartsAddUp(t *testing.T) {
	t.Parallel()
	outer, hole := square(114, 22, 0.01), square(114.002, 22.002, 0.002)
	whole, gap := polygon(t, outer), polygon(t, hole)
	ringed := polygon(t, outer, hole)
	if got, want := ringed.Area(), whole.Area()-gap.Area(); math.Abs(got-want) > 1e-6 {
		t.Errorf("area with a hole: %v, want %v", got, want)
	}
	if got, want := geo.NewMultiPolygon(ringed, gap).Area(), whole.Area(); math.Abs(got-want) > 1e-6 {
		t.Errorf("hole and ring together: %v, want %v", got, want)
	}
}

func TestCellsThatTileAnAreaAddUpToIt(t *testing.T) {
	t.Parallel()
	cells := patchwork(t, 10, 3)
	sum := 0.0
	for _, c := range cells {
		sum += c.Polygon.Area()
	}
	all := polygon(t, square(114, 22.5, 0.01)).Area()
	if math.Abs(sum-all) > 1e-6*all {
		t.Errorf("the cells have %v m², the area %v m²", sum, all)
	}
}

func TestALabelStandsInsideItsShape(t *testing.T) {
	t.Parallel()
	horseshoe := polygon(t, []geo.Point{
		{Lon: 114, Lat: 22}, {Lon: 114.3, Lat: 22}, {Lon: 114.3, Lat: 22.3}, {Lon: 114.2, Lat: 22.3},
		{Lon: 114.2, Lat: 22.1}, {Lon: 114.1, Lat: 22.1}, {Lon: 114.1, Lat: 22.3}, {Lon: 114, Lat: 22.3}, {Lon: 114, Lat: 22},
	})
	ringed := polygon(t, square(114, 22, 1), square(114.25, 22.25, 0.5))
	for name, p := range map[string]geo.Polygon{"horseshoe": horseshoe, "ringed": ringed} {
		if p.Covers(p.Centroid()) {
			t.Errorf("%s: the centroid is inside, this test tells nothing", name)
		}
		if label := p.LabelPoint(); !p.Covers(label) {
			t.Errorf("%s: the label at %v is outside", name, label)
		}
	}
	convex := polygon(t, square(114, 22, 1))
	if got := geo.NewMultiPolygon(polygon(t, square(0, 0, 0.1)), convex).LabelPoint(); degreesApart(got, geo.Point{Lon: 114.5, Lat: 22.5}) > 1e-9 {
		t.Errorf("the label of two parts stands at %v, not in the middle of the larger", got)
	}
}

func TestALabelStandsInsideAnyStar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(3, 12).Draw(rt, "corners")
		var ring []geo.Point
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			r := rapid.Float64Range(0.01, 1).Draw(rt, "radius")
			ring = append(ring, geo.Point{Lon: 114 + r*cos, Lat: 22 + r*sin})
		}
		p := polygon(t, append(ring, ring[0]))
		if !p.Covers(p.LabelPoint()) {
			rt.Fatalf("the label %v is outside %v", p.LabelPoint(), p.Rings())
		}
	})
}

func TestRingsComeBackAsTheyWentIn(t *testing.T) {
	t.Parallel()
	outer, hole := square(114, 22, 1), square(114.2, 22.2, 0.1)
	p := polygon(t, outer, hole)
	rings := p.Rings()
	if len(rings) != 2 || !slices.Equal(rings[0], outer) || !slices.Equal(rings[1], hole) {
		t.Errorf("%v", rings)
	}
	rings[0][0] = geo.Point{}
	if p.Rings()[0][0] != outer[0] {
		t.Error("a polygon was changed from outside")
	}
	far := polygon(t, square(120, 30, 1))
	if box := geo.NewMultiPolygon(p, far).Box(); box != (geo.Box{West: 114, South: 22, East: 121, North: 31}) {
		t.Errorf("box %v", box)
	}
	if parts := geo.NewMultiPolygon(p, geo.Polygon{}, far).Polygons(); len(parts) != 2 {
		t.Errorf("%d parts", len(parts))
	}
}

func replaced(ring []geo.Point, i int, p geo.Point) []geo.Point {
	r := slices.Clone(ring)
	r[i] = p
	return r
}
