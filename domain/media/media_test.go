package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

type upload struct {
	id    uuid.UUID
	bytes []byte
}

func newUpload(t *testing.T, shade uint8) upload {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range m.Pix {
		m.Pix[i] = shade
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return upload{pg.NewID(), out.Bytes()}
}

func (u upload) hash() []byte {
	sum := sha256.Sum256(u.bytes)
	return sum[:]
}

func (u upload) declared() media.Declared { return media.Declared{ID: u.id, SHA256: u.hash()} }

func (u upload) received(key string) media.Upload {
	return media.Upload{Key: key, SHA256: u.hash(), Bytes: int64(len(u.bytes))}
}

// jobs are the photos that were asked to be processed so far.
func jobs(t *testing.T, ctx context.Context, tx *pg.Tx) []uuid.UUID {
	t.Helper()
	if err := tx.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	payloads, err := pg.Vals[json.RawMessage](ctx, tx, "select payload from outbox where kind = $1 order by id", media.JobProcess)
	if err != nil {
		t.Fatal(err)
	}
	var photos []uuid.UUID
	for _, p := range payloads {
		var job media.Job
		if err := json.Unmarshal(p, &job); err != nil {
			t.Fatal(err)
		}
		photos = append(photos, job.Photo)
	}
	return photos
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err error, code, field string) {
	t.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code || e.Field != field {
		t.Fatalf("got %v, want %s at %q", err, code, field)
	}
}

func TestAPhotoIsBoundWhicheverComesFirst(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	clue, first, second := pg.NewID(), newUpload(t, 10), newUpload(t, 200)

	// Given one photo whose bytes are here, and one whose bytes are still to come
	must(t, media.Receive(ctx, tx, first.id, first.received("k1")))
	if early := jobs(t, ctx, tx); len(early) != 0 {
		t.Fatal("bytes that nobody declared must not be decoded")
	}
	must(t, media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: clue}, []media.Declared{second.declared(), first.declared()}))
	must(t, media.Receive(ctx, tx, second.id, second.received("k2")))

	// Then both belong to the clue, in the declared order, and each is processed once
	photos, err := media.OfSubjects(ctx, tx, []uuid.UUID{clue, pg.NewID()})
	must(t, err)
	of := photos[clue]
	if len(of) != 2 || of[0].ID != second.id || of[1].ID != first.id || of[0].State != media.StateReceived || of[1].Position != 1 {
		t.Fatalf("got %+v", of)
	}
	if got := jobs(t, ctx, tx); len(got) != 2 {
		t.Fatalf("%d jobs for 2 photos", len(got))
	}

	// And the same bytes again are answered as before
	must(t, media.Receive(ctx, tx, first.id, first.received("k1")))
	if got := jobs(t, ctx, tx); len(got) != 2 {
		t.Fatal("a repeated upload must not be processed again")
	}
}

func TestBytesThatAreNotTheDeclaredOnesAreRefused(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	photo, other := newUpload(t, 10), newUpload(t, 200)
	forged := media.Declared{ID: photo.id, SHA256: other.hash()}

	must(t, media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}))
	wantFault(t, media.Receive(ctx, tx, photo.id, other.received("k")), media.CodeMismatch, "sha256")
	must(t, media.Receive(ctx, tx, photo.id, photo.received("k")))
	wantFault(t, media.Receive(ctx, tx, photo.id, other.received("k")), media.CodeIDReused, "photo")

	early := newUpload(t, 90)
	forged.ID = early.id
	must(t, media.Receive(ctx, tx, early.id, early.received("k3")))
	err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{newUpload(t, 1).declared(), forged})
	wantFault(t, err, media.CodeMismatch, "[1].sha256")
}

func TestAPhotoBelongsToOneThingOnly(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	photo := newUpload(t, 10)
	must(t, media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}))
	err := media.Declare(ctx, tx, media.Scene{Subject: media.OfDisposal, ID: pg.NewID()}, []media.Declared{photo.declared()})
	wantFault(t, err, media.CodeIDReused, "[0].id")
}

func TestListsThatCannotBeDeclared(t *testing.T) {
	t.Parallel()
	photo := newUpload(t, 10)
	many := make([]media.Declared, media.MaxPerSubject+1)
	for i := range many {
		many[i] = newUpload(t, uint8(i)).declared()
	}
	wantFault(t, media.Check(many), media.CodeTooMany, "")
	wantFault(t, media.Check([]media.Declared{photo.declared(), photo.declared()}), media.CodeDuplicate, "[1].id")
	wantFault(t, media.Check([]media.Declared{{ID: photo.id, SHA256: []byte("short")}}), media.CodeHash, "[0].sha256")
	wantFault(t, media.Check([]media.Declared{{SHA256: photo.hash()}}), media.CodeIDReused, "[0].id")
}

