package geo

import "math"

// The formulas of GCJ-02 and BD-09 were never published by their owners. These are the ones that every open
// coordinate library uses (coordtransform, eviltransform, gcoord); against the map services themselves they are
// right to about a metre.

// Krasovsky 1940, the ellipsoid that the GCJ-02 formula scales its shift by.
const (
	krasovskyAxis          = 6378245.0
	krasovskyEccentricity2 = 0.00669342162296594323
)

// offset is a difference of coordinates in degrees.
type offset struct{ lon, lat float64 }

func (p Point) plus(d offset) Point  { return Point{p.Lon + d.lon, p.Lat + d.lat} }
func (p Point) minus(d offset) Point { return Point{p.Lon - d.lon, p.Lat - d.lat} }

// gcjOffset is how far GCJ-02 shifts a WGS 84 point inside China.
func gcjOffset(p Point) offset {
	x, y := p.Lon-105, p.Lat-35
	east, north := gcjShiftEast(x, y), gcjShiftNorth(x, y)
	sin, cos := math.Sincos(p.Lat * radians)
	w2 := 1 - krasovskyEccentricity2*sin*sin
	w := math.Sqrt(w2)
	return offset{
		lon: east / (krasovskyAxis / w * cos * radians),
		lat: north / (krasovskyAxis * (1 - krasovskyEccentricity2) / (w2 * w) * radians),
	}
}

// gcjShiftEast is the shift to the east in metres, x and y in degrees from 105° E, 35° N.
func gcjShiftEast(x, y float64) float64 {
	smooth := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x))
	waves := gcjRipple(x) + 20*wave(x) + 40*wave(x/3) + 150*wave(x/12) + 300*wave(x/30)
	return smooth + waves*2/3
}

// gcjShiftNorth is the shift to the north in metres, x and y in degrees from 105° E, 35° N.
func gcjShiftNorth(x, y float64) float64 {
	smooth := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x))
	waves := gcjRipple(x) + 20*wave(y) + 40*wave(y/3) + 160*wave(y/12) + 320*wave(y/30)
	return smooth + waves*2/3
}

func gcjRipple(x float64) float64 { return 20*wave(6*x) + 20*wave(2*x) }

func wave(x float64) float64 { return math.Sin(x * math.Pi) }

func wgsToGCJ(p Point) Point {
	if !china.Contains(p) {
		return p
	}
	return p.plus(gcjOffset(p))
}

// gcjToWGS looks a little beyond China's rectangle too, because the shift carries points across its border.
func gcjToWGS(g Point) Point {
	const reach, rounding = 0.05, 1e-9 // degrees; the shift never exceeds half the reach
	if !china.grown(reach).Contains(g) {
		return g
	}
	p := solve(g, func(p Point) Point { return p.plus(gcjOffset(p)) })
	if !china.grown(rounding).Contains(p) {
		return g
	}
	return p
}

// bdAngle scales degrees for BD-09's ripples.
const bdAngle = math.Pi * 3000 / 180

func gcjToBD(g Point) Point {
	radius := math.Hypot(g.Lon, g.Lat) + 0.00002*math.Sin(g.Lat*bdAngle)
	theta := math.Atan2(g.Lat, g.Lon) + 0.000003*math.Cos(g.Lon*bdAngle)
	sin, cos := math.Sincos(theta)
	return Point{radius*cos + 0.0065, radius*sin + 0.006}
}

func bdToGCJ(b Point) Point { return solve(b, gcjToBD) }

// solve finds the point that shift carries to target. The shifts move neighbours almost alike (their derivative is
// under 0.03), so each step divides the error by 30 or more and five steps are enough.
func solve(target Point, shift func(Point) Point) Point {
	const closeEnough, mostSteps = 1e-10, 20
	p := target
	for range mostSteps {
		got := shift(p)
		miss := offset{got.Lon - target.Lon, got.Lat - target.Lat}
		p = p.minus(miss)
		if math.Abs(miss.lon) < closeEnough && math.Abs(miss.lat) < closeEnough {
			break
		}
	}
	return p
}
