package tasks

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
)

// failed is what the queue is told of a job that did not succeed: a code, because the queue keeps it in Redis, and how long whoever was
// asked wants to be left alone.
type failed struct {
	code  string
	after time.Duration
}

func (f *failed) Error() string        { return f.code }
func (f *failed) After() time.Duration { return f.after }

var errPayload = &failed{code: "payload"}

// bookkeeping bounds the noting of a failure, which happens even when the job's own time is over.
const bookkeeping = 5 * time.Second

// attempt does a job of this kind once, by whichever way it came, and keeps the book: nil means that nobody needs to
// come back to it, because it is done or dead; an error means that it should be tried again.
func (w *worker) attempt(ctx context.Context, k kind, job uuid.UUID) error {
	ctx, cancel := context.WithTimeout(actor.With(ctx, actor.System("job "+k.name)), k.timeout)
	defer cancel()
	err := safely(func() error { return k.do(ctx, w.db, job) })
	if err == nil {
		w.tried(k.name, "done", job)
		return nil
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return err // we are stopping: it says nothing about the job
	}
	code, final := judge(err)
	dead, noting := w.note(ctx, k, job, code, final)
	switch {
	case noting != nil:
		w.tried(k.name, "failed", job)
		w.log.Warn("a job failed, and so did noting it", "job", job, "kind", k.name, "code", code, "error", noting)
	case dead:
		w.tried(k.name, "dead", job)
		w.log.Error("a job is given up: see gridwork doctor", "job", job, "kind", k.name, "code", code, "cause", cause(err))
		return nil
	default:
		w.tried(k.name, "failed", job)
		w.log.Warn("a job failed and will be tried again", "job", job, "kind", k.name, "code", code, "cause", cause(err))
	}
	return &failed{code, askedFor(err)}
}

func (w *worker) note(ctx context.Context, k kind, job uuid.UUID, code string, final bool) (dead bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), bookkeeping)
	defer cancel()
	return pg.WriteVal(ctx, w.db, func(tx *pg.Tx) (bool, error) {
		dead, err := pg.Vals[bool](ctx, tx, failedSQL, job, code, final, k.tries, tx.Now)
		return len(dead) > 0 && dead[0], err
	})
}

// coded is an error whose text is a code already.
type coded interface{ Code() string }

// forbearing is an error of somebody who asks to be left alone for a while.
type forbearing interface{ After() time.Duration }

func askedFor(err error) time.Duration {
	var p forbearing
	if errors.As(err, &p) {
		return p.After()
	}
	return 0
}

// judge finds the code of an error, and whether trying again is hopeless: the domain refuses, and would again.
func judge(err error) (code string, final bool) {
	var refusal *fault.Error
	var sql *pgconn.PgError
	var own *failed
	var known coded
	switch {
	case errors.As(err, &refusal):
		return refusal.Code, refusal.Kind != fault.KindBusy && refusal.Kind != fault.KindStale
	case errors.As(err, &own):
		return own.code, own == errPayload
	case errors.As(err, &known):
		return known.Code(), false
	case errors.As(err, &sql):
		return "sql_" + sql.Code, false
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout", false
	}
	return "internal", false
}

// cause is what the log may say beyond the code: never a database's message, which may quote what was written.
func cause(err error) string {
	var sql *pgconn.PgError
	if errors.As(err, &sql) {
		return fmt.Sprintf("SQLSTATE %s %s", sql.Code, sql.ConstraintName)
	}
	return err.Error()
}

// panicked is a programming error in a handler: noted and tried again like any other failure.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }
func (p *panicked) Code() string  { return "panic" }

func safely(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	return do()
}
