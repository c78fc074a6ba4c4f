// Package device knows the handhelds 手持终端 that field workers sign their submissions with: whose they are, by which key
// they are known, and since when they are not believed any more.
package device

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about devices.
const (
	CodeNotFound   = "DEVICE_NOT_FOUND" // no such device for this viewer
	CodeID         = "ID_NOT_UUID_V7"   // a device's id is a UUIDv7 made by the client
	CodeIDReused   = "DEVICE_ID_REUSED" // the id stands for another device already
	CodeKey        = "KEY_MALFORMED"    // neither a P-256 nor an Ed25519 public key
	CodeKeyKnown   = "KEY_KNOWN"        // another device has this key
	CodeProof      = "PROOF_WRONG"      // the proof was not made with the key
	CodeName       = "DEVICE_NAME"      // a name has 1 to 100 characters
	CodeTooMany    = "DEVICES_TOO_MANY" // revoke one first
	CodeReason     = "REASON_MISSING"   // a revocation says why
	CodeSignature  = "SIGNATURE_WRONG"  // not signed with the device's key, or something else was signed
	CodeRevoked    = "DEVICE_REVOKED"   // it is not believed any more
	CodeNotAllowed = "NOT_ALLOWED"      // not what somebody of these roles does
)

const (
	nameMost   = 100 // characters
	reasonMost = 500
	liveMost   = 5 // devices of one person that are not revoked
)

// Device 手持终端 is one handheld of one person.
type Device struct {
	ID           uuid.UUID  `db:"id"` // made by the handheld
	PersonID     uuid.UUID  `db:"person_id"`
	Name         string     `db:"name"`
	Algorithm    Algorithm  `db:"algorithm"`
	PublicKey    []byte     `db:"public_key"` // SubjectPublicKeyInfo, DER
	EnrolledAt   time.Time  `db:"enrolled_at"`
	SeenOn       *time.Time `db:"seen_on"` // the day of the last submission; nil: none yet
	RevokedAt    *time.Time `db:"revoked_at"`
	RevokedBy    *uuid.UUID `db:"revoked_by"`
	RevokeReason *string    `db:"revoke_reason"`
}

// Enrolment is a handheld that introduces itself.
type Enrolment struct {
	ID    uuid.UUID // UUIDv7, made by the handheld
	Name  string    // 1 to 100 characters
	Key   []byte    // as ParseKey reads it
	Proof []byte    // signature over EnrolmentText, made with the key
}

// Enrol takes in a handheld of whoever acts, a grid worker or a handler. The same enrolment again is answered with the
// same device.
//
// Faults: NOT_ALLOWED; ID_NOT_UUID_V7, DEVICE_ID_REUSED at "id"; DEVICE_NAME at "name"; KEY_MALFORMED, KEY_KNOWN at
// "key"; PROOF_WRONG at "proof"; DEVICES_TOO_MANY.
func Enrol(ctx context.Context, tx *pg.Tx, in Enrolment) (Device, error) {
	if !tx.Actor.Has(actor.GridWorker) && !tx.Actor.Has(actor.Handler) {
		return Device{}, fault.Denied(CodeNotAllowed, "handhelds are for grid workers and handlers")
	}
	d, err := in.accept(tx.Actor.ID)
	if err != nil {
		return Device{}, err
	}
	if err := in.room(ctx, tx); err != nil {
		return Device{}, err
	}
	stored, err := pg.One[Device](ctx, tx, insertDeviceSQL, d.ID, d.PersonID, d.Name, d.Algorithm, d.PublicKey, tx.Now)
	if pg.Constraint(err) == "devices_public_key_key" {
		return Device{}, fault.Conflict(CodeKeyKnown, "this key belongs to another device: make a new one").At("key")
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return d.again(ctx, tx)
	}
	if err != nil {
		return Device{}, fmt.Errorf("enrol device: %w", err)
	}
	audit.Record(tx, "device.enrol", "device", d.ID.String(), map[string]any{"algorithm": d.Algorithm})
	return stored, nil
}

// accept checks what needs no store.
func (in Enrolment) accept(person uuid.UUID) (Device, error) {
	d := Device{ID: in.ID, PersonID: person, Name: strings.TrimSpace(in.Name)}
	if in.ID.Version() != 7 || in.ID.Variant() != uuid.RFC4122 {
		return d, fault.Invalid(CodeID, "a device's id is a UUIDv7 made by the handheld").At("id")
	}
	if d.Name == "" || !utf8.ValidString(d.Name) || utf8.RuneCountInString(d.Name) > nameMost {
		return d, fault.Invalid(CodeName, "a name has 1 to %d characters", nameMost).At("name")
	}
	key, err := ParseKey(in.Key)
	if err != nil {
		return d, fault.Under("key", err)
	}
	d.Algorithm, d.PublicKey = key.Algorithm, key.DER
	if !key.Verify(EnrolmentText(in.ID, person, key), in.Proof) {
		return d, fault.Invalid(CodeProof, "the proof was not made with this key, device and person").At("proof")
	}
	return d, nil
}

// room refuses the device that would be one too many. The person's row is locked, so that two do not both find room.
func (in Enrolment) room(ctx context.Context, tx *pg.Tx) error {
	if _, err := tx.Exec(ctx, lockOwnerSQL, tx.Actor.ID); err != nil {
		return err
	}
	others, err := pg.Val[int](ctx, tx, othersSQL, tx.Actor.ID, in.ID)
	if err == nil && others >= liveMost {
		return fault.Conflict(CodeTooMany, "somebody has at most %d handhelds: revoke one first", liveMost)
	}
	return err
}

