package fieldapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	expslog "golang.org/x/exp/slog"

	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
)

const (
	codeStorageFull = "STORAGE_FULL"    // 507: no room for photos; the report itself is taken
	codeChecksum    = "UPLOAD_CHECKSUM" // 460, as in the tus protocol: the bytes are not those that were announced
	statusChecksum  = 460
)

// The finish is told by these headers, on the answer to the last PATCH and on every HEAD after it: what is stored here
// and verified. Only then may a handheld drop its own copy.
const (
	headerBytes  = "Photo-Bytes"
	headerSHA256 = "Photo-Sha256" // hexadecimal
)

// silence is how long a connection may stand still within a PATCH.
const silence = 60 * time.Second

// recording bounds the keeping of one whole upload.
const recording = 30 * time.Second

// uploads is the tus endpoint around tusd.
type uploads struct {
	Deps
	shelf shelf
	tus   http.Handler
}

func newUploads(d Deps) http.Handler {
	u := &uploads{Deps: d, shelf: newShelf(d.Files.Incoming(), d.Log)}
	composer := handler.NewStoreComposer()
	composer.UseCore(u.shelf)
	composer.UseTerminater(u.shelf)
	memorylocker.New().UseIn(composer)
	tus, err := handler.NewHandler(handler.Config{
		StoreComposer:             composer,
		BasePath:                  UploadPath,
		MaxSize:                   media.MaxBytes,
		DisableDownload:           true,
		DisableConcatenation:      true,
		NetworkTimeout:            silence,
		Cors:                      &handler.CorsConfig{Disable: true}, // the server decides on origins for all routes
		PreUploadCreateCallback:   u.begin,
		PreFinishResponseCallback: u.finish,
		// tusd quotes network errors, and so addresses of anonymous reporters. What matters is logged here.
		Logger: expslog.New(expslog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		panic(err) // the configuration above is constant
	}
	u.tus = http.StripPrefix(strings.TrimSuffix(UploadPath, "/"), tus)
	return u
}

// uploadName is how tusd names an upload; nothing else reaches the file system.
var uploadName = regexp.MustCompile(`^[0-9a-f]{32}$`)

func (u *uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, strings.TrimSuffix(UploadPath, "/")), "/")
	if name != "" && !uploadName.MatchString(name) {
		refuse(w, fault.NotFound("UPLOAD_NOT_FOUND", "no such upload"))
		return
	}
	if r.Method == http.MethodHead && name != "" {
		if err := u.recall(r.Context(), w, name); err != nil {
			refuse(w, err)
			return
		}
	}
	u.tus.ServeHTTP(&local{ResponseWriter: w}, r)
}

// announced is what an upload's metadata says of the photo.
type announced struct {
	photo  uuid.UUID
	sha256 []byte
}

// read takes the metadata "photo" (UUIDv7, made by the client) and "sha256" (64 hexadecimal digits).
func read(meta handler.MetaData) (announced, error) {
	photo, err := uuid.Parse(meta["photo"])
	if err != nil || photo.Version() != 7 {
		return announced{}, fault.Invalid("PHOTO_ID", "the metadata \"photo\" is a UUIDv7 made by the client").At("photo")
	}
	sum, err := hex.DecodeString(meta["sha256"])
	if err != nil || len(sum) != sha256.Size {
		return announced{}, fault.Invalid(media.CodeHash, "the metadata \"sha256\" is 64 hexadecimal digits").At("sha256")
	}
	return announced{photo, sum}, nil
}

// begin checks an upload before anything of it is stored.
func (u *uploads) begin(hook handler.HookEvent) (handler.HTTPResponse, handler.FileInfoChanges, error) {
	_, err := read(hook.Upload.MetaData)
	if err == nil && hook.Upload.Size == 0 {
		err = fault.Invalid("UPLOAD_EMPTY", "an upload has at least one byte").At("size")
	}
	if err != nil {
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, inTus(err)
	}
	return handler.HTTPResponse{}, handler.FileInfoChanges{}, nil
}

