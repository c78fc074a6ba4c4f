package harness

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Photo is a picture on somebody's phone.
type Photo struct {
	ID    uuid.UUID
	Bytes []byte
}

// Picture is a small JPEG whose metadata say something, as a camera's do.
func Picture(t testing.TB, metadata string) Photo {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		for y := range 48 {
			img.Set(x, y, color.RGBA{uint8(4 * x), uint8(5 * y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatalf("picture: %v", err)
	}
	return Photo{ID: pg.NewID(), Bytes: withComment(b.Bytes(), metadata)}
}

// withComment puts a comment segment right behind the start of a JPEG.
func withComment(picture []byte, comment string) []byte {
	size := len(comment) + 2
	segment := append([]byte{0xFF, 0xFE, byte(size >> 8), byte(size)}, comment...)
	return append(append(append([]byte{}, picture[:2]...), segment...), picture[2:]...)
}

// Input is the photo as a mutation declares it.
func (p Photo) Input() Vars {
	sum := sha256.Sum256(p.Bytes)
	return Vars{"id": p.ID, "sha256": hex.EncodeToString(sum[:])}
}

// Upload sends a photo by tus, in two parts, as a phone on a bad line does.
func (c *Client) Upload(p Photo) {
	c.t.Helper()
	place := c.Begin(p)
	half := len(p.Bytes) / 2
	for _, part := range []struct{ from, to int }{{0, half}, {half, len(p.Bytes)}} {
		if a := c.Continue(place, part.from, p.Bytes[part.from:part.to]); a.Status != http.StatusNoContent {
			c.t.Fatalf("upload: %d %s", a.Status, a.Body)
		}
	}
}

// Begin creates an upload and returns its path.
func (c *Client) Begin(p Photo) string {
	c.t.Helper()
	a := c.TryBegin(p)
	if a.Status != http.StatusCreated {
		c.t.Fatalf("upload: %d %s", a.Status, a.Body)
	}
	place, err := url.Parse(a.Header.Get("Location"))
	if err != nil || place.Path == "" {
		c.t.Fatalf("upload: location %q, %v", a.Header.Get("Location"), err)
	}
	return place.Path
}

// TryBegin is Begin for a photo that may be refused.
func (c *Client) TryBegin(p Photo) Answer {
	c.t.Helper()
	sum := sha256.Sum256(p.Bytes)
	return c.announce("/field/v1/uploads/", len(p.Bytes), fmt.Sprintf("photo %s,sha256 %s", encoded(p.ID.String()), encoded(hex.EncodeToString(sum[:]))))
}

// TryBring announces a file of another office, and returns whatever comes back.
func (c *Client) TryBring(name string, bytes int) Answer {
	c.t.Helper()
	return c.announce("/imports/v1/uploads/", bytes, "name "+encoded(name))
}

// Bring brings one in two parts, and returns the id that it is taken in by.
func (c *Client) Bring(name, text string) uuid.UUID {
	c.t.Helper()
	begun := c.TryBring(name, len(text))
	place := begun.Header.Get("Location")
	if begun.Status != http.StatusCreated {
		c.t.Fatalf("bring: %d %s", begun.Status, begun.Body)
	}
	half := len(text) / 2
	c.Continue(place, 0, []byte(text[:half]))
	last := c.Continue(place, half, []byte(text[half:]))
	id, err := uuid.Parse(last.Header.Get("Import-File"))
	if last.Status != http.StatusNoContent || err != nil {
		c.t.Fatalf("bring: %d %s, %v", last.Status, last.Body, err)
	}
	return id
}

func (c *Client) announce(path string, bytes int, metadata string) Answer {
	c.t.Helper()
	header := http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Length": {strconv.Itoa(bytes)}, "Upload-Metadata": {metadata}}
	a, err := c.exchange(c.t.Context(), http.MethodPost, path, header, nil)
	if err != nil {
		c.t.Fatalf("upload: %v", err)
	}
	return a
}

func encoded(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// Continue sends one part from an offset on.
func (c *Client) Continue(place string, offset int, part []byte) Answer {
	c.t.Helper()
	header := http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Offset": {strconv.Itoa(offset)}, "Content-Type": {"application/offset+octet-stream"}}
	a, err := c.exchange(c.t.Context(), http.MethodPatch, place, header, part)
	if err != nil {
		c.t.Fatalf("upload: %v", err)
	}
	return a
}

// Uploaded asks how many bytes of an upload have arrived.
func (c *Client) Uploaded(place string) int {
	c.t.Helper()
	a, err := c.exchange(c.t.Context(), http.MethodHead, place, http.Header{"Tus-Resumable": {"1.0.0"}}, nil)
	if err != nil {
		c.t.Fatalf("upload: %v", err)
	}
	n, err := strconv.Atoi(a.Header.Get("Upload-Offset"))
	if err != nil {
		c.t.Fatalf("upload: status %d, offset %q", a.Status, a.Header.Get("Upload-Offset"))
	}
	return n
}
