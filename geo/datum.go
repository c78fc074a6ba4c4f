package geo

import (
	"database/sql/driver"
	"io"
)

// Datum is the coordinate system of a reading (坐标系). In SQL it is its lower-case text, in GraphQL its upper-case name.
type Datum string

const (
	WGS84    Datum = "wgs84"    // what GNSS receivers and OpenStreetMap speak
	GCJ02    Datum = "gcj02"    // 火星坐标: WGS 84 shifted by 100–700 m; AMap, Tencent and most phones' location services
	BD09     Datum = "bd09"     // GCJ-02 shifted once more; Baidu
	CGCS2000 Datum = "cgcs2000" // the national datum; equals WGS 84 within centimetres, so it is taken as equal
)

var datums = words[Datum]{
	code: CodeUnknownDatum, what: "datum",
	known: []Datum{WGS84, GCJ02, BD09, CGCS2000},
}

// ToWGS84 converts coordinates read in this datum to WGS 84. The inverse of GCJ-02 and BD-09 is iterated until it
// moves by less than 1e-10° (10 µm), so it undoes FromWGS84. GCJ-02 is WGS 84 outside China; the published formulas
// take a rectangle for China, on whose border both readings are possible for one pair of numbers.
// An unknown datum converts nothing: Position.Canonical refuses it.
func (d Datum) ToWGS84(p Point) Point {
	switch d {
	case GCJ02:
		return gcjToWGS(p)
	case BD09:
		return gcjToWGS(bdToGCJ(p))
	}
	return p
}

// FromWGS84 converts WGS 84 to coordinates in this datum, by the published formulas.
func (d Datum) FromWGS84(p Point) Point {
	switch d {
	case GCJ02:
		return wgsToGCJ(p)
	case BD09:
		return gcjToBD(wgsToGCJ(p))
	}
	return p
}

// MarshalGQL writes the datum's name in GraphQL, such as "GCJ02".
func (d Datum) MarshalGQL(w io.Writer) { datums.writeGQL(w, d) }

// UnmarshalGQL reads a GraphQL name.
func (d *Datum) UnmarshalGQL(v any) (err error) {
	*d, err = datums.readGQL(v)
	return err
}

// Value is the datum's text in SQL, such as "gcj02".
func (d Datum) Value() (driver.Value, error) { return datums.value(d) }

// Scan reads the text of SQL.
func (d *Datum) Scan(src any) (err error) {
	*d, err = datums.scan(src)
	return err
}
