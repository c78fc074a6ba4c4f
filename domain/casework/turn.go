package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/notify"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// Target names the case that an action is about.
type Target struct {
	Case uuid.UUID
	// Version, where given, is the one that the action was chosen on: STALE_VERSION if the case has moved on since.
	Version *int
}

// turn is one action on a case whose row is locked: verbs change the case and the round in memory, and end writes them.
type turn struct {
	Case
	round    Round
	requests requests   // the open ones
	check    *CheckTask // the open one; nil while the case is not being checked
	parent   *Case      // of a child, locked before it
	standing Standing
	row      Row
	moved    bool // clocks were started or stopped
}

// take locks the case and asks the table whether whoever acts may do it.
//
// Faults: CASE_NOT_FOUND at "case" for what the viewer cannot see, STALE_VERSION at "version", and those of Next.
func take(ctx context.Context, tx *pg.Tx, target Target, do Action) (*turn, error) {
	t, err := lock(ctx, tx, target)
	if err != nil {
		return nil, err
	}
	return t, t.turnTo(tx, do)
}

// lock takes the case's row, before anything else of the case is read; of a child, after its parent's.
func lock(ctx context.Context, tx *pg.Tx, target Target) (*turn, error) {
	parent, err := lockParent(ctx, tx, target.Case)
	if err != nil {
		return nil, err
	}
	c, err := pg.One[Case](ctx, tx, lockCaseSQL, scoped(tx, target.Case)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.NotFound("CASE_NOT_FOUND", "no such case").At("case")
	}
	if err != nil {
		return nil, fmt.Errorf("lock case: %w", err)
	}
	if err := c.fresh(target); err != nil {
		return nil, err
	}
	t, err := stand(ctx, tx, c)
	if err == nil {
		t.parent = parent
	}
	return t, err
}

// fresh refuses an action that was chosen on an older version of the case.
func (c Case) fresh(target Target) error {
	if target.Version != nil && *target.Version != c.Version {
		return fault.Stale("STALE_VERSION", "this case was changed by somebody else").At("version")
	}
	return nil
}

// stand reads what the table and the verbs need to know of a locked case.
func stand(ctx context.Context, tx *pg.Tx, c Case) (*turn, error) {
	t := &turn{Case: c}
	var err error
	if t.round, err = pg.One[Round](ctx, tx, roundSQL, c.ID, c.Round); err != nil {
		return nil, fmt.Errorf("round %d of case %s: %w", c.Round, c.ID, err)
	}
	if t.requests, err = openRequests(ctx, tx, c.ID); err != nil {
		return nil, fmt.Errorf("open requests of case %s: %w", c.ID, err)
	}
	if t.standing.ChildrenOpen, err = pg.Val[bool](ctx, tx, childrenOpenSQL, c.ID); err != nil {
		return nil, fmt.Errorf("open children of case %s: %w", c.ID, err)
	}
	if c.State == Checking && t.round.PassedAt == nil {
		task, err := pg.One[CheckTask](ctx, tx, openCheckSQL, c.ID)
		if err != nil {
			return nil, fmt.Errorf("open check of case %s: %w", c.ID, err)
		}
		t.check = &task
	}
	return t, nil
}

// turnTo asks the table for the row by which whoever acts does this now. A turn may take several rows, one after the other.
func (t *turn) turnTo(tx *pg.Tx, do Action) error {
	known := t.standing
	t.standing = Standing{State: t.State, Street: t.Street, Department: deref(t.Department), Handler: deref(t.HandlerID),
		Returns: t.round.Returns, Contestable: contestable(t.ContestableUntil, tx.Now), Reporter: known.Reporter, Sampled: known.Sampled,
		Late: t.DueAt != nil && tx.Now.After(*t.DueAt), Suspensions: t.round.Suspensions, Extensions: t.round.Extensions, Asked: t.requests.askers(),
		Child: t.ParentID != nil, ChildrenOpen: known.ChildrenOpen, Waiting: t.round.PassedAt != nil,
		Restricted: t.Restricted, Dispute: t.Kind == standard.Dispute}
	if t.check != nil {
		t.standing.Checker, t.standing.Answered, t.standing.Fixed = deref(t.check.AssigneeID), t.check.AnsweredAt != nil, deref(t.check.Fixed)
	}
	var err error
	t.row, err = Next(t.standing, do, tx.Actor)
	return err
}

