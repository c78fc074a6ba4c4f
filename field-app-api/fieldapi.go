// Package fieldapi is the handheld's way in: photos that arrive in pieces over a poor network, and photos to look at.
package fieldapi

import (
	"log/slog"
	"net/http"
	"strings"

	"gridwork/domain/media"
	"gridwork/pg"
)

// UploadPath is where uploads are made and continued, by the tus protocol 1.0.0.
const UploadPath = "/field/v1/uploads/"

// Deps is what the field API needs of its process. The folders of Files are prepared.
type Deps struct {
	DB    *pg.DB
	Files media.Files
	Log   *slog.Logger
}

// New returns the field API:
//
//	POST /field/v1/uploads/                 begins an upload
//	HEAD, PATCH, DELETE …/uploads/{upload}  asks how far it is, continues it, gives it up
//	GET /photos/{id}/{copy|thumb|original}  shows a photo to whoever may see what it belongs to
//
// The request's actor is taken from its context. An upload needs none: reports may be anonymous.
func New(d Deps) http.Handler {
	mux := http.NewServeMux()
	uploads := newUploads(d)
	mux.Handle(UploadPath, uploads)
	mux.Handle(strings.TrimSuffix(UploadPath, "/"), uploads)
	mux.HandleFunc("GET /photos/{id}/{variant}", d.photo)
	return mux
}
