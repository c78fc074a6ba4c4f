package fieldwork

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/device"
	"gridwork/domain/identity"
	"gridwork/domain/media"
	"gridwork/domain/place"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/prose"
)

// Reason is why an operation conflicts with what stands.
type Reason string

const (
	IDReused      Reason = "id_reused"      // its id stands for something else
	TaskOver      Reason = "task_over"      // what it answers was answered or called off meanwhile
	TaskElsewhere Reason = "task_elsewhere" // what it answers is somebody else's by now
	Changed       Reason = "changed"        // what it changes was changed since its author looked
)

// Reasons lists every reason.
var Reasons = []Reason{IDReused, TaskOver, TaskElsewhere, Changed}

// ConflictState is how far a conflict has come.
type ConflictState string

const (
	ConflictOpen    ConflictState = "open"
	ConflictKept    ConflictState = "kept"    // what stood there stays
	ConflictTaken   ConflictState = "taken"   // the handheld's version was carried out
	ConflictSettled ConflictState = "settled" // what arrived later made it none
)

// ConflictStates lists every state.
var ConflictStates = []ConflictState{ConflictOpen, ConflictKept, ConflictTaken, ConflictSettled}

func (r Reason) MarshalGQL(w io.Writer)            { enum.Marshal(w, r) }
func (r *Reason) UnmarshalGQL(in any) error        { return enum.Unmarshal(r, in, Reasons) }
func (s ConflictState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *ConflictState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, ConflictStates) }

// Conflict 冲突 is an operation beside what stood where it wanted to write: two versions, for a person to decide.
type Conflict struct {
	ID         uuid.UUID       `db:"id"`
	Reason     Reason          `db:"reason"`
	Operation  uuid.UUID       `db:"operation_id"`
	DeviceID   *uuid.UUID      `db:"device_id"` // nil: of a report, whose author is sealed
	PersonID   *uuid.UUID      `db:"person_id"` // the device's
	Kind       Kind            `db:"kind"`
	Field      string          `db:"field"` // of premises; "" for what is decided as a whole
	Mine       json.RawMessage `db:"body"`  // the operation's body
	Theirs     json.RawMessage `db:"theirs"`
	Subject    string          `db:"subject"` // id or code of what both are about
	Street     string          `db:"street"`
	CapturedAt time.Time       `db:"captured_at"`
	ReceivedAt time.Time       `db:"received_at"`
	State      ConflictState   `db:"state"`
	DecidedBy  *uuid.UUID      `db:"decided_by"`
	DecidedAt  *time.Time      `db:"decided_at"`
	Note       *string         `db:"note"`
}

// keep stores an operation that could not be carried out beside what stands there, for a person to decide. One that is about
// nothing that its author may know of is refused instead.
func keep(ctx context.Context, tx *pg.Tx, c captured, why *contested) (Answer, error) {
	h, err := known(ctx, tx, c)
	if err != nil {
		return Answer{}, err
	}
	if c.Kind != SubmitClue {
		if before, err := claim(ctx, tx, c, h); before != nil || err != nil {
			return deref(before), err
		}
	}
	subject, v, err := stands(ctx, tx, c)
	if err != nil {
		return Answer{}, err
	}
	if v == nil || c.Kind != SubmitClue && !tx.Actor.As(actor.GridWorker, v.Street, "") && !tx.Actor.As(actor.Handler, v.Street, "") {
		return Answer{}, why.cause
	}
	id, err := store(ctx, tx, c, why.reason, subject, *v)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{ID: c.ID.String(), Status: Conflicting, Conflict: &id}
	if c.Kind == SubmitClue {
		return a, nil
	}
	return a, settle(ctx, tx, c, a)
}

