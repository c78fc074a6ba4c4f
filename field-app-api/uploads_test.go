package fieldapi_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/badge"
	"gridwork/domain/clue"
	"gridwork/domain/handheld"
	"gridwork/domain/media"
	fieldapi "gridwork/field-app-api"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

// site is the field API on a database and a folder of its own.
type site struct {
	testing.TB
	db    *pg.DB
	files media.Files
	// intake takes reports once a city is there.
	intake *clue.Intake
	http   *httptest.Server
	log    *diary
	as     *actor.Actor // who the requests come from
	gone   bool         // and have gone away by the time that they are looked at
	token  string       // of the session that they come with
	deps   fieldapi.Deps
	api    http.Handler
}

// diary is a log that can be read while it is written.
type diary struct {
	sync.Mutex
	text strings.Builder
}

func (d *diary) Write(p []byte) (int, error) {
	d.Lock()
	defer d.Unlock()
	return d.text.Write(p)
}

func (d *diary) String() string {
	d.Lock()
	defer d.Unlock()
	return d.text.String()
}

var badgeKey = badge.Key("badge key of thirty-two bytes ...")

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{TB: t, db: dbtest.DB(t), intake: &clue.Intake{}, files: media.Files{Dir: t.TempDir()}, log: &diary{}, as: actor.Anonymous}
	s.must(s.files.Prepare())
	s.deps = fieldapi.Deps{DB: s.db, Intake: s.intake, Files: s.files, Log: slog.New(slog.NewJSONHandler(s.log, nil)),
		Lines: handheld.Lines{Call: "110", Text: "+8675588880000"}, Badges: badgeKey, BadgeTTL: 10 * time.Minute,
		Push: pushes(t), SessionOf: func(context.Context) (string, time.Time) { return s.token, time.Time{} }}
	s.api = fieldapi.New(s.deps)
	s.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, leave := context.WithCancel(actor.With(r.Context(), s.as))
		defer leave()
		if s.gone {
			leave()
		}
		s.api.ServeHTTP(w, r.WithContext(ctx))
	}))
	t.Cleanup(s.http.Close)
	s.http.Client().Transport = witness{t, s.http.Client().Transport}
	return s
}

func (s *site) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// answer is a response whose body was read.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) code() string {
	var refused struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal([]byte(a.body), &refused)
	return refused.Code
}

func (s *site) request(method, path string, body io.Reader, header map[string]string) answer {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.http.URL+path, body)
	s.must(err)
	r.Header.Set("Tus-Resumable", "1.0.0")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	got, err := s.http.Client().Do(r)
	s.must(err)
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	s.must(err)
	return answer{got.StatusCode, got.Header, string(text)}
}

// shot is a photo on a handheld.
type shot struct {
	id    uuid.UUID
	bytes []byte
}

// newShot is a real picture with so much noise that it has many bytes.
func newShot(t testing.TB, side int) shot {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, side, side))
	for i := range m.Pix {
		m.Pix[i] = uint8(rand.Uint32())
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return shot{pg.NewID(), out.Bytes()}
}

func (p shot) sum() []byte {
	sum := sha256.Sum256(p.bytes)
	return sum[:]
}

func metadata(photo, sum string) string {
	b64 := base64.StdEncoding.EncodeToString
	return "photo " + b64([]byte(photo)) + ",sha256 " + b64([]byte(sum))
}

func (p shot) metadata() string { return metadata(p.id.String(), hex.EncodeToString(p.sum())) }

func (s *site) begin(p shot) (location string) {
	s.Helper()
	a := s.request("POST", fieldapi.UploadPath, nil, map[string]string{"Upload-Length": strconv.Itoa(len(p.bytes)), "Upload-Metadata": p.metadata()})
	if a.status != http.StatusCreated || !strings.HasPrefix(a.header.Get("Location"), fieldapi.UploadPath) {
		s.Fatalf("begin: %d %s at %q", a.status, a.body, a.header.Get("Location"))
	}
	return a.header.Get("Location")
}

