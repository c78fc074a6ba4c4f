package protocol_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gridwork/graph/transport"
	"gridwork/test/protocol"
	"gridwork/test/protocol/tiny"
)

const key = "Bearer audit"

// endpoint takes the bearer of key for a developer, and nobody else.
func endpoint(t *testing.T) string {
	type developer struct{}
	may := func(ctx context.Context) bool { return ctx.Value(developer{}) != nil }
	h := transport.New(tiny.Schema{}, transport.Options{MayFreeText: may, MayIntrospect: may})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == key {
			r = r.WithContext(context.WithValue(r.Context(), developer{}, true))
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestTheDoorsMeetTheHTTPSpecification(t *testing.T) {
	t.Parallel()
	report, err := protocol.Audit(t.Context(), endpoint(t), key)
	if err != nil {
		t.Error(err)
	}
	if !strings.Contains(report, "61 audits: 58 passed, 3 optional ones not met, 0 failed") {
		t.Errorf("the report is\n%s", report)
	}
}

// An audit that could not fail would prove nothing.
func TestAnEndpointThatRefusesTheCallerFailsTheAudit(t *testing.T) {
	t.Parallel()
	report, err := protocol.Audit(t.Context(), endpoint(t), "")
	if err == nil || !strings.Contains(report, "failed") {
		t.Errorf("the audit passed with\n%s", report)
	}
}