// keepReused stores an operation whose id stands for another one of this platform's receipts.
func keepReused(ctx context.Context, tx *pg.Tx, c captured, h device.Holder, first receipt) (Answer, error) {
	subject, v, err := stands(ctx, tx, c)
	if err != nil {
		return Answer{}, err
	}
	if v == nil {
		v = &version{}
		if v.Street, err = workplace(ctx, tx, h.PersonID); err != nil {
			return Answer{}, err
		}
	}
	if v.Theirs, err = json.Marshal(map[string]json.RawMessage{"body": json.RawMessage(first.Body), "answer": first.Answer}); err != nil {
		return Answer{}, fmt.Errorf("the first version of %s: %w", c.ID, err)
	}
	id, err := store(ctx, tx, c, IDReused, subject, *v)
	return Answer{ID: c.ID.String(), Status: Conflicting, Conflict: &id}, err
}

// store writes a conflict, or finds it where the same operation came before, and holds its photos.
func store(ctx context.Context, tx *pg.Tx, c captured, why Reason, subject string, v version) (uuid.UUID, error) {
	var from *uuid.UUID
	if c.Kind != SubmitClue {
		from = &c.device
	}
	id, err := pg.Val[uuid.UUID](ctx, tx, insertConflictSQL, pg.NewID(), why, c.ID, from, c.Kind, c.hash, c.Body, c.at, tx.Now, v.Street, subject, v.CaseID, v.Theirs)
	if err != nil {
		return id, fmt.Errorf("store conflict: %w", err)
	}
	return id, hold(ctx, tx, c, id)
}

// hold keeps an operation's photos until it is decided. A list that could not be declared holds none.
func hold(ctx context.Context, tx *pg.Tx, c captured, by uuid.UUID) error {
	_, declared := verbs[c.Kind].about(c)
	if err := media.Check(declared); err != nil {
		return nil //nolint:nilerr // as said
	}
	return media.Hold(ctx, tx, by, declared)
}

// workplace is where somebody works, for what names no place: the first region that they were granted something in.
func workplace(ctx context.Context, tx *pg.Tx, person uuid.UUID) (string, error) {
	grants, err := identity.GrantsOf(ctx, tx, []uuid.UUID{person})
	for _, g := range grants {
		if g.Role == actor.GridWorker || g.Role == actor.Handler {
			return g.Region, err
		}
	}
	return "", err
}

// syncContests makes the open conflicts of a premises' fields those that are contested now.
func syncContests(ctx context.Context, tx *pg.Tx, code, street string, fields []place.Field, now []place.Contest) error {
	var ids, operations []uuid.UUID
	var of []string
	var stands []*string
	for _, c := range now {
		ids, operations, of, stands = append(ids, pg.NewID()), append(operations, c.Operation), append(of, string(c.Field)), append(stands, c.Stands)
	}
	if _, err := tx.Exec(ctx, openContestsSQL, ids, operations, of, stands, street, code); err != nil {
		return fmt.Errorf("conflicts of premises: %w", err)
	}
	_, err := tx.Exec(ctx, settleContestsSQL, code, fields, operations, of)
	return err
}

func conflictOf(ctx context.Context, tx *pg.Tx, operation uuid.UUID) (*uuid.UUID, error) {
	id, err := pg.Val[uuid.UUID](ctx, tx, conflictOfSQL, operation)
	return &id, err
}

// Conflicts are the open ones where the actor may decide, the oldest first, after the given one (nil = from the first). more
// tells whether others follow.
func Conflicts(ctx context.Context, tx *pg.Tx, after *uuid.UUID, first int) (found []Conflict, more bool, err error) {
	found, err = pg.All[Conflict](ctx, tx, openConflictsSQL, append(reconcilable(tx), deref(after), first+1)...)
	return pg.Page(found, first, err)
}

// ConflictByID finds one where the actor may decide, in whichever state.
func ConflictByID(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Conflict, error) {
	c, err := pg.One[Conflict](ctx, tx, conflictSQL, append(reconcilable(tx), id)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, fault.NotFound(CodeNotFound, "no such conflict")
	}
	return c, err
}

