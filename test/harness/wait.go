package harness

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// patience is how long a test waits for what should happen at once: two busy cores shared with other tests.
	patience = 15 * time.Second
	// glance is how often it looks.
	glance = 10 * time.Millisecond
)

// Eventually returns once the condition holds, and fails the test when it does not within reason.
func (h *Harness) Eventually(what string, condition func() bool) {
	h.t.Helper()
	if !await(h.t.Context(), condition) {
		h.t.Fatalf("waited %s in vain until %s", patience, what)
	}
}

// Await is Eventually for a value: it asks until ok.
func Await[T any](h *Harness, what string, ask func() (T, bool)) (found T) {
	h.t.Helper()
	h.Eventually(what, func() (ok bool) { found, ok = ask(); return ok })
	return found
}

func await(ctx context.Context, condition func() bool) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for !condition() {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return true
}

// Settle returns when the platform has nothing left to do by itself: no job waits or runs, no deadline is due.
func (h *Harness) Settle() {
	h.t.Helper()
	h.settle(h.t.Context())
}

// settleLast is Settle at the end of a test, when its own context is over.
func (h *Harness) settleLast() {
	h.t.Helper()
	h.settle(context.WithoutCancel(h.t.Context()))
}

// busySQL names what is left to do. Jobs that were given up are not: they are the story's business.
const busySQL = `select kind from outbox where done_at is null and dead_at is null
	union all select 'deadline' from deadlines where state = 'armed' and due_at <= $1
	union all select 'acknowledgement' from acknowledgements where state = 'armed' and due_at <= $1
	order by 1 limit 10`

func (h *Harness) settle(ctx context.Context) {
	h.t.Helper()
	conn := h.owner(ctx)
	defer conn.Close(ctx)
	var left []string
	settled := await(ctx, func() bool {
		rows, err := conn.Query(ctx, busySQL, h.Now())
		if err == nil {
			left, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		if err != nil {
			h.t.Errorf("ask what is left to do: %v", err)
		}
		return len(left) == 0 || err != nil
	})
	if !settled {
		h.t.Errorf("the platform does not come to rest, %v is left to do", left)
	}
}

// owner connects to the database as its owner, who may read what the platform itself may not.
func (h *Harness) owner(ctx context.Context) *pgx.Conn {
	h.t.Helper()
	conn, err := pgx.Connect(ctx, h.address)
	if err == nil {
		_, err = conn.Exec(ctx, "set search_path to gridwork, gridwork_vault, public")
	}
	if err != nil {
		h.t.Fatalf("connect as owner: %v", err)
	}
	return conn
}