func (s *site) patch(location string, offset int, chunk []byte) answer {
	s.Helper()
	return s.request("PATCH", location, bytes.NewReader(chunk),
		map[string]string{"Upload-Offset": strconv.Itoa(offset), "Content-Type": "application/offset+octet-stream"})
}

func (s *site) offset(location string) int {
	s.Helper()
	a := s.request("HEAD", location, nil, nil)
	n, err := strconv.Atoi(a.header.Get("Upload-Offset"))
	if err != nil {
		s.Fatalf("HEAD: %d, offset %q", a.status, a.header.Get("Upload-Offset"))
	}
	return n
}

func (s *site) photo(id uuid.UUID) media.Photo {
	s.Helper()
	p, err := pg.ReadVal(s.Context(), s.db, func(tx *pg.Tx) (media.Photo, error) { return media.Get(s.Context(), tx, id) })
	s.must(err)
	return p
}

func (s *site) wantVerified(a answer, p shot) {
	s.Helper()
	if a.header.Get("Photo-Bytes") != strconv.Itoa(len(p.bytes)) || a.header.Get("Photo-Sha256") != hex.EncodeToString(p.sum()) {
		s.Fatalf("answered %d with %v: %s\nlog: %s", a.status, a.header, a.body, s.log)
	}
}

// wantStored proves that exactly the handheld's bytes are kept.
func (s *site) wantStored(p shot) {
	s.Helper()
	stored := s.photo(p.id)
	if stored.State != media.StateReceived || !bytes.Equal(stored.ReceivedSHA256, p.sum()) {
		s.Fatalf("stored %+v", stored)
	}
	kept, err := os.ReadFile(filepath.Join(s.files.Dir, *stored.OriginalKey))
	if err != nil || !bytes.Equal(kept, p.bytes) {
		s.Fatalf("%d of %d bytes are kept: %v", len(kept), len(p.bytes), err)
	}
}

func TestAnUploadThatIsCutEightTimesArrivesWholeAndResendsNothing(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 400)
	location := s.begin(p)
	sent := 0
	for range 8 {
		at := s.offset(location)
		sent += s.cut(location, at, p.bytes[at:at+len(p.bytes)/9])
	}
	at := s.offset(location)
	last := s.patch(location, at, p.bytes[at:])
	sent += len(p.bytes) - at
	if last.status != http.StatusNoContent {
		t.Fatalf("the last chunk: %d %s", last.status, last.body)
	}
	s.wantVerified(last, p)
	s.wantVerified(s.request("HEAD", location, nil, nil), p) // and to whoever did not hear it
	s.wantStored(p)
	if sent > len(p.bytes)+len(p.bytes)/9 {
		t.Fatalf("%d bytes were sent for %d", sent, len(p.bytes))
	}
}

// cut sends a chunk, announces more, and breaks the connection. It returns how much it sent.
func (s *site) cut(location string, at int, chunk []byte) int {
	s.Helper()
	conn, err := net.Dial("tcp", s.http.Listener.Addr().String())
	s.must(err)
	_, err = fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"+
		"Upload-Offset: %d\r\nContent-Length: %d\r\n\r\n", location, at, len(chunk)+100)
	s.must(err)
	_, err = conn.Write(chunk)
	s.must(err)
	s.must(conn.(*net.TCPConn).CloseWrite())
	_, _ = io.Copy(io.Discard, conn) // until the server has let go: a request that is still on its way would overtake the next HEAD
	s.must(conn.Close())
	return len(chunk)
}

