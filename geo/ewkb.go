package geo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// SRID is the spatial reference of every geometry stored: WGS 84, longitude first.
const SRID = 4326

// The parts of PostGIS's extended well-known binary that two-dimensional points and polygons use. go-geom reads EWKB
// too, but believes the counts it is told: thirteen hostile bytes make it ask for gigabytes.
const (
	wkbBigEndian, wkbLittleEndian         = 0, 1
	wkbPoint, wkbPolygon, wkbMulti        = 1, 3, 6
	wkbHasSRID                     uint32 = 0x20000000
)

// appendEWKB writes a Point, Polygon or MultiPolygon.
func appendEWKB(buf []byte, g any) ([]byte, error) {
	switch g := g.(type) {
	case Point:
		return appendPoint(buf, g)
	case Polygon:
		return appendPolygon(buf, g), nil
	case MultiPolygon:
		return appendMultiPolygon(buf, g), nil
	}
	return nil, fmt.Errorf("geo: a %T is not a geometry", g)
}

func appendPoint(buf []byte, p Point) ([]byte, error) {
	if !finite(p.Lon) || !finite(p.Lat) {
		return nil, errors.New("geo: a point that is not finite cannot be stored")
	}
	return appendFloats(appendHeader(buf, wkbPoint|wkbHasSRID), p.Lon, p.Lat), nil
}

func appendPolygon(buf []byte, p Polygon) []byte {
	return appendWKBRings(appendHeader(buf, wkbPolygon|wkbHasSRID), p)
}

func appendMultiPolygon(buf []byte, m MultiPolygon) []byte {
	buf = appendHeader(buf, wkbMulti|wkbHasSRID)
	buf = appendCount(buf, len(m.parts))
	for _, part := range m.parts {
		buf = appendWKBRings(appendHeader(buf, wkbPolygon), part)
	}
	return buf
}

func appendHeader(buf []byte, kind uint32) []byte {
	buf = binary.LittleEndian.AppendUint32(append(buf, wkbLittleEndian), kind)
	if kind&wkbHasSRID != 0 {
		buf = binary.LittleEndian.AppendUint32(buf, SRID)
	}
	return buf
}

func appendWKBRings(buf []byte, p Polygon) []byte {
	if p.Empty() {
		return appendCount(buf, 0)
	}
	buf = appendCount(buf, p.g.NumLinearRings())
	for ring := range p.flatRings() {
		buf = appendFloats(appendCount(buf, len(ring)/2), ring...)
	}
	return buf
}

func appendCount(buf []byte, n int) []byte { return binary.LittleEndian.AppendUint32(buf, uint32(n)) }

func appendFloats(buf []byte, xs ...float64) []byte {
	for _, x := range xs {
		buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(x))
	}
	return buf
}

// decodeEWKB reads one geometry: a Point, Polygon or MultiPolygon.
func decodeEWKB(src []byte) (any, error) {
	r := wkbReader{rest: src}
	kind := r.header()
	if r.err == nil && !r.sawSRID {
		r.fail("a geometry without SRID %d", SRID)
	}
	var g any
	switch kind {
	case wkbPoint:
		g = r.point()
	case wkbPolygon:
		g = r.polygon()
	case wkbMulti:
		g = r.multiPolygon()
	default:
		r.fail("geometry type %#x is not a point or polygon in two dimensions", kind)
	}
	if len(r.rest) != 0 {
		r.fail("%d bytes too many", len(r.rest))
	}
	return g, r.err
}

// wkbReader keeps the first error and reads zeros after it.
type wkbReader struct {
	rest    []byte
	order   binary.ByteOrder
	sawSRID bool
	err     error
}

func (r *wkbReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("geo: EWKB: "+format, args...)
	}
	r.rest = nil
}

func (r *wkbReader) take(n int) []byte {
	if n > len(r.rest) {
		r.fail("ends too early")
		return make([]byte, n)
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

// header reads byte order, type and SRID, and returns the type.
func (r *wkbReader) header() uint32 {
	switch mark := r.take(1)[0]; mark {
	case wkbLittleEndian:
		r.order = binary.LittleEndian
	case wkbBigEndian:
		r.order = binary.BigEndian
	default:
		r.fail("byte order %d", mark)
		r.order = binary.LittleEndian
	}
	kind := r.uint32()
	if kind&wkbHasSRID != 0 {
		r.sawSRID = true
		if srid := r.uint32(); srid != SRID {
			r.fail("SRID %d where %d is spoken", srid, SRID)
		}
	}
	return kind &^ wkbHasSRID
}

func (r *wkbReader) uint32() uint32 { return r.order.Uint32(r.take(4)) }

func (r *wkbReader) float64() float64 { return math.Float64frombits(r.order.Uint64(r.take(8))) }

// count reads a number of elements, each at least size bytes long: more than the rest can hold is a lie.
func (r *wkbReader) count(size int) int {
	n := r.uint32()
	if uint64(n)*uint64(size) > uint64(len(r.rest)) {
		r.fail("a count of %d in %d bytes", n, len(r.rest))
		return 0
	}
	return int(n)
}

func (r *wkbReader) point() Point {
	p := Point{r.float64(), r.float64()}
	if r.err == nil && (!finite(p.Lon) || !finite(p.Lat)) {
		r.fail("an empty point")
	}
	return p
}

func (r *wkbReader) polygon() Polygon {
	const ringBytes, pointBytes = 4, 16
	var flat []float64
	var ends []int
	for range r.count(ringBytes) {
		for range r.count(pointBytes) {
			flat = append(flat, r.float64(), r.float64())
		}
		ends = append(ends, len(flat))
	}
	if r.err != nil {
		return Polygon{}
	}
	p, err := polygonFromFlat(flat, ends)
	if err != nil {
		r.fail("%v", err) // not wrapped: bad stored data is no fault of the caller
	}
	return p
}

func (r *wkbReader) multiPolygon() MultiPolygon {
	const polygonBytes = 9
	var parts []Polygon
	for range r.count(polygonBytes) {
		if kind := r.header(); kind != wkbPolygon {
			r.fail("type %#x inside a multipolygon", kind)
			break
		}
		parts = append(parts, r.polygon())
	}
	return NewMultiPolygon(parts...)
}
