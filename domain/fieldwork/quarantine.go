package fieldwork

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/device"
	"gridwork/domain/media"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// HeldState is how far an operation in quarantine has come.
type HeldState string

const (
	HeldOpen    HeldState = "open"
	HeldTakenIn HeldState = "taken_in"
	HeldRefused HeldState = "refused"
)

// HeldStates lists every state.
var HeldStates = []HeldState{HeldOpen, HeldTakenIn, HeldRefused}

func (s HeldState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *HeldState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, HeldStates) }

// Held is an operation in quarantine 隔离: it says that it was captured before its device was revoked, and came after. The
// key may have been in other hands, so a duty lead decides.
type Held struct {
	Operation  uuid.UUID       `db:"operation_id"`
	DeviceID   uuid.UUID       `db:"device_id"`
	PersonID   uuid.UUID       `db:"person_id"` // the device's
	Kind       Kind            `db:"kind"`
	Body       json.RawMessage `db:"body"`
	CapturedAt time.Time       `db:"captured_at"` // by the handheld's clock
	ReceivedAt time.Time       `db:"received_at"`
	Street     string          `db:"street"`
	State      HeldState       `db:"state"`
	DecidedBy  *uuid.UUID      `db:"decided_by"`
	DecidedAt  *time.Time      `db:"decided_at"`
	Reason     *string         `db:"reason"`
}

// quarantine sets an operation aside, whole.
func quarantine(ctx context.Context, tx *pg.Tx, c captured, h device.Holder) (Answer, error) {
	_, v, err := stands(ctx, tx, c)
	if err != nil {
		return Answer{}, err
	}
	if v == nil {
		v = &version{}
		if v.Street, err = workplace(ctx, tx, h.PersonID); err != nil {
			return Answer{}, err
		}
	}
	if _, err := tx.Exec(ctx, insertHeldSQL, c.ID, h.ID, c.Kind, c.hash, c.Body, c.at, c.CapturedAt, c.Signature, tx.Now, v.Street, v.CaseID); err != nil {
		return Answer{}, fmt.Errorf("quarantine: %w", err)
	}
	if err := hold(ctx, tx, c, c.ID); err != nil {
		return Answer{}, err
	}
	a := Answer{ID: c.ID.String(), Status: Quarantined}
	return a, settle(ctx, tx, c, a)
}

// Quarantine is what waits for the actor's decision, the oldest operation first, after the given one (nil = from the first).
// more tells whether others follow.
func Quarantine(ctx context.Context, tx *pg.Tx, after *uuid.UUID, first int) (found []Held, more bool, err error) {
	found, err = pg.All[Held](ctx, tx, openHeldSQL, append(readmittable(tx), deref(after), first+1)...)
	return pg.Page(found, first, err)
}

func readmittable(tx *pg.Tx) []any {
	scope := tx.Actor.Scope(actor.Readmit)
	return []any{scope.Regions, scope.Departments, tx.Actor.ID}
}

// DecideHeldInput decides on an operation in quarantine.
type DecideHeldInput struct {
	Operation uuid.UUID
	TakeIn    bool
	Reason    string // why it is refused, up to 500 characters; needed for a refusal
}

// DecideHeld takes an operation in, as if its author had sent it now, or refuses it for good, with the reason. What is
// refused stays readable.
//
// Faults: OPERATION_NOT_FOUND at "operation", ACTION_NOT_POSSIBLE where it is decided or what it answers is over,
// REASON_MISSING and TEXT_TOO_LONG at "reason", and those of the operation itself.
func DecideHeld(ctx context.Context, tx *pg.Tx, in DecideHeldInput) (Held, error) {
	why, err := prose.Clean("reason", in.Reason, noteMost)
	if err != nil {
		return Held{}, err
	}
	if why == "" && !in.TakeIn {
		return Held{}, fault.Invalid("REASON_MISSING", "say why it is refused").At("reason")
	}
	h, err := pg.One[Held](ctx, tx, lockHeldSQL, append(readmittable(tx), in.Operation)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return h, fault.NotFound("OPERATION_NOT_FOUND", "no such operation in quarantine").At("operation")
	}
	if err != nil {
		return h, err
	}
	if h.State != HeldOpen {
		return h, fault.Conflict(CodeDecided, "this operation is %s", strings.ReplaceAll(string(h.State), "_", " ")).At("operation")
	}
	state := HeldRefused
	if in.TakeIn {
		state = HeldTakenIn
		if err := h.takeIn(ctx, tx); err != nil {
			return h, err
		}
	}
	audit.Record(tx, "quarantine.decide", "operation", h.Operation.String(), map[string]any{"state": state, "device": h.DeviceID})
	return pg.One[Held](ctx, tx, decideHeldSQL, h.Operation, state, tx.Actor.ID, tx.Now, why)
}

func (h Held) takeIn(ctx context.Context, tx *pg.Tx) error {
	if err := media.Free(ctx, tx, h.Operation); err != nil {
		return err
	}
	c := captured{Operation: Operation{ID: h.Operation, Kind: h.Kind, Body: string(h.Body)}, device: h.DeviceID, at: h.CapturedAt}
	d, err := actFor(ctx, tx, h.DeviceID, c)
	if err != nil {
		return err
	}
	return settle(ctx, tx, c, Answer{ID: c.ID.String(), Status: Accepted, Result: &d.Result})
}
