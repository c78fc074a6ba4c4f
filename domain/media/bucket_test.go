package media_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"gridwork/domain/media"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

// objects is an object store that can go away.
type objects struct {
	*s3mem.Backend
	url  string
	away atomic.Bool
}

func newObjects(t *testing.T) *objects {
	t.Helper()
	o := &objects{Backend: s3mem.New()}
	must(t, o.CreateBucket("photos"))
	s3 := gofakes3.New(o.Backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o.away.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		s3.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

// files is a place of photos in the bucket of a name.
func (o *objects) files(t *testing.T, name string) media.Files {
	t.Helper()
	b, err := media.OpenBucket(t.Context(), "s3://"+name+"?region=cn-south-1&use_path_style=true&anonymous=true&endpoint="+o.url)
	must(t, err)
	t.Cleanup(func() { _ = b.Close() })
	files := media.Files{Dir: t.TempDir(), Bucket: b}
	must(t, files.Prepare())
	return files
}

// content is what is kept under a key, read from its middle first.
func content(t *testing.T, files media.Files, key string) []byte {
	t.Helper()
	file, err := files.Open(t.Context(), key)
	must(t, err)
	defer file.Close()
	size, err := file.Seek(0, io.SeekEnd)
	must(t, err)
	_, err = file.Seek(size/2, io.SeekStart)
	must(t, err)
	second, err := io.ReadAll(file)
	must(t, err)
	_, err = file.Seek(0, io.SeekStart)
	must(t, err)
	all, err := io.ReadAll(file)
	must(t, err)
	if string(second) != string(all[size/2:]) {
		t.Errorf("%s reads differently from its middle", key)
	}
	return all
}

func TestPhotosAreKeptInABucket(t *testing.T) {
	t.Parallel()
	ctx, db, files := t.Context(), dbtest.DB(t), newObjects(t).files(t, "photos")
	must(t, files.Look(ctx))
	photo := newUpload(t, 10)
	up := keep(t, files, photo)
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}); err != nil {
			return err
		}
		return media.Receive(ctx, tx, photo.id, up)
	}))
	must(t, media.Process(ctx, db, files, photo.id))

	stored := get(t, db, photo.id)
	if string(content(t, files, *stored.OriginalKey)) != string(photo.bytes) {
		t.Error("the original has other bytes")
	}
	for _, key := range []string{*stored.CopyKey, *stored.ThumbKey} {
		if len(content(t, files, key)) == 0 {
			t.Errorf("%s is empty", key)
		}
	}
	for _, folder := range []string{"originals", "copies", "thumbs"} {
		if left, err := os.ReadDir(filepath.Join(files.Dir, folder)); err != nil || len(left) != 0 {
			t.Errorf("the folder %s has %v, %v", folder, left, err)
		}
	}

	must(t, files.Drop(ctx, *stored.CopyKey, *stored.CopyKey)) // one that is gone is no error
	if _, err := files.Open(ctx, *stored.CopyKey); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a dropped file: %v", err)
	}
}

// Prevents: a city that moves to a bucket and no longer sees its older photos, or cannot remove them.
func TestWhatTheFolderKeptBeforeThereWasABucketIsStillFound(t *testing.T) {
	t.Parallel()
	ctx, files := t.Context(), newObjects(t).files(t, "photos")
	photo := newUpload(t, 20)
	key := keep(t, media.Files{Dir: files.Dir}, photo).Key
	if string(content(t, files, key)) != string(photo.bytes) {
		t.Error("the older photo has other bytes")
	}
	must(t, files.Drop(ctx, key))
	if _, err := files.Open(ctx, key); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a dropped file: %v", err)
	}
}

// Prevents: a photo that is acknowledged, or called ready, although the bucket has nothing of it.
func TestABucketThatIsAwayAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	ctx, db, store := t.Context(), dbtest.DB(t), newObjects(t)
	files := store.files(t, "photos")
	photo := newUpload(t, 30)
	up := keep(t, files, photo)
	must(t, db.Write(ctx, func(tx *pg.Tx) error {
		if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{photo.declared()}); err != nil {
			return err
		}
		return media.Receive(ctx, tx, photo.id, up)
	}))

	store.away.Store(true)
	other := newUpload(t, 40)
	incoming := filepath.Join(files.Incoming(), other.id.String())
	must(t, os.WriteFile(incoming, other.bytes, 0o600))
	if key, err := files.Keep(ctx, incoming, other.id, other.hash()); err == nil {
		t.Errorf("%s was kept by nobody", key)
	}
	if err := media.Process(ctx, db, files, photo.id); err == nil || get(t, db, photo.id).State != media.StateReceived {
		t.Errorf("a photo that could not be read: %v, %s", err, get(t, db, photo.id).State)
	}
	_, err := files.Open(ctx, up.Key)
	wantFault(t, err, "PHOTOS_AWAY", "")
	if err := files.Look(ctx); err == nil || errors.Is(err, media.ErrNoBucket) {
		t.Errorf("a store that is away says %v", err)
	}

	store.away.Store(false)
	_, err = files.Keep(ctx, incoming, other.id, other.hash())
	must(t, err)
	must(t, media.Process(ctx, db, files, photo.id))
	if state := get(t, db, photo.id).State; state != media.StateReady {
		t.Errorf("state %s", state)
	}
}

func TestABucketThatDoesNotExistIsTold(t *testing.T) {
	t.Parallel()
	if err := newObjects(t).files(t, "nowhere").Look(t.Context()); !errors.Is(err, media.ErrNoBucket) {
		t.Errorf("%v", err)
	}
}