func TestBytesThatAreNotTheAnnouncedOnesAreThrownAwayAndTheNextAttemptSucceeds(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 60)
	location := s.begin(p)
	damaged := bytes.Clone(p.bytes)
	damaged[len(damaged)/2] ^= 1

	a := s.patch(location, 0, damaged)
	if a.status != 460 || a.code() != "UPLOAD_CHECKSUM" {
		t.Fatalf("damaged bytes: %d %s", a.status, a.body)
	}
	if gone := s.request("HEAD", location, nil, nil); gone.status != http.StatusNotFound {
		t.Fatalf("the damaged upload is still there: %d", gone.status)
	}
	s.wantVerified(s.patch(s.begin(p), 0, p.bytes), p)
	s.wantStored(p)
	if left, err := os.ReadDir(filepath.Join(s.files.Dir, "originals")); err != nil || len(left) != 1 {
		t.Fatalf("%d folders of originals: %v", len(left), err)
	}
}

func TestAPhotoDeclaredWithOtherBytesRefusesThese(t *testing.T) {
	t.Parallel()
	s, declared, other := newSite(t), newShot(t, 60), newShot(t, 60)
	other.id = declared.id
	s.must(s.db.Write(t.Context(), func(tx *pg.Tx) error {
		return media.Declare(t.Context(), tx, media.Scene{Subject: media.OfClue, ID: pg.NewID()}, []media.Declared{{ID: declared.id, SHA256: declared.sum()}})
	}))
	if a := s.patch(s.begin(other), 0, other.bytes); a.status != http.StatusConflict || a.code() != media.CodeMismatch {
		t.Fatalf("other bytes: %d %s", a.status, a.body)
	}
	s.wantVerified(s.patch(s.begin(declared), 0, declared.bytes), declared)
	s.wantStored(declared)

	// The same photo again, from a handheld that lost its memory of the first time
	s.wantVerified(s.patch(s.begin(declared), 0, declared.bytes), declared)
	s.wantStored(declared)
}

func TestAnUploadIsRefusedBeforeItsFirstByte(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 60)
	sum := hex.EncodeToString(p.sum())
	for name, c := range map[string]struct {
		length, metadata string
		status           int
		code             string
	}{
		"no metadata":       {"100", "", http.StatusBadRequest, "PHOTO_ID"},
		"not an id":         {"100", metadata("../../etc/passwd", sum), http.StatusBadRequest, "PHOTO_ID"},
		"a random id":       {"100", metadata(uuid.NewString(), sum), http.StatusBadRequest, "PHOTO_ID"},
		"no hash":           {"100", metadata(p.id.String(), ""), http.StatusBadRequest, media.CodeHash},
		"half a hash":       {"100", metadata(p.id.String(), sum[:32]), http.StatusBadRequest, media.CodeHash},
		"broken base64":     {"100", "photo %%%,sha256 %%%", http.StatusBadRequest, "PHOTO_ID"},
		"nothing":           {"0", p.metadata(), http.StatusBadRequest, "UPLOAD_EMPTY"},
		"30 MB and a byte":  {strconv.Itoa(media.MaxBytes + 1), p.metadata(), http.StatusRequestEntityTooLarge, ""},
		"less than nothing": {"-1", p.metadata(), http.StatusBadRequest, ""},
	} {
		a := s.request("POST", fieldapi.UploadPath, nil, map[string]string{"Upload-Length": c.length, "Upload-Metadata": c.metadata})
		if a.status != c.status || a.code() != c.code {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if left, err := os.ReadDir(s.files.Incoming()); err != nil || len(left) != 0 {
		t.Fatalf("%d files of refused uploads: %v", len(left), err)
	}
}

func TestNothingButAnUploadsNameReachesTheFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.must(os.WriteFile(filepath.Join(s.files.Dir, "secret"), []byte("x"), 0o600))
	s.must(os.WriteFile(filepath.Join(s.files.Dir, "secret.info"), []byte(`{"ID":"secret","Size":1}`), 0o600))
	for _, name := range []string{"..%2Fsecret", "%2e%2e%2fsecret", "secret.info", "x", strings.Repeat("a", 31), strings.Repeat("A", 32)} {
		for _, method := range []string{"HEAD", "PATCH", "DELETE", "GET"} {
			a := s.request(method, fieldapi.UploadPath+name, nil, map[string]string{"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"})
			if a.status != http.StatusNotFound {
				t.Errorf("%s %s: %d %s", method, name, a.status, a.body)
			}
		}
	}
}

