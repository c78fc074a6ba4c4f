package geo

import (
	"iter"
	"math"
	"slices"

	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/xy"

	"gridwork/fault"
)

// CodeGeometry is the fault of a shape that is not a well-formed polygon.
const CodeGeometry = "GEOMETRY_INVALID"

// Polygon is an area in WGS 84 degrees: an outer ring, then its holes. It is immutable, and its rings are closed,
// finite and in range; whether they cross themselves is for the database's ST_IsValid to say. The zero value is
// the empty polygon.
type Polygon struct {
	g *geom.Polygon // XY layout
}

// NewPolygon builds a polygon from its outer ring and its holes. Each ring needs four points or more and ends where it
// began; the fault CodeGeometry names the ring, or the faults of Point.Check the point, as the field "[ring][point]".
func NewPolygon(rings ...[]Point) (Polygon, error) {
	var flat []float64
	var ends []int
	for _, ring := range rings {
		for _, p := range ring {
			flat = append(flat, p.Lon, p.Lat)
		}
		ends = append(ends, len(flat))
	}
	return polygonFromFlat(flat, ends)
}

// polygonFromFlat keeps the slices it is given.
func polygonFromFlat(flat []float64, ends []int) (Polygon, error) {
	if len(ends) == 0 {
		return Polygon{}, nil
	}
	p := Polygon{geom.NewPolygonFlat(geom.XY, flat, ends)}
	i := 0
	for ring := range p.flatRings() {
		if err := checkRing(ring); err != nil {
			return Polygon{}, fault.Under(index(i), err)
		}
		i++
	}
	return p, nil
}

func checkRing(ring []float64) error {
	const fewest = 4
	n := len(ring) / 2
	if n < fewest {
		return fault.Invalid(CodeGeometry, "a ring needs at least %d points, this one has %d", fewest, n)
	}
	for i := range n {
		if err := (Point{ring[2*i], ring[2*i+1]}).checkRange(); err != nil {
			return fault.Under(index(i), err)
		}
	}
	if ring[0] != ring[2*n-2] || ring[1] != ring[2*n-1] {
		return fault.Invalid(CodeGeometry, "a ring must end at the point where it began")
	}
	return nil
}

// flatRings yields the rings, the outer one first.
func (p Polygon) flatRings() iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		if p.g == nil {
			return
		}
		flat, start := p.g.FlatCoords(), 0
		for _, end := range p.g.Ends() {
			if !yield(flat[start:end:end]) {
				return
			}
			start = end
		}
	}
}

// Empty reports whether the polygon has no points.
func (p Polygon) Empty() bool { return p.g == nil }

// Rings returns a copy of the rings, the outer one first.
func (p Polygon) Rings() [][]Point {
	var rings [][]Point
	for flat := range p.flatRings() {
		ring := make([]Point, 0, len(flat)/2)
		for c := range slices.Chunk(flat, 2) {
			ring = append(ring, Point{c[0], c[1]})
		}
		rings = append(rings, ring)
	}
	return rings
}

// Box is the bounding box; of the empty polygon the zero Box.
func (p Polygon) Box() Box {
	for outer := range p.flatRings() {
		return ringBox(outer)
	}
	return Box{}
}

// Covers reports whether the point lies in the polygon or on its border, exactly as ST_Covers does.
func (p Polygon) Covers(point Point) bool {
	outer := true
	for ring := range p.flatRings() {
		switch at := locate(ring, point); {
		case at == onBorder:
			return true
		case (at == inside) != outer:
			return false
		}
		outer = false
	}
	return !outer
}

// distance is the distance in metres from a point that the polygon does not cover to its border.
func (p Polygon) distance(point Point) float64 {
	nearest := math.Inf(1)
	for ring := range p.flatRings() {
		nearest = min(nearest, ringDistance(ring, point))
	}
	return nearest
}

// Area is the area in m² on the WGS 84 ellipsoid, whichever way the rings run; see ringArea for method and error.
func (p Polygon) Area() float64 {
	area, outer := 0.0, true
	for ring := range p.flatRings() {
		size := max(ringArea(ring), -ringArea(ring))
		if outer {
			area = size
		} else {
			area -= size
		}
		outer = false
	}
	return area
}

// Centroid is the centre of gravity in the plane of degrees, as ST_Centroid gives it. It may lie outside: a label
// belongs at LabelPoint.
func (p Polygon) Centroid() Point {
	if p.g == nil {
		return Point{}
	}
	c := xy.PolygonsCentroid(p.g)
	return Point{c.X(), c.Y()}
}
