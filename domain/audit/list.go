package audit

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
)

// Filter narrows the log; what is empty does not.
type Filter struct {
	Object   string     // clue, case, person, …
	ObjectID string     // of that object
	Actor    *uuid.UUID // what this person did
	Action   string     // how the action begins, such as grant.
	From, To *time.Time // exclusive at the end
}

// Mark is a row of the log without its detail: who did what to which object, and when.
type Mark struct {
	ID       uuid.UUID  `db:"id"`
	At       time.Time  `db:"at"`
	ActorID  *uuid.UUID `db:"actor_id"` // nil: a reporter or the platform
	Actor    string     `db:"actor"`    // roles, or the platform's reason
	Action   string     `db:"action"`
	Object   string     `db:"object"`
	ObjectID string     `db:"object_id"`
}

// List is a page of the log, the newest first, before a row (nil: from the newest). That a reporter signed in is left out: beside
// the time of a report it would say whose it was. Fault: NOT_ALLOWED for everybody but
// administrators of the city, since a row belongs to no region.
func List(ctx context.Context, tx *pg.Tx, f Filter, before *uuid.UUID, first int) (page []Mark, more bool, err error) {
	if tx.Actor.System == "" && !tx.Actor.Citywide(actor.AdministerAll) {
		return nil, false, fault.Denied("NOT_ALLOWED", "the log is for administrators of the city")
	}
	low, high := uuid.Nil, uuid.Max
	if f.From != nil {
		low = firstAt(*f.From)
	}
	if f.To != nil {
		high = firstAt(*f.To)
	}
	page, err = pg.All[Mark](ctx, tx, listSQL, low, high, before, f.Object, f.ObjectID, f.Actor, f.Action, first+1)
	return pg.Page(page, first, err)
}

// firstAt is the lowest UUIDv7 of an instant, by the millisecond: ids stand in the order of time.
func firstAt(at time.Time) (id uuid.UUID) {
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(max(at.UnixMilli(), 0)))
	copy(id[:6], ms[2:])
	id[6] = 0x70
	return id
}
