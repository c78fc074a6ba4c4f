package server

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/pg"
)

// keyPrefix tells another system's API key from a session token.
const keyPrefix = "gw_"

// door finds out who stands behind a request.
type door struct {
	db       *pg.DB
	sessions *identity.Sessions
	keys     *vault.Keys
	secure   bool
}

// cookie is the session cookie's name: with TLS, one that no other host and no script can set.
func (d door) cookie() string {
	if d.secure {
		return "__Host-gridwork"
	}
	return "gridwork"
}

// known puts the actor behind the request into its context. A token that is over is answered with 401;
// a cookie that is over is forgotten, so that an anonymous page goes on working.
func (d door) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, fromCookie := d.token(r)
		if token == "" {
			next.ServeHTTP(w, r)
			return
		}
		ctx, err := d.Enter(r.Context(), token)
		if _, denied := fault.As(err); denied && fromCookie {
			d.setCookie(w, "", time.Unix(0, 0))
		} else if err != nil {
			refuse(w, err)
			return
		}
		if this, ok := ctx.Value(requestKey{}).(*request); ok {
			this.actor = actor.From(ctx)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Enter returns ctx with the actor behind a session token or an API key. On error ctx is returned as it was.
func (d door) Enter(ctx context.Context, token string) (context.Context, error) {
	a, expires, err := d.who(ctx, token)
	if err != nil {
		return ctx, err
	}
	a.Mark = d.keys.MarkOf(a.ID)
	return context.WithValue(actor.With(ctx, a), sessionKey{}, session{token, expires}), nil
}

// who is behind a token, and until when.
func (d door) who(ctx context.Context, token string) (*actor.Actor, time.Time, error) {
	if strings.HasPrefix(token, keyPrefix) {
		a, err := pg.ReadVal(ctx, d.db, func(tx *pg.Tx) (*actor.Actor, error) { return identity.EnterWithKey(ctx, tx, token) })
		return a, time.Time{}, err
	}
	a, session, err := d.sessions.Enter(ctx, token)
	return a, session.Expires, err
}

func (d door) token(r *http.Request) (token string, fromCookie bool) {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return strings.TrimSpace(bearer), false
	}
	if c, err := r.Cookie(d.cookie()); err == nil {
		return c.Value, true
	}
	return "", false
}

// setSession is setCookie for the request in ctx.
func (d door) setSession(ctx context.Context, token string, expires time.Time) {
	if w, ok := ctx.Value(callerKey{}).(caller); ok {
		d.setCookie(w.answer, token, expires)
	}
}

// setCookie gives the browser its session, or takes it away with a time in the past.
func (d door) setCookie(w http.ResponseWriter, token string, expires time.Time) {
	http.SetCookie(w, &http.Cookie{Name: d.cookie(), Value: token, Path: "/", Expires: expires,
		Secure: d.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

type sessionKey struct{}

// session is the one that a request came with; it has no end for an API key.
type session struct {
	token   string
	expires time.Time
}

func sessionOf(ctx context.Context) (token string, expires time.Time) {
	s, _ := ctx.Value(sessionKey{}).(session)
	return s.token, s.expires
}

// refuse answers a request that never reached its handler, in the form of a GraphQL error and in that of the field API.
func refuse(w http.ResponseWriter, err error) {
	status, code, message := http.StatusServiceUnavailable, "STORE_BUSY", "the store is busy, try again"
	if f, ok := fault.As(err); ok && f.Kind != fault.KindBusy {
		status, code, message = http.StatusUnauthorized, f.Code, f.Message
	} else {
		w.Header().Set("Retry-After", "2")
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "message": message, "errors": []any{
		map[string]any{"message": message, "extensions": map[string]string{"code": code}}}})
}
