// Package web is what people see: one page for each kind of user, built by Vite, embedded, and served as it was built.
package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// A tree that was never built holds nothing but a note: the program builds and serves without its pages.
//
//go:embed all:dist
var built embed.FS

//go:embed src/api/generated/persisted-documents.json
var documents []byte

// Pages are the screens, each at its own path.
var Pages = []string{"tip", "field", "desk", "dept", "wall", "admin", "codes"}

// Explorer is the page of whoever builds on the API, which sends documents of its own making.
const Explorer = "graphiql"

// Documents are the operations that the pages send, by the hex SHA-256 of each.
var Documents = sync.OnceValue(func() map[string]string {
	var listed, bare map[string]string = nil, map[string]string{}
	if err := json.Unmarshal(documents, &listed); err != nil {
		panic(fmt.Errorf("the pages' trusted documents: %w", err)) // they are compiled in
	}
	for hash, text := range listed {
		bare[strings.TrimPrefix(hash, "sha256:")] = text
	}
	return bare
})

// CSP is what the pages may load: their own scripts and styles, pictures that they made themselves, and the API.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; " +
	"worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// explorerCSP is for a page of others' making, which brings its type with its styles and makes some of these as it goes. It runs no other script.
var explorerCSP = strings.NewReplacer("style-src 'self'", "style-src 'self' 'unsafe-inline'", "font-src 'self'", "font-src 'self' data:").Replace(CSP)

// Handler serves the pages and what they load. A name that carries the hash of its content is kept for good by browsers; a
// page is asked for anew each time.
func Handler() http.Handler {
	dist, err := fs.Sub(built, "dist/pages")
	if err != nil {
		panic(err) // embedded at build time
	}
	return handler{dist}
}

type handler struct{ dist fs.FS }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	lasting := strings.HasPrefix(name, "assets/")
	if page, _, _ := strings.Cut(name, "/"); slices.Contains(Pages, page) || page == Explorer {
		name = page + ".html"
	}
	body, encoding, err := h.pick(name, r.Header.Get("Accept-Encoding"))
	if err != nil {
		h.missing(w, name)
		return
	}
	header := w.Header()
	header.Set("Content-Type", typeOf(name))
	header.Set("Vary", "Accept-Encoding")
	header.Set("Content-Security-Policy", policyOf(name))
	header.Set("Cache-Control", "no-cache")
	if lasting {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	r.Header.Del("Range") // half of a packed file is nothing
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func policyOf(name string) string {
	if name == Explorer+".html" {
		return explorerCSP
	}
	return CSP
}

// typeOf is what a file is; systems do not all know what a page's manifest is.
func typeOf(name string) string {
	if ext := path.Ext(name); ext != ".webmanifest" {
		return mime.TypeByExtension(ext)
	}
	return "application/manifest+json"
}

// pick finds a file in the smallest form that the browser takes.
func (h handler) pick(name, accepted string) (body []byte, encoding string, err error) {
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !takes(accepted, form.encoding) {
			continue
		}
		if body, err = fs.ReadFile(h.dist, name+form.suffix); err == nil {
			return body, form.encoding, nil
		}
	}
	body, err = fs.ReadFile(h.dist, name)
	return body, "", err
}

// takes reads Accept-Encoding as browsers send it; whoever weighs encodings gets the plain file.
func takes(accepted, encoding string) bool {
	for part := range strings.SplitSeq(accepted, ",") {
		if strings.TrimSpace(part) == encoding {
			return true
		}
	}
	return false
}

func (h handler) missing(w http.ResponseWriter, name string) {
	if strings.HasSuffix(name, ".html") {
		http.Error(w, "the pages were not built: run `make build`", http.StatusNotFound)
		return
	}
	http.Error(w, "not found", http.StatusNotFound)
}
