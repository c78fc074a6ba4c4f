package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// maxAttempts is after how many refusals a delivery is dead, unless its job gives up before: with the queue's growing
// delays, about half an hour of trying. An operator can requeue it.
const maxAttempts = 12

// Channel is a way out of the platform.
type Channel string

const (
	ChannelSMS     Channel = "sms"
	ChannelWebhook Channel = "webhook"
	ChannelPush    Channel = "push"
)

var jobOf = map[Channel]string{ChannelSMS: JobText, ChannelWebhook: JobCall, ChannelPush: JobPush}

// DeliveryState is how far one message on one way out has come.
type DeliveryState string

const (
	DeliveryPending DeliveryState = "pending"
	DeliverySent    DeliveryState = "sent"
	DeliveryBundled DeliveryState = "bundled" // told of by another, with which it waited
	DeliveryDead    DeliveryState = "dead"    // given up
	DeliveryMoot    DeliveryState = "moot"    // a notification that nobody can be shown any more, or needs to be
)

// Delivery 投递 is one message to a person, or one case event to another system, on its way out.
type Delivery struct {
	ID        uuid.UUID     `db:"id"`
	Message   *uuid.UUID    `db:"message_id"`
	Webhook   *uuid.UUID    `db:"webhook_id"`
	CaseEvent *uuid.UUID    `db:"case_event_id"`
	Channel   Channel       `db:"channel"`
	State     DeliveryState `db:"state"`
	Attempts  int           `db:"attempts"`
	LastError *string       `db:"last_error"` // a code, or "http_" and a status: never content
	CreatedAt time.Time     `db:"created_at"`
	SentAt    *time.Time    `db:"sent_at"`
}

// Senders are the ways out. Without one its deliveries fail, are tried again and die, to be requeued when there is one.
type Senders struct {
	SMS   SMS
	Hooks *Hooks
	Push  *Push
}

// SMS sends text messages.
type SMS interface {
	// Send hands one text to the provider. The id is the same for each try: the provider must not send twice for it.
	Send(ctx context.Context, id uuid.UUID, phone, text string) error
}

// refusal is why something could not be sent. It never carries content: it is stored and logged.
type refusal struct {
	code  string        // "timeout", "http_503", …
	final bool          // trying again would be refused again
	moot  bool          // nothing is wrong: there is nobody to tell any more
	after time.Duration // for so long the other side asks to be left alone
}

func (r *refusal) Error() string { return r.code }

// Code lets a job's book say why.
func (r *refusal) Code() string { return r.code }

// After lets the queue wait as long as it was asked to.
func (r *refusal) After() time.Duration { return r.after }

// Deliver sends what a delivery is about and notes the result. Anything but nil means: try again later. It is safe to
// run twice, and at once: a sent delivery is left alone, and a double sending carries the same key of idempotency.
func Deliver(ctx context.Context, db *pg.DB, out Senders, id uuid.UUID) error {
	l, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (letter, error) { return taken(ctx, tx, id) })
	if errors.Is(err, pgx.ErrNoRows) {
		return nil // not pending any more
	}
	if err != nil {
		return err
	}
	if l.rests.After(l.Now) {
		return db.Write(ctx, func(tx *pg.Tx) error { tx.Queue(restSQL, id, l.rests); return nil })
	}
	if l.RetryAt != nil && l.RetryAt.After(l.Now) {
		return &refusal{code: "asked_to_wait", after: l.RetryAt.Sub(l.Now)} // no try: nobody was asked
	}
	sending := out.send(ctx, l)
	if ctx.Err() != nil {
		return fmt.Errorf("deliver %s: %w", id, ctx.Err()) // we are stopping: it says nothing about the other side
	}
	if err := db.Write(ctx, func(tx *pg.Tx) error { l.note(tx, sending); return nil }); err != nil {
		return err
	}
	if r := new(refusal); errors.As(sending, &r) && (r.final || r.moot) || l.Attempts+1 >= maxAttempts {
		return nil // dead, and listed as such; or nothing more to do
	}
	return sending
}

// note writes down how a try ended.
func (l letter) note(tx *pg.Tx, sending error) {
	if sending == nil {
		tx.Queue(sentSQL, l.Delivery, tx.Now)
		return
	}
	reason := &refusal{code: "internal"}
	errors.As(sending, &reason)
	switch {
	case reason == errGone: // only what was there: another one may have taken its place meanwhile
		tx.Queue(endSubscriptionSQL, l.Device, l.Endpoint)
		fallthrough
	case reason.moot:
		tx.Queue(mootSQL, []uuid.UUID{l.Delivery}, reason.code)
	default:
		tx.Queue(refusedSQL, l.Delivery, reason.code, reason.final, maxAttempts, tx.Now.Add(reason.after))
	}
}

// Dead lists the deliveries that were given up, newest first, for whoever may requeue them.
func Dead(ctx context.Context, tx *pg.Tx, page Page) (found []Delivery, more bool, err error) {
	if err := mayRequeue(tx.Actor); err != nil {
		return nil, false, err
	}
	found, err = pg.All[Delivery](ctx, tx, deadSQL, page.Before, page.First+1)
	return pg.Page(found, page.First, err)
}

// Requeue gives a dead delivery its tries again. One that is not dead is ACTION_NOT_POSSIBLE.
func Requeue(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Delivery, error) {
	if err := mayRequeue(tx.Actor); err != nil {
		return Delivery{}, err
	}
	d, err := pg.One[Delivery](ctx, tx, requeueSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, fault.Conflict("ACTION_NOT_POSSIBLE", "only a delivery that was given up can be requeued")
	}
	if err != nil {
		return d, err
	}
	tx.Emit(jobOf[d.Channel], DeliverJob{Delivery: id})
	audit.Record(tx, "delivery.requeue", "delivery", id.String(), struct{}{})
	return d, nil
}

// mayRequeue: deliveries belong to no region, so wherever the permission is held will do.
func mayRequeue(a *actor.Actor) error {
	if len(a.Scope(actor.ReadDelivery).Regions) == 0 {
		return fault.Denied("NOT_ALLOWED", "dead letters are for administrators")
	}
	return nil
}

// Backlog is what still has to leave the platform.
type Backlog struct {
	Pending int        `db:"pending"`
	Held    int        `db:"held"` // hushed: see QuietRule
	Dead    int        `db:"dead"`
	Oldest  *time.Time `db:"oldest"` // when the oldest pending one was made; nil: none
}

// Count measures the backlog, for metrics and the operator's check.
func Count(ctx context.Context, tx *pg.Tx) (Backlog, error) {
	return pg.One[Backlog](ctx, tx, backlogSQL)
}
