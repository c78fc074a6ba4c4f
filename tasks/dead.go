package tasks

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// countAtMost is where counting a backlog stops.
const countAtMost = 100_000

// DeadJob is work that was given up, until an operator requeues it.
type DeadJob struct {
	ID        uuid.UUID `db:"id"`
	Kind      string    `db:"kind"`
	Attempts  int       `db:"attempts"`
	LastError string    `db:"last_error"` // a code
	EmittedAt time.Time `db:"emitted_at"`
	DeadAt    time.Time `db:"dead_at"`
}

// Dead lists given-up jobs, newest first; before is the last one of the page before, first how many at most.
func Dead(ctx context.Context, tx *pg.Tx, before *uuid.UUID, first int) ([]DeadJob, error) {
	if err := mayRequeue(tx.Actor); err != nil {
		return nil, err
	}
	return pg.All[DeadJob](ctx, tx, deadJobsSQL, before, first)
}

// Requeue gives a dead job all its tries again. One that is not dead is ACTION_NOT_POSSIBLE.
func Requeue(ctx context.Context, tx *pg.Tx, id uuid.UUID) error {
	if err := mayRequeue(tx.Actor); err != nil {
		return err
	}
	changed, err := pg.Exec(ctx, tx, requeueJobSQL, id)
	if err == nil && changed == 0 {
		return fault.Conflict("ACTION_NOT_POSSIBLE", "only a job that was given up can be requeued")
	}
	audit.Record(tx, "job.requeue", "job", id.String(), struct{}{})
	tx.Wake()
	return err
}

func mayRequeue(a *actor.Actor) error {
	if len(a.Scope(actor.ReadDelivery).Regions) == 0 {
		return fault.Denied("NOT_ALLOWED", "jobs are for administrators")
	}
	return nil
}

// Backlog is the work that is not done. Counts stop at 100 000.
type Backlog struct {
	Waiting    int        `db:"waiting"`    // not handed out
	Unfinished int        `db:"unfinished"` // handed out, not done
	Dead       int        `db:"dead"`
	Oldest     *time.Time `db:"oldest"` // when the oldest of both was emitted; nil: none
	At         time.Time  `db:"stamp"`
}

// Age is how long the oldest job has not been done.
func (b Backlog) Age() time.Duration {
	if b.Oldest == nil {
		return 0
	}
	return max(0, b.At.Sub(*b.Oldest))
}

// Count measures the backlog.
func Count(ctx context.Context, tx *pg.Tx) (Backlog, error) {
	return pg.One[Backlog](ctx, tx, backlogSQL, countAtMost, tx.Now)
}
