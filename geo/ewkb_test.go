package geo

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"gridwork/fault"
)

// What PostGIS 3.3 stores for each shape: select ST_GeomFromText('…', 4326).
var stored = map[string]any{
	// POINT(114.05 22.54)
	"0101000020E61000003333333333835C400AD7A3703D8A3640": Point{114.05, 22.54},
	// POLYGON EMPTY
	"0103000020E610000000000000": Polygon{},
	// MULTIPOLYGON EMPTY
	"0106000020E610000000000000": MultiPolygon{},
	// POLYGON((114 22,115 22,115 23,114 22))
	"0103000020E610000001000000040000000000000000805C4000000000000036400000000000C05C4000000000000036" +
		"400000000000C05C4000000000000037400000000000805C400000000000003640": triangle(114, 22),
	// POLYGON((114 22,118 22,118 26,114 26,114 22),(115 23,115 24,116 24,115 23))
	"0103000020E610000002000000050000000000000000805C4000000000000036400000000000805D4000000000000036" +
		"400000000000805D400000000000003A400000000000805C400000000000003A400000000000805C4000000000000036" +
		"40040000000000000000C05C4000000000000037400000000000C05C4000000000000038400000000000005D40000000" +
		"00000038400000000000C05C400000000000003740": must(NewPolygon([]Point{{114, 22}, {118, 22}, {118, 26}, {114, 26}, {114, 22}}, []Point{{115, 23}, {115, 24}, {116, 24}, {115, 23}})),
	// MULTIPOLYGON(((114 22,115 22,115 23,114 22)),((120 30,121 30,121 31,120 30)))
	"0106000020E610000002000000010300000001000000040000000000000000805C4000000000000036400000000000C0" +
		"5C4000000000000036400000000000C05C4000000000000037400000000000805C400000000000003640010300000001" +
		"000000040000000000000000005E400000000000003E400000000000405E400000000000003E400000000000405E4000" +
		"00000000003F400000000000005E400000000000003E40": NewMultiPolygon(triangle(114, 22), triangle(120, 30)),
}

// triangle is lon/lat, one degree east, one degree north of that.
func triangle(lon, lat float64) Polygon {
	return must(NewPolygon([]Point{{lon, lat}, {lon + 1, lat}, {lon + 1, lat + 1}, {lon, lat}}))
}

func must(p Polygon, err error) Polygon {
	if err != nil {
		panic(err)
	}
	return p
}

func TestBytesAreWhatPostGISWritesAndReads(t *testing.T) {
	t.Parallel()
	for text, shape := range stored {
		want, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := appendEWKB(nil, shape)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%v is written %X, %v; want %s", shape, got, err, text)
		}
		if back, err := decodeEWKB(want); err != nil || !reflect.DeepEqual(back, shape) {
			t.Errorf("%s is read as %v, %v", text, back, err)
		}
	}
}

func TestBigEndianIsReadToo(t *testing.T) {
	t.Parallel()
	src, _ := hex.DecodeString("0020000001000010E6405C83333333333340368A3D70A3D70A")
	if got, err := decodeEWKB(src); err != nil || got != (Point{114.05, 22.54}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestForeignAndBrokenBytesAreRefused(t *testing.T) {
	t.Parallel()
	const ring = "00000000" // no points
	for name, text := range map[string]string{
		"nothing":                   "",
		"no coordinates":            "0101000020E6100000",
		"cut short":                 "0101000020E6100000333333333383",
		"one byte too many":         "0101000020E61000003333333333835C400AD7A3703D8A364000",
		"no SRID":                   "01010000003333333333835C400AD7A3703D8A3640",
		"web mercator":              "0101000020110F00003333333333835C400AD7A3703D8A3640",
		"three dimensions":          "01010000A0E61000003333333333835C400AD7A3703D8A36400000000000000000",
		"a line":                    "0102000020E610000000000000",
		"byte order 7":              "0701000020E61000003333333333835C400AD7A3703D8A3640",
		"an empty point":            "0101000020E6100000000000000000F87F000000000000F87F",
		"four billion rings":        "0103000020E6100000FFFFFFFF",
		"four billion points":       "0103000020E610000001000000FFFFFFFF",
		"four billion polygons":     "0106000020E6100000FFFFFFFF",
		"a ring without points":     "0103000020E610000001000000" + ring,
		"a point in a multipolygon": "0106000020E610000001000000" + "010100000000000000000000000000000000000000",
	} {
		src, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		g, err := decodeEWKB(src)
		if err == nil {
			t.Errorf("%s: read as %v", name, g)
		}
		if f := (*fault.Error)(nil); errors.As(err, &f) {
			t.Errorf("%s: stored data is nobody's input, yet the error is public: %v", name, err)
		}
	}
}

func TestAPointThatIsNoNumberIsNotStoredAsAnEmptyOne(t *testing.T) {
	t.Parallel()
	for _, p := range []Point{{math.NaN(), 22}, {114, math.Inf(1)}} {
		if _, err := appendEWKB(nil, p); err == nil {
			t.Errorf("%v was written", p)
		}
	}
}

func FuzzEWKB(f *testing.F) {
	for text := range stored {
		src, _ := hex.DecodeString(text)
		f.Add(src)
		f.Add(src[:len(src)-1])
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		g, err := decodeEWKB(src)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "geo: EWKB: ") {
				t.Fatalf("a foreign error: %v", err)
			}
			return
		}
		written, err := appendEWKB(nil, g)
		if err != nil {
			t.Fatalf("%v was read but cannot be written: %v", g, err)
		}
		if again, err := decodeEWKB(written); err != nil || !reflect.DeepEqual(again, g) {
			t.Fatalf("%v came back as %v, %v", g, again, err)
		}
	})
}
