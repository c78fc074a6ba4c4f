package geo

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/geojson"

	"gridwork/fault"
)

// GeoJSON (RFC 7946): WGS 84 degrees, longitude first, at full precision, so that borders that neighbours share stay
// shared after a round trip. Outer rings are written counter-clockwise and holes clockwise, whichever way they are
// kept. A third coordinate is dropped when read.

// MarshalJSON writes a GeoJSON Point.
func (p Point) MarshalJSON() ([]byte, error) {
	if err := p.checkRange(); err != nil {
		return nil, err
	}
	return append(appendPosition([]byte(`{"type":"Point","coordinates":`), p.Lon, p.Lat), '}'), nil
}

// UnmarshalJSON reads a GeoJSON Point and checks it, see Point.Check.
func (p *Point) UnmarshalJSON(data []byte) error {
	g, err := readGeoJSON(data)
	if err != nil {
		return err
	}
	point, ok := g.(*geom.Point)
	if !ok || point.Empty() {
		return errShape("a Point with coordinates")
	}
	*p, err = NewPoint(point.X(), point.Y())
	return err
}

// MarshalJSON writes a GeoJSON Polygon.
func (p Polygon) MarshalJSON() ([]byte, error) { return p.appendGeoJSON(nil), nil }

// UnmarshalJSON reads a GeoJSON Polygon; faults as for NewPolygon.
func (p *Polygon) UnmarshalJSON(data []byte) error {
	g, err := readGeoJSON(data)
	if err != nil {
		return err
	}
	polygon, ok := g.(*geom.Polygon)
	if !ok {
		return errShape("a Polygon")
	}
	*p, err = polygonFromGeom(polygon)
	return fault.Under("coordinates", err)
}

// MarshalJSON writes a GeoJSON MultiPolygon.
func (m MultiPolygon) MarshalJSON() ([]byte, error) { return m.appendGeoJSON(nil), nil }

// UnmarshalJSON reads a GeoJSON MultiPolygon or Polygon; faults as for NewPolygon.
func (m *MultiPolygon) UnmarshalJSON(data []byte) error {
	g, err := readGeoJSON(data)
	if err != nil {
		return err
	}
	switch g := g.(type) {
	case *geom.Polygon:
		var p Polygon
		p, err = polygonFromGeom(g)
		*m = NewMultiPolygon(p)
	case *geom.MultiPolygon:
		*m, err = multiPolygonFromGeom(g)
	default:
		return errShape("a Polygon or MultiPolygon")
	}
	return fault.Under("coordinates", err)
}

// MarshalGQL writes the GraphQL scalar GeoJSON, an object.
func (p Polygon) MarshalGQL(w io.Writer) { writeGQL(w, p.appendGeoJSON(nil)) }

// UnmarshalGQL reads the GraphQL scalar GeoJSON.
func (p *Polygon) UnmarshalGQL(v any) error { return readGQL(v, p) }

// MarshalGQL writes the GraphQL scalar GeoJSON, an object.
func (m MultiPolygon) MarshalGQL(w io.Writer) { writeGQL(w, m.appendGeoJSON(nil)) }

// UnmarshalGQL reads the GraphQL scalar GeoJSON.
func (m *MultiPolygon) UnmarshalGQL(v any) error { return readGQL(v, m) }

func writeGQL(w io.Writer, data []byte) {
	_, _ = w.Write(data) // gqlgen buffers: its writer cannot fail
}

// readGQL takes the decoded object that gqlgen hands to a scalar.
func readGQL(v any, into json.Unmarshaler) error {
	object, ok := v.(map[string]any)
	if !ok {
		return errShape("an object")
	}
	data, err := json.Marshal(object)
	if err != nil {
		return errShape("an object").Because(err)
	}
	return into.UnmarshalJSON(data)
}

func readGeoJSON(data []byte) (geom.T, error) {
	var g geom.T
	if err := geojson.Unmarshal(data, &g); err != nil {
		return nil, errShape("a geometry").Because(err)
	}
	return g, nil
}

func errShape(want string) *fault.Error {
	return fault.Invalid(CodeGeometry, "not GeoJSON: %s was expected", want)
}

// polygonFromGeom copies the first two coordinates of each vertex.
func polygonFromGeom(g *geom.Polygon) (Polygon, error) {
	stride := g.Stride()
	if stride < 2 {
		return Polygon{}, nil
	}
	flat := make([]float64, 0, 2*g.NumCoords())
	for vertex := range slices.Chunk(g.FlatCoords(), stride) {
		flat = append(flat, vertex[0], vertex[1])
	}
	ends := make([]int, 0, g.NumLinearRings())
	for _, end := range g.Ends() {
		ends = append(ends, end/stride*2)
	}
	return polygonFromFlat(flat, ends)
}

func multiPolygonFromGeom(g *geom.MultiPolygon) (MultiPolygon, error) {
	var parts []Polygon
	for i := range g.NumPolygons() {
		part, err := polygonFromGeom(g.Polygon(i))
		if err != nil {
			return MultiPolygon{}, fault.Under(index(i), err)
		}
		parts = append(parts, part)
	}
	return NewMultiPolygon(parts...), nil
}

func (p Polygon) appendGeoJSON(buf []byte) []byte {
	buf = append(buf, `{"type":"Polygon","coordinates":`...)
	return append(p.appendCoordinates(buf), '}')
}

func (m MultiPolygon) appendGeoJSON(buf []byte) []byte {
	buf = append(buf, `{"type":"MultiPolygon","coordinates":[`...)
	for i, part := range m.parts {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = part.appendCoordinates(buf)
	}
	return append(buf, ']', '}')
}

func (p Polygon) appendCoordinates(buf []byte) []byte {
	buf = append(buf, '[')
	outer := true
	for ring := range p.flatRings() {
		if !outer {
			buf = append(buf, ',')
		}
		buf = appendRing(buf, ring, (ringArea(ring) < 0) == outer)
		outer = false
	}
	return append(buf, ']')
}

func appendRing(buf []byte, ring []float64, backwards bool) []byte {
	buf = append(buf, '[')
	n := len(ring) / 2
	for i := range n {
		if i > 0 {
			buf = append(buf, ',')
		}
		at := 2 * i
		if backwards {
			at = 2 * (n - 1 - i)
		}
		buf = appendPosition(buf, ring[at], ring[at+1])
	}
	return append(buf, ']')
}

func appendPosition(buf []byte, lon, lat float64) []byte {
	buf = strconv.AppendFloat(append(buf, '['), lon, 'f', -1, 64)
	buf = strconv.AppendFloat(append(buf, ','), lat, 'f', -1, 64)
	return append(buf, ']')
}
