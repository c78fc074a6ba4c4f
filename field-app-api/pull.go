package fieldapi

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"gridwork/domain/handheld"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/refusal"
)

// pull brings the handheld of whoever is signed in up to date. Its answer is the difference between what the handheld says it has
// and what it should have, and is sent when the platform has noted that it may have it.
func (d Deps) pull(w http.ResponseWriter, r *http.Request) {
	if err := signedIn(r); err != nil {
		refusal.Write(w, err)
		return
	}
	ask, err := asked(r)
	ask.Lines = d.Lines
	if err != nil {
		refusal.Write(w, err)
		return
	}
	var delta handheld.Delta
	err = d.DB.Snapshot(r.Context(), func(tx *pg.Tx) (err error) {
		delta, err = handheld.Pull(r.Context(), tx, ask)
		return err
	})
	if err != nil {
		d.fail(w, r, "pull", err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Accept-Encoding, Authorization, Cookie")
	h.Set("ETag", tag(delta.Cursor))
	if has(r, delta.Cursor) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/json")
	out, end := packed(w, r)
	defer end()
	w.WriteHeader(http.StatusOK)
	_ = json.NewEncoder(out).Encode(delta) // the client may be gone
}

func asked(r *http.Request) (ask handheld.Ask, err error) {
	query := r.URL.Query()
	ask.Cursor = query.Get("cursor")
	if text := query.Get("device"); text != "" {
		if ask.Device, err = uuid.Parse(text); err != nil {
			return ask, fault.Invalid("DEVICE_ID", "a device's id is a UUID").At("device")
		}
	}
	return ask, nil
}

// tag is weak, because the same answer comes packed and plain.
func tag(cursor string) string { return `W/"` + cursor + `"` }

// has reports whether the client says that it has what the cursor names.
func has(r *http.Request, cursor string) bool {
	return slices.ContainsFunc(r.Header.Values("If-None-Match"), func(line string) bool {
		return strings.Contains(line, `"`+cursor+`"`)
	})
}

// packed compresses an answer for a client that takes it so: the network is poor, and most of it is text.
func packed(w http.ResponseWriter, r *http.Request) (out io.Writer, end func()) {
	takes := slices.ContainsFunc(strings.Split(r.Header.Get("Accept-Encoding"), ","), func(coding string) bool {
		name, weight, _ := strings.Cut(strings.TrimSpace(coding), ";")
		return strings.EqualFold(strings.TrimSpace(name), "gzip") && strings.TrimSpace(weight) != "q=0"
	})
	if !takes {
		return w, func() {}
	}
	w.Header().Set("Content-Encoding", "gzip")
	zip := gzip.NewWriter(w)
	return zip, func() { _ = zip.Close() } // the client may be gone
}