// finish runs when the last byte has arrived, before the client hears of it.
func (u *uploads) finish(hook handler.HookEvent) (handler.HTTPResponse, error) {
	a, err := u.accept(hook.Context, hook.Upload)
	if err != nil {
		return handler.HTTPResponse{}, inTus(err)
	}
	return handler.HTTPResponse{Header: handler.HTTPHeader{
		headerBytes: strconv.FormatInt(hook.Upload.Size, 10), headerSHA256: hex.EncodeToString(a.sha256)}}, nil
}

// accept verifies a whole upload, keeps its bytes, and records the photo. Doing it again is harmless, so a client that
// did not hear the answer, or a process that died in between, just asks once more. Bytes that are not the announced ones
// are thrown away: the next attempt starts afresh.
func (u *uploads) accept(ctx context.Context, info handler.FileInfo) (announced, error) {
	a, err := read(info.MetaData)
	if err != nil {
		return a, err
	}
	// What has arrived whole is recorded although its sender may be gone, or was overtaken by a request of its own.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recording)
	defer cancel()
	incoming := u.shelf.path(info.ID)
	sum, err := hashOf(incoming)
	if err != nil {
		return a, u.broken(ctx, "read a whole upload", err)
	}
	if !bytes.Equal(sum, a.sha256) {
		u.discard(ctx, info.ID)
		return a, fault.Invalid(codeChecksum, "these are not the announced bytes: upload the photo again").At("sha256")
	}
	key, err := u.Files.Keep(ctx, incoming, a.photo, sum)
	if err != nil {
		return a, u.broken(ctx, "keep a photo", err)
	}
	err = u.DB.Write(ctx, func(tx *pg.Tx) error {
		return media.Receive(ctx, tx, a.photo, media.Upload{Key: key, SHA256: sum, Bytes: info.Size})
	})
	switch f, public := fault.As(err); {
	case err == nil:
		return a, nil
	case !public:
		return a, u.broken(ctx, "record a photo", err)
	case f.Kind == fault.KindConflict:
		// Its name is made of photo and hash, and no photo has this hash: the file is nobody's.
		u.discard(ctx, info.ID)
		_ = u.Files.Drop(ctx, key)
	}
	return a, err
}

// recall completes the answer to a HEAD: an upload that is whole is accepted, if that was not done, and told as verified.
func (u *uploads) recall(ctx context.Context, w http.ResponseWriter, name string) error {
	upload, err := u.shelf.GetUpload(ctx, name)
	if err != nil {
		return nil //nolint:nilerr // tusd says so itself
	}
	info, err := upload.GetInfo(ctx)
	if err != nil || info.Offset != info.Size {
		return nil //nolint:nilerr // not whole yet: tusd tells how far it is
	}
	a, err := read(info.MetaData)
	if err != nil {
		return err
	}
	if !u.isReceived(context.WithoutCancel(ctx), a) {
		if _, err := u.accept(ctx, info); err != nil {
			return err
		}
	}
	w.Header().Set(headerBytes, strconv.FormatInt(info.Size, 10))
	w.Header().Set(headerSHA256, hex.EncodeToString(a.sha256))
	return nil
}

func (u *uploads) isReceived(ctx context.Context, a announced) bool {
	photo, err := pg.ReadVal(ctx, u.DB, func(tx *pg.Tx) (media.Photo, error) { return media.Get(ctx, tx, a.photo) })
	return err == nil && bytes.Equal(photo.ReceivedSHA256, a.sha256)
}

func (u *uploads) discard(ctx context.Context, name string) {
	if err := u.Files.Discard(name); err != nil {
		u.Log.WarnContext(ctx, "an upload could not be thrown away", "upload", name, "cause", err.Error())
	}
}

// broken logs an error that no client should read.
func (u *uploads) broken(ctx context.Context, doing string, err error) error {
	return shelved(ctx, u.Log, doing, err)
}

func hashOf(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// local answers with a Location on this host, whatever name and scheme the request came by: behind a proxy those are
// not the client's.
type local struct{ http.ResponseWriter }

func (l *local) WriteHeader(status int) {
	if at, err := url.Parse(l.Header().Get("Location")); err == nil && at.Host != "" {
		l.Header().Set("Location", at.EscapedPath())
	}
	l.ResponseWriter.WriteHeader(status)
}

// Unwrap lets tusd move the connection's deadlines.
func (l *local) Unwrap() http.ResponseWriter { return l.ResponseWriter }
