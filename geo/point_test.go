package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gridwork/fault"
	"gridwork/geo"
)

var shenzhen = geo.Box{West: 113.7, South: 22.4, East: 114.7, North: 22.9}

func TestHostilePointsAreRefusedByCodeAndField(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		lon, lat    float64
		code, field string
	}{
		"NaN longitude":          {nan, 22.5, geo.CodeNotFinite, "lon"},
		"NaN latitude":           {114, nan, geo.CodeNotFinite, "lat"},
		"infinite longitude":     {inf, 22.5, geo.CodeNotFinite, "lon"},
		"infinite latitude":      {114, -inf, geo.CodeNotFinite, "lat"},
		"longitude past 180":     {181, 22.5, geo.CodeOutOfRange, "lon"},
		"longitude past -180":    {-181, 22.5, geo.CodeOutOfRange, "lon"},
		"latitude past 90":       {114, 90.0001, geo.CodeOutOfRange, "lat"},
		"latitude past -90":      {114, -91, geo.CodeOutOfRange, "lat"},
		"no fix":                 {0, 0, geo.CodeNullIsland, ""},
		"no fix, negative zeros": {math.Copysign(0, -1), 0, geo.CodeNullIsland, ""},
		"exchanged":              {22.54, 114.05, geo.CodeSwapped, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := geo.NewPoint(c.lon, c.lat)
			wantFault(t, err, c.code, c.field)
		})
	}
}

func TestPointsInTheCityPassAndTheRestSaysWhy(t *testing.T) {
	t.Parallel()
	if err := (geo.Point{Lon: 114.05, Lat: 22.54}).CheckWithin(shenzhen); err != nil {
		t.Errorf("a point in the city: %v", err)
	}
	urumqi := geo.Box{West: 86, South: 43, East: 88.5, North: 45}
	wantFault(t, geo.Point{Lon: 116.4, Lat: 39.9}.CheckWithin(shenzhen), geo.CodeOutsideCity, "")
	wantFault(t, geo.Point{Lon: 43.8, Lat: 87.6}.CheckWithin(urumqi), geo.CodeSwapped, "")
	wantFault(t, geo.Point{}.CheckWithin(shenzhen), geo.CodeNullIsland, "")
}

func TestDistanceMatchesKnownLengths(t *testing.T) {
	t.Parallel()
	degree := geo.EarthRadius * math.Pi / 180
	for _, c := range []struct {
		a, b geo.Point
		want float64
	}{
		{geo.Point{Lon: 114}, geo.Point{Lon: 115}, degree},
		{geo.Point{Lat: 22}, geo.Point{Lat: 23}, degree},
		{geo.Point{Lon: 114, Lat: 60}, geo.Point{Lon: 114.01, Lat: 60}, degree / 200},
		{geo.Point{Lon: -90}, geo.Point{Lon: 90}, 180 * degree},
	} {
		if got := geo.Distance(c.a, c.b); math.Abs(got-c.want) > 1e-6*c.want {
			t.Errorf("Distance(%v, %v) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestAroundHoldsEveryPointWithinTheRadius(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(-170, 170).Draw(t, "lon"), Lat: rapid.Float64Range(-89, 89).Draw(t, "lat")}
		q := geo.Point{
			Lon: p.Lon + rapid.Float64Range(-5, 5).Draw(t, "dlon"),
			Lat: min(90, max(-90, p.Lat+rapid.Float64Range(-5, 5).Draw(t, "dlat"))),
		}
		if box := geo.Around(p, geo.Distance(p, q)); !box.Contains(q) {
			t.Fatalf("%v is not in %v around %v", q, box, p)
		}
	})
}

func TestAroundAPoleOrTheWholeEarthIsTheWorld(t *testing.T) {
	t.Parallel()
	if b := geo.Around(geo.Point{Lon: 10, Lat: 89.9}, 50_000); b.West != -180 || b.East != 180 || b.North != 90 {
		t.Errorf("around a pole: %v", b)
	}
	if b := geo.Around(geo.Point{Lon: 114, Lat: 22}, 1e9); b != (geo.Box{West: -180, South: -90, East: 180, North: 90}) {
		t.Errorf("around everything: %v", b)
	}
}

func wantFault(t *testing.T, err error, code, field string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code || f.Field != field || f.Kind != fault.KindInvalid {
		t.Errorf("got %v, want %s at %q", err, code, field)
	}
}
