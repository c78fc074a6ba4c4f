package casework

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// AskInput asks for something that somebody else decides 申请.
type AskInput struct {
	Target
	Kind   RequestKind
	Reason string     // 1 to 500 characters
	Until  *time.Time // the end of a suspension: within a year; nil for the others
}

// Ask makes a request: the department's desk for a suspension or an extension, a duty lead for a voiding or a forced
// closing. No clock moves before it is granted, and that it was asked in time is enough.
//
// Faults: those of take; TEXT_MISSING at "reason"; SUSPENSION_END at "until".
func Ask(ctx context.Context, tx *pg.Tx, in AskInput) (Case, error) {
	reason, err := prose.Some("reason", in.Reason, noteMost)
	if err != nil {
		return Case{}, err
	}
	if err := in.checkEnd(tx.Now); err != nil {
		return Case{}, fault.Under("until", err)
	}
	t, err := take(ctx, tx, in.Target, requesting[in.Kind].ask)
	if err != nil {
		return Case{}, err
	}
	id := pg.NewID()
	if _, err := tx.Exec(ctx, insertRequestSQL, id, t.ID, t.Round, in.Kind, reason, in.Until, tx.Actor.ID, tx.Now); err != nil {
		return Case{}, fmt.Errorf("insert request: %w", err)
	}
	if err := t.end(ctx, tx, map[string]any{"request": id, "kind": in.Kind, "reason": reason, "until": in.Until}); err != nil {
		return Case{}, err
	}
	n := news{kind: notify.RequestAsked, params: map[string]any{"request": in.Kind}}
	return t.done(t.tellDuty(ctx, tx, t.deciders(in.Kind), n))
}

// checkEnd refuses an end that no suspension can have.
func (in AskInput) checkEnd(now time.Time) error {
	switch {
	case in.Kind != Suspension && in.Until == nil:
		return nil
	case in.Kind != Suspension:
		return fault.Invalid("SUSPENSION_END", "only a suspension has an end")
	case in.Until == nil:
		return fault.Invalid("SUSPENSION_END", "a suspension has an end")
	case !in.Until.After(now):
		return fault.Invalid("SUSPENSION_END", "a suspension ends in the future")
	case in.Until.After(now.AddDate(1, 0, 0)):
		return fault.Invalid("SUSPENSION_END", "a suspension ends within a year")
	}
	return nil
}

// deciders are who is told of a request: the street, or for an ending its duty leads and whoever stands above them.
func (c Case) deciders(kind RequestKind) audience {
	if kind == Suspension || kind == Extension {
		return c.dispatchers()
	}
	return append(c.dutyLeads(), c.above(actor.Supervisor, "")...)
}

// DecideRequestInput answers an open request.
type DecideRequestInput struct {
	Target
	Kind  RequestKind
	Grant bool
	Note  string // why, up to 500 characters
}

// DecideRequest grants or refuses what somebody else has asked for. Granted, a suspension freezes every clock until its
// end, an extension gives the disposal its original limit once more, and an ending ends the case.
//
// Faults: those of take; ACTION_NOT_YOURS for whoever asked; TEXT_MISSING at "note" for a refusal without a reason.
func DecideRequest(ctx context.Context, tx *pg.Tx, in DecideRequestInput) (Case, error) {
	why, err := prose.Clean("note", in.Note, noteMost)
	if err == nil && !in.Grant {
		why, err = prose.Some("note", in.Note, noteMost)
	}
	if err != nil {
		return Case{}, err
	}
	do := requesting[in.Kind].refuse
	if in.Grant {
		do = requesting[in.Kind].grant
	}
	t, err := take(ctx, tx, in.Target, do)
	if err != nil {
		return Case{}, err
	}
	r := t.requests[in.Kind]
	if err := t.settleRequest(ctx, tx, r, in.Grant, why); err != nil {
		return Case{}, err
	}
	detail := map[string]any{"request": r.ID, "kind": r.Kind, "until": r.Until, "note": why}
	if !in.Grant {
		err = t.end(ctx, tx, detail)
	} else {
		err = granting[in.Kind](t, ctx, tx, detail)
	}
	if err != nil {
		return Case{}, err
	}
	return t.done(t.tellDecision(ctx, tx, r, in.Grant))
}

// granting is what a grant of each kind does.
var granting = map[RequestKind]func(*turn, context.Context, *pg.Tx, map[string]any) error{
	Suspension:    (*turn).suspend,
	Extension:     (*turn).extend,
	Voiding:       (*turn).conclude,
	ForcedClosing: (*turn).conclude,
}

func (t *turn) settleRequest(ctx context.Context, tx *pg.Tx, r Request, grant bool, why string) error {
	state := RequestRefused
	if grant {
		state = RequestGranted
	}
	delete(t.requests, r.Kind)
	if _, err := tx.Exec(ctx, decideRequestSQL, r.ID, state, tx.Actor.ID, tx.Now, why); err != nil {
		return fmt.Errorf("decide request: %w", err)
	}
	return nil
}

// tellDecision tells who asked, and the handler whose time has changed.
func (t *turn) tellDecision(ctx context.Context, tx *pg.Tx, r Request, grant bool) error {
	people, decision := []uuid.UUID{r.AskedBy}, "request_refused"
	if grant {
		decision = "request_granted"
	}
	if t.HandlerID != nil && *t.HandlerID != r.AskedBy && grant {
		people = append(people, *t.HandlerID)
	}
	n := news{kind: notify.RequestDecided, params: map[string]any{"request": r.Kind, "decision": decision}}
	if t.DueAt != nil {
		n.params["due"] = *t.DueAt
	}
	return t.tell(ctx, tx, people, n)
}

// WithdrawRequestInput takes back what whoever acts has asked for.
type WithdrawRequestInput struct {
	Target
	Kind RequestKind
}

// WithdrawRequest takes a request back that nobody has decided. Faults: those of take; ACTION_NOT_POSSIBLE at "kind" where
// the actor has no open request of the kind.
func WithdrawRequest(ctx context.Context, tx *pg.Tx, in WithdrawRequestInput) (Case, error) {
	t, err := take(ctx, tx, in.Target, DoWithdraw)
	if err != nil {
		return Case{}, err
	}
	r, open := t.requests[in.Kind]
	if !open || r.AskedBy != tx.Actor.ID {
		return Case{}, fault.Conflict("ACTION_NOT_POSSIBLE", "you have no open request of this kind").At("kind")
	}
	if _, err := tx.Exec(ctx, decideRequestSQL, r.ID, RequestWithdrawn, tx.Actor.ID, tx.Now, nil); err != nil {
		return Case{}, fmt.Errorf("withdraw request: %w", err)
	}
	delete(t.requests, in.Kind)
	return t.done(t.end(ctx, tx, map[string]any{"request": r.ID, "kind": r.Kind}))
}
