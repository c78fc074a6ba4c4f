//go:build chaos

package chaos

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/fieldwork"
	"gridwork/domain/handheld"
	"gridwork/pg"
	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const (
	patience = 8 * time.Second // when a handheld gives up on one request
	pausing  = 4 * time.Second // between two rounds of its work, on average
)

// operation is what was done on a handheld, and what became of it there.
type operation struct {
	id     uuid.UUID
	body   map[string]any // as it is pushed
	answer *fieldwork.Answer
	photo  *shipment
	clue   bool
}

// shipment is a photo on its way.
type shipment struct {
	harness.Photo
	place string // of the upload; "" before it has begun
	there bool
}

// device is a handheld with its outbox and with what it has pulled.
type device struct {
	*fixture.Handheld
	c          *crew
	token      string
	http       *http.Client
	n          int // which one
	operations []*operation
	cursor     string
	held       map[handheld.Key]string
	told       map[string]bool // verifications that it has answered
	failures   int
}

// round is a little of a shift: something is seen, what is asked is answered, and what can be sent is sent.
func (d *device) round(ctx context.Context, works bool) {
	if works {
		d.see()
		d.answer()
	}
	d.push(ctx)
	for _, o := range d.operations {
		if o.photo != nil && !o.photo.there {
			d.ship(ctx, o.photo)
		}
	}
	d.pull(ctx)
}

func (d *device) position() map[string]any {
	lon, lat := fixture.Centre(fixture.Nanyuan, d.n%8)
	return map[string]any{"lon": lon, "lat": lat, "datum": "wgs84", "accuracy": 10, "source": "gnss", "mocked": false, "capturedAt": time.Now().UTC()}
}

func (d *device) keep(o *operation, kind string, body map[string]any) {
	o.body = d.Operation(o.id, kind, time.Now(), body)
	d.operations = append(d.operations, o)
}

// see reports something, every other time with a photo.
func (d *device) see() {
	o := &operation{id: pg.NewID(), clue: true}
	photos := []map[string]any{}
	if rand.IntN(2) == 0 {
		o.photo = &shipment{Photo: harness.Picture(d.c.p.t, strings.Repeat(o.id.String(), 500))} // 18 kB
		photos = append(photos, o.photo.Input())
	}
	d.keep(o, "clue.submit", map[string]any{"text": fmt.Sprintf("楼道杂物 %d", d.n), "category": fixture.BlockedExit, "anonymous": false, "position": d.position(), "photos": photos})
}

// answer tells of each verification that was pulled that it is so. A colleague with the same tasks may have been faster.
func (d *device) answer() {
	for key := range d.held {
		if key.Kind == handheld.Verification && !d.told[key.ID] {
			d.told[key.ID] = true
			d.keep(&operation{id: pg.NewID()}, "verification.answer", map[string]any{"task": key.ID, "confirmed": true, "note": "属实", "position": d.position(), "photos": []any{}})
		}
	}
}

// push sends what was not answered yet, the newest first every other time: the order means nothing.
func (d *device) push(ctx context.Context) {
	open := map[string]*operation{}
	var batch []any
	for _, o := range d.operations {
		if o.answer == nil && len(batch) < 20 {
			open[o.id.String()] = o
			batch = append(batch, o.body)
		}
	}
	if len(batch) == 0 {
		return
	}
	rand.Shuffle(len(batch), func(i, j int) { batch[i], batch[j] = batch[j], batch[i] })
	body, err := json.Marshal(map[string]any{"device": d.ID, "operations": batch})
	if err != nil {
		d.c.p.t.Error(err)
		return
	}
	var heard struct{ Results []fieldwork.Answer }
	if !d.ask(ctx, http.MethodPost, "/field/v1/push", http.Header{"Content-Type": {"application/json"}}, body, &heard) {
		return
	}
	for _, a := range heard.Results {
		if a.Status == fieldwork.Rejected {
			if !a.Retry {
				d.c.p.t.Errorf("%s is rejected: %+v", a.ID, a.Error)
			}
			continue
		}
		if o := open[a.ID]; o != nil {
			o.answer = &a
		}
	}
}

