package server

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"gridwork/domain/badge"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/flood"
	"gridwork/pg"
)

var badgeTemplate = template.Must(template.ParseFS(pages, "page/badge.html"))

// badgeRate lets a stairwell full of residents look from one address.
var badgeRate = flood.Rate{PerSecond: 10, Burst: 50}

// busy is what is said of a code that nobody could look at.
const busy badge.Verdict = "busy"

// verdictStatus is the status under which each verdict is told: a page that is kept as good was good.
var verdictStatus = map[badge.Verdict]int{
	badge.OnDuty: http.StatusOK, badge.OffDuty: http.StatusOK, badge.Expired: http.StatusGone, badge.Withdrawn: http.StatusGone,
	badge.Unknown: http.StatusNotFound, busy: http.StatusServiceUnavailable,
}

type badgeView struct {
	Lang, Other, Second string
	T                   map[string]string
	Verdict             string
	Family, Until       string
	Places              []string
	Advice, Hotline     string
}

// badgePage tells whoever was shown a badge what it is worth. How often each verdict was told is counted; who looked, when, and at
// whose badge, is not.
func (p *Process) badgePage() http.HandlerFunc {
	limit := flood.New(badgeRate)
	looks := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "gridwork_badge_looks_total", Help: "Looks at a badge's page, by what it said."}, []string{"verdict"})
	p.Metrics.MustRegister(looks)
	for _, v := range append([]badge.Verdict{busy}, badge.Verdicts...) {
		looks.WithLabelValues(string(v))
	}
	return func(w http.ResponseWriter, r *http.Request) {
		seen, err := badge.Sight{}, limit.Wait(r.Context(), p.remoteHost(r))
		if err == nil {
			seen, err = pg.ReadVal(r.Context(), p.DB, func(tx *pg.Tx) (badge.Sight, error) { return p.Badges.Look(r.Context(), tx, r.PathValue("code")) })
		}
		if err != nil {
			if _, known := fault.As(err); !known && r.Context().Err() == nil {
				p.Log.Error("badge page", "error", err)
			}
			seen = badge.Sight{Verdict: busy}
		}
		looks.WithLabelValues(string(seen.Verdict)).Inc()
		p.tellBadge(w, r, seen)
	}
}

func (p *Process) tellBadge(w http.ResponseWriter, r *http.Request, seen badge.Sight) {
	lang := language(r)
	v := badgeView{Lang: lang, Other: otherLanguage[lang], Second: badgeWords[otherLanguage[lang]][string(seen.Verdict)], T: badgeWords[lang],
		Verdict: string(seen.Verdict), Family: seen.Family, Places: placeLines(seen.Places, lang), Hotline: p.Config.Hotline,
		Advice: badgeWords[lang]["advice_"+string(seen.Verdict)]}
	if seen.Family != "" {
		v.Until = seen.Until.In(identity.City).Format("15:04")
	}
	var page bytes.Buffer
	if err := badgeTemplate.Execute(&page, v); err != nil {
		p.Log.Error("badge page", "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	if seen.Verdict == busy {
		h.Set("Retry-After", "5")
	}
	w.WriteHeader(verdictStatus[seen.Verdict])
	_, _ = w.Write(page.Bytes()) // the client may be gone
}

// placeLines are regions as a reader takes them in: a line for each street, with its communities, which follow it.
func placeLines(regions []cell.Region, lang string) (lines []string) {
	street, parted := "", false
	for _, r := range regions {
		name, first, next := r.NameZH, " ", "、"
		if lang == "en" {
			name, first, next = r.NameEN, ": ", ", "
		}
		switch within := street != "" && strings.HasPrefix(r.Code, street); {
		case !within:
			lines = append(lines, name)
			if r.Level == cell.Street {
				street, parted = r.Code, false
			}
		case parted:
			lines[len(lines)-1] += next + name
		default:
			lines[len(lines)-1] += first + name
			parted = true
		}
	}
	return lines
}
