package geo

import "math"

// A ring is the flat coordinates lon, lat, lon, lat … of a closed line: its last point repeats its first.

type side int8

const (
	outside side = iota - 1
	onBorder
	inside
)

// locate says where p lies by its winding number. The arithmetic is PostGIS's own (ST_Covers of a point by a polygon),
// step by step in double precision, because a point on a border must get the same answer here and in SQL.
func locate(ring []float64, p Point) side {
	winding := 0
	x1, y1 := ring[0], ring[1]
	for i := 2; i < len(ring); i += 2 {
		x2, y2 := ring[i], ring[i+1]
		if p.Lat >= min(y1, y2) && p.Lat <= max(y1, y2) {
			switch left := leftOf(x1, y1, x2, y2, p); {
			case left == 0 && p.Lon >= min(x1, x2) && p.Lon <= max(x1, x2):
				return onBorder
			case left > 0 && y1 <= p.Lat && p.Lat < y2:
				winding++
			case left < 0 && y2 <= p.Lat && p.Lat < y1:
				winding--
			}
		}
		x1, y1 = x2, y2
	}
	if winding == 0 {
		return outside
	}
	return inside
}

// leftOf is positive when p lies left of the line from 1 to 2, 0 on it. The conversions forbid the compiler to fuse
// a product with the subtraction: fused, the last bit differs and with it the answer on a border.
func leftOf(x1, y1, x2, y2 float64, p Point) float64 {
	return float64((x2-x1)*(p.Lat-y1)) - float64((p.Lon-x1)*(y2-y1))
}

// ringDistance is the distance in metres from p to the line of the ring, on the plane that touches the sphere at p:
// within 1 km of p it agrees with Distance to one part in 5 000.
func ringDistance(ring []float64, p Point) float64 {
	const perLat = EarthRadius * radians
	perLon := perLat * math.Cos(p.Lat*radians)
	nearest := math.Inf(1)
	x1, y1 := (ring[0]-p.Lon)*perLon, (ring[1]-p.Lat)*perLat
	for i := 2; i < len(ring); i += 2 {
		x2, y2 := (ring[i]-p.Lon)*perLon, (ring[i+1]-p.Lat)*perLat
		nearest = min(nearest, originToSegment2(x1, y1, x2, y2))
		x1, y1 = x2, y2
	}
	return math.Sqrt(nearest)
}

// originToSegment2 is the squared distance from 0/0 to a segment. An end of the segment is measured as it stands, so
// that two rings that share it are equally far.
func originToSegment2(x1, y1, x2, y2 float64) float64 {
	dx, dy := x2-x1, y2-y1
	along, length2 := -(x1*dx + y1*dy), dx*dx+dy*dy
	switch {
	case along <= 0:
		return x1*x1 + y1*y1
	case along >= length2:
		return x2*x2 + y2*y2
	}
	cross := x1*dy - y1*dx
	return cross * cross / length2
}

// ringBox is the bounding box of a ring.
func ringBox(ring []float64) Box {
	b := Box{ring[0], ring[1], ring[0], ring[1]}
	for i := 2; i < len(ring); i += 2 {
		b = b.union(Box{ring[i], ring[i+1], ring[i], ring[i+1]})
	}
	return b
}