// keep stores the bytes as an upload would.
func keep(t *testing.T, files media.Files, u upload) media.Upload {
	t.Helper()
	must(t, files.Prepare())
	incoming := filepath.Join(files.Incoming(), u.id.String())
	must(t, os.WriteFile(incoming, u.bytes, 0o600))
	for range 2 { // keeping is repeatable
		_, err := files.Keep(t.Context(), incoming, u.id, u.hash())
		must(t, err)
	}
	key, err := files.Keep(t.Context(), incoming, u.id, u.hash())
	must(t, err)
	return u.received(key)
}

func TestAReceivedPhotoBecomesReadyAndNothingIsReadableByOthers(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	photo := newUpload(t, 10)
	up := keep(t, files, photo)
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}); err != nil {
			return err
		}
		return media.Receive(ctx, tx, photo.id, up)
	}))

	must(t, media.Process(ctx, db, files, photo.id))
	must(t, media.Process(ctx, db, files, photo.id)) // at least once: the second time finds it done

	stored := get(t, db, photo.id)
	if stored.State != media.StateReady || *stored.Width != 40 || *stored.Height != 30 {
		t.Fatalf("got %+v", stored)
	}
	for _, variant := range []media.Variant{media.Copy, media.Thumb, media.Original} {
		key, err := stored.Key(variant)
		must(t, err)
		info, err := os.Stat(filepath.Join(files.Dir, key))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Fatalf("%s has mode %v", key, info.Mode())
		}
	}
}

func get(t *testing.T, db *pg.DB, id uuid.UUID) media.Photo {
	t.Helper()
	photo, err := pg.ReadVal(t.Context(), db, func(tx *pg.Tx) (media.Photo, error) { return media.Get(t.Context(), tx, id) })
	must(t, err)
	return photo
}

func TestARefusedPictureKeepsItsReason(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	svg := upload{pg.NewID(), []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")}
	up := keep(t, files, svg)
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{svg.declared()}); err != nil {
			return err
		}
		return media.Receive(ctx, tx, svg.id, up)
	}))
	must(t, media.Process(ctx, db, files, svg.id))
	stored := get(t, db, svg.id)
	if stored.State != media.StateRejected || *stored.Reason != media.CodeUnsupported {
		t.Fatalf("got %+v", stored)
	}
	_, err := stored.Key(media.Copy)
	wantFault(t, err, media.CodeUnsupported, "")
}

func TestOnlyOldUndeclaredBytesAreSwept(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	stray, bound := newUpload(t, 10), newUpload(t, 20)
	strayUp, boundUp := keep(t, files, stray), keep(t, files, bound)
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{bound.declared()}); err != nil {
			return err
		}
		if err := media.Receive(ctx, tx, bound.id, boundUp); err != nil {
			return err
		}
		return media.Receive(ctx, tx, stray.id, strayUp)
	}))
	if n, err := media.Sweep(ctx, db, files, 100); n != 0 || err != nil {
		t.Fatalf("swept %d at once: %v", n, err)
	}
	db.Advance(31 * 24 * time.Hour)
	if n, err := media.Sweep(ctx, db, files, 100); n != 1 || err != nil {
		t.Fatalf("swept %d: %v", n, err)
	}
	if _, err := files.Open(ctx, strayUp.Key); !os.IsNotExist(err) {
		t.Fatalf("the swept file is still there: %v", err)
	}
	if file, err := files.Open(ctx, boundUp.Key); err != nil {
		t.Fatal(err)
	} else {
		must(t, file.Close())
	}
}

func TestAnUploadThatNobodyGoesOnWithIsSweptAndOneUnderWayIsNot(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	must(t, files.Prepare())
	longAgo := time.Now().Add(-25 * time.Hour)
	for name, written := range map[string]time.Time{"left": longAgo, "left.info": longAgo, "orphan.info": longAgo, "growing": time.Now(), "growing.info": longAgo} {
		path := filepath.Join(files.Incoming(), name)
		must(t, os.WriteFile(path, nil, 0o600))
		must(t, os.Chtimes(path, written, written))
	}
	if _, err := media.Sweep(ctx, db, files, 100); err != nil {
		t.Fatal(err)
	}
	var remain []string
	entries, err := os.ReadDir(files.Incoming())
	must(t, err)
	for _, e := range entries {
		remain = append(remain, e.Name())
	}
	if !slices.Equal(remain, []string{"growing", "growing.info"}) {
		t.Fatalf("%v remain", remain)
	}
}

func TestAnUploadUnderWayIsNotSweptWhereTheDatabasesClockIsAhead(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	must(t, files.Prepare())
	growing := filepath.Join(files.Incoming(), "growing")
	must(t, os.WriteFile(growing, nil, 0o600))
	db.Advance(48 * time.Hour)
	if _, err := media.Sweep(ctx, db, files, 100); err != nil {
		t.Fatal(err)
	}
	_, err := os.Stat(growing)
	must(t, err)
}

