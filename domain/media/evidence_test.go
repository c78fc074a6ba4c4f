package media

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	drawn "gridwork/demo/picture"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

// album is where the photos of a story are.
type album struct {
	*testing.T
	db    *pg.DB
	files Files
	done  map[uuid.UUID]bool // jobs
}

func newAlbum(t *testing.T) *album {
	t.Helper()
	a := &album{T: t, db: dbtest.DB(t), files: Files{Dir: t.TempDir()}, done: map[uuid.UUID]bool{}}
	a.must(a.files.Prepare())
	return a
}

func (a *album) must(err error) {
	a.Helper()
	if err != nil {
		a.Fatal(err)
	}
}

func (a *album) now() time.Time {
	at, err := pg.ReadVal(a.Context(), a.db, func(tx *pg.Tx) (time.Time, error) { return tx.Now, nil })
	a.must(err)
	return at
}

// streetAt is a picture of a place with what a phone writes beside it.
func streetAt(place uint64, when, where []tag) []byte {
	plain := drawn.JPEG(drawn.Scene{Place: place, Shot: 1, Small: true})
	content := append([]byte("Exif\x00\x00"), shot(when, where)...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(content)+2))...)
	return append(append(out, content...), plain[2:]...)
}

func clock(at time.Time) []tag { return taken(at.UTC().Format("2006:01:02 15:04:05"), "+00:00") }

// hand stores bytes and declares them, and does what follows from it.
func (a *album) hand(of Scene, original []byte) uuid.UUID {
	a.Helper()
	id := a.upload(original)
	a.declare(of, id, original)
	a.follow()
	return id
}

func (a *album) upload(original []byte) uuid.UUID {
	a.Helper()
	id, sum := pg.NewID(), sha256.Sum256(original)
	incoming := filepath.Join(a.files.Incoming(), id.String())
	a.must(os.WriteFile(incoming, original, 0o600))
	key, err := a.files.Keep(a.Context(), incoming, id, sum[:])
	a.must(err)
	a.must(a.db.Write(a.Context(), func(tx *pg.Tx) error {
		return Receive(a.Context(), tx, id, Upload{Key: key, SHA256: sum[:], Bytes: int64(len(original))})
	}))
	return id
}

func (a *album) declare(of Scene, id uuid.UUID, original []byte) {
	a.Helper()
	sum := sha256.Sum256(original)
	a.must(a.db.Write(a.Context(), func(tx *pg.Tx) error {
		return Declare(a.Context(), tx, of, []Declared{{ID: id, SHA256: sum[:]}})
	}))
}

type job struct {
	ID      uuid.UUID       `db:"id"`
	Kind    string          `db:"kind"`
	Payload json.RawMessage `db:"payload"`
}

// follow does the jobs that were asked for, and those that these ask for.
func (a *album) follow() {
	a.Helper()
	for {
		jobs, err := pg.ReadVal(a.Context(), a.db, func(tx *pg.Tx) ([]job, error) {
			return pg.All[job](a.Context(), tx, "select id, kind, payload from outbox order by id")
		})
		a.must(err)
		jobs = slices.DeleteFunc(jobs, func(j job) bool { return a.done[j.ID] })
		if len(jobs) == 0 {
			return
		}
		for _, j := range jobs {
			var about Job
			a.must(json.Unmarshal(j.Payload, &about))
			do := map[string]func(context.Context, *pg.DB, Files, uuid.UUID) error{JobProcess: Process, JobAppraise: Appraise}[j.Kind]
			for range 2 { // at least once
				a.must(do(a.Context(), a.db, a.files, about.Photo))
			}
			a.done[j.ID] = true
		}
	}
}

// of is what is known of a photo; nil for nothing.
func (a *album) of(id uuid.UUID) *Evidence {
	a.Helper()
	found, err := pg.ReadVal(a.Context(), a.db, func(tx *pg.Tx) ([]Evidence, error) { return EvidenceOf(a.Context(), tx, []uuid.UUID{id}) })
	a.must(err)
	if len(found) == 0 {
		return nil
	}
	return &found[0]
}

func (a *album) want(name string, id uuid.UUID, grade Grade, doubts ...Doubt) *Evidence {
	a.Helper()
	e := a.of(id)
	if e == nil || e.Grade != grade || !slices.Equal(e.Doubts, doubts) {
		a.Fatalf("%s: %+v, want %s %v", name, e, grade, doubts)
	}
	return e
}

