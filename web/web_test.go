package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gridwork/web"
)

func get(t *testing.T, path, encodings string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encodings)
	w := httptest.NewRecorder()
	web.Handler().ServeHTTP(w, r)
	return w.Result()
}

// The tests run on built pages: `make test` builds them first.
func TestEveryPageIsServedUnderAPolicyWithoutInlineScript(t *testing.T) {
	t.Parallel()
	for _, page := range web.Pages {
		for _, path := range []string{"/" + page, "/" + page + "/any/depth"} {
			answer := get(t, path, "")
			if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: status %d, %v", path, answer.StatusCode, answer.Header)
			}
			if policy := answer.Header.Get("Content-Security-Policy"); policy != web.CSP || strings.Contains(policy, "unsafe") {
				t.Errorf("%s: policy %q", path, policy)
			}
		}
	}
}

func TestTheExplorersPolicyIsLooserForStylesAlone(t *testing.T) {
	t.Parallel()
	answer := get(t, "/"+web.Explorer, "")
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d", answer.StatusCode)
	}
	for rule := range strings.SplitSeq(answer.Header.Get("Content-Security-Policy"), "; ") {
		if loose := strings.HasPrefix(rule, "style-src ") || strings.HasPrefix(rule, "font-src "); loose == strings.Contains(web.CSP, rule) {
			t.Errorf("%q", rule)
		}
	}
}

func TestABrowserThatTakesBrotliGetsIt(t *testing.T) {
	t.Parallel()
	script := scriptOf(t, "/tip")
	for accepted, want := range map[string]string{"gzip, deflate, br": "br", "gzip": "gzip", "": "", "identity": ""} {
		answer := get(t, script, accepted)
		if answer.Header.Get("Content-Encoding") != want || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("accepting %q: %v", accepted, answer.Header)
		}
	}
}

func TestWhatIsNotAPageIsNotFound(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/assets/none.js", "/tipped", "/../web.go", "/README"} {
		if answer := get(t, path, ""); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, answer.StatusCode)
		}
	}
}

// What a phone loads before it can be used, compressed; the map comes only when it is opened.
func TestAPhonesPageIsWithinItsBudget(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"/tip", "/field"} {
		total := 0
		for _, path := range append(loaded(t, page), page) {
			total += len(body(t, path, "br"))
		}
		t.Logf("%s: %d bytes", page, total)
		if total > 120<<10 {
			t.Errorf("%s loads %d bytes", page, total)
		}
	}
}

func body(t *testing.T, path, encodings string) []byte {
	t.Helper()
	b, err := io.ReadAll(get(t, path, encodings).Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var asset = regexp.MustCompile(`"(/assets/[^"]+)"`)

// loaded are the scripts and styles that a page names.
func loaded(t *testing.T, page string) (paths []string) {
	t.Helper()
	for _, found := range asset.FindAllSubmatch(body(t, page, ""), -1) {
		paths = append(paths, string(found[1]))
	}
	if len(paths) < 3 {
		t.Fatalf("%s names %v: was it built?", page, paths)
	}
	return paths
}

// scriptOf is the address of a page's script.
func scriptOf(t *testing.T, page string) string {
	t.Helper()
	var body strings.Builder
	if err := get(t, page, "").Write(&body); err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(body.String(), `src="`)
	script, _, _ := strings.Cut(after, `"`)
	if !found {
		t.Fatalf("%s names no script: was it built?", page)
	}
	return script
}
