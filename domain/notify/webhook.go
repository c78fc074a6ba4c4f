package notify

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// secretBytes is the strength of a hook's key.
const secretBytes = 32

// Webhook 推送 is another system that hears of the cases of a region, and of one department if it names one. It is told
// what happened to which case, never what a case says. Restricted cases are told to nobody.
type Webhook struct {
	ID         uuid.UUID `db:"id"`
	URL        string    `db:"url"`
	Region     string    `db:"region"`     // division code
	Department *string   `db:"department"` // nil: all
	Active     bool      `db:"active"`
	CreatedAt  time.Time `db:"created_at"`
}

var errNoWebhook = fault.NotFound("WEBHOOK_NOT_FOUND", "no such webhook")

// AddWebhook makes a hook, and returns the secret of its signatures for the only time. The address has to be one that
// the policy allows.
func AddWebhook(ctx context.Context, tx *pg.Tx, policy Policy, in Webhook) (Webhook, []byte, error) {
	if !tx.Actor.May(actor.AdministerAll, in.Region, "") {
		return Webhook{}, nil, fault.Denied("NOT_ALLOWED", "webhooks of this region are for its administrators").At("region")
	}
	if err := policy.checkURL(in.URL); err != nil {
		return Webhook{}, nil, fault.Invalid("WEBHOOK_URL", "this installation may not call that address: %v", err).At("url")
	}
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails (crypto/rand)
	hook, err := pg.One[Webhook](ctx, tx, insertWebhookSQL, pg.NewID(), in.URL, secret, in.Region, in.Department, tx.Now)
	if pg.Constraint(err) == "webhooks_department_fkey" {
		return Webhook{}, nil, fault.Invalid("DEPARTMENT_UNKNOWN", "no such department").At("department")
	}
	if err != nil {
		return Webhook{}, nil, fmt.Errorf("add webhook: %w", err)
	}
	audit.Record(tx, "webhook.add", "webhook", hook.ID.String(), map[string]any{"region": in.Region, "department": in.Department})
	return hook, secret, nil
}

// RetireWebhook stops a hook for good. What was not sent yet is given up.
func RetireWebhook(ctx context.Context, tx *pg.Tx, id uuid.UUID) error {
	scope := tx.Actor.Scope(actor.AdministerAll)
	changed, err := pg.Exec(ctx, tx, retireWebhookSQL, scope.Regions, id)
	if err == nil && changed == 0 {
		return errNoWebhook
	}
	audit.Record(tx, "webhook.retire", "webhook", id.String(), struct{}{})
	return err
}

// Webhooks lists the active hooks of the regions that the actor administers, oldest first.
func Webhooks(ctx context.Context, tx *pg.Tx) ([]Webhook, error) {
	return pg.All[Webhook](ctx, tx, webhooksSQL, tx.Actor.Scope(actor.AdministerAll).Regions)
}

// FanOut makes a delivery, and its job, for each active hook that may hear of a case event: those of the department that the
// case was with when it happened, and of the one that lost it then, not of the one that it is with by now. A second time makes none.
func FanOut(ctx context.Context, tx *pg.Tx, job FanOutJob) error {
	hooks, err := pg.Vals[uuid.UUID](ctx, tx, hooksOfEventSQL, job.CaseEvent, job.Department, job.Had)
	if err != nil || len(hooks) == 0 {
		return err
	}
	calls := make([]uuid.UUID, len(hooks))
	for i := range hooks {
		calls[i] = pg.NewID()
		tx.Emit(JobCall, DeliverJob{Delivery: calls[i]})
	}
	tx.Queue(insertCallsSQL, calls, hooks, job.CaseEvent, tx.Now)
	return nil
}
