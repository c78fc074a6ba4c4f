package geo

import "math"

// EarthRadius is the mean radius of the earth in metres (IUGG, 2a+b over 3). Lengths measured on this sphere are
// wrong by at most 0.56 % against the ellipsoid.
const EarthRadius = 6371008.8

const radians = math.Pi / 180

// Distance is the great-circle distance of two points in metres, by the haversine formula on the mean sphere.
func Distance(a, b Point) float64 {
	sinLat := math.Sin((b.Lat - a.Lat) * radians / 2)
	sinLon := math.Sin((b.Lon - a.Lon) * radians / 2)
	h := sinLat*sinLat + math.Cos(a.Lat*radians)*math.Cos(b.Lat*radians)*sinLon*sinLon
	return 2 * EarthRadius * math.Asin(math.Sqrt(math.Min(1, h)))
}

// Box is a bounding box in WGS 84 degrees, borders included. It does not cross the antimeridian.
type Box struct {
	West, South, East, North float64
}

var (
	world = Box{-180, -90, 180, 90}
	// china is the rectangle inside which the published formulas shift WGS 84 to GCJ-02.
	china = Box{72.004, 0.8293, 137.8347, 55.8271}
)

// Contains reports whether p lies in the box or on its border.
func (b Box) Contains(p Point) bool {
	return b.West <= p.Lon && p.Lon <= b.East && b.South <= p.Lat && p.Lat <= b.North
}

// Around is the smallest box, but for a micrometre, that holds every point within the given metres of p, cut off at the poles and at the
// antimeridian. It is what an index can search before Distance decides.
func Around(p Point, metres float64) Box {
	const relative, micrometre = 1 + 1e-9, 1e-6 // against rounding
	angle := (metres*relative + micrometre) / EarthRadius
	dLat, dLon := angle/radians, 360.0
	if sin := math.Sin(angle) / math.Cos(p.Lat*radians); angle < math.Pi/2 && sin < 1 {
		dLon = math.Asin(sin) / radians
	}
	return Box{
		West: math.Max(p.Lon-dLon, -180), South: math.Max(p.Lat-dLat, -90),
		East: math.Min(p.Lon+dLon, 180), North: math.Min(p.Lat+dLat, 90),
	}
}

func (b Box) union(o Box) Box {
	return Box{
		West: math.Min(b.West, o.West), South: math.Min(b.South, o.South),
		East: math.Max(b.East, o.East), North: math.Max(b.North, o.North),
	}
}

func (b Box) grown(degrees float64) Box {
	return Box{b.West - degrees, b.South - degrees, b.East + degrees, b.North + degrees}
}