func reconcilable(tx *pg.Tx) []any {
	scope := tx.Actor.Scope(actor.Reconcile)
	return []any{scope.Regions, scope.Departments, tx.Actor.ID}
}

// DecideConflictInput decides between two versions.
type DecideConflictInput struct {
	Conflict uuid.UUID
	Take     bool   // the handheld's version is carried out; else what stands stays
	Note     string // up to 500 characters
}

// DecideConflict lets what stands stand, or carries the handheld's version out as its author would have, by the rules of
// now: what is over for good stays as it is. A decision is final.
//
// Faults: CONFLICT_NOT_FOUND at "conflict", ACTION_NOT_POSSIBLE where it is decided or what it answers is over,
// TEXT_TOO_LONG at "note", and those of the operation itself.
func DecideConflict(ctx context.Context, tx *pg.Tx, in DecideConflictInput) (Conflict, error) {
	note, err := prose.Clean("note", in.Note, noteMost)
	if err != nil {
		return Conflict{}, err
	}
	c, err := pg.One[Conflict](ctx, tx, lockConflictSQL, append(reconcilable(tx), in.Conflict)...)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, fault.NotFound(CodeNotFound, "no such conflict").At("conflict")
	}
	if err != nil {
		return c, err
	}
	if c.State != ConflictOpen {
		return c, fault.Conflict(CodeDecided, "this conflict is %s", c.State).At("conflict")
	}
	if err := c.carryOut(ctx, tx, in.Take); err != nil {
		return c, err
	}
	state := ConflictKept
	if in.Take {
		state = ConflictTaken
	}
	audit.Record(tx, "conflict.decide", "conflict", c.ID.String(), map[string]any{"state": state, "operation": c.Operation})
	return pg.One[Conflict](ctx, tx, decideConflictSQL, c.ID, state, tx.Actor.ID, tx.Now, note)
}

// carryOut does what follows from a decision.
func (c Conflict) carryOut(ctx context.Context, tx *pg.Tx, take bool) error {
	if c.Kind == UpdatePremises && c.Reason == Changed {
		weigh := place.Dismiss
		if take {
			weigh = place.Prefer
		}
		now, err := weigh(ctx, tx, c.Subject, place.Field(c.Field), c.Operation)
		if err != nil {
			return err
		}
		// This one is decided right away, so it does not count as settled by itself.
		return syncOthers(ctx, tx, c, now)
	}
	if !take {
		return nil
	}
	if c.DeviceID == nil || c.Reason == IDReused {
		return fault.Conflict(CodeDecided, "two things cannot have one id: what is missing has to be sent under another").At("take")
	}
	if err := media.Free(ctx, tx, c.ID); err != nil {
		return err
	}
	_, err := actFor(ctx, tx, *c.DeviceID, captured{Operation: Operation{ID: c.Operation, Kind: c.Kind, Body: string(c.Mine)}, device: *c.DeviceID, at: c.CapturedAt})
	return err
}

func syncOthers(ctx context.Context, tx *pg.Tx, c Conflict, now []place.Contest) error {
	return syncContests(ctx, tx, c.Subject, c.Street, []place.Field{place.Field(c.Field)}, now)
}

// actFor carries an operation out as the owner of its device would have.
func actFor(ctx context.Context, tx *pg.Tx, from uuid.UUID, c captured) (done, error) {
	h, err := device.Known(ctx, tx, from)
	if err != nil {
		return done{}, err
	}
	if h.Owner == nil {
		return done{}, fault.Conflict(CodeDecided, "the account of its author is disabled").At("take")
	}
	decider := tx.Actor
	tx.Actor = h.Owner
	defer func() { tx.Actor = decider }()
	d, err := verbs[c.Kind].do(ctx, tx, Yard{}, c)
	if _, yes := isContest(err); yes {
		return d, fault.Conflict(CodeDecided, "what it answers is over, or somebody else's").At("take").Because(err)
	}
	return d, fault.Under("operation", err)
}

const noteMost = 500 // characters
