package casework

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// ReplyInput is a written reply.
type ReplyInput struct {
	Order uuid.UUID
	Text  string // 1 to 2 000 characters
}

// ReplyToOrder answers a supervision order in writing 督办回复: the desk of the department that owes it, or a dispatcher or
// duty lead of the street that does. Its clock stops.
//
// Faults: TEXT_MISSING at "text"; ORDER_NOT_FOUND at "order" for one of a case that the viewer cannot see;
// ACTION_NOT_POSSIBLE, ACTION_NOT_YOURS.
func ReplyToOrder(ctx context.Context, tx *pg.Tx, in ReplyInput) (SupervisionOrder, error) {
	text, err := prose.Some("text", in.Text, textMost)
	if err != nil {
		return SupervisionOrder{}, err
	}
	o, t, err := takeOrder(ctx, tx, in.Order, OrderReply)
	if err != nil {
		return SupervisionOrder{}, err
	}
	reply, err := o.insertReply(ctx, tx, text)
	if err != nil {
		return SupervisionOrder{}, err
	}
	if o.ClockID != nil {
		escalation.StopOne(tx, *o.ClockID)
	}
	o.State = OrderReplied
	if err := o.write(ctx, tx); err != nil {
		return SupervisionOrder{}, err
	}
	stir(tx, t.ID)
	o.note(tx, t.Case, "order_replied", map[string]any{"reply": reply})
	audit.Record(tx, "order.reply", "order", o.ID.String(), map[string]any{"case": o.CaseID, "reply": reply})
	n := news{kind: notify.OrderReplied, calm: true}
	if o.OrderedBy != nil {
		return o, t.tell(ctx, tx, []uuid.UUID{*o.OrderedBy}, n)
	}
	return o, t.tellDuty(ctx, tx, t.supervisors(), n)
}

// DecideReplyInput is what a supervisor says to a reply.
type DecideReplyInput struct {
	Order  uuid.UUID
	Accept bool            // or ask again
	Note   string          // why, up to 500 characters; not empty when asking again
	Limit  *calendar.Limit // of the next reply; nil: the published one
}

// DecideReply accepts the reply to an order, which is its end, or asks for another one, whose clock starts now. A
// supervisor over the place decides, whoever ordered: people are off duty, and ladders ask nobody.
//
// Faults: those of ReplyToOrder, TEXT_MISSING at "note"; ACTION_NOT_POSSIBLE for asking while the case is suspended;
// LIMIT_…, and STAGE_LIMIT_MISSING where none is published, at "limit".
func DecideReply(ctx context.Context, tx *pg.Tx, in DecideReplyInput) (SupervisionOrder, error) {
	sane := prose.Clean
	if !in.Accept {
		sane = prose.Some
	}
	why, err := sane("note", in.Note, noteMost)
	if err != nil {
		return SupervisionOrder{}, err
	}
	o, t, err := takeOrder(ctx, tx, in.Order, OrderDecide)
	if err != nil {
		return SupervisionOrder{}, err
	}
	if in.Accept {
		o.State, o.EndedAt = OrderAccepted, now(tx)
	} else if err := o.askAgain(ctx, tx, t, in.Limit); err != nil {
		return SupervisionOrder{}, err
	}
	if _, err := tx.Exec(ctx, decideReplySQL, o.ID, in.Accept, why, tx.Actor.ID, tx.Now); err != nil {
		return SupervisionOrder{}, fmt.Errorf("decide reply: %w", err)
	}
	if err := o.write(ctx, tx); err != nil {
		return SupervisionOrder{}, err
	}
	audit.Record(tx, "order.decide", "order", o.ID.String(), map[string]any{"case": o.CaseID, "accept": in.Accept})
	if in.Accept {
		o.note(tx, t.Case, "order_accepted", map[string]any{"note": why})
		return o, t.tellDuty(ctx, tx, t.owing(o.Department), news{kind: notify.OrderAccepted, calm: true})
	}
	o.note(tx, t.Case, "order_asked_again", map[string]any{"note": why})
	return o, t.tellOwing(ctx, tx, o, notify.OrderAskedAgain)
}

func (o *SupervisionOrder) askAgain(ctx context.Context, tx *pg.Tx, t *turn, given *calendar.Limit) error {
	if t.State == Suspended {
		return fault.Conflict("ACTION_NOT_POSSIBLE", "nothing is asked of a case that is suspended")
	}
	clock, err := t.beginReply(ctx, tx, o.Department, given)
	if err != nil {
		return fault.Under("limit", err)
	}
	escalation.StartAll(tx, []escalation.Begun{clock})
	o.State, o.ClockID, o.DueAt = OrderDue, &clock.ID, &clock.DueAt
	return nil
}

// takeOrder finds an order and locks its case; then it asks whether whoever acts may do that to it.
func takeOrder(ctx context.Context, tx *pg.Tx, id uuid.UUID, do OrderAction) (SupervisionOrder, *turn, error) {
	o, err := pg.One[SupervisionOrder](ctx, tx, orderSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return o, nil, errOrderUnknown
	}
	if err != nil {
		return o, nil, err
	}
	t, err := lock(ctx, tx, Target{Case: o.CaseID})
	if fault.Is(err, "CASE_NOT_FOUND") {
		return o, nil, errOrderUnknown
	}
	if err != nil {
		return o, nil, err
	}
	if o, err = pg.One[SupervisionOrder](ctx, tx, orderSQL, id); err != nil {
		return o, nil, err
	}
	return o, t, o.allows(do, tx.Actor)
}

func (o SupervisionOrder) write(ctx context.Context, tx *pg.Tx) error {
	if _, err := tx.Exec(ctx, updateOrderSQL, o.ID, o.State, o.ClockID, o.EndedAt); err != nil {
		return fmt.Errorf("update order: %w", err)
	}
	return nil
}
