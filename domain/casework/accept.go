package casework

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
)

// AcceptInput names who disposes of a case.
type AcceptInput struct {
	Target
	Handler uuid.UUID // a handler of the lead department in the case's street, or whoever accepts
}

// Accept takes a case on for a department 接件, and names its handler. The disposal clock has run since the dispatch.
//
// Faults: those of take; HANDLER_UNKNOWN at "handler".
func Accept(ctx context.Context, tx *pg.Tx, in AcceptInput) (Case, error) {
	t, err := take(ctx, tx, in.Target, DoAccept)
	if err != nil {
		return Case{}, err
	}
	t.AcceptedAt = now(tx)
	return t.done(t.hand(ctx, tx, in.Handler))
}

// NameHandler names a handler, or another one, in a case that is being worked on: one that was accepted by silence has
// none yet. No clock moves. Faults: those of Accept.
func NameHandler(ctx context.Context, tx *pg.Tx, in AcceptInput) (Case, error) {
	t, err := take(ctx, tx, in.Target, DoNameHandler)
	if err != nil {
		return Case{}, err
	}
	return t.done(t.hand(ctx, tx, in.Handler))
}

// hand gives the case to a handler and carries out the row.
func (t *turn) hand(ctx context.Context, tx *pg.Tx, handler uuid.UUID) error {
	if err := t.checkHandler(ctx, tx, handler); err != nil {
		return fault.Under("handler", err)
	}
	if err := t.letRead(ctx, tx, &handler); err != nil {
		return err
	}
	t.HandlerID = &handler
	if _, err := tx.Exec(ctx, acceptAssignmentSQL, t.ID, tx.Now, handler); err != nil {
		return fmt.Errorf("accept assignment: %w", err)
	}
	if err := t.end(ctx, tx, map[string]any{"handler": handler}); err != nil {
		return err
	}
	n := news{kind: notify.HandlerNamed, params: map[string]any{}}
	if t.DueAt != nil {
		n.params["due"] = *t.DueAt
	}
	return t.tell(ctx, tx, []uuid.UUID{handler}, n)
}

func (t *turn) checkHandler(ctx context.Context, tx *pg.Tx, handler uuid.UUID) error {
	if handler == tx.Actor.ID {
		return nil // a desk of one disposes of its cases itself
	}
	handlers, err := identity.Holders(ctx, tx, actor.Handler, t.Street, *t.Department)
	if err == nil && !slices.ContainsFunc(handlers, func(p identity.Person) bool { return p.ID == handler }) {
		err = fault.Invalid("HANDLER_UNKNOWN", "this person is no handler of the department in the case's street")
	}
	return err
}

// DeemAcceptedBySilence lets cases count as accepted whose departments kept silent past the accept clock 逾期视为接件:
// what has moved on meanwhile is left alone. The keeper calls it in its own transaction, for any number of cases at once,
// as the platform.
func DeemAcceptedBySilence(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) error {
	silent, err := pg.All[Case](ctx, tx, lockCasesSQL, ids, Routed)
	if err != nil || len(silent) == 0 {
		return err
	}
	row, err := Next(Standing{State: Routed}, DoDeemAccepted, tx.Actor)
	if err != nil {
		return err
	}
	ids = ids[:0:0]
	for _, c := range silent {
		ids = append(ids, c.ID)
		escalation.Stop(tx, escalation.OfCase(c.ID), row.Stops...)
		audit.Record(tx, "case."+string(row.Do), "case", c.ID.String(), map[string]any{"state": row.To, "round": c.Round, "version": c.Version + 1})
	}
	tx.Queue(deemCasesSQL, tx.Now, ids)
	tx.Queue(deemAssignmentsSQL, tx.Now, ids)
	stir(tx, ids...)
	for i, event := range noteAll(tx, silent, row.Event, nil) {
		tx.Emit(notify.JobFanOut, notify.FanOutJob{CaseEvent: event, Department: silent[i].Department})
	}
	if err := tx.Flush(ctx); err != nil {
		return err
	}
	return pressOnSilence(ctx, tx, ids)
}

// pressOnSilence fires what ladders make of silence itself, for those cases whose ladder has such a step.
func pressOnSilence(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) error {
	unaccepted := escalation.Event{Occasion: escalation.Unaccepted, Count: 1}
	pins, err := pg.All[pinnedCase](ctx, tx, pinsSQL, ids)
	if err != nil {
		return err
	}
	var ladders []escalation.Pin
	for _, p := range pins {
		ladders = append(ladders, p.pin())
	}
	known, err := escalation.LoadAll(ctx, tx, ladders)
	if err != nil {
		return err
	}
	for _, p := range pins {
		if len(known[p.pin()].On(unaccepted)) == 0 {
			continue
		}
		if err := pressOn(ctx, tx, p.Case, unaccepted); err != nil {
			return err
		}
	}
	return nil
}

// pinnedCase is the ladder that a case's round is bound to.
type pinnedCase struct {
	Case    uuid.UUID `db:"id"`
	Ladder  string    `db:"ladder"`
	Version int       `db:"ladder_version"`
}

func (p pinnedCase) pin() escalation.Pin { return escalation.Pin{Code: p.Ladder, Version: p.Version} }
