package server

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/handheld"
	"gridwork/domain/identity"
	"gridwork/domain/media"
	"gridwork/export"
	fieldapi "gridwork/field-app-api"
	"gridwork/graph"
	"gridwork/upload"
	"gridwork/web"
)

// handler is every route of the platform, on one page.
func (p *Process) handler(sockets context.Context) http.Handler {
	d := door{db: p.DB, sessions: identity.NewSessions(p.DB), keys: p.Keys, secure: p.Config.CookieSecure}
	intake := &clue.Intake{Atlas: p.Atlas, Keys: p.Keys}
	graphql := p.graphql(d, intake)
	field := fieldapi.New(fieldapi.Deps{DB: p.DB, Intake: intake, Files: p.Files, Log: p.Log,
		Badges: p.Badges, BadgeTTL: p.Config.BadgeTTL, Push: p.Push, SessionOf: sessionOf,
		Lines: handheld.Lines{Call: p.Config.HelpCall, Text: p.Config.HelpText}})

	public := http.NewServeMux()
	public.HandleFunc("GET /{$}", p.status)
	public.HandleFunc("GET /status.css", asset("status.css", "text/css; charset=utf-8"))
	public.HandleFunc("GET /status.svg", asset("status.svg", "image/svg+xml"))
	public.HandleFunc("GET "+fieldapi.BadgePath+"{code}", p.badgePage())
	public.HandleFunc("GET /badge.css", asset("badge.css", "text/css; charset=utf-8"))
	pages := web.Handler()
	screens := web.Pages
	if p.Config.Mode == Demo {
		screens = append(slices.Clone(screens), web.Explorer)
	}
	for _, page := range screens {
		public.Handle("/"+page, pages)
		public.Handle("/"+page+"/", pages)
	}
	for _, made := range []string{"/assets/", "/mark.svg", "/mark-192.png", "/mark-badge.png", "/sw.js", "/manifest.webmanifest"} {
		public.Handle("GET "+made, pages)
	}
	public.HandleFunc("GET /healthz", alive)
	public.HandleFunc("GET /readyz", p.ready)
	public.Handle("GET /metrics", promhttp.HandlerFor(p.Metrics, promhttp.HandlerOpts{}))

	known := http.NewServeMux()
	known.Handle("/graphql", untilShutdown(sockets, graphql))
	known.Handle("/field/v1/", field)
	known.Handle("GET /photos/{id}/{variant}", field)
	known.Handle("/export/", export.New(export.Deps{DB: p.DB, Atlas: p.Atlas, Log: p.Log, RequestID: RequestID}))
	known.Handle(upload.ImportPath, upload.Imports(p.DB, p.Imports, p.Log))
	public.Handle("/graphql", d.known(known))
	public.Handle("/field/v1/", d.known(known))
	public.Handle("/photos/", d.known(known))
	public.Handle("/export/", d.known(known))
	public.Handle(upload.ImportPath, d.known(known))

	return observed(p.Log, guarded(public))
}

// graphql is the API's endpoint with its hooks into the request.
func (p *Process) graphql(d door, intake *clue.Intake) http.Handler {
	handler, feed := graph.New(graph.Deps{
		DB: p.DB, Log: p.Log, Intake: intake, Brought: p.Imports, Visits: p.Visits, Pages: web.Documents(),
		SessionTTL: p.Config.SessionTTL, Rates: p.Rates, Remote: remoteOf,
		SetSession: d.setSession, SessionOf: sessionOf, Enter: d.Enter, RequestID: RequestID,
		MayFreeText: p.mayExplore, MayIntrospect: p.mayExplore, PhotoURL: photoURL,
	})
	p.OnCommit(feed.Wake)
	return p.remembersCaller(handler)
}

// photoURL is where the field API shows a rendering of a photo. Browsers keep one for good: a copy that was made anew has
// another address.
func photoURL(p media.Photo, v media.Variant) string {
	url := "/photos/" + p.ID.String() + "/" + string(v)
	if p.Rendering > 0 {
		url += "?rendering=" + strconv.Itoa(p.Rendering)
	}
	return url
}

// mayExplore says who may send documents of their own and read the schema: other systems, and everybody in the demo.
func (p *Process) mayExplore(ctx context.Context) bool {
	return p.Config.Mode == Demo || actor.From(ctx).Has(actor.Integration)
}

// untilShutdown ends the sockets' requests when the server stops; plain requests have the grace period instead.
func untilShutdown(sockets context.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") == "" {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(sockets, cancel)()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