// end carries out the row: the state, the clocks that it stops and starts, and everything that was changed in memory.
// detail is for the timeline: codes, numbers, ids and what staff wrote, nothing about a reporter.
func (t *turn) end(ctx context.Context, tx *pg.Tx, detail map[string]any) error {
	t.State = t.row.To
	t.overtake(tx)
	if err := t.runClocks(ctx, tx); err != nil {
		return err
	}
	t.endOrders(tx)
	if err := t.write(ctx, tx); err != nil {
		return err
	}
	record(tx, t.Case, t.row, t.standing.Department, detail)
	return nil
}

// write stores case and round.
func (t *turn) write(ctx context.Context, tx *pg.Tx) error {
	t.Version++
	if t.moved {
		t.Epoch++
		t.moved = false
	}
	if _, err := tx.Exec(ctx, updateCaseSQL, t.ID, t.State, t.Round, t.Version, t.Level, t.Epoch, t.Priority, t.StandardID,
		t.Department, t.HandlerID, t.ClueCount, t.DispatchedAt, t.AcceptedAt, t.ReportedAt, t.ClosedAt, t.DueAt, t.ContestableUntil); err != nil {
		return fmt.Errorf("update case: %w", err)
	}
	r := t.round
	if _, err := tx.Exec(ctx, updateRoundSQL, r.CaseID, r.Round, r.RuleSetVersion, r.Trace, r.Ladder, r.LadderVersion, r.Returns,
		r.Reworks, r.ClosedAt, r.Outcome, r.Suspensions, r.Extensions, r.PassedAt,
		r.DisputeOutcome, r.SentUpTo); err != nil {
		return fmt.Errorf("update round: %w", err)
	}
	return nil
}

// record writes a row of the table that was carried out into the timeline and the audit log, and lets other systems
// hear of it where the case moved on: those of the department that it is with, and of the one that had it.
func record(tx *pg.Tx, c Case, row Row, had string, detail map[string]any) {
	event := note(tx, c, row.Event, detail)
	stir(tx, c.ID)
	audit.Record(tx, "case."+string(row.Do), "case", c.ID.String(), map[string]any{"state": c.State, "round": c.Round, "version": c.Version})
	if row.From != row.To {
		tx.Emit(notify.JobFanOut, notify.FanOutJob{CaseEvent: event, Department: c.Department, Had: had})
	}
}

// note writes one line of the timeline, with the commit.
func note(tx *pg.Tx, c Case, kind string, detail map[string]any) uuid.UUID {
	return noteAll(tx, []Case{c}, kind, detail)[0]
}

// noteAll writes the same line into many timelines, in one statement.
func noteAll(tx *pg.Tx, cases []Case, kind string, detail map[string]any) []uuid.UUID {
	if detail == nil {
		detail = map[string]any{}
	}
	body, err := json.Marshal(detail)
	if err != nil {
		panic(fmt.Sprintf("detail of event %s: %v", kind, err)) // a programming error: details are plain values
	}
	var ids, of []uuid.UUID
	var rounds []int
	var details []json.RawMessage
	for _, c := range cases {
		ids, of, rounds, details = append(ids, pg.NewID()), append(of, c.ID), append(rounds, c.Round), append(details, body)
	}
	actorID, role := audit.Who(tx.Actor)
	tx.Queue(insertCaseEventsSQL, tx.Now, kind, actorID, role, ids, of, rounds, details)
	MeasureAgain(tx, of...)
	tx.Wake() // whoever watches the case looks again
	return ids
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

func now(tx *pg.Tx) *time.Time {
	at := tx.Now
	return &at
}

// done is the case after the verb's last step.
func (t *turn) done(err error) (Case, error) { return t.Case, err }