// again answers an id that is taken.
func (d Device) again(ctx context.Context, tx *pg.Tx) (Device, error) {
	first, err := pg.One[Device](ctx, tx, deviceSQL, d.ID)
	if err != nil {
		return first, err
	}
	if first.PersonID != d.PersonID || !bytes.Equal(first.PublicKey, d.PublicKey) {
		return Device{}, fault.Conflict(CodeIDReused, "this id stands for another device").At("id")
	}
	return first, nil
}

// Mine are the devices of whoever acts, the newest first, revoked ones too.
func Mine(ctx context.Context, tx *pg.Tx) ([]Device, error) {
	return pg.All[Device](ctx, tx, devicesOfSQL, []string{}, []string{}, tx.Actor.ID, tx.Actor.ID)
}

// Of are the devices of a person, the newest first: one's own, or those of people whose devices the actor may revoke.
func Of(ctx context.Context, tx *pg.Tx, person uuid.UUID) ([]Device, error) {
	scope := tx.Actor.Scope(actor.Revoke)
	return pg.All[Device](ctx, tx, devicesOfSQL, scope.Regions, scope.Departments, tx.Actor.ID, person)
}

// RevokeInput takes a device out of use.
type RevokeInput struct {
	Device uuid.UUID
	Reason string // 1 to 500 characters
}

// Revoke stops believing a device, at once: what was captured later is refused, what was captured before and comes late is
// set aside for a duty lead. All sessions of its person end with it, since nobody knows which of them a lost handheld
// holds. It is for the owner, for administrators, and for duty leads of a region where the owner works. A revoked device
// stays as it is.
//
// Faults: DEVICE_NOT_FOUND at "device", REASON_MISSING at "reason".
func Revoke(ctx context.Context, tx *pg.Tx, in RevokeInput) (Device, error) {
	why := strings.TrimSpace(in.Reason)
	if why == "" || !utf8.ValidString(why) || utf8.RuneCountInString(why) > reasonMost {
		return Device{}, fault.Invalid(CodeReason, "say why, in at most %d characters", reasonMost).At("reason")
	}
	scope := tx.Actor.Scope(actor.Revoke)
	d, err := pg.One[Device](ctx, tx, lockDeviceSQL, scope.Regions, scope.Departments, tx.Actor.ID, in.Device)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, fault.NotFound(CodeNotFound, "no such device").At("device")
	}
	if err != nil || d.RevokedAt != nil {
		return d, err
	}
	if d, err = pg.One[Device](ctx, tx, revokeDeviceSQL, d.ID, tx.Now, tx.Actor.ID, why); err != nil {
		return d, fmt.Errorf("revoke device: %w", err)
	}
	identity.EndSessions(tx, d.PersonID)
	audit.Record(tx, "device.revoke", "device", d.ID.String(), map[string]any{"person": d.PersonID})
	return d, nil
}

// RevokeAll stops believing every device of somebody whose account is closed, with the commit. The caller has judged that the
// actor may.
func RevokeAll(tx *pg.Tx, person uuid.UUID, reason string) {
	tx.Queue(revokeAllSQL, person, tx.Now, tx.Actor.ID, reason)
}

// Holder is a device with whoever it belongs to.
type Holder struct {
	Device
	Owner *actor.Actor // nil: the account is disabled
	Until *time.Time   // since when neither is believed any more: the revocation, or the end of the account; nil: both are
}

// Known finds a device for whoever holds its key. DEVICE_NOT_FOUND where there is none. A revocation that was committed
// before this is seen.
func Known(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Holder, error) {
	d, err := pg.One[Device](ctx, tx, deviceSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Holder{}, fault.NotFound(CodeNotFound, "no such device").At("device")
	}
	if err != nil {
		return Holder{}, err
	}
	h := Holder{Device: d, Until: d.RevokedAt}
	if h.Owner, err = identity.Behind(ctx, tx, d.PersonID); err != nil || h.Owner != nil {
		return h, err
	}
	disabled, err := pg.Val[time.Time](ctx, tx, disabledSQL, d.PersonID)
	if err == nil && (h.Until == nil || disabled.Before(*h.Until)) {
		h.Until = &disabled
	}
	return h, err
}

// Own finds a device of whoever acts, which is still believed.
//
// Faults, at "device": DEVICE_NOT_FOUND, DEVICE_REVOKED.
func Own(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Holder, error) {
	h, err := Known(ctx, tx, id)
	switch {
	case err != nil:
		return h, err
	case h.PersonID != tx.Actor.ID:
		return Holder{}, fault.NotFound(CodeNotFound, "no such device").At("device")
	case h.Until != nil:
		return Holder{}, fault.Denied(CodeRevoked, "this device was revoked").At("device")
	}
	return h, nil
}

// Seen notes the day on which a device was heard of, once a day.
func (d Device) Seen(tx *pg.Tx) {
	today := tx.Now.In(identity.City).Format(time.DateOnly)
	if d.SeenOn == nil || d.SeenOn.Format(time.DateOnly) != today {
		tx.Queue(seenSQL, d.ID, today)
	}
}

// Verify reports whether the device's key made the signature over a text.
func (d Device) Verify(text string, signature []byte) bool {
	key, err := parseDER(d.PublicKey)
	return err == nil && key.Verify(text, signature)
}
