package fieldapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gridwork/domain/tile"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/refusal"
)

// ground is what everybody may see of the map: a reporter points at it before they have a name.
var ground = []tile.Layer{tile.Regions, tile.Borders, tile.Cells}

// tile draws a vector tile: the ground for everybody, cases and premises for whoever is signed in. It is drawn anew each time, since what a viewer may see changes without
// the map knowing; what has not changed is not sent again.
func (d Deps) tile(w http.ResponseWriter, r *http.Request) {
	at, layers, err := tileOf(r)
	if err == nil && (len(layers) == 0 || slices.ContainsFunc(layers, func(l tile.Layer) bool { return !slices.Contains(ground, l) })) {
		err = signedIn(r)
	}
	if err != nil {
		refusal.Write(w, err)
		return
	}
	drawn, err := pg.ReadVal(r.Context(), d.DB, func(tx *pg.Tx) ([]byte, error) { return tile.Draw(r.Context(), tx, at, layers) })
	if err != nil {
		d.fail(w, r, "draw a tile", err)
		return
	}
	sendTile(w, r, drawn)
}

// tileOf reads the tile's address and the layers that are asked for.
func tileOf(r *http.Request) (t geo.Tile, layers []tile.Layer, err error) {
	var address [3]int
	for i, name := range []string{"z", "x", "y"} {
		if address[i], err = strconv.Atoi(r.PathValue(name)); err != nil {
			return t, nil, fault.Invalid(geo.CodeTile, "zoom, column and row are whole numbers").At(name)
		}
	}
	if asked := r.URL.Query().Get("layers"); asked != "" {
		for name := range strings.SplitSeq(asked, ",") {
			layers = append(layers, tile.Layer(name))
		}
	}
	t, err = geo.NewTile(address[0], address[1], address[2])
	return t, layers, err
}

// sendTile sends a tile that the viewer's browser alone keeps, and asks for again before it shows it again.
func sendTile(w http.ResponseWriter, r *http.Request, drawn []byte) {
	sum := sha256.Sum256(drawn)
	h := w.Header()
	h.Set("Content-Type", "application/vnd.mapbox-vector-tile")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Accept-Encoding, Authorization, Cookie")
	h.Set("ETag", `W/"`+hex.EncodeToString(sum[:16])+`"`) // weak: zipped or not, it is the same tile
	if len(drawn) > zipFrom && takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		drawn = zipped(drawn)
	}
	r.Header.Del("Range") // half a tile is nothing
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(drawn))
}

// zipFrom is the size from which zipping is worth it, in bytes: less goes into one packet anyway.
const zipFrom = 1200

func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name == "gzip" {
			return strings.Trim(strings.TrimPrefix(quality, "q="), "0.") != "" || quality == ""
		}
	}
	return false
}

// zippers are kept: each has a megabyte of tables.
var zippers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // a level that there is
	return z
}}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(&out)
	_, _ = z.Write(b) // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}
