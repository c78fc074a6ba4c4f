package geo

import (
	"slices"
	"strconv"
)

// MultiPolygon is an area of several separate polygons in WGS 84 degrees. It is immutable; its zero value is empty.
type MultiPolygon struct {
	parts []Polygon
}

// NewMultiPolygon joins polygons, leaving out empty ones.
func NewMultiPolygon(parts ...Polygon) MultiPolygon {
	var m MultiPolygon
	for _, p := range parts {
		if !p.Empty() {
			m.parts = append(m.parts, p)
		}
	}
	return m
}

// Polygons returns a copy of the parts.
func (m MultiPolygon) Polygons() []Polygon { return slices.Clone(m.parts) }

// Empty reports whether there are no parts.
func (m MultiPolygon) Empty() bool { return len(m.parts) == 0 }

// Box is the bounding box; of an empty area the zero Box.
func (m MultiPolygon) Box() Box {
	if m.Empty() {
		return Box{}
	}
	box := m.parts[0].Box()
	for _, p := range m.parts[1:] {
		box = box.union(p.Box())
	}
	return box
}

// Covers reports whether the point lies in a part or on its border, exactly as ST_Covers does.
func (m MultiPolygon) Covers(p Point) bool {
	return slices.ContainsFunc(m.parts, func(part Polygon) bool { return part.Covers(p) })
}

// Area is the area of all parts in m² on the WGS 84 ellipsoid.
func (m MultiPolygon) Area() float64 {
	area := 0.0
	for _, p := range m.parts {
		area += p.Area()
	}
	return area
}

// LabelPoint is a point inside the largest part to write the name at.
func (m MultiPolygon) LabelPoint() Point {
	var largest Polygon
	size := -1.0
	for _, p := range m.parts {
		if area := p.Area(); area > size {
			largest, size = p, area
		}
	}
	return largest.LabelPoint()
}

// index is a step of an input path.
func index(i int) string { return "[" + strconv.Itoa(i) + "]" }
