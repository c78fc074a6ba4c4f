package geo_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"gridwork/geo"
)

// Triples of one place in three datums, from the test data of gcoord (github.com/hujiulong/gcoord,
// test/fixtures/china-cities.json). The map services answered them, half a metre from the formula everywhere.
var cities = map[string]struct{ wgs, gcj, bd geo.Point }{
	"Shenzhen": {geo.Point{Lon: 114.0527534, Lat: 22.5458236}, geo.Point{Lon: 114.0578659, Lat: 22.5431014}, geo.Point{Lon: 114.064418, Lat: 22.5487584}},
	"Beijing":  {geo.Point{Lon: 116.4011517, Lat: 39.9028057}, geo.Point{Lon: 116.4074002, Lat: 39.9042136}, geo.Point{Lon: 116.4137852, Lat: 39.9105355}},
	"Shanghai": {geo.Point{Lon: 121.4691633, Lat: 31.2323443}, geo.Point{Lon: 121.4737061, Lat: 31.2304194}, geo.Point{Lon: 121.4802435, Lat: 31.2363541}},
	"Lhasa":    {geo.Point{Lon: 91.1706414, Lat: 29.655277}, geo.Point{Lon: 91.1721167, Lat: 29.6524954}, geo.Point{Lon: 91.1786184, Lat: 29.6585294}},
	"Sanya":    {geo.Point{Lon: 109.507813, Lat: 18.2545417}, geo.Point{Lon: 109.5119135, Lat: 18.2528524}, geo.Point{Lon: 109.5184703, Lat: 18.2585878}},
	"Ürümqi":   {geo.Point{Lon: 87.6140048, Lat: 43.824388}, geo.Point{Lon: 87.6168579, Lat: 43.8255962}, geo.Point{Lon: 87.6232918, Lat: 43.8317719}},
	"Harbin":   {geo.Point{Lon: 126.528903, Lat: 45.8017783}, geo.Point{Lon: 126.5349726, Lat: 45.8037804}, geo.Point{Lon: 126.5415875, Lat: 45.8094074}},
}

const metre = 1e-5 // degrees

func TestPublishedTriplesConvertBothWays(t *testing.T) {
	t.Parallel()
	const tolerance = metre
	for name, c := range cities {
		wantNear(t, name+" WGS→GCJ", geo.GCJ02.FromWGS84(c.wgs), c.gcj, tolerance)
		wantNear(t, name+" WGS→BD", geo.BD09.FromWGS84(c.wgs), c.bd, tolerance)
		wantNear(t, name+" GCJ→WGS", geo.GCJ02.ToWGS84(c.gcj), c.wgs, tolerance)
		wantNear(t, name+" BD→WGS", geo.BD09.ToWGS84(c.bd), c.wgs, tolerance)
	}
}

// Digits printed by coordtransform (github.com/wandergis/coordtransform, test/app.js): the same formula, so equal to
// the last places of a double.
func TestFormulaAgreesWithTheReferenceImplementation(t *testing.T) {
	t.Parallel()
	p := geo.Point{Lon: 116.404, Lat: 39.915}
	wantNear(t, "WGS→GCJ", geo.GCJ02.FromWGS84(p), geo.Point{Lon: 116.41024449916938, Lat: 39.91640428150164}, 1e-12)
	gcjAsBD := geo.BD09.FromWGS84(geo.GCJ02.ToWGS84(p))
	wantNear(t, "GCJ→BD", gcjAsBD, geo.Point{Lon: 116.41036949371029, Lat: 39.92133699351021}, 1e-9)
	bdAsGCJ := geo.GCJ02.FromWGS84(geo.BD09.ToWGS84(p))
	wantNear(t, "BD→GCJ", bdAsGCJ, geo.Point{Lon: 116.39762729119315, Lat: 39.90865673957631}, 2e-6) // its inverse is not iterated
}

