// Package fieldapi is the handheld's way in, and a contract on which any app can be built: devices that are known by their
// keys, what they carry along to work a shift without network, work that was signed on the spot and arrives late, photos that
// arrive in pieces over a poor network, and photos to look at.
package fieldapi

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"gridwork/domain/badge"
	"gridwork/domain/clue"
	"gridwork/domain/handheld"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// UploadPath is where uploads are made and continued, by the tus protocol 1.0.0.
const UploadPath = "/field/v1/uploads/"

// Deps is what the field API needs of its process. The folders of Files are prepared.
type Deps struct {
	DB     *pg.DB
	Intake *clue.Intake
	Files  media.Files
	Lines  handheld.Lines // whom a handheld turns to in need, without network
	Log    *slog.Logger

	Badges   badge.Key
	BadgeTTL time.Duration // how long one is good that is not renewed

	Push      *notify.Push // nil: no notifications
	SessionOf func(context.Context) (token string, expires time.Time)
}

// route is one operation of the contract.
type route struct {
	method, path string
	do           http.Handler
}

// routes is every operation, in the contract's order.
func (d Deps) routes() []route {
	uploads := newUploads(d)
	return []route{
		{"GET", "/field/v1/openapi.yaml", http.HandlerFunc(contract)},
		{"POST", "/field/v1/devices", http.HandlerFunc(d.enrol)},
		{"GET", "/field/v1/badge", http.HandlerFunc(d.badge)},
		{"GET", "/field/v1/notifications", http.HandlerFunc(d.notifications)},
		{"PUT", "/field/v1/notifications/{device}", http.HandlerFunc(d.subscribe)},
		{"DELETE", "/field/v1/notifications/{device}", http.HandlerFunc(d.unsubscribe)},
		{"GET", "/field/v1/pull", http.HandlerFunc(d.pull)},
		{"POST", "/field/v1/push", http.HandlerFunc(d.push)},
		{"GET", "/field/v1/tiles/{z}/{x}/{y}", http.HandlerFunc(d.tile)},
		{"POST", UploadPath, uploads},
		{"HEAD", UploadPath + "{upload}", uploads},
		{"PATCH", UploadPath + "{upload}", uploads},
		{"DELETE", UploadPath + "{upload}", uploads},
		{"GET", "/photos/{id}/{variant}", http.HandlerFunc(d.photo)},
	}
}

// New returns the field API. What it does is written in the contract. The request's actor is taken from its context; an
// upload needs none, since reports may be anonymous.
func New(d Deps) http.Handler {
	mux := http.NewServeMux()
	var uploads http.Handler
	for _, r := range d.routes() {
		if strings.HasPrefix(r.path, UploadPath) {
			uploads = r.do
			continue
		}
		mux.Handle(r.method+" "+r.path, r.do)
	}
	// tusd answers for all methods, also OPTIONS.
	mux.Handle(UploadPath, uploads)
	mux.Handle(strings.TrimSuffix(UploadPath, "/"), uploads)
	return mux
}
