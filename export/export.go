// Package export is what people take away from the platform as a file: the register of cases, indicators, the report of a
// campaign. Each is a table, as CSV or XLSX, headed in Chinese or English.
package export

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/refusal"
	"gridwork/rowfile"
)

// Deps is what exports need of their process.
type Deps struct {
	DB    *pg.DB
	Atlas func() *cell.Atlas
	Log   *slog.Logger
	// RequestID names a request, in the log and to whoever is told that something went wrong.
	RequestID func(context.Context) string
}

// New returns the exports' routes. The request's actor is taken from its context. Every table takes "as" (csv, xlsx; xlsx
// without it) and "in" (zh, en; zh without it).
func New(d Deps) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /export/cases", d.table(cases))
	mux.Handle("GET /export/indicators", d.table(indicators))
	mux.Handle("GET /export/campaigns/{id}", d.table(campaign))
	mux.Handle("GET /export/imports/{id}", d.table(rejects))
	return mux
}

// table is a file in the making.
type table struct {
	name   words
	sheet  words // of a workbook: at most 31 characters, none of them /\?*:[]
	at     time.Time
	header []words
	rows   func(put func(row ...any) error) error // puts every row, and stops at the first that cannot be put
}

// words is the same in both languages.
type words struct{ zh, en string }

// order is a request for a table.
type order struct {
	*http.Request
	Deps
	english bool
	kind    rowfile.Kind
}

func (o order) say(w words) string {
	if o.english {
		return w.en
	}
	return w.zh
}

// table answers with a file. What can be refused is refused before its first byte; an error after that breaks the
// connection, so that half a file is not taken for a whole one.
func (d Deps) table(of func(context.Context, order) (table, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o := order{Request: r, Deps: d, english: r.FormValue("in") == "en", kind: rowfile.XLSX}
		if as := r.FormValue("as"); as != "" {
			o.kind = rowfile.Kind(as)
		}
		t, err := d.begin(o, of)
		if err != nil {
			d.refuse(w, r, err)
			return
		}
		h := w.Header()
		h.Set("Content-Type", o.kind.MediaType())
		h.Set("Content-Disposition", named(o.say(t.name)+" "+t.at.In(identity.City).Format(time.DateOnly)+"."+string(o.kind)))
		h.Set("Cache-Control", "no-store")
		if err := o.write(w, t); err != nil {
			d.Log.Warn("an export broke off", "request", d.RequestID(r.Context()), "error", err)
			panic(http.ErrAbortHandler)
		}
	})
}

func (d Deps) begin(o order, of func(context.Context, order) (table, error)) (table, error) {
	switch {
	case !actor.From(o.Context()).IsPerson():
		return table{}, refusal.ErrSignIn
	case o.kind != rowfile.CSV && o.kind != rowfile.XLSX:
		return table{}, fault.Invalid(rowfile.CodeFormat, "a file is csv or xlsx").At("as")
	}
	return of(o.Context(), o)
}

func (o order) write(to http.ResponseWriter, t table) error {
	header := make([]any, len(t.header))
	for i, h := range t.header {
		header[i] = o.say(h)
	}
	w, err := rowfile.NewWriter(to, o.kind, o.say(t.sheet), header...)
	if err != nil {
		return err
	}
	if err := t.rows(w.Write); err != nil {
		return err
	}
	return w.Close()
}

// refuse answers with an error.
func (d Deps) refuse(w http.ResponseWriter, r *http.Request, err error) {
	refusal.Write(w, refusal.Met(r.Context(), d.Log, "export", err, "request", d.RequestID(r.Context())))
}

// named is a file's name in a header, as RFC 8187 writes it.
func named(name string) string {
	return "attachment; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