func TestAnUploadCanBeGivenUpAndIsNeverShown(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 60)
	location := s.begin(p)
	s.patch(location, 0, p.bytes[:100])
	if a := s.request("GET", location, nil, nil); a.status != http.StatusMethodNotAllowed {
		t.Fatalf("an upload was shown: %d", a.status)
	}
	if a := s.request("DELETE", location, nil, nil); a.status != http.StatusNoContent {
		t.Fatalf("given up: %d %s", a.status, a.body)
	}
	if a := s.request("HEAD", location, nil, nil); a.status != http.StatusNotFound {
		t.Fatalf("after giving up: %d", a.status)
	}
}

func TestWithoutTheDatabaseNoPhotoIsAcknowledgedAndNoneIsLost(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 60)
	location := s.begin(p)
	// Given a table that cannot be written
	s.must(s.db.Write(t.Context(), func(tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), "set local role none; alter table photos rename to photos_away")
		return err
	}))
	last := s.patch(location, 0, p.bytes)
	if last.status != http.StatusServiceUnavailable || last.header.Get("Photo-Sha256") != "" || strings.Contains(last.body, "photos") && strings.Contains(last.body, "relation") {
		t.Fatalf("acknowledged: %d %v %s", last.status, last.header, last.body)
	}
	s.must(s.db.Write(t.Context(), func(tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), "set local role none; alter table photos_away rename to photos")
		return err
	}))
	// Then asking is enough: nothing is sent again
	s.wantVerified(s.request("HEAD", location, nil, nil), p)
	s.wantStored(p)
}

func TestAFullDiskAcknowledgesNothingAndTellsNoPath(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 60)
	location := s.begin(p)
	s.must(os.RemoveAll(filepath.Join(s.files.Dir, "originals")))
	s.must(os.Symlink("/dev/full", filepath.Join(s.files.Dir, "originals"))) // no folder can be made there
	a := s.patch(location, 0, p.bytes)
	if a.status != http.StatusServiceUnavailable || a.header.Get("Photo-Sha256") != "" || strings.Contains(a.body, s.files.Dir) {
		t.Fatalf("acknowledged: %d %s", a.status, a.body)
	}
	s.must(os.Remove(filepath.Join(s.files.Dir, "originals")))
	s.must(s.files.Prepare())
	s.wantVerified(s.request("HEAD", location, nil, nil), p)
	s.wantStored(p)
}

func TestAChunkThatFindsNoRoomIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 60)
	location := s.begin(p)
	growing := filepath.Join(s.files.Incoming(), strings.TrimPrefix(location, fieldapi.UploadPath))
	s.must(os.Remove(growing))
	s.must(os.Symlink("/dev/full", growing))
	a := s.patch(location, 0, p.bytes)
	if a.status != http.StatusInsufficientStorage || a.code() != "STORAGE_FULL" || strings.Contains(a.body, growing) {
		t.Fatalf("acknowledged: %d %s", a.status, a.body)
	}
	s.must(os.Remove(growing))
	s.must(os.WriteFile(growing, nil, 0o600))
	s.wantVerified(s.patch(location, s.offset(location), p.bytes), p)
	s.wantStored(p)
}

func TestNoAddressOfAnUploaderIsLogged(t *testing.T) {
	t.Parallel()
	s, p := newSite(t), newShot(t, 400)
	location := s.begin(p)
	s.cut(location, 0, p.bytes[:1000])
	at := s.offset(location)
	s.wantVerified(s.patch(location, at, p.bytes[at:]), p)
	if strings.Contains(s.log.String(), "127.0.0.1") {
		t.Fatalf("logged: %s", s.log)
	}
}
