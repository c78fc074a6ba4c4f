package geo_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"pgregory.net/rapid"

	"gridwork/fault"
	"gridwork/geo"
)

// What gqlgen binds enumerations and the scalar GeoJSON to.
var (
	_ = []graphql.Marshaler{geo.Datum(""), geo.Source(""), geo.Polygon{}, geo.MultiPolygon{}}
	_ = []graphql.Unmarshaler{new(geo.Datum), new(geo.Source), new(geo.Polygon), new(geo.MultiPolygon)}
)

func reading(change func(*geo.Position)) geo.Position {
	p := geo.Position{
		Lon: 114.0578659, Lat: 22.5431014, Datum: geo.GCJ02, Accuracy: 12, Source: geo.SourceGNSS,
		CapturedAt: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
	}
	change(&p)
	return p
}

func TestOneSpotReadInEveryDatumIsOnePoint(t *testing.T) {
	t.Parallel()
	c := cities["Shenzhen"]
	for datum, raw := range map[geo.Datum]geo.Point{geo.WGS84: c.wgs, geo.CGCS2000: c.wgs, geo.GCJ02: c.gcj, geo.BD09: c.bd} {
		got, err := reading(func(p *geo.Position) { p.Lon, p.Lat, p.Datum = raw.Lon, raw.Lat, datum }).Canonical()
		if err != nil {
			t.Errorf("%s: %v", datum, err)
		}
		if d := geo.Distance(got, c.wgs); d > 1 {
			t.Errorf("%s: %v m off", datum, d)
		}
	}
}

func TestHostilePositionsAreRefusedByCodeAndField(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change      func(*geo.Position)
		code, field string
	}{
		"no datum":            {func(p *geo.Position) { p.Datum = "" }, geo.CodeUnknownDatum, "datum"},
		"upper-case datum":    {func(p *geo.Position) { p.Datum = "WGS84" }, geo.CodeUnknownDatum, "datum"},
		"no source":           {func(p *geo.Position) { p.Source = "" }, geo.CodeUnknownSource, "source"},
		"negative accuracy":   {func(p *geo.Position) { p.Accuracy = -1 }, geo.CodeAccuracy, "accuracy"},
		"NaN accuracy":        {func(p *geo.Position) { p.Accuracy = math.NaN() }, geo.CodeAccuracy, "accuracy"},
		"infinite accuracy":   {func(p *geo.Position) { p.Accuracy = math.Inf(1) }, geo.CodeAccuracy, "accuracy"},
		"NaN longitude":       {func(p *geo.Position) { p.Lon = math.NaN() }, geo.CodeNotFinite, "lon"},
		"longitude 181":       {func(p *geo.Position) { p.Lon = 181 }, geo.CodeOutOfRange, "lon"},
		"no fix":              {func(p *geo.Position) { p.Lon, p.Lat = 0, 0 }, geo.CodeNullIsland, ""},
		"exchanged":           {func(p *geo.Position) { p.Lon, p.Lat = p.Lat, p.Lon }, geo.CodeSwapped, ""},
		"shifted off the map": {func(p *geo.Position) { p.Lon, p.Lat, p.Datum = -180, 22, geo.BD09 }, geo.CodeOutOfRange, "lon"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reading(c.change).Canonical()
			wantFault(t, err, c.code, c.field)
		})
	}
}

func TestNoPositionWhateverItsNumbersGivesAnImpossiblePoint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := reading(func(p *geo.Position) {
			p.Lon, p.Lat = rapid.Float64().Draw(t, "lon"), rapid.Float64().Draw(t, "lat")
			p.Datum = anyDatum().Draw(t, "datum")
		})
		point, err := p.Canonical()
		if err == nil && point.Check() != nil {
			t.Fatalf("%v became %v", p, point)
		}
		if _, public := fault.As(err); err != nil && !public {
			t.Fatalf("an internal error for bad input: %v", err)
		}
	})
}

func TestEnumerationsSpeakUpperCaseInGraphQLAndLowerCaseInSQL(t *testing.T) {
	t.Parallel()
	for datum, name := range map[geo.Datum]string{geo.WGS84: "WGS84", geo.GCJ02: "GCJ02", geo.BD09: "BD09", geo.CGCS2000: "CGCS2000"} {
		var gql strings.Builder
		datum.MarshalGQL(&gql)
		var fromGQL, fromSQL geo.Datum
		text, err := datum.Value()
		if gql.String() != `"`+name+`"` || fromGQL.UnmarshalGQL(name) != nil || fromGQL != datum ||
			err != nil || fromSQL.Scan(text) != nil || fromSQL != datum || text != strings.ToLower(name) {
			t.Errorf("%s: GraphQL %s → %q, SQL %v → %q, %v", datum, gql.String(), fromGQL, text, fromSQL, err)
		}
	}
	for source, name := range map[geo.Source]string{
		geo.SourceGNSS: "GNSS", geo.SourceNetwork: "NETWORK", geo.SourceMapPin: "MAP_PIN", geo.SourceAddress: "ADDRESS",
	} {
		var gql strings.Builder
		source.MarshalGQL(&gql)
		var fromGQL, fromSQL geo.Source
		text, err := source.Value()
		if gql.String() != `"`+name+`"` || fromGQL.UnmarshalGQL(name) != nil || fromGQL != source ||
			err != nil || fromSQL.Scan([]byte(text.(string))) != nil || fromSQL != source || text != strings.ToLower(name) {
			t.Errorf("%s: GraphQL %s → %q, SQL %v → %q, %v", source, gql.String(), fromGQL, text, fromSQL, err)
		}
	}
}

func TestUnknownWordsAreRefusedAtEveryDoor(t *testing.T) {
	t.Parallel()
	var datum geo.Datum
	var source geo.Source
	for _, v := range []any{"gcj02", "EPSG4326", "", 7, nil} {
		wantFault(t, datum.UnmarshalGQL(v), geo.CodeUnknownDatum, "")
		wantFault(t, source.UnmarshalGQL(v), geo.CodeUnknownSource, "")
	}
	if datum.Scan("GCJ02") == nil || datum.Scan(nil) == nil || source.Scan("gps") == nil || source.Scan(3) == nil {
		t.Error("an unknown word was scanned")
	}
	if _, err := geo.Datum("utm").Value(); err == nil {
		t.Error("an unknown datum was stored")
	}
	if _, err := geo.Source("").Value(); err == nil {
		t.Error("an unknown source was stored")
	}
}
