package notify

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"errors"
	"net/url"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about subscriptions.
const (
	CodePushOff  = "PUSH_OFF"      // this installation has no key for push services
	CodeEndpoint = "PUSH_ENDPOINT" // no address of a push service that may be called
	CodePushKey  = "PUSH_KEY"      // no public key of a browser's
	CodeAuth     = "PUSH_AUTH"     // no secret of a browser's
)

var errPushOff = fault.Conflict(CodePushOff, "this installation shows no notifications")

const (
	endpointMost = 1000 // characters
	authBytes    = 16   // RFC 8291
)

const subscriptionSQL = `select session_hash, endpoint, p256dh, auth from push_subscriptions where device_id = $1`

// A browser that was handed over brings its subscription along: it is the next owner's alone.
const endElsewhereSQL = `delete from push_subscriptions where endpoint = $1 and device_id <> $2`

// Only a session that is not over has one.
const subscribeSQL = `insert into push_subscriptions (device_id, person_id, session_hash, endpoint, p256dh, auth, created_at)
	select $1, person_id, token_hash, $4, $5, $6, $7 from sessions
	where token_hash = $3 and person_id = $2 and revoked_at is null and expires_at > $7
	on conflict (device_id) do update set session_hash = excluded.session_hash, endpoint = excluded.endpoint, p256dh = excluded.p256dh,
		auth = excluded.auth, created_at = excluded.created_at`

const unsubscribeSQL = `delete from push_subscriptions where device_id = $1 and person_id = $2`

const endSubscriptionSQL = `delete from push_subscriptions where device_id = $1 and endpoint = $2`

// What nothing may be sent to any more: its secrets have no use.
const forgetSubscriptionsSQL = `delete from push_subscriptions s
	where exists (select from sessions o where o.token_hash = s.session_hash and (o.revoked_at is not null or o.expires_at <= $1))
		or exists (select from devices v where v.id = s.device_id and v.revoked_at is not null)
		or exists (select from people p where p.id = s.person_id and p.disabled_at is not null)
		or not exists (select from grants g where g.person_id = s.person_id and g.revoked_at is null and g.role in ('grid_worker', 'handler'))`

// Subscription 订阅 is where a handheld's browser takes notifications, and the keys that only it can read them by. A handheld has one.
type Subscription struct {
	Session  []byte `db:"session_hash"` // of the sign-in that it goes as far as
	Endpoint string `db:"endpoint"`
	P256dh   []byte `db:"p256dh"` // an uncompressed point of P-256
	Auth     []byte `db:"auth"`   // 16 bytes
}

// Subscribe lets a handheld of whoever acts be shown notifications, for as long as the session with this token lasts. The same again
// changes nothing; another one takes the place of the one before.
//
// Faults: PUSH_OFF; NOT_ALLOWED; DEVICE_NOT_FOUND, DEVICE_REVOKED at "device"; PUSH_ENDPOINT, PUSH_KEY, PUSH_AUTH at the field.
func (p *Push) Subscribe(ctx context.Context, tx *pg.Tx, handheld uuid.UUID, token string, in Subscription) error {
	if p == nil {
		return errPushOff
	}
	if !tx.Actor.Has(actor.GridWorker) && !tx.Actor.Has(actor.Handler) {
		return fault.Denied("NOT_ALLOWED", "notifications are for grid workers and handlers")
	}
	if err := p.admits(in); err != nil {
		return err
	}
	if _, err := device.Own(ctx, tx, handheld); err != nil {
		return err
	}
	before, err := pg.One[Subscription](ctx, tx, subscriptionSQL, handheld)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	in.Session = identity.SessionKey(token)
	if before.is(in) && bytes.Equal(before.Session, in.Session) {
		return nil
	}
	if _, err := tx.Exec(ctx, endElsewhereSQL, in.Endpoint, handheld); err != nil {
		return err
	}
	made, err := pg.Exec(ctx, tx, subscribeSQL, handheld, tx.Actor.ID, in.Session, in.Endpoint, in.P256dh, in.Auth, tx.Now)
	if err != nil {
		return err
	}
	if made == 0 {
		return fault.Denied("NOT_ALLOWED", "notifications go to a handheld that somebody has signed in on")
	}
	if !before.is(in) {
		u, _ := url.Parse(in.Endpoint) // it was admitted
		audit.Record(tx, "push.subscribe", "device", handheld.String(), map[string]any{"service": u.Hostname()})
	}
	return nil
}

// is reports whether both are the same browser's, whatever the session.
func (s Subscription) is(other Subscription) bool {
	return s.Endpoint == other.Endpoint && bytes.Equal(s.P256dh, other.P256dh) && bytes.Equal(s.Auth, other.Auth)
}

// admits checks what needs no store.
func (p *Push) admits(s Subscription) error {
	if len(s.Endpoint) > endpointMost {
		return fault.Invalid(CodeEndpoint, "an address has at most %d characters", endpointMost).At("endpoint")
	}
	if err := p.policy.checkEndpoint(s.Endpoint); err != nil {
		return fault.Invalid(CodeEndpoint, "this installation may not call that address: %v", err).At("endpoint")
	}
	if _, err := ecdh.P256().NewPublicKey(s.P256dh); err != nil {
		return fault.Invalid(CodePushKey, "a browser's key is an uncompressed point of P-256").At("p256dh")
	}
	if len(s.Auth) != authBytes {
		return fault.Invalid(CodeAuth, "a browser's secret has %d bytes", authBytes).At("auth")
	}
	return nil
}

// Unsubscribe ends a handheld's notifications, at once: those on their way are moot. One without any is done already.
func Unsubscribe(ctx context.Context, tx *pg.Tx, handheld uuid.UUID) error {
	ended, err := pg.Exec(ctx, tx, unsubscribeSQL, handheld, tx.Actor.ID)
	if err == nil && ended > 0 {
		audit.Record(tx, "push.unsubscribe", "device", handheld.String(), struct{}{})
	}
	return err
}

// ForgetSubscriptions removes those that nothing may be sent to any more.
func ForgetSubscriptions(_ context.Context, tx *pg.Tx) error {
	tx.Queue(forgetSubscriptionsSQL, tx.Now)
	return nil
}
