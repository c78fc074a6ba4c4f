package casework

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/escalation"
	"gridwork/fault"
	"gridwork/pg"
)

// Of the clock that is named, or whose step is: the step that was asked for, else the live one, else the last.
const deadlineSQL = `select ` + escalation.FaceColumns + `, steps.state as step_state, steps.step as step, steps.due_at as step_due_at
	from clocks left join lateral (
		select d.state, d.step, d.due_at from deadlines d where d.clock_id = clocks.id
		order by d.id = $1 desc, d.state in ('armed', 'frozen') desc, d.step desc, d.occurrence desc limit 1) as steps on true
	where clocks.id = $1 or clocks.id = (select clock_id from deadlines where id = $1)`

// DeadlineState is what a ladder's step has come to.
type DeadlineState string

const (
	DeadlineArmed     DeadlineState = "armed"
	DeadlineFrozen    DeadlineState = "frozen"
	DeadlineFired     DeadlineState = "fired"
	DeadlineMissed    DeadlineState = "missed"
	DeadlineCancelled DeadlineState = "cancelled"
)

// DeadlineStates lists every state.
var DeadlineStates = []DeadlineState{DeadlineArmed, DeadlineFrozen, DeadlineFired, DeadlineMissed, DeadlineCancelled}

// Deadline is a clock with one step of its ladder, and everything that explains when it is due.
type Deadline struct {
	escalation.Face
	State   *DeadlineState `db:"step_state"` // nil: the ladder has no step of this stage
	Step    *int           `db:"step"`
	StepDue *time.Time     `db:"step_due_at"`
}

// StepDueAt is when the step is, or was, due; nil while frozen.
func (d Deadline) StepDueAt() *time.Time {
	if d.State != nil && *d.State == DeadlineFrozen {
		return nil
	}
	return d.StepDue
}

// DeadlineByID finds a clock by its id or by that of one of its steps' deadlines. DEADLINE_NOT_FOUND if there is none of a
// case that the viewer may see, or of a clue in the streets where they read clues.
func DeadlineByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Deadline, error) {
	d, err := pg.One[Deadline](ctx, tx, deadlineSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, errNoDeadline
	}
	if err == nil {
		err = d.visible(ctx, tx)
	}
	if err != nil {
		return Deadline{}, err
	}
	faces := map[uuid.UUID][]escalation.Face{d.ID: {d.Face}}
	err = escalation.Read(ctx, tx, faces)
	d.Face = faces[d.ID][0]
	return d, err
}

var errNoDeadline = fault.NotFound("DEADLINE_NOT_FOUND", "no such deadline")

func (d Deadline) visible(ctx context.Context, tx *pg.Tx) error {
	var err error
	if d.CaseID != nil {
		_, err = Get(ctx, tx, *d.CaseID)
	} else if _, err = clue.Get(ctx, tx, *d.ClueID); err == nil && !tx.Actor.May(actor.ReadClue, d.Street, "") {
		return errNoDeadline
	}
	if _, refused := fault.As(err); refused {
		return errNoDeadline
	}
	return err
}