func sceneAt(kind Subject, p geo.Point) Scene { return Scene{Subject: kind, ID: pg.NewID(), Place: &p} }

func (s Scene) said(p geo.Position) Scene {
	s.Position = &p
	return s
}

func gnss(p geo.Point, at time.Time) geo.Position {
	return geo.Position{Lon: p.Lon, Lat: p.Lat, Datum: geo.WGS84, Accuracy: 10, Source: geo.SourceGNSS, CapturedAt: at}
}

func TestAPhotoIsWeighedAgainstWhereAndWhenItShouldHaveBeenTaken(t *testing.T) {
	t.Parallel()
	a := newAlbum(t)
	now, home := a.now(), geo.Point{Lon: shenzhen.Lon + 0.05, Lat: shenzhen.Lat}

	there := a.hand(sceneAt(OfDisposal, shenzhen).said(gnss(shenzhen, now)), streetAt(1, clock(now.Add(-time.Minute)), stood(shenzhen)))
	e := a.want("a photo of the place", there, Plausible)
	if *e.CameraM > 100 || *e.DeviceM != 0 || *e.Mocked || e.ShotAt.Sub(now).Abs() > 2*time.Minute || e.Earlier != nil {
		t.Errorf("%+v", e)
	}

	// A reporter whose camera was at home: how far that is from the place is kept roughly, and where it is nowhere.
	fromHome := a.hand(sceneAt(OfClue, shenzhen).said(gnss(shenzhen, now)), streetAt(2, clock(now.Add(-48*time.Hour)), stood(home)))
	e = a.want("a photo from home", fromHome, Implausible, ShotFarAway, ShotBefore)
	if *e.CameraM != 5_000 || e.DeviceM != nil {
		t.Errorf("%+v", e)
	}

	feigned := gnss(shenzhen, now)
	feigned.Mocked = true
	a.want("a feigned position", a.hand(sceneAt(OfInspection, shenzhen).said(feigned), streetAt(3, nil, nil)), Doubtful, MockedPosition)
	a.want("a position of the device alone", a.hand(sceneAt(OfCheck, shenzhen).said(gnss(shenzhen, now)), streetAt(4, nil, nil)), Plausible)
	a.want("a device that was away", a.hand(sceneAt(OfCheck, shenzhen).said(gnss(home, now)), streetAt(5, nil, nil)), Doubtful, DeviceAway)
	a.want("a report's device", a.hand(sceneAt(OfClue, shenzhen).said(gnss(shenzhen, now)), streetAt(6, nil, nil)), Unknown, NoShotPlace)
	a.want("nothing told", a.hand(sceneAt(OfVerification, shenzhen), streetAt(7, nil, nil)), Unknown, NoShotTime, NoShotPlace)

	// Of a sealed signature, of what is no picture, and of what has no place nothing is said.
	if e := a.of(a.hand(Scene{Subject: OfClue, ID: pg.NewID()}, streetAt(8, nil, nil))); e != nil {
		t.Errorf("%+v", e)
	}
	if e := a.of(a.hand(sceneAt(OfClue, shenzhen), []byte("<svg/>"))); e != nil {
		t.Errorf("%+v", e)
	}
}

// Whoever may read the tables learns nothing of where an anonymous reporter lives.
func TestWhereACameraWasIsKeptNowhere(t *testing.T) {
	t.Parallel()
	a := newAlbum(t)
	home := geo.Point{Lon: 113.87654, Lat: 22.71717}
	a.hand(sceneAt(OfClue, shenzhen).said(gnss(shenzhen, a.now())), streetAt(1, clock(a.now()), stood(home)))
	for _, table := range []string{"photos", "photo_scenes", "photo_evidence", "outbox"} {
		rows, err := pg.ReadVal(a.Context(), a.db, func(tx *pg.Tx) ([]string, error) {
			return pg.Vals[string](a.Context(), tx, "select to_jsonb(t)::text from "+table+" t")
		})
		a.must(err)
		for _, row := range rows {
			for _, part := range []string{"113.87", "22.71"} {
				if strings.Contains(row, part) {
					t.Errorf("%s: %s", table, row)
				}
			}
		}
		if len(rows) == 0 {
			t.Errorf("%s is empty", table)
		}
	}
}

