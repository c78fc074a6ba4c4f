package harness

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
)

// journal is the platform's log, all of it, and the errors in it.
type journal struct {
	mu       sync.Mutex
	text     bytes.Buffer
	errors   []string
	expected []string
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

// ExpectError takes error lines that hold this piece out of what fails the test.
func (h *Harness) ExpectError(piece string) {
	h.journal.mu.Lock()
	defer h.journal.mu.Unlock()
	h.journal.expected = append(h.journal.expected, piece)
}

// complain fails the test for each error that it did not expect.
func (j *journal) complain(t testing.TB) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, line := range j.errors {
		if !slices.ContainsFunc(j.expected, func(piece string) bool { return strings.Contains(line, piece) }) {
			t.Errorf("unexpected error in the log: %s", line)
		}
	}
}
