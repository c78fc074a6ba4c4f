package upload

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"syscall"

	"github.com/tus/tusd/v2/pkg/filestore"
	"github.com/tus/tusd/v2/pkg/handler"

	"gridwork/fault"
	"gridwork/refusal"
)

// shelf is tusd's file store, for our eyes only: files that nobody else can read, and errors that tell a client no path.
type shelf struct {
	files filestore.FileStore
	log   *slog.Logger
}

func newShelf(dir string, log *slog.Logger) shelf {
	const ownFile, ownFolder = 0o600, 0o700
	files := filestore.New(dir)
	files.FileModePerm, files.DirModePerm = ownFile, ownFolder
	return shelf{files, log}
}

// NewUpload begins an upload under a name that tusd makes.
func (s shelf) NewUpload(ctx context.Context, info handler.FileInfo) (handler.Upload, error) {
	return s.hold(ctx, "begin an upload")(s.files.NewUpload(ctx, info))
}

// GetUpload finds an upload by its name.
func (s shelf) GetUpload(ctx context.Context, name string) (handler.Upload, error) {
	return s.hold(ctx, "find an upload")(s.files.GetUpload(ctx, name))
}

// AsTerminatableUpload is asked for by tusd's DELETE.
func (s shelf) AsTerminatableUpload(u handler.Upload) handler.TerminatableUpload {
	return s.files.AsTerminatableUpload(u.(upload).Upload)
}

func (s shelf) hold(ctx context.Context, doing string) func(handler.Upload, error) (handler.Upload, error) {
	return func(u handler.Upload, err error) (handler.Upload, error) {
		if err != nil {
			return nil, forTus(ctx, s.log, doing, err)
		}
		return upload{u, s.log}, nil
	}
}

// upload is one file that grows.
type upload struct {
	handler.Upload
	log *slog.Logger
}

// WriteChunk appends what arrives. How much of it reached the file is told in any case, so that nothing is sent twice.
func (u upload) WriteChunk(ctx context.Context, offset int64, src io.Reader) (int64, error) {
	n, err := u.Upload.WriteChunk(ctx, offset, src)
	if err != nil {
		err = forTus(ctx, u.log, "write a chunk", err)
	}
	return n, err
}

// forTus hides an error of the file system; those that tusd made for the client pass.
func forTus(ctx context.Context, log *slog.Logger, doing string, err error) error {
	var known handler.Error
	if errors.As(err, &known) {
		return err
	}
	return inTus(Broken(ctx, log, doing, err))
}

const codeStorageFull = "STORAGE_FULL" // 507: no room for the bytes; what they belong to is taken all the same

// Broken logs an error of the file system or the database that was met while doing something, and returns what a client may know of it.
func Broken(ctx context.Context, log *slog.Logger, doing string, err error) error {
	if err = refusal.Met(ctx, log, "upload", err, "doing", doing); errors.Is(err, refusal.ErrGivenUp) {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Busy(codeStorageFull, "no room at the moment, try again later").Because(err)
	}
	return fault.Busy("STORAGE_BUSY", "it could not be stored, try again").Because(err)
}