// Answers of the map services themselves, as recorded in the tests of asesgeo (github.com/madlogos/asesgeo,
// tests/testthat): Beijing railway station by AMap and by Baidu, and the
// Tiananmen gate tower.
func TestMapServicesAgreeWithinAMetre(t *testing.T) {
	t.Parallel()
	station := geo.GCJ02.FromWGS84(geo.Point{Lon: 116.42079, Lat: 39.90105})
	wantNear(t, "AMap", station, geo.Point{Lon: 116.427020941841, Lat: 39.902445203994}, metre)
	wantNear(t, "Baidu", station, geo.Point{Lon: 116.42702745, Lat: 39.90245063}, metre)
	tiananmen := geo.GCJ02.FromWGS84(geo.Point{Lon: 116.39089, Lat: 39.90734})
	wantNear(t, "Tiananmen", tiananmen, geo.Point{Lon: 116.39713623, Lat: 39.90874539}, metre)
}

func TestEveryDatumRoundTripsInChina(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(72.004, 137.8347).Draw(t, "lon"), Lat: rapid.Float64Range(0.8293, 55.8271).Draw(t, "lat")}
		datum := anyDatum().Draw(t, "datum")
		back := datum.ToWGS84(datum.FromWGS84(p))
		if degreesApart(back, p) > 1e-7 {
			t.Fatalf("%s: %v came back as %v", datum, p, back)
		}
	})
}

func TestAReadingConvertsToThePointThatGivesIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		reading := geo.Point{Lon: rapid.Float64Range(73, 137).Draw(t, "lon"), Lat: rapid.Float64Range(1.5, 55).Draw(t, "lat")}
		datum := anyDatum().Draw(t, "datum")
		again := datum.FromWGS84(datum.ToWGS84(reading))
		if degreesApart(again, reading) > 1e-7 {
			t.Fatalf("%s: %v was read again as %v", datum, reading, again)
		}
	})
}

func TestOutsideChinaGCJIsWGS(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(-180, 180).Draw(t, "lon"), Lat: rapid.Float64Range(-90, 90).Draw(t, "lat")}
		const seam = 0.05 // on the border both readings are possible
		china := geo.Box{West: 72.004 - seam, South: 0.8293 - seam, East: 137.8347 + seam, North: 55.8271 + seam}
		if china.Contains(p) {
			t.Skip("in China")
		}
		if geo.GCJ02.FromWGS84(p) != p || geo.GCJ02.ToWGS84(p) != p {
			t.Fatalf("%v was shifted", p)
		}
	})
}

func TestTheShiftStaysWithinTheReachOfItsInverse(t *testing.T) {
	t.Parallel()
	for lon := 72.004; lon < 137.8347; lon += 0.05 {
		for lat := 0.8293; lat < 55.8271; lat += 0.05 {
			p := geo.Point{Lon: lon, Lat: lat}
			if far := degreesApart(geo.GCJ02.FromWGS84(p), p); far > 0.025 {
				t.Fatalf("%v is shifted by %v°", p, far)
			}
		}
	}
}

func TestInShenzhenADatumMistakeIsSeveralCells(t *testing.T) {
	t.Parallel()
	c := cities["Shenzhen"]
	if d := geo.Distance(c.wgs, c.gcj); d < 100 || d > 700 {
		t.Errorf("GCJ-02 lies %v m from WGS 84", d)
	}
}

func anyDatum() *rapid.Generator[geo.Datum] {
	return rapid.SampledFrom([]geo.Datum{geo.WGS84, geo.GCJ02, geo.BD09, geo.CGCS2000})
}

func degreesApart(a, b geo.Point) float64 {
	return max(math.Abs(a.Lon-b.Lon), math.Abs(a.Lat-b.Lat))
}

func wantNear(t *testing.T, what string, got, want geo.Point, tolerance float64) {
	t.Helper()
	if far := degreesApart(got, want); !(far <= tolerance) {
		t.Errorf("%s: got %.9f, want %.9f: %.2g° apart", what, got, want, far)
	}
}
