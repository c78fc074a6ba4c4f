package media

import (
	"time"

	"github.com/google/uuid"

	"gridwork/geo"
	"gridwork/pg"
)

// Scene is what photos belong to, with what is known of where they should have been taken when they are declared.
type Scene struct {
	Subject  Subject
	ID       uuid.UUID
	Place    *geo.Point    // what they are about, WGS 84; nil: nobody knows, and nothing is said about the photos
	ReachM   float64       // how far that goes around the point: a cell's radius, how uncertain a reported place is
	Position *geo.Position // as the device gave it, checked by the caller; nil: it gave none
}

const insertSceneSQL = `insert into photo_scenes (subject_id, place, reach_m, lon, lat, datum, accuracy_m, position_source, mocked, captured_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (subject_id) do nothing`

// keep notes the scene beside its photos.
func (s Scene) keep(tx *pg.Tx) {
	if s.Place == nil {
		return
	}
	args := []any{s.ID, *s.Place, s.ReachM, nil, nil, nil, nil, nil, nil, nil}
	if p := s.Position; p != nil {
		copy(args[3:], []any{p.Lon, p.Lat, p.Datum, p.Accuracy, p.Source, p.Mocked, p.CapturedAt})
	}
	tx.Queue(insertSceneSQL, args...)
}

// scene is a stored Scene, beside the photo that is appraised.
type scene struct {
	Place      geo.Point   `db:"place"`
	ReachM     float64     `db:"reach_m"`
	Lon        *float64    `db:"lon"`
	Lat        *float64    `db:"lat"`
	Datum      *geo.Datum  `db:"datum"`
	AccuracyM  *float64    `db:"accuracy_m"`
	Source     *geo.Source `db:"position_source"`
	Mocked     *bool       `db:"mocked"`
	CapturedAt *time.Time  `db:"captured_at"`
}

const sceneSQL = `select place, reach_m, lon, lat, datum, accuracy_m, position_source, mocked, captured_at from photo_scenes where subject_id = $1`

// metres from a point to the place, beyond how far the place itself goes.
func (s scene) metres(p geo.Point) float64 { return max(0, geo.Distance(p, s.Place)-s.ReachM) }

// deviceMetres is how far the device was from the place at least. nil where it did not measure that, or too vaguely to say anything:
// a pin on a map tells where somebody points to.
func (s scene) deviceMetres() *float64 {
	if s.Source == nil || *s.Source != geo.SourceGNSS && *s.Source != geo.SourceNetwork || *s.AccuracyM > farMetres {
		return nil
	}
	metres := max(0, s.metres(s.Datum.ToWGS84(geo.Point{Lon: *s.Lon, Lat: *s.Lat}))-*s.AccuracyM)
	return &metres
}

// cameraMetres is how far the camera was from the place. By their standard, cameras write WGS 84; phones in China are known to write GCJ-02
// without a word of it. A datum must not make a doubt, so the shorter of both readings counts.
func (s scene) cameraMetres(c camera) *float64 {
	if c.point == nil {
		return nil
	}
	metres := min(s.metres(*c.point), s.metres(geo.GCJ02.ToWGS84(*c.point)))
	return &metres
}