// pull puts in what is new, and forgets what is gone.
func (d *device) pull(ctx context.Context) {
	var delta handheld.Delta
	if !d.ask(ctx, http.MethodGet, "/field/v1/pull?device="+d.ID.String()+"&cursor="+d.cursor, http.Header{}, nil, &delta) {
		return
	}
	d.put(delta)
}

func (d *device) put(delta handheld.Delta) {
	if delta.Reset {
		clear(d.held)
	}
	for _, k := range delta.Removed {
		delete(d.held, k)
	}
	for _, i := range delta.Items {
		d.held[i.Key] = string(i.Body)
	}
	d.cursor = delta.Cursor
}

// ship sends a photo from where it was broken off.
func (d *device) ship(ctx context.Context, s *shipment) {
	tus := func() http.Header { return http.Header{"Tus-Resumable": {"1.0.0"}} }
	if s.place == "" {
		sum := sha256.Sum256(s.Bytes)
		header := tus()
		header.Set("Upload-Length", strconv.Itoa(len(s.Bytes)))
		header.Set("Upload-Metadata", "photo "+packed(s.ID.String())+",sha256 "+packed(hex.EncodeToString(sum[:])))
		answer, ok := d.send(ctx, http.MethodPost, "/field/v1/uploads/", header, nil)
		if !ok || answer.StatusCode != http.StatusCreated {
			return
		}
		s.place = answer.Header.Get("Location")
		if at := strings.Index(s.place, "/field/"); at > 0 {
			s.place = s.place[at:]
		}
	}
	answer, ok := d.send(ctx, http.MethodHead, s.place, tus(), nil)
	if !ok {
		return
	}
	if answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone {
		s.place = "" // begun anew
		return
	}
	from, err := strconv.Atoi(answer.Header.Get("Upload-Offset"))
	if err != nil {
		return
	}
	if from < len(s.Bytes) {
		header := tus()
		header.Set("Upload-Offset", strconv.Itoa(from))
		header.Set("Content-Type", "application/offset+octet-stream")
		if answer, ok = d.send(ctx, http.MethodPatch, s.place, header, s.Bytes[from:]); !ok || answer.StatusCode != http.StatusNoContent {
			return
		}
		from, _ = strconv.Atoi(answer.Header.Get("Upload-Offset")) // none: asked again in the next round
	}
	s.there = from == len(s.Bytes)
}

func packed(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// ask sends a request and reads its answer whole; false: the line broke it, or the server asks to come again.
func (d *device) ask(ctx context.Context, method, path string, header http.Header, body []byte, into any) bool {
	answer, ok := d.send(ctx, method, path, header, body)
	if !ok || answer.StatusCode == http.StatusServiceUnavailable {
		return false
	}
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		d.c.p.t.Errorf("%s %s: %d %s", method, path, answer.StatusCode, text)
		return false
	}
	return err == nil && json.Unmarshal(text, into) == nil
}

// send sends a request, whose answer is there in memory or is not there at all.
func (d *device) send(ctx context.Context, method, path string, header http.Header, body []byte) (*http.Response, bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, d.c.line.url+path, bytes.NewReader(body))
	if err != nil {
		d.c.p.t.Error(err)
		return nil, false
	}
	request.Header = header
	request.Header.Set("Authorization", "Bearer "+d.token)
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("10.9.%d.%d", d.n/200, d.n%200))
	response, err := d.http.Do(request)
	if err != nil {
		d.failures++
		return nil, false
	}
	text, err := io.ReadAll(response.Body)
	if closed := response.Body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		d.failures++
		return nil, false
	}
	response.Body = io.NopCloser(bytes.NewReader(text))
	return response, true
}

// empty reports whether all that was done is safe at the server.
func (d *device) empty() bool {
	for _, o := range d.operations {
		if o.answer == nil || o.photo != nil && !o.photo.there {
			return false
		}
	}
	return true
}
