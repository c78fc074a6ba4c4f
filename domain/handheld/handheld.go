// Package handheld is what a grid worker's handheld 手持终端 has to hold to work a whole shift without network: the duty grid with
// its cells and places, the work that is asked of its owner with the checklists for it, and the dangers around.
//
// There is no log of changes. What a handheld should hold is made from one snapshot of the store; a cursor is the hash of all of
// it, and the platform keeps which things a handheld has, by their hashes, to tell the difference. So nothing can be missed,
// whatever order transactions commit in.
package handheld

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about pulling.
const (
	CodeNotAllowed = "NOT_ALLOWED" // handhelds are for grid workers and handlers
)

// Kind is what a thing is.
type Kind string

const (
	Category     Kind = "category"     // what can be reported, with its limits; by code
	Checklist    Kind = "checklist"    // a version that an open task is answered on; by its id
	Form         Kind = "form"         // such a version that the first handhelds could not ask; by its id
	DutyGrid     Kind = "duty_grid"    // that the owner holds or stands in for; by its id
	Cell         Kind = "cell"         // of those, and of every task; by code
	Buildings    Kind = "buildings"    // of a cell, all in one; by the cell's code
	Components   Kind = "components"   // of a cell, all in one; by the cell's code
	Premises     Kind = "premises"     // of those cells, and of every task; by code
	Task         Kind = "task"         // an inspection that is the owner's to do; by its id
	Offer        Kind = "offer"        // an inspection that a colleague asks the owner to take over; by its id
	Claimable    Kind = "claimable"    // an inspection in the owner's cells that may be claimed; by its id
	Verification Kind = "verification" // by its id
	Check        Kind = "check"        // by its id
	Hazard       Kind = "hazard"       // an open dangerous case in the owner's cells, or next to them; by the case's id
	Message      Kind = "message"      // unread; by its id
	Alarm        Kind = "alarm"        // the owner's call for help, or one that they were told of; by its id
	Help         Kind = "help"         // whom to call and write to without network; by "city"
)

// Kinds lists every kind.
var Kinds = []Kind{Category, Checklist, Form, DutyGrid, Cell, Buildings, Components, Premises, Task, Offer, Claimable, Verification, Check, Hazard, Message,
	Alarm, Help}

// Key names a thing for good.
type Key struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
}

func (k Key) compare(o Key) int { return cmp.Or(cmp.Compare(k.Kind, o.Kind), cmp.Compare(k.ID, o.ID)) }

// Item is a thing as a handheld holds it.
type Item struct {
	Key
	Body json.RawMessage `json:"body"`
}

// Delta leads from what a handheld holds to what it should hold: drop everything if Reset says so, drop what was removed, put
// the items in, each in the place of an older one of its key.
type Delta struct {
	Cursor  string `json:"cursor"` // of what is held then
	Reset   bool   `json:"reset"`  // the cursor was not known: the items are the whole
	Items   []Item `json:"items"`
	Removed []Key  `json:"removed"`
}

// Lines are the numbers that the city tells its workers to turn to in need, for when there is no network; "" for none.
type Lines struct {
	Call string
	Text string // that takes text messages
}

// Ask is what a handheld says of itself, and what its process tells every one.
type Ask struct {
	Device uuid.UUID // zero: a browser, which only its owner's session speaks for
	Cursor string    // of the last Delta that it put in; "" or an unknown one asks for the whole
	Lines  Lines
}

// Pull brings a handheld of whoever acts up to date. Somebody without a duty grid has what else is theirs to do: what they had
// before is taken away from the handheld, which a refusal could not. An answer that was never heard is no loss: the cursor before
// it stays known until the handheld comes with the newer one.
//
// It is meant for DB.Snapshot: everything is read of one moment.
//
// Faults: NOT_ALLOWED for whoever is neither grid worker nor handler; DEVICE_NOT_FOUND, DEVICE_REVOKED at "device".
func Pull(ctx context.Context, tx *pg.Tx, ask Ask) (Delta, error) {
	holder, err := holderOf(ctx, tx, ask.Device)
	if err != nil {
		return Delta{}, err
	}
	had, err := recall(ctx, tx, holder)
	if err != nil {
		return Delta{}, err
	}
	now, err := gather(ctx, tx, ask.Lines)
	if err != nil {
		return Delta{}, err
	}
	base, known := had.at(ask.Cursor)
	held := now.manifest()
	d := now.since(base)
	d.Cursor = held.Cursor()
	if d.Cursor == ask.Cursor { // then the handheld has it all, whether or not anybody remembers
		return Delta{Cursor: d.Cursor, Items: []Item{}, Removed: []Key{}}, nil
	}
	d.Reset = !known
	return d, had.remember(ctx, tx, holder, had.next(ask.Cursor, held))
}

// holderOf is under which id the manifests of a handheld are kept.
func holderOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (uuid.UUID, error) {
	if !tx.Actor.Has(actor.GridWorker) && !tx.Actor.Has(actor.Handler) {
		return id, fault.Denied(CodeNotAllowed, "handhelds are for grid workers and handlers")
	}
	if id == uuid.Nil {
		return tx.Actor.ID, nil
	}
	_, err := device.Own(ctx, tx, id)
	return id, err
}

// Forget lets go of manifests that nobody came for in a month: their handhelds are given the whole again.
func Forget(_ context.Context, tx *pg.Tx) error {
	tx.Queue(forgetSQL, tx.Now.Add(-keep).In(identity.City).Format(time.DateOnly))
	return nil
}

const keep = 30 * 24 * time.Hour
