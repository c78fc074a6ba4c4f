package geo_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gridwork/fault"
	"gridwork/geo"
)

func TestPointsArePlainGeoJSON(t *testing.T) {
	t.Parallel()
	p := geo.Point{Lon: 114.0527534, Lat: 22.5458236}
	data, err := json.Marshal(p)
	if want := `{"type":"Point","coordinates":[114.0527534,22.5458236]}`; err != nil || string(data) != want {
		t.Errorf("%s, %v", data, err)
	}
	var back geo.Point
	if err := json.Unmarshal(data, &back); err != nil || back != p {
		t.Errorf("%v, %v", back, err)
	}
}

func TestRingsAreWrittenTheWayTheStandardTurnsThem(t *testing.T) {
	t.Parallel()
	outer, hole := square(114, 22, 4), square(115, 23, 1)
	const want = `{"type":"Polygon","coordinates":[[[114,22],[118,22],[118,26],[114,26],[114,22]],` +
		`[[115,23],[115,24],[116,24],[116,23],[115,23]]]}`
	for _, p := range []geo.Polygon{polygon(t, outer, hole), polygon(t, outer, reversed(hole)), polygon(t, reversed(outer), hole)} {
		var gql strings.Builder
		p.MarshalGQL(&gql)
		if data, err := json.Marshal(p); err != nil || string(data) != want || gql.String() != want {
			t.Errorf("JSON %s, GraphQL %s, %v", data, gql.String(), err)
		}
	}
}

func TestAShapeSurvivesGraphQLExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		corner := rapid.Custom(func(rt *rapid.T) geo.Polygon {
			lon, lat := rapid.Float64Range(-179, 170).Draw(rt, "lon"), rapid.Float64Range(-80, 80).Draw(rt, "lat")
			return polygon(t, square(lon, lat, rapid.Float64Range(0.001, 9).Draw(rt, "side")))
		})
		m := geo.NewMultiPolygon(rapid.SliceOfN(corner, 0, 3).Draw(rt, "parts")...)
		var gql strings.Builder
		m.MarshalGQL(&gql)
		var variable any
		decoder := json.NewDecoder(strings.NewReader(gql.String()))
		decoder.UseNumber() // as gqlgen reads variables
		var back geo.MultiPolygon
		if err := decoder.Decode(&variable); err != nil {
			rt.Fatal(err)
		}
		if err := back.UnmarshalGQL(variable); err != nil || !reflect.DeepEqual(back.Polygons(), m.Polygons()) {
			rt.Fatalf("%v came back as %v, %v", m.Polygons(), back.Polygons(), err)
		}
	})
}

func TestAPolygonDoesForAMultiPolygonAndHeightsAreDropped(t *testing.T) {
	t.Parallel()
	var m geo.MultiPolygon
	var p geo.Polygon
	const text = `{"type":"Polygon","coordinates":[[[114,22,5],[115,22,5],[115,23,6],[114,22,5]]]}`
	if err := json.Unmarshal([]byte(text), &m); err != nil || len(m.Polygons()) != 1 {
		t.Fatalf("%v, %v", m.Polygons(), err)
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil || !reflect.DeepEqual(p.Rings(), m.Polygons()[0].Rings()) || len(p.Rings()[0]) != 4 {
		t.Errorf("%v, %v", p.Rings(), err)
	}
}

func TestWhatIsNoShapeIsRefusedWithItsPath(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, code, field string }{
		"an empty object":    {`{}`, geo.CodeGeometry, ""},
		"a line":             {`{"type":"LineString","coordinates":[[1,2],[3,4]]}`, geo.CodeGeometry, ""},
		"a circle":           {`{"type":"Circle","coordinates":[1,2]}`, geo.CodeGeometry, ""},
		"words":              {`{"type":"Polygon","coordinates":"here"}`, geo.CodeGeometry, ""},
		"one coordinate":     {`{"type":"Polygon","coordinates":[[[114],[115],[115],[114]]]}`, geo.CodeGeometry, ""},
		"ragged coordinates": {`{"type":"Polygon","coordinates":[[[114,22],[115],[115,23],[114,22]]]}`, geo.CodeGeometry, ""},
		"beyond a double":    {`{"type":"Polygon","coordinates":[[[1e999,22],[115,22],[115,23],[114,22]]]}`, geo.CodeGeometry, ""},
		"not closed":         {`{"type":"MultiPolygon","coordinates":[[[[114,22],[115,22],[115,23],[114,23]]]]}`, geo.CodeGeometry, "coordinates[0][0]"},
		"out of range":       {`{"type":"Polygon","coordinates":[[[114,22],[215,22],[115,23],[114,22]]]}`, geo.CodeOutOfRange, "coordinates[0][1].lon"},
		"exchanged":          {`{"type":"Polygon","coordinates":[[[22,114],[22,115],[23,115],[22,114]]]}`, geo.CodeSwapped, "coordinates[0][0]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var m geo.MultiPolygon
			wantFault(t, m.UnmarshalJSON([]byte(c.text)), c.code, c.field)
		})
	}
	var p geo.Polygon
	var point geo.Point
	for _, v := range []any{nil, "POLYGON EMPTY", 7, []any{}, map[string]any{"type": func() {}}} {
		wantFault(t, p.UnmarshalGQL(v), geo.CodeGeometry, "")
	}
	wantFault(t, p.UnmarshalJSON([]byte(`{"type":"MultiPolygon","coordinates":[]}`)), geo.CodeGeometry, "")
	wantFault(t, point.UnmarshalJSON([]byte(`{"type":"Point","coordinates":[]}`)), geo.CodeGeometry, "")
	wantFault(t, point.UnmarshalJSON([]byte(`{"type":"Point","coordinates":[0,0]}`)), geo.CodeNullIsland, "")
}

func FuzzGeoJSON(f *testing.F) {
	for _, seed := range []string{
		`{"type":"Point","coordinates":[114.05,22.54]}`,
		`{"type":"Polygon","coordinates":[[[114,22],[115,22],[115,23],[114,22]]]}`,
		`{"type":"MultiPolygon","coordinates":[[[[114,22,1],[115,22,1],[115,23,1],[114,22,1]]],[]]}`,
		`{"type":"GeometryCollection","geometries":[{"type":"Point"}]}`,
		`{"type":"Polygon","coordinates":[null,[[],[null]]]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var point geo.Point
		var p geo.Polygon
		var m geo.MultiPolygon
		for _, shape := range []json.Unmarshaler{&point, &p, &m} {
			err := shape.UnmarshalJSON(data)
			if _, public := fault.As(err); err != nil && !public {
				t.Fatalf("an internal error for bad input: %v", err)
			}
			if err != nil {
				continue
			}
			written, err := json.Marshal(shape)
			if err != nil {
				t.Fatalf("%s was read but cannot be written: %v", data, err)
			}
			if err := shape.UnmarshalJSON(written); err != nil {
				t.Fatalf("%s was read and written as %s, which is refused: %v", data, written, err)
			}
		}
	})
}
