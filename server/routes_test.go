package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"gridwork/test/dbtest"
)

// Prevents: a page for trying things on the API in front of a real city.
func TestTheExplorerIsForTheDemoAlone(t *testing.T) {
	t.Parallel()
	for mode, want := range map[Mode]int{Demo: http.StatusOK, Production: http.StatusNotFound} {
		p := &Process{Config: Config{Mode: mode}, DB: dbtest.DB(t), Metrics: prometheus.NewRegistry(), Log: slog.New(slog.DiscardHandler)}
		handler := p.handler(t.Context())
		for path, want := range map[string]int{"/graphiql": want, "/graphiql/": want, "/desk": http.StatusOK} {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			if w.Code != want {
				t.Errorf("%s in %s mode: status %d", path, mode, w.Code)
			}
		}
	}
}