func TestAPictureThatWasUsedBeforeIsKnownAgain(t *testing.T) {
	t.Parallel()
	a := newAlbum(t)
	elsewhere := geo.Point{Lon: shenzhen.Lon + 0.1, Lat: shenzhen.Lat}
	ofClue, picture := sceneAt(OfClue, shenzhen), streetAt(11, nil, nil)
	first := a.hand(ofClue, picture)
	a.want("the first one", first, Unknown, NoShotTime, NoShotPlace)

	// Twice in one report is no second use, and neither is a report that was sent again.
	a.want("beside it", a.hand(ofClue, picture), Unknown, NoShotTime, NoShotPlace)
	a.want("sent again", a.hand(sceneAt(OfClue, shenzhen), picture), Unknown, NoShotTime, NoShotPlace)
	// The result of the work shows the same place.
	fixed := drawn.JPEG(drawn.Scene{Place: 11, Shot: 2, Small: true, Fixed: true})
	a.want("the result", a.hand(sceneAt(OfDisposal, shenzhen), fixed), Unknown, NoShotTime, NoShotPlace)

	// Passed on, it is another file, and the same picture.
	again := drawn.JPEG(drawn.Scene{Place: 11, Shot: 3})
	if e := a.want("somewhere else", a.hand(sceneAt(OfClue, elsewhere), again), Doubtful, UsedBefore, NoShotTime, NoShotPlace); *e.Earlier != first {
		t.Errorf("%s was used before, not %s", first, e.Earlier)
	}
	a.want("for an inspection", a.hand(sceneAt(OfInspection, elsewhere), picture), Doubtful, UsedBefore, NoShotTime, NoShotPlace)
	a.db.Advance(2 * time.Hour)
	a.want("days after", a.hand(sceneAt(OfClue, shenzhen), picture), Doubtful, UsedBefore, NoShotTime, NoShotPlace)
	a.want("another picture", a.hand(sceneAt(OfClue, elsewhere), streetAt(12, nil, nil)), Unknown, NoShotTime, NoShotPlace)
	a.want("the first one, to the end", first, Unknown, NoShotTime, NoShotPlace)
}

// The first use may become known after the second: its bytes came late.
func TestAnEarlierUseThatBecomesKnownLaterCounts(t *testing.T) {
	t.Parallel()
	a := newAlbum(t)
	picture := streetAt(21, nil, nil)
	sum := sha256.Sum256(picture)
	early := pg.NewID()
	a.declare(sceneAt(OfClue, shenzhen), early, picture)
	a.db.Advance(time.Minute)
	second := a.hand(sceneAt(OfInspection, geo.Point{Lon: 114.2, Lat: 22.6}), picture)
	a.want("as long as nobody has the first", second, Unknown, NoShotTime, NoShotPlace)

	incoming := filepath.Join(a.files.Incoming(), early.String())
	a.must(os.WriteFile(incoming, picture, 0o600))
	key, err := a.files.Keep(a.Context(), incoming, early, sum[:])
	a.must(err)
	a.must(a.db.Write(a.Context(), func(tx *pg.Tx) error {
		return Receive(a.Context(), tx, early, Upload{Key: key, SHA256: sum[:], Bytes: int64(len(picture))})
	}))
	a.follow()
	a.want("the first", early, Unknown, NoShotTime, NoShotPlace)
	if e := a.want("the second", second, Doubtful, UsedBefore, NoShotTime, NoShotPlace); *e.Earlier != early {
		t.Errorf("%+v", e)
	}
}

// What a handheld sent lay with a person first: only what it becomes says where it should have been taken.
func TestAPhotoIsWeighedWhenItIsKnownWhatItBelongsTo(t *testing.T) {
	t.Parallel()
	a := newAlbum(t)
	picture, operation := streetAt(31, clock(a.now()), stood(shenzhen)), pg.NewID()
	sum := sha256.Sum256(picture)
	id := a.upload(picture)
	a.must(a.db.Write(a.Context(), func(tx *pg.Tx) error {
		return Hold(a.Context(), tx, operation, []Declared{{ID: id, SHA256: sum[:]}})
	}))
	a.follow()
	if e := a.of(id); e != nil {
		t.Errorf("before anybody decided: %+v", e)
	}
	a.must(a.db.Write(a.Context(), func(tx *pg.Tx) error { return Free(a.Context(), tx, operation) }))
	a.declare(sceneAt(OfInspection, shenzhen), id, picture)
	a.follow()
	a.want("decided", id, Plausible)
}
