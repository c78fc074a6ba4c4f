package geo

import (
	"slices"
)

// LabelPoint is a point inside the polygon to write its name at: the centroid where that is inside, else the middle
// of the widest stretch at half height.
func (p Polygon) LabelPoint() Point {
	centre := p.Centroid()
	if p.Empty() || p.Covers(centre) {
		return centre
	}
	lat := p.halfHeight()
	crossings := p.crossings(lat)
	best := Point{centre.Lon, lat}
	widest := 0.0
	for i := 0; i+1 < len(crossings); i += 2 {
		if width := crossings[i+1] - crossings[i]; width > widest {
			widest, best.Lon = width, crossings[i]+width/2
		}
	}
	return best
}

// halfHeight is a latitude near the middle on which no vertex lies, so that every crossing of it goes in or out.
func (p Polygon) halfHeight() float64 {
	box := p.Box()
	middle := (box.South + box.North) / 2
	below, above := box.South, box.North
	for ring := range p.flatRings() {
		for i := 1; i < len(ring); i += 2 {
			if lat := ring[i]; lat <= middle {
				below = max(below, lat)
			} else {
				above = min(above, lat)
			}
		}
	}
	return (below + above) / 2
}

// crossings are the longitudes at which the border crosses a latitude, from west to east.
func (p Polygon) crossings(lat float64) []float64 {
	var lons []float64
	for ring := range p.flatRings() {
		for i := 3; i < len(ring); i += 2 {
			x1, y1, x2, y2 := ring[i-3], ring[i-2], ring[i-1], ring[i]
			if (y1 < lat) != (y2 < lat) {
				lons = append(lons, x1+(lat-y1)/(y2-y1)*(x2-x1))
			}
		}
	}
	slices.Sort(lons)
	return lons
}