func TestAnOriginalIsShownToWhoTookItAndToStaffForAReasonOnTheRecord(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	photo := newUpload(t, 10)
	must(t, media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}))
	stored, err := media.Get(ctx, tx, photo.id)
	must(t, err)
	worker := &actor.Actor{ID: pg.NewID(), Grants: []actor.Grant{{Role: actor.GridWorker}}}
	desk := &actor.Actor{ID: pg.NewID(), Grants: []actor.Grant{{Role: actor.DepartmentDesk}}}

	tx.Actor = worker
	must(t, stored.Reveal(tx, true, ""))
	wantFault(t, stored.Reveal(tx, false, "想看"), "ACTION_NOT_YOURS", "")
	tx.Actor = desk
	wantFault(t, stored.Reveal(tx, false, " "), "REASON_MISSING", "reason")
	wantFault(t, stored.Reveal(tx, false, strings.Repeat("x", 501)), "REASON_MISSING", "reason")
	must(t, stored.Reveal(tx, false, "核对拍摄时间"))

	must(t, tx.Flush(ctx))
	n, err := pg.Val[int](ctx, tx, "select count(*) from audits where action = 'photo.reveal' and actor_id = $1 and detail->>'reason' = '核对拍摄时间'", desk.ID)
	if err != nil || n != 1 {
		t.Fatalf("%d lines on the record: %v", n, err)
	}
}

func TestNoPartialFileIsLeftWhenTheDiskRefuses(t *testing.T) {
	t.Parallel()
	// Given a folder in which nothing can be made: a file stands where the folder should be
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	photo := newUpload(t, 10)
	up := keep(t, files, photo)
	must(t, os.RemoveAll(filepath.Join(files.Dir, "copies")))
	must(t, os.WriteFile(filepath.Join(files.Dir, "copies"), nil, 0o600))
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}); err != nil {
			return err
		}
		return media.Receive(ctx, tx, photo.id, up)
	}))

	// When it is processed, then it fails, to be tried again, and the photo is not said to be ready
	if err := media.Process(ctx, db, files, photo.id); err == nil {
		t.Fatal("a copy that could not be written was taken for done")
	}
	if got := get(t, db, photo.id).State; got != media.StateReceived {
		t.Fatalf("state %s", got)
	}

	// When the disk is well again, then it becomes ready
	must(t, os.Remove(filepath.Join(files.Dir, "copies")))
	must(t, files.Prepare())
	must(t, media.Process(ctx, db, files, photo.id))
	if got := get(t, db, photo.id).State; got != media.StateReady {
		t.Fatalf("state %s", got)
	}
	must(t, fs.WalkDir(os.DirFS(files.Dir), ".", func(path string, d fs.DirEntry, err error) error {
		if !d.IsDir() && filepath.Base(path)[0] == '.' {
			t.Errorf("left behind: %s", path)
		}
		return err
	}))
}

// What was covered must not be seen again, by an older address, an older file, or a rendering that comes late.
func TestARedactedCopyReplacesTheOneBefore(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), media.Files{Dir: t.TempDir()}
	photo := newUpload(t, 10)
	up := keep(t, files, photo)
	var staff *actor.Actor
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		staff = fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}); err != nil {
			return err
		}
		return media.Receive(ctx, tx, photo.id, up)
	}))
	must(t, media.Process(ctx, db, files, photo.id))
	before := get(t, db, photo.id)
	redact := func(who *actor.Actor, own bool, areas ...media.Area) error {
		return db.Write(actor.With(ctx, who), func(tx *pg.Tx) error {
			p, err := media.Lock(ctx, tx, photo.id)
			if err == nil {
				_, err = p.Redact(tx, own, areas)
			}
			return err
		})
	}
	face := media.Area{Left: 0.2, Top: 0.2, Width: 0.3, Height: 0.3}
	wantFault(t, redact(staff, false), media.CodeArea, "areas")
	wantFault(t, redact(staff, false, face, media.Area{Left: 0.9, Top: 0, Width: 0.2, Height: 1}), media.CodeArea, "areas[1]")
	wantFault(t, redact(actor.Anonymous, false, face), "ACTION_NOT_YOURS", "")

	must(t, redact(staff, false, face))
	now := get(t, db, photo.id)
	_, err := now.Key(media.Copy)
	wantFault(t, err, media.CodeNotReady, "")
	wantFault(t, redact(staff, false, face), media.CodeNotReady, "photo")
	must(t, media.Process(ctx, db, files, photo.id))
	now = get(t, db, photo.id)
	if now.State != media.StateReady || now.Rendering != 1 || *now.CopyKey == *before.CopyKey {
		t.Errorf("%+v", now)
	}
	for _, key := range []string{*before.CopyKey, *before.ThumbKey} {
		if file, err := files.Open(ctx, key); err == nil {
			_ = file.Close()
			t.Errorf("%s is still there", key)
		}
	}
	if file, err := files.Open(ctx, *now.OriginalKey); err != nil {
		t.Errorf("the original: %v", err)
	} else {
		_ = file.Close()
	}
}
