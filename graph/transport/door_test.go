package transport_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gridwork/graph/transport"
	"gridwork/test/protocol/tiny"
)

func yes(context.Context) bool { return true }

// developer may send and ask anything.
var developer = transport.Options{MayFreeText: yes, MayIntrospect: yes, Log: slog.New(slog.DiscardHandler)}

// door is a running endpoint.
type door struct {
	*testing.T
	url string
}

func open(t *testing.T, schema tiny.Schema, o transport.Options) door {
	t.Helper()
	s := httptest.NewServer(transport.New(schema, o))
	t.Cleanup(s.Close)
	return door{t, s.URL}
}

// response is one answer, its body both raw and read.
type response struct {
	*http.Response
	raw  string
	body struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Path       []any
			Locations  []struct{ Line, Column int }
			Extensions map[string]any
		}
	}
}

// send posts a body with headers given as "Name: value"; an empty value removes a default.
func (d door) send(body string, headers ...string) response {
	d.Helper()
	r, err := http.NewRequest(http.MethodPost, d.url, strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header[http.CanonicalHeaderKey(name)] = []string{value}
		if value == "" {
			r.Header.Del(name)
		}
	}
	return d.do(r)
}

func (d door) do(r *http.Request) response {
	d.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	out := response{Response: res, raw: string(raw)}
	if err := json.Unmarshal(raw, &out.body); err != nil {
		d.Errorf("status %d: the answer is not JSON: %q", res.StatusCode, raw)
	}
	return out
}

// ask posts a document.
func (d door) ask(document string, headers ...string) response {
	d.Helper()
	return d.send(body(map[string]any{"query": document}), headers...)
}

func body(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// refused checks that nothing was executed, and why.
func (r response) refused(t *testing.T, status int, code string) {
	t.Helper()
	if r.StatusCode != status || strings.Contains(r.raw, `"data"`) {
		t.Errorf("got status %d and %s, want %d without data", r.StatusCode, r.raw, status)
	}
	if r.code() != code {
		t.Errorf("got code %q in %s, want %q", r.code(), r.raw, code)
	}
}

func (r response) code() string {
	if len(r.body.Errors) == 0 {
		return ""
	}
	code, _ := r.body.Errors[0].Extensions["code"].(string)
	return code
}

// answered checks the status and the data.
func (r response) answered(t *testing.T, status int, data string) {
	t.Helper()
	if r.StatusCode != status || string(r.body.Data) != data {
		t.Errorf("got status %d and %s, want %d and data %s", r.StatusCode, r.raw, status, data)
	}
}

// serve answers a request in process.
func serve(h http.Handler, body string) *httptest.ResponseRecorder {
	return serveAs(context.Background(), h, body)
}

func serveAs(ctx context.Context, h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
