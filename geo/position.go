package geo

import (
	"database/sql/driver"
	"io"
	"time"

	"gridwork/fault"
)

// Source is how a position came about (定位来源). In SQL it is its lower-case text, in GraphQL its upper-case name.
type Source string

const (
	SourceGNSS    Source = "gnss"    // a satellite fix
	SourceNetwork Source = "network" // cell towers or wireless networks
	SourceMapPin  Source = "map_pin" // a person put a pin on a map
	SourceAddress Source = "address" // looked up from an address
)

var sources = words[Source]{
	code: CodeUnknownSource, what: "source of a position",
	known: []Source{SourceGNSS, SourceNetwork, SourceMapPin, SourceAddress},
}

// Position is a reading as a device or a person gave it (位置). It is kept unchanged beside its canonical Point:
// a GCJ-02 reading taken for WGS 84 lies 100–700 m off, several cells away, and only the raw value can prove it.
type Position struct {
	Lon        float64   `json:"lon"` // degrees in Datum
	Lat        float64   `json:"lat"`
	Datum      Datum     `json:"datum"`
	Accuracy   float64   `json:"accuracy"` // metres, as the device estimates it; 0 = not told
	Source     Source    `json:"source"`
	Mocked     bool      `json:"mocked,omitempty"` // the device says that another app feigned the position
	CapturedAt time.Time `json:"capturedAt"`       // by the device's clock, which decides nothing
}

// Canonical is the position in WGS 84. It refuses an unknown datum or source, an accuracy that is not a finite length,
// and every point that Point.Check refuses, as read or once converted; the fault's field is the Position's own.
// CapturedAt is the caller's to judge, against its transaction's time.
func (p Position) Canonical() (Point, error) {
	if err := p.check(); err != nil {
		return Point{}, err
	}
	point := p.Datum.ToWGS84(Point{p.Lon, p.Lat})
	return point, point.Check()
}

func (p Position) check() error {
	if err := datums.check(p.Datum); err != nil {
		return fault.Under("datum", err)
	}
	if err := sources.check(p.Source); err != nil {
		return fault.Under("source", err)
	}
	if !finite(p.Accuracy) || p.Accuracy < 0 {
		return fault.Invalid(CodeAccuracy, "accuracy must be metres, 0 or more").At("accuracy")
	}
	return Point{p.Lon, p.Lat}.Check()
}

// MarshalGQL writes the source's name in GraphQL, such as "MAP_PIN".
func (s Source) MarshalGQL(w io.Writer) { sources.writeGQL(w, s) }

// UnmarshalGQL reads a GraphQL name.
func (s *Source) UnmarshalGQL(v any) (err error) {
	*s, err = sources.readGQL(v)
	return err
}

// Value is the source's text in SQL, such as "map_pin".
func (s Source) Value() (driver.Value, error) { return sources.value(s) }

// Scan reads the text of SQL.
func (s *Source) Scan(src any) (err error) {
	*s, err = sources.scan(src)
	return err
}
