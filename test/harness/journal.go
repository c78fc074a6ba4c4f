package harness

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

// journal is the platform's log, all of it, and the errors in it.
type journal struct {
	mu     sync.Mutex
	text   bytes.Buffer
	errors []string
}

func (j *journal) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// Write takes one line of the log.
func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if bytes.Contains(line, []byte(`"level":"ERROR"`)) {
		j.errors = append(j.errors, strings.TrimSpace(string(line)))
	}
	return j.text.Write(line)
}

// Log is everything that the platform has logged so far, as JSON lines.
func (h *Harness) Log() string {
	h.journal.mu.Lock()
	defer h.journal.mu.Unlock()
	return h.journal.text.String()
}

// complain fails the test for each error: no story expects one.
func (j *journal) complain(t testing.TB) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, line := range j.errors {
		t.Errorf("unexpected error in the log: %s", line)
	}
}
