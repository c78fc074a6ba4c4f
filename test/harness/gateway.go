package harness

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

const gatewayToken = "gateway-token-of-a-test"

// Text is a text message as the provider got it.
type Text struct {
	Key   string // of idempotency
	Phone string
	Body  string
}

// gateway is an SMS provider that sends nothing and remembers everything.
type gateway struct {
	URL string

	mu       sync.Mutex
	texts    []Text
	seen     map[string]bool // keys of idempotency
	expected map[string]bool // keys of those that a story has asked for
	refuses  int             // the status to refuse with; 0 = takes
	strange  []string        // requests that are no proper ones
}

func (g *gateway) open(t testing.TB) {
	g.seen, g.expected = map[string]bool{}, map[string]bool{}
	s := httptest.NewServer(http.HandlerFunc(g.take))
	g.URL = s.URL
	t.Cleanup(s.Close)
}

func (g *gateway) take(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.refuses != 0 {
		w.WriteHeader(g.refuses)
		return
	}
	var body struct {
		ID    string `json:"id"`
		Phone string `json:"phone"`
		Text  string `json:"text"`
	}
	err := json.NewDecoder(r.Body).Decode(&body)
	key := r.Header.Get("Idempotency-Key")
	if err != nil || r.Header.Get("Authorization") != "Bearer "+gatewayToken || key == "" || key != body.ID {
		g.strange = append(g.strange, fmt.Sprintf("%s, key %q, error %v", r.Method, key, err))
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	// A provider that keeps the contract sends once for each key.
	if !g.seen[key] {
		g.seen[key] = true
		g.texts = append(g.texts, Text{Key: key, Phone: body.Phone, Body: body.Text})
	}
	w.WriteHeader(http.StatusAccepted)
}

// pick takes the oldest unexpected text to the number that holds the piece.
func (g *gateway) pick(phone, piece string) (Text, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, text := range g.texts {
		if text.Phone == phone && strings.Contains(text.Body, piece) && !g.expected[text.Key] {
			g.expected[text.Key] = true
			return text, true
		}
	}
	return Text{}, false
}

// ExpectSMS waits for a text message to somebody that holds the piece. Each text is expected once.
func (h *Harness) ExpectSMS(to *Person, piece string) Text {
	h.t.Helper()
	what := fmt.Sprintf("a text with %q goes to %s; others were: %v", piece, to.Login, h.texts.unexpected())
	return Await(h, what, func() (Text, bool) { return h.texts.pick(to.Phone, piece) })
}

// TakeSMS returns, once the platform has come to rest, the texts that nobody has expected yet, and takes them as expected.
func (h *Harness) TakeSMS() []Text {
	h.t.Helper()
	h.Settle()
	texts := h.texts.unexpected()
	h.texts.mu.Lock()
	defer h.texts.mu.Unlock()
	for _, text := range texts {
		h.texts.expected[text.Key] = true
	}
	return texts
}

// RefuseSMS makes the provider refuse with an HTTP status, or take again with 0.
func (h *Harness) RefuseSMS(status int) {
	h.texts.mu.Lock()
	defer h.texts.mu.Unlock()
	h.texts.refuses = status
}

func (g *gateway) unexpected() []Text {
	g.mu.Lock()
	defer g.mu.Unlock()
	var rest []Text
	for _, text := range g.texts {
		if !g.expected[text.Key] {
			rest = append(rest, text)
		}
	}
	return rest
}

func (g *gateway) complain(t testing.TB) {
	for _, text := range g.unexpected() {
		t.Errorf("unexpected text message to %s: %s", text.Phone, text.Body)
	}
	for _, request := range g.strange {
		t.Errorf("the SMS gateway was called the wrong way: %s", request)
	}
}
