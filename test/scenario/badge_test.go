package scenario

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gridwork/test/harness"
)

// shows fetches the badge of a handheld, and returns the path that its code leads to.
func (p *phone) shows(t *testing.T) string {
	t.Helper()
	a := p.client.Call(http.MethodGet, "/field/v1/badge?device="+p.ID.String(), nil)
	var b struct{ Path string }
	if err := json.Unmarshal(a.Body, &b); err != nil || a.Status != http.StatusOK {
		t.Fatalf("the badge: %d %s", a.Status, a.Body)
	}
	return b.Path
}

func TestAResidentLooksAtTheBadgeOfWhoeverIsAtTheDoor(t *testing.T) {
	t.Parallel()
	s := open(t)

	// Given a grid worker at a door with a badge on the handheld,
	phone := s.phone(s.Worker)
	path := phone.shows(t)

	// whoever scans it sees in their own language who it is and until when, without a script and without being remembered;
	resident := s.Anyone()
	said := func(path string, status int, pieces ...string) {
		t.Helper()
		a := resident.Get(path)
		page := string(a.Body)
		if a.Status != status || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Set-Cookie") != "" || strings.Contains(page, "<script") || strings.Contains(page, "style=") {
			t.Errorf("%.20s…: %d %v %s", path, a.Status, a.Header, page)
		}
		for _, piece := range pieces {
			if !strings.Contains(page, piece) {
				t.Errorf("%.20s…: %q is missing: %s", path, piece, page)
			}
		}
		if strings.Contains(page, s.Worker.Name) || strings.Contains(page, s.Worker.Login) || strings.Contains(page, s.Worker.ID.String()) {
			t.Errorf("%.20s…: more than a resident needs: %s", path, page)
		}
	}
	said(path+"?lang=zh", http.StatusOK, "是在岗的网格员", "测网格员", "南园街道 第1社区", "09:40", "tel:12345")
	said(path+"?lang=en", http.StatusOK, "A grid worker on duty", "Grid worker 测", "Nanyuan Subdistrict: Community 1", "是在岗的网格员")

	// what nobody signed is told in one way, whatever it is,
	forged := resident.Get("/badge/" + strings.Repeat("A", 43) + "?lang=en")
	for _, other := range []string{"/badge/x?lang=en", path[:len(path)-1] + "?lang=en", "/badge/" + strings.Repeat("9", 900) + "?lang=en"} {
		if a := resident.Get(other); a.Status != http.StatusNotFound || string(a.Body) != string(forged.Body) {
			t.Errorf("%.20s…: %d %s", other, a.Status, a.Body)
		}
	}
	said("/badge/"+strings.Repeat("A", 43)+"?lang=zh", http.StatusNotFound, "不是平台的工牌", "tel:12345")

	// a code that is over says so, and a handheld that was revoked shows none, at once.
	s.Advance(11 * time.Minute)
	said(path+"?lang=zh", http.StatusGone, "此码已过期")
	path = phone.shows(t)
	harness.Ask[any](s.As(s.DutyLead), `mutation ($in: RevokeDeviceInput!) { revokeDevice(input: $in) { errors { code } } }`,
		harness.Vars{"in": harness.Vars{"device": phone.ID, "reason": "丢失"}})
	said(path+"?lang=en", http.StatusGone, "This badge was withdrawn")

	// Nothing of it all is kept but how often each was said.
	metrics := string(resident.Get("/metrics").Body)
	for _, line := range []string{`gridwork_badge_looks_total{verdict="on_duty"} 2`, `gridwork_badge_looks_total{verdict="unknown"} 5`, `gridwork_badge_looks_total{verdict="withdrawn"} 1`} {
		if !strings.Contains(metrics, line) {
			t.Errorf("no %s", line)
		}
	}
	code := strings.TrimPrefix(path, "/badge/")
	for place, content := range s.Kept() {
		if strings.Contains(content, code) {
			t.Errorf("%s keeps the code", place)
		}
	}
}
