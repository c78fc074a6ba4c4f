package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"gridwork/actor"
	"gridwork/domain/audit"
)

type requestKey struct{}

// request is what the log says of a request once it is over. It names no address, no path below the route and no
// reporter: whoever may report is logged as a role only, since the time of a request and of a clue would tell the rest.
type request struct {
	id    string
	actor *actor.Actor
}

// RequestID names the request, in the log and in what a client is told of an internal error.
func RequestID(ctx context.Context) string {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r.id
	}
	return ""
}

// observed gives the request its id, answers a panic with 500, and logs how it went.
func observed(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		this := &request{id: rand.Text()[:16], actor: actor.Anonymous}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, this))
		w.Header().Set("X-Request-Id", this.id)
		out := &answer{ResponseWriter: w}
		defer func() {
			if v := recover(); v != nil {
				if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(v)
				}
				// The value may quote what a reporter wrote: the stack says enough.
				log.Error("panic in request", "request", this.id, "type", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
				if out.status == 0 {
					http.Error(out, "internal error "+this.id, http.StatusInternalServerError)
				}
			}
			log.LogAttrs(r.Context(), level(out.status), "request", slog.String("request", this.id), slog.String("route", r.Pattern),
				slog.Int("status", out.status), slog.Duration("took", time.Since(begun)), slog.String("actor", named(this.actor)))
		}()
		next.ServeHTTP(out, r)
	})
}

// reporters are the roles whose requests are logged without an id.
var reporters = []actor.Role{actor.Volunteer, actor.GridWorker}

func named(a *actor.Actor) string {
	id, role := audit.Who(a)
	mayReport := slices.ContainsFunc(reporters, a.Has)
	if id == nil || mayReport {
		return role
	}
	return role + " " + id.String()
}

func level(status int) slog.Level {
	switch {
	case status == http.StatusServiceUnavailable: // busy: the client was told to come again, as it should be
		return slog.LevelWarn
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	}
	return slog.LevelDebug
}

// answer remembers the status. Unwrap lets websockets and deadlines reach the connection.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// guarded sets the headers under which a browser treats every answer of ours.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
		next.ServeHTTP(w, r)
	})
}
