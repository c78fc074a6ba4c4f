package tasks

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/pg"
)

// handler does one job. It may be called again for a job that is done, or at the same time for one that is being
// done, because a queue delivers at least once; once keeps the effect from happening twice.
type handler func(ctx context.Context, db *pg.DB, job uuid.UUID) error

// openJob is a job that is neither done nor dead.
type openJob struct {
	Payload   json.RawMessage `db:"payload"`
	EmittedAt time.Time       `db:"emitted_at"`
}

// once runs fn and marks the job done in one transaction. The job's row is locked first, so that a second worker waits,
// finds it done and leaves it. A job that is done, dead or long forgotten is no error.
func once(ctx context.Context, db *pg.DB, job uuid.UUID, fn func(*pg.Tx, json.RawMessage) error) error {
	return db.Write(ctx, func(tx *pg.Tx) error {
		open, err := pg.One[openJob](ctx, tx, lockJobSQL, job)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(tx, open.Payload); err != nil {
			return err
		}
		tx.Queue(doneSQL, job, tx.Now)
		return nil
	})
}

// inTx is a handler whose whole effect is in the database.
func inTx[P any](do func(context.Context, *pg.Tx, P) error) handler {
	return func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
		return once(ctx, db, job, func(tx *pg.Tx, raw json.RawMessage) error {
			var payload P
			if err := json.Unmarshal(raw, &payload); err != nil {
				return errPayload
			}
			return do(ctx, tx, payload)
		})
	}
}

// outside is a handler that does more than one transaction holds: it speaks to other systems, writes files, or works
// in batches. It has to be safe to repeat, as its job is marked done only afterwards.
func outside[P any](do func(context.Context, *pg.DB, P) error) handler {
	return func(ctx context.Context, db *pg.DB, job uuid.UUID) error {
		open, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (openJob, error) { return pg.One[openJob](ctx, tx, openJobSQL, job) })
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		var payload P
		if err := json.Unmarshal(open.Payload, &payload); err != nil {
			return errPayload
		}
		if err := do(ctx, db, payload); err != nil {
			return err
		}
		return once(ctx, db, job, func(*pg.Tx, json.RawMessage) error { return nil })
	}
}
