package pg

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"gridwork/actor"
)

// Tx is one transaction: who acts, when, and what must follow its commit.
type Tx struct {
	Now   time.Time // the database's, stamped once at begin, UTC
	Actor *actor.Actor

	conn  *pgx.Conn
	queue pgx.Batch
	jobs  jobs
	wakes bool
	done  bool
}

// jobs are the outbox rows of one transaction, column by column, so that any number is one statement.
type jobs struct {
	ids      []uuid.UUID
	kinds    []string
	payloads []json.RawMessage
}

const insertJobsSQL = `insert into outbox (id, kind, payload, emitted_at)
	select id, kind, payload, $4 from unnest($1::uuid[], $2::text[], $3::jsonb[]) as job(id, kind, payload)`

// Query, QueryRow and Exec are pgx's, in the transaction.
func (tx *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return tx.conn.Query(ctx, sql, args...)
}

func (tx *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return tx.conn.QueryRow(ctx, sql, args...)
}

func (tx *Tx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return tx.conn.Exec(ctx, sql, args...)
}

// SendBatch sends several statements in one round trip.
func (tx *Tx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return tx.conn.SendBatch(ctx, b)
}

// CopyFrom streams rows into a table.
func (tx *Tx) CopyFrom(ctx context.Context, table string, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return tx.conn.CopyFrom(ctx, pgx.Identifier{table}, columns, rows)
}

// Queue defers a statement whose result nobody waits for: it travels with the commit, in the same round trip.
func (tx *Tx) Queue(sql string, args ...any) { tx.queue.Queue(sql, args...) }

// Emit writes a job to the outbox: once the transaction commits, the job runs at least once.
// The payload is marshalled now, and holds ids only, since it travels through Redis.
func (tx *Tx) Emit(kind string, payload any) {
	body, err := json.Marshal(payload)
	if err != nil {
		panic(fmt.Sprintf("payload of job %s: %v", kind, err)) // a programming error: payloads are plain structs of ids
	}
	tx.jobs.ids = append(tx.jobs.ids, NewID())
	tx.jobs.kinds = append(tx.jobs.kinds, kind)
	tx.jobs.payloads = append(tx.jobs.payloads, body)
	tx.wakes = true
}

// Wake asks for the keepers to look at the due times again after the commit.
func (tx *Tx) Wake() { tx.wakes = true }

// Flush sends what was queued and emitted so far. Commit does so by itself; bulk work and tests call it.
func (tx *Tx) Flush(ctx context.Context) error { return tx.flush(ctx, false) }

func (tx *Tx) flush(ctx context.Context, commit bool) error {
	if len(tx.jobs.ids) > 0 {
		tx.queue.Queue(insertJobsSQL, tx.jobs.ids, tx.jobs.kinds, tx.jobs.payloads, tx.Now)
		tx.jobs = jobs{}
	}
	if commit {
		tx.queue.Queue("commit")
	}
	if tx.queue.Len() == 0 {
		return nil
	}
	batch := tx.queue
	tx.queue = pgx.Batch{}
	return tx.conn.SendBatch(ctx, &batch).Close()
}

func (tx *Tx) commit(ctx context.Context) error {
	if err := tx.flush(ctx, true); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	tx.done = true
	return nil
}

// rollback ends a transaction that was not committed, even when the request's context is over.
func (tx *Tx) rollback() {
	if tx.done || tx.conn.IsClosed() {
		return
	}
	tx.done = true
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := tx.conn.Exec(ctx, "rollback"); err != nil {
		_ = tx.conn.Close(ctx)
	}
}

// NewID makes a time-ordered id (UUIDv7) for a row that the platform names itself.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
