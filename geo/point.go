// Package geo holds positions, datums, polygons and the in-process cell index: values and pure functions.
//
// Coordinates are degrees, longitude first. Everything stored or compared is WGS 84; readings in another
// datum are a Position until Canonical turns them into a Point. Lengths are metres on the mean sphere,
// areas square metres on the WGS 84 ellipsoid.
package geo

import (
	"math"

	"gridwork/fault"
)

// Codes of the faults about a position. Clients translate by them.
const (
	CodeNotFinite     = "POSITION_NOT_FINITE"     // NaN or infinite
	CodeOutOfRange    = "POSITION_OUT_OF_RANGE"   // beyond ±180° longitude or ±90° latitude
	CodeNullIsland    = "POSITION_NULL_ISLAND"    // exactly 0/0: what a receiver without a fix reports
	CodeSwapped       = "POSITION_SWAPPED"        // longitude and latitude stand in each other's place
	CodeOutsideCity   = "POSITION_OUTSIDE_CITY"   // outside the city's bounding box
	CodeAccuracy      = "POSITION_ACCURACY"       // negative, NaN or infinite
	CodeUnknownDatum  = "POSITION_DATUM_UNKNOWN"  // not one of the four datums
	CodeUnknownSource = "POSITION_SOURCE_UNKNOWN" // not one of the four sources
)

// Point is a place in WGS 84 degrees. Its zero value is 0/0, which Check refuses; no point at all is a nil *Point.
type Point struct {
	Lon, Lat float64
}

// NewPoint is a checked Point: see Point.Check for the faults.
func NewPoint(lon, lat float64) (Point, error) {
	p := Point{lon, lat}
	return p, p.Check()
}

// Check refuses what cannot be a place of field work: coordinates that are not finite (CodeNotFinite), out of range
// (CodeOutOfRange), exactly 0/0 (CodeNullIsland), or out of range and, once exchanged, in China (CodeSwapped).
// The fault's field is "lon", "lat" or, where it is about both, empty.
func (p Point) Check() error {
	if err := p.checkRange(); err != nil {
		return err
	}
	if p == (Point{}) {
		return fault.Invalid(CodeNullIsland, "0/0 is what a receiver without a fix reports, not a place")
	}
	return nil
}

func (p Point) checkRange() error {
	switch {
	case !finite(p.Lon):
		return fault.Invalid(CodeNotFinite, "longitude must be a finite number").At("lon")
	case !finite(p.Lat):
		return fault.Invalid(CodeNotFinite, "latitude must be a finite number").At("lat")
	case !world.Contains(p) && china.Contains(p.swapped()):
		return fault.Invalid(CodeSwapped, swappedMessage)
	case math.Abs(p.Lon) > 180:
		return fault.Invalid(CodeOutOfRange, "longitude must lie within ±180°").At("lon")
	case math.Abs(p.Lat) > 90:
		return fault.Invalid(CodeOutOfRange, "latitude must lie within ±90°").At("lat")
	}
	return nil
}

const swappedMessage = "longitude and latitude look exchanged: longitude comes first"

// CheckWithin is Check, then refuses a point outside the city's bounding box: with CodeSwapped when the exchanged
// coordinates would lie inside it, else with CodeOutsideCity.
func (p Point) CheckWithin(city Box) error {
	if err := p.Check(); err != nil {
		return err
	}
	switch {
	case city.Contains(p):
		return nil
	case city.Contains(p.swapped()):
		return fault.Invalid(CodeSwapped, swappedMessage)
	}
	return fault.Invalid(CodeOutsideCity, "this position lies outside the city")
}

func (p Point) swapped() Point { return Point{p.Lat, p.Lon} }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
