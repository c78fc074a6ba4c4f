// Package upload is how files arrive in pieces over a poor line, by the tus protocol 1.0.0. What an upload is, who may send it and what becomes of
// it is for whoever offers a place for it.
package upload

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/tus/tusd/v2/pkg/handler"
	"github.com/tus/tusd/v2/pkg/memorylocker"
	expslog "golang.org/x/exp/slog"

	"gridwork/fault"
	"gridwork/incoming"
	"gridwork/refusal"
)

// CodeEmpty is of the fault about an upload of nothing, CodeNotFound of one that is not there, or not for whoever asks.
const (
	CodeEmpty    = "UPLOAD_EMPTY"
	CodeNotFound = "UPLOAD_NOT_FOUND"
)

// Silence is how long a connection may stand still within a PATCH.
const Silence = 60 * time.Second

// recording bounds the keeping of one whole upload.
const recording = 30 * time.Second

// Info is what is known of an upload: its name, its bytes, and what its sender announced.
type Info struct {
	Name string
	Size int64
	Meta map[string]string
}

// Place is where uploads of one sort are made and continued.
type Place struct {
	Path   string          // of the URL, with a slash at its end
	Folder incoming.Folder // in which they grow
	Most   int64           // bytes of one; 0: Begin says
	Log    *slog.Logger

	// Begin looks at an upload before anything of it is stored, and returns what is kept beside it.
	Begin func(context.Context, Info) (meta map[string]string, err error)
	// May says whether whoever asks may go on with an upload; nil: whoever knows its name.
	May func(context.Context, Info) error
	// Accept takes an upload that is whole, before its sender hears of that, and returns the headers that tell so. It is called again
	// whenever somebody asks for an upload that is whole, since who sent it may not have heard the answer, or the process died in between. What cannot be
	// taken at all it discards. It goes on although the sender has gone.
	Accept func(context.Context, Info) (http.Header, error)
}

// tus is the endpoint around tusd.
type tus struct {
	Place
	shelf shelf
	tusd  http.Handler
}

// New is the handler of a place.
func New(p Place) http.Handler {
	u := &tus{Place: p, shelf: newShelf(string(p.Folder), p.Log)}
	composer := handler.NewStoreComposer()
	composer.UseCore(u.shelf)
	composer.UseTerminater(u.shelf)
	memorylocker.New().UseIn(composer)
	tusd, err := handler.NewHandler(handler.Config{
		StoreComposer:             composer,
		BasePath:                  p.Path,
		MaxSize:                   p.Most,
		DisableDownload:           true,
		DisableConcatenation:      true,
		NetworkTimeout:            Silence,
		Cors:                      &handler.CorsConfig{Disable: true}, // the server decides on origins for all routes
		PreUploadCreateCallback:   u.begin,
		PreFinishResponseCallback: u.finish,
		// tusd quotes network errors, and so addresses of anonymous reporters. What matters is logged here.
		Logger: expslog.New(expslog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		panic(err) // the configuration above is constant
	}
	u.tusd = http.StripPrefix(strings.TrimSuffix(p.Path, "/"), tusd)
	return u
}

// uploadName is how tusd names an upload; nothing else reaches the file system.
var uploadName = regexp.MustCompile(`^[0-9a-f]{32}$`)

var errNotFound = fault.NotFound(CodeNotFound, "no such upload")

func (u *tus) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, strings.TrimSuffix(u.Path, "/")), "/")
	var err error
	if name != "" {
		err = u.ask(r.Context(), w, r.Method, name)
	}
	if err != nil {
		refusal.Write(w, err)
		return
	}
	u.tusd.ServeHTTP(&local{ResponseWriter: w}, r)
}

// ask looks whether an upload is one that may be gone on with, and completes the answer to a HEAD: one that is whole is accepted, and told as such.
func (u *tus) ask(ctx context.Context, w http.ResponseWriter, method, name string) error {
	if !uploadName.MatchString(name) {
		return errNotFound
	}
	upload, err := u.shelf.GetUpload(ctx, name)
	if err != nil {
		return nil //nolint:nilerr // tusd says so itself
	}
	info, err := upload.GetInfo(ctx)
	if err != nil {
		return nil //nolint:nilerr // as above
	}
	if u.May != nil {
		if err := u.May(ctx, told(info)); err != nil {
			return err
		}
	}
	if method != http.MethodHead || info.Offset != info.Size {
		return nil // not whole yet: tusd tells how far it is
	}
	headers, err := u.accept(ctx, info)
	for name := range headers {
		w.Header().Set(name, headers.Get(name))
	}
	return err
}

func told(info handler.FileInfo) Info { return Info{info.ID, info.Size, info.MetaData} }

func (u *tus) begin(hook handler.HookEvent) (handler.HTTPResponse, handler.FileInfoChanges, error) {
	info := told(hook.Upload)
	meta, err := u.Begin(hook.Context, info)
	if err == nil && info.Size == 0 {
		err = fault.Invalid(CodeEmpty, "an upload has at least one byte").At("size")
	}
	if err != nil {
		return handler.HTTPResponse{}, handler.FileInfoChanges{}, inTus(err)
	}
	return handler.HTTPResponse{}, handler.FileInfoChanges{MetaData: meta}, nil
}

// finish runs when the last byte has arrived, before the client hears of it.
func (u *tus) finish(hook handler.HookEvent) (handler.HTTPResponse, error) {
	headers, err := u.accept(hook.Context, hook.Upload)
	if err != nil {
		return handler.HTTPResponse{}, inTus(err)
	}
	answer := handler.HTTPResponse{Header: handler.HTTPHeader{}}
	for name := range headers {
		answer.Header[name] = headers.Get(name)
	}
	return answer, nil
}

// accept records what has arrived whole although its sender may be gone, or was overtaken by a request of its own.
func (u *tus) accept(ctx context.Context, info handler.FileInfo) (http.Header, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recording)
	defer cancel()
	return u.Accept(ctx, told(info))
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
