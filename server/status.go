package server

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"gridwork/actor"
	"gridwork/web"
)

//go:embed page
var pages embed.FS

var statusPage = template.Must(template.ParseFS(pages, "page/status.html"))

// started is when this program began.
var started = time.Now()

// Account is a sign-in that the demo city offers.
type Account struct {
	Role     actor.Role
	WhereZH  string
	WhereEN  string
	Login    string
	Password string
}

// shownAccount is an account in the reader's language.
type shownAccount struct{ RoleName, Where, Login, Password string }

type statusView struct {
	Lang, Other string
	T           map[string]string
	Health      health
	Cells       int
	Schematic   bool
	Up          string
	Accounts    []shownAccount
	Explorer    string // the page of whoever builds on the API; "" where there is none
}

// status is the plain page at /, for whoever wants to know whether the platform runs and where its doors are.
func (p *Process) status(w http.ResponseWriter, r *http.Request) {
	lang := language(r)
	v := statusView{Lang: lang, Other: otherLanguage[lang], T: statusWords[lang], Health: p.health(r.Context()),
		Cells: p.Atlas().Len(), Schematic: p.Atlas().Schematic(), Up: time.Since(started).Round(time.Second).String()}
	for _, a := range p.Accounts {
		where := a.WhereZH
		if lang == "en" {
			where = a.WhereEN
		}
		v.Accounts = append(v.Accounts, shownAccount{roleWords[a.Role][lang], where, a.Login, a.Password})
	}
	if p.Config.Mode == Demo {
		v.Explorer = web.Explorer
	}
	var page bytes.Buffer
	if err := statusPage.Execute(&page, v); err != nil {
		p.Log.Error("status page", "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Vary", "Accept-Language")
	_, _ = w.Write(page.Bytes())
}

// asset serves a file of the status page.
func asset(name, contentType string) http.HandlerFunc {
	body, err := pages.ReadFile("page/" + name)
	if err != nil {
		panic(err) // embedded at build time
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "max-age=3600")
		_, _ = w.Write(body)
	}
}

var otherLanguage = map[string]string{"zh": "en", "en": "zh"}

// language is Chinese unless the reader asks for English, by ?lang= or by the browser's first preference.
func language(r *http.Request) string {
	switch r.URL.Query().Get("lang") {
	case "en":
		return "en"
	case "zh":
		return "zh"
	}
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "en") {
		return "en"
	}
	return "zh"
}
