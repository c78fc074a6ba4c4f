package inspection

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/fault"
	"gridwork/pg"
)

// ties are what binds whoever acts to a task. Without any, the task does not exist for them.
type ties struct {
	own     bool // it is theirs
	offered bool // a colleague asks them to take it over
	roster  bool // they look after its cell, or stand in
	charge  bool // they see the street's tasks
}

func tiesTo(t Task, a *actor.Actor, roster bool) ties {
	is := func(id *uuid.UUID) bool { return id != nil && a.IsPerson() && *id == a.ID }
	return ties{own: is(t.AssigneeID), offered: is(t.OfferedTo), roster: roster, charge: a.May(actor.ReadTask, t.Street, "")}
}

var errNotYours = fault.Denied("ACTION_NOT_YOURS", "this is for somebody else to do").At("task")

// take locks an open task that exists for whoever acts. Faults at "task": TASK_NOT_FOUND, ACTION_NOT_POSSIBLE.
func take(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Task, ties, error) {
	t, tied, err := see(ctx, tx, lockAnyTaskSQL, id)
	if err == nil && t.State != Open {
		err = fault.Conflict("ACTION_NOT_POSSIBLE", "this task is %s", t.State).At("task")
	}
	return t, tied, err
}

func see(ctx context.Context, tx *pg.Tx, sql string, id uuid.UUID) (Task, ties, error) {
	t, err := pg.One[Task](ctx, tx, sql, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return t, ties{}, errNoTask
	}
	if err != nil {
		return t, ties{}, err
	}
	roster, err := cell.InRoster(ctx, tx, tx.Actor.ID, t.Cell)
	tied := tiesTo(t, tx.Actor, roster)
	if err == nil && tied == (ties{}) {
		err = errNoTask
	}
	return t, tied, err
}

// Actions are what an actor who looks after some cells may do with a task. Claiming the task of a colleague who is on duty
// is refused all the same.
func (t Task) Actions(a *actor.Actor, held []string) []TaskAction {
	if t.State != Open {
		return []TaskAction{}
	}
	_, roster := slices.BinarySearch(held, t.Cell)
	tied := tiesTo(t, a, roster)
	all := []TaskAction{}
	for _, may := range []struct {
		do TaskAction
		so bool
	}{
		{DoSubmit, tied.own}, {DoClaim, tied.roster && !tied.own}, {DoOffer, tied.own}, {DoWithdrawOffer, tied.own && t.OfferedTo != nil},
		{DoAnswerOffer, tied.offered}, {DoGiveBack, tied.own}, {DoAssign, a.May(actor.Dispatch, t.Street, "")},
	} {
		if may.so {
			all = append(all, may.do)
		}
	}
	return all
}
