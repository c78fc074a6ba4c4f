package fieldapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"strconv"

	"github.com/google/uuid"

	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/incoming"
	"gridwork/pg"
	"gridwork/upload"
)

const codeChecksum = "UPLOAD_CHECKSUM" // 460, as in the tus protocol: the bytes are not those that were announced

// The finish is told by these headers, on the answer to the last PATCH and on every HEAD after it: what is stored here
// and verified. Only then may a handheld drop its own copy.
const (
	headerBytes  = "Photo-Bytes"
	headerSHA256 = "Photo-Sha256" // hexadecimal
)

// uploads are photos on their way.
type uploads struct {
	Deps
	folder incoming.Folder
}

func newUploads(d Deps) http.Handler {
	u := &uploads{d, incoming.Folder(d.Files.Incoming())}
	return upload.New(upload.Place{Path: UploadPath, Folder: u.folder, Most: media.MaxBytes, Log: d.Log, Begin: u.begin, Accept: u.accept})
}

// announced is what an upload's metadata says of the photo.
type announced struct {
	photo  uuid.UUID
	sha256 []byte
}

// read takes the metadata "photo" (UUIDv7, made by the client) and "sha256" (64 hexadecimal digits).
func read(meta map[string]string) (announced, error) {
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

func (u *uploads) begin(_ context.Context, i upload.Info) (map[string]string, error) {
	_, err := read(i.Meta)
	return i.Meta, err
}

// accept tells that a photo is stored and verified, and sees to it where that was not done.
func (u *uploads) accept(ctx context.Context, i upload.Info) (http.Header, error) {
	a, err := read(i.Meta)
	if err == nil && !u.isReceived(ctx, a) {
		err = u.take(ctx, i, a)
	}
	if err != nil {
		return nil, err
	}
	return http.Header{headerBytes: {strconv.FormatInt(i.Size, 10)}, headerSHA256: {hex.EncodeToString(a.sha256)}}, nil
}

// take verifies a whole upload, keeps its bytes, and records the photo. Doing it again is harmless. Bytes that are not the announced ones
// are thrown away: the next attempt starts afresh.
func (u *uploads) take(ctx context.Context, i upload.Info, a announced) error {
	sum, err := hashOf(u.folder.Path(i.Name))
	if err != nil {
		return upload.Broken(ctx, u.Log, "read a whole upload", err)
	}
	if !bytes.Equal(sum, a.sha256) {
		u.discard(ctx, i.Name)
		return fault.Invalid(codeChecksum, "these are not the announced bytes: upload the photo again").At("sha256")
	}
	key, err := u.Files.Keep(ctx, u.folder.Path(i.Name), a.photo, sum)
	if err != nil {
		return upload.Broken(ctx, u.Log, "keep a photo", err)
	}
	err = u.DB.Write(ctx, func(tx *pg.Tx) error {
		return media.Receive(ctx, tx, a.photo, media.Upload{Key: key, SHA256: sum, Bytes: i.Size})
	})
	switch f, public := fault.As(err); {
	case err == nil:
		return nil
	case !public:
		return upload.Broken(ctx, u.Log, "record a photo", err)
	case f.Kind == fault.KindConflict:
		// Its name is made of photo and hash, and no photo has this hash: the file is nobody's.
		u.discard(ctx, i.Name)
		_ = u.Files.Drop(ctx, key)
	}
	return err
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
