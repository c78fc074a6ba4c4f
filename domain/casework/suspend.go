package casework

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/pg"
	"gridwork/prose"
)

// suspend freezes every clock of the case: nobody owes anything until it resumes.
func (t *turn) suspend(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	t.round.Suspensions++
	t.DueAt, t.moved = nil, true
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	escalation.Freeze(tx, t.ID)
	return nil
}

// Resume ends a suspension before its time 解挂. Faults: those of take; TEXT_MISSING at "note", the reason.
func Resume(ctx context.Context, tx *pg.Tx, in NoteInput) (Case, error) {
	why, err := prose.Some("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoResume)
	if err != nil {
		return Case{}, err
	}
	return t.done(t.resume(ctx, tx, map[string]any{"note": why}))
}

// resume lets the clocks run on, each with as much of its limit left as it had.
func (t *turn) resume(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	clocks, err := escalation.Resume(ctx, tx, t.ID)
	if err != nil {
		return fmt.Errorf("resume the clocks of case %s: %w", t.ID, err)
	}
	for _, c := range clocks {
		if c.Stage == escalation.Dispose {
			t.DueAt = &c.DueAt
		}
	}
	t.moved = true
	if _, err := tx.Exec(ctx, endSuspensionSQL, t.ID, tx.Now); err != nil {
		return fmt.Errorf("end suspension: %w", err)
	}
	if err := t.end(ctx, tx, detail); err != nil {
		return err
	}
	params := map[string]any{}
	if t.DueAt != nil {
		params["due"] = *t.DueAt
	}
	return t.tellWorkers(ctx, tx, []string{*t.Department}, deref(t.HandlerID), notify.CaseResumed, params)
}

// Suspensions that are over, locked with their case like deadlines are: nobody waits for the keeper.
const claimSuspensionsSQL = `select case_requests.id, case_requests.case_id, case_requests.until
	from case_requests join cases on cases.id = case_requests.case_id
	where case_requests.kind = 'suspension' and case_requests.state = 'granted' and case_requests.ended_at is null
		and case_requests.resume_at <= $1
	order by case_requests.resume_at, case_requests.id limit $2
	for no key update of case_requests, cases skip locked`

const putOffResumingSQL = `update case_requests set resume_at = $2 where id = $1 and ended_at is null`

// outlived is a suspension whose end has come.
type outlived struct {
	Request uuid.UUID `db:"id"`
	Case    uuid.UUID `db:"case_id"`
	Until   time.Time `db:"until"`
}

// ResumeDue resumes the cases whose suspensions are over, the oldest first, at most max; what another transaction holds is
// left for the next pass. One that cannot resume, by a mistake of ours, is tried again a minute later and does not stop the
// others. It returns how many it looked at. Keepers call it, as the platform.
func ResumeDue(ctx context.Context, tx *pg.Tx, max int) (int, error) {
	over, err := pg.All[outlived](ctx, tx, claimSuspensionsSQL, tx.Now, max)
	if err != nil {
		return 0, err
	}
	for _, o := range over {
		err := apart(ctx, tx, func() error { return o.resume(ctx, tx) })
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if err != nil {
			recordPostponed(tx, o.Request, err)
			tx.Queue(putOffResumingSQL, o.Request, tx.Now.Add(setAside))
		}
	}
	return len(over), nil
}

func (o outlived) resume(ctx context.Context, tx *pg.Tx) error {
	suspended, err := pg.All[Case](ctx, tx, lockCasesSQL, []uuid.UUID{o.Case}, Suspended)
	if err != nil || len(suspended) == 0 {
		return err
	}
	t, err := stand(ctx, tx, suspended[0])
	if err != nil {
		return err
	}
	if err := t.turnTo(tx, DoResume); err != nil {
		return err
	}
	return t.resume(ctx, tx, map[string]any{"request": o.Request, "until": o.Until})
}
