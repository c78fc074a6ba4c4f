package harness

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gridwork/domain/notify"
	"gridwork/pg"
)

// Call is what another system was told.
type Call struct {
	ID   string `json:"id"` // of the case event
	Kind string `json:"kind"`
	Case struct {
		ID string `json:"id"`
	} `json:"case"`
	Body string `json:"-"` // as it was signed
}

// receiver is another system that listens to webhooks.
type receiver struct {
	URL string

	mu       sync.Mutex
	secret   []byte
	calls    []Call
	seen     map[string]bool // keys of idempotency
	expected int             // how many of the calls a story has asked for
	strange  []string
}

func (r *receiver) open(t testing.TB) {
	r.seen = map[string]bool{}
	s := httptest.NewServer(r)
	r.URL = s.URL + "/hook"
	t.Cleanup(s.Close)
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	var call Call
	if err == nil {
		err = json.Unmarshal(body, &call)
	}
	call.Body = string(body)
	key := request.Header.Get(notify.HeaderKey)
	if err != nil || !r.signed(request, body) || key != call.ID {
		r.strange = append(r.strange, fmt.Sprintf("key %q, error %v, body %s", key, err, body))
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if !r.seen[key] {
		r.seen[key] = true
		r.calls = append(r.calls, call)
	}
	w.WriteHeader(http.StatusNoContent)
}

func (r *receiver) signed(request *http.Request, body []byte) bool {
	seconds, err := strconv.ParseInt(request.Header.Get(notify.HeaderTimestamp), 10, 64)
	want := "v1=" + notify.Sign(r.secret, time.Unix(seconds, 0), body)
	return err == nil && request.Header.Get(notify.HeaderSignature) == want
}

// Hook makes the platform tell another system of the cases of a region, and of one department if it is not "".
func (h *Harness) Hook(region, department string) {
	h.t.Helper()
	hook := notify.Webhook{URL: h.hooks.URL, Region: region}
	if department != "" {
		hook.Department = &department
	}
	policy := notify.Policy{Hosts: h.process.Config.WebhookAllow, Private: h.process.Config.WebhookPrivate}
	err := h.process.DB.Write(h.t.Context(), func(tx *pg.Tx) error {
		tx.Actor = h.Admin.Actor
		_, secret, err := notify.AddWebhook(h.t.Context(), tx, policy, hook)
		h.hooks.mu.Lock()
		defer h.hooks.mu.Unlock()
		h.hooks.secret = secret
		return err
	})
	if err != nil {
		h.t.Fatalf("add webhook: %v", err)
	}
}

// ExpectCalls waits until the other system has been told of these kinds of events since it was asked last, in any order,
// and returns what it was told.
func (h *Harness) ExpectCalls(kinds ...string) []Call {
	h.t.Helper()
	what := "the other system hears of " + strings.Join(kinds, ", ")
	return Await(h, what, func() ([]Call, bool) {
		h.hooks.mu.Lock()
		defer h.hooks.mu.Unlock()
		fresh := h.hooks.calls[h.hooks.expected:]
		if len(fresh) < len(kinds) {
			return nil, false
		}
		h.hooks.expected = len(h.hooks.calls)
		h.sameKinds(fresh, kinds)
		return fresh, true
	})
}

func (h *Harness) sameKinds(calls []Call, kinds []string) {
	h.t.Helper()
	missing := map[string]int{}
	for _, kind := range kinds {
		missing[kind]++
	}
	for _, call := range calls {
		if missing[call.Kind]--; missing[call.Kind] < 0 {
			h.t.Errorf("the other system was told of %q, expected were %q", call.Kind, kinds)
		}
	}
}

func (r *receiver) complain(t testing.TB) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, call := range r.calls[r.expected:] {
		t.Errorf("unexpected call to another system: %s", call.Body)
	}
	for _, request := range r.strange {
		t.Errorf("a webhook was called the wrong way: %s", request)
	}
}
