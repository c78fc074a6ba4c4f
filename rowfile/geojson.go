package rowfile

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gridwork/fault"
)

// geoRows reads the features of a FeatureCollection (RFC 7946), one at a time.
type geoRows struct {
	decoder *json.Decoder
	leash   *leash
	shapes  bool // geometries of every kind are given
	most    int  // bytes of a feature
	number  int
	first   func() (Row, error) // read for its columns; nil once it was given
	header  []string
}

func openGeoJSON(file io.Reader, shapes bool) (*geoRows, error) {
	most := rowMost
	if shapes {
		most = shapeMost
	}
	l := &leash{from: bufio.NewReader(file), left: most}
	d := json.NewDecoder(l)
	d.UseNumber()
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return nil, fault.Invalid(CodeHeader, "this is no GeoJSON").Because(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, fault.Invalid(CodeHeader, "this is no GeoJSON").Because(err)
		}
		if name == "features" {
			if token, err := d.Token(); err != nil || token != json.Delim('[') {
				return nil, fault.Invalid(CodeHeader, "the features have to be a list").Because(err)
			}
			return (&geoRows{decoder: d, leash: l, shapes: shapes, most: most}).ahead(), nil
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return nil, fault.Invalid(CodeHeader, "this is no GeoJSON").Because(err)
		}
	}
	return nil, fault.Invalid(CodeHeader, "a FeatureCollection with its features is wanted")
}

type feature struct {
	Geometry *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

// ahead reads the first feature, so that there are columns to speak of.
func (g *geoRows) ahead() *geoRows {
	row, err := g.read()
	g.first = func() (Row, error) { return row, err }
	g.header = slices.Sorted(maps.Keys(row.Fields))
	return g
}

func (g *geoRows) columns() []string { return g.header }

func (g *geoRows) next() (Row, error) {
	if first := g.first; first != nil {
		g.first = nil
		return first()
	}
	return g.read()
}

func (g *geoRows) read() (Row, error) {
	g.leash.left = g.most
	if !g.decoder.More() {
		return Row{}, io.EOF
	}
	g.number++
	var f feature
	err := g.decoder.Decode(&f)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return Row{Number: g.number}, fault.Invalid(CodeBroken, "no feature")
	case err != nil: // behind a syntax error there is nothing to go on from
		return Row{Number: g.number}, fmt.Errorf("feature %d: %w", g.number, err)
	}
	row := Row{Number: g.number}
	row.Fields, err = f.fields(g.shapes)
	if shape := f.Geometry; err == nil && shape != nil && shape.Type != "Point" {
		row.Shape, err = json.Marshal(shape)
	}
	return row, err
}

func (f feature) fields(shapes bool) (map[string]string, error) {
	header, values := make([]string, 0, len(f.Properties)+2), make([]string, 0, len(f.Properties)+2)
	for name, v := range f.Properties {
		header, values = append(header, name), append(values, plain(v))
	}
	if f.Geometry != nil && (f.Geometry.Type == "Point" || !shapes) {
		var at []float64
		if f.Geometry.Type != "Point" || json.Unmarshal(f.Geometry.Coordinates, &at) != nil || len(at) < 2 {
			return nil, fault.Invalid(CodeGeometry, "a feature needs a point as its geometry")
		}
		header = append(header, "lon", "lat")
		values = append(values, strconv.FormatFloat(at[0], 'g', -1, 64), strconv.FormatFloat(at[1], 'g', -1, 64))
	}
	return fieldsOf(header, values)
}

// plain is a property as a table would hold it. Lists are joined by a semicolon.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = plain(v[i])
		}
		return strings.Join(parts, ";")
	}
	return fmt.Sprint(v)
}

func (g *geoRows) close() error { return nil }
