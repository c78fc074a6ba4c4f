package geo

import "math"

// The WGS 84 ellipsoid.
const (
	wgsAxis         = 6378137.0
	wgsEccentricity = 0.081819190842621494335 // √(f(2−f)), f = 1/298.257223563
)

// ringArea is the signed area of a closed ring in m², positive when it runs counter-clockwise.
//
// The ring is laid out with Lambert's cylindrical equal-area projection of the WGS 84 ellipsoid, which keeps areas
// exactly, and measured there with the shoelace formula. What remains is that an edge is straight in the projection
// and not a geodesic; against ST_Area(geography) that is about one part in a million of the area with edges of 100 m
// (a cell), one in 60 000 with edges of 1 km and one in 6 000 with edges of 10 km (a district).
func ringArea(ring []float64) float64 {
	lon0, y0 := ring[0], authalicY(ring[1])
	var twice, x1, y1 float64
	for i := 2; i < len(ring); i += 2 {
		x2, y2 := wgsAxis*(ring[i]-lon0)*radians, authalicY(ring[i+1])-y0
		twice += x1*y2 - x2*y1
		x1, y1 = x2, y2
	}
	return twice / 2
}

// authalicY is the northing of a latitude in the equal-area projection, in metres (Snyder, Map Projections, eq. 3-12).
func authalicY(lat float64) float64 {
	const e = wgsEccentricity
	sin := math.Sin(lat * radians)
	q := (1 - e*e) * (sin/(1-e*e*sin*sin) + math.Atanh(e*sin)/e)
	return wgsAxis * q / 2
}
