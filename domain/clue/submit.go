package clue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/pg"
)

// JobSubmitted is the outbox kind that follows an urgent clue; its payload is a Job and its effect Announce.
const JobSubmitted = "clue.submitted"

// Job is the payload of JobSubmitted.
type Job struct {
	Clue uuid.UUID `json:"clue"`
}

// Intake is what taking a report needs besides the transaction: the city in memory, and the keys of the web tier. It
// remembers the terms on which decisions are promised for some seconds, so a process has one, and not one per request.
type Intake struct {
	Atlas func() *cell.Atlas
	Keys  *vault.Keys

	terms atomic.Pointer[terms]
}

// Receipt answers a submission.
type Receipt struct {
	Clue Clue
	// ClaimCode is what an anonymous reporter follows the clue by: 80 bits, XXXX-XXXX-XXXX-XXXX; nil for others.
	ClaimCode *string
	// Repeated tells that the same submission was accepted before: this is the first answer again.
	Repeated bool
}

// Submit takes a report: it lands the position in a cell, stores clue, sealed reporter, event and audit row, starts the
// clock of the decision, and answers the same submission with the same receipt however often it comes.
//
// Faults, with the path of the input: ID_NOT_UUID_V7, CLUE_ID_REUSED at "id"; TEXT_… at "text"; UNKNOWN_CATEGORY at
// "category"; POSITION_…, OUTSIDE_CITY, CAPTURED_IN_FUTURE below "position"; those of media.Declare below "photos".
func (in *Intake) Submit(ctx context.Context, tx *pg.Tx, s Submission) (Receipt, error) {
	a, err := s.accept(tx)
	if err != nil {
		return Receipt{}, err
	}
	landing, err := in.Atlas().Land(a.point)
	if err != nil {
		return Receipt{}, fault.Under("position", err)
	}
	terms, err := in.current(ctx, tx, a.Category)
	if err != nil {
		return Receipt{}, err
	}
	if !terms.hasCategory(a.Category) {
		return Receipt{}, fault.Invalid(CodeUnknownCategory, "there is no such category").At("category")
	}
	c := in.draw(tx, a, landing)
	c.Urgent = terms.urgent[a.Category]
	number, err := in.insert(ctx, tx, c)
	if errors.Is(err, pgx.ErrNoRows) {
		return in.repeat(ctx, tx, c)
	}
	if err != nil {
		return Receipt{}, err
	}
	c.Number = number
	if err := media.Declare(ctx, tx, media.OfClue, c.ID, a.Photos); err != nil {
		return Receipt{}, fault.Under("photos", err)
	}
	if err := terms.startDeciding(tx, c); err != nil {
		return Receipt{}, err
	}
	return in.receipt(c, false), in.follow(tx, c, a.Contact)
}

// draw makes the row of a new clue.
func (in *Intake) draw(tx *pg.Tx, a accepted, landing cell.Landing) Clue {
	p := a.Position
	c := Clue{
		ID: a.ID, PayloadHash: a.hash(), Source: Anonymous, Text: a.Text, State: Submitted, Version: 1,
		Lon: p.Lon, Lat: p.Lat, Datum: p.Datum, AccuracyM: p.Accuracy, PositionSource: p.Source, Mocked: p.Mocked,
		CapturedAt: p.CapturedAt, Point: a.point, Cell: landing.Cell, Street: landing.Street, BorderM: landing.BorderM,
		SubmittedAt: tx.Now,
	}
	if a.Category != "" {
		c.Category = &a.Category
	}
	if tx.Actor.IsPerson() && !a.Anonymous {
		c.Source, c.Mark = sourceOf(tx.Actor), in.Keys.MarkOf(tx.Actor.ID)
	}
	return c
}

// sourceOf is the most official thing that a signed-in reporter is.
func sourceOf(a *actor.Actor) Source {
	switch {
	case a.Has(actor.Integration):
		return Machine
	case a.Has(actor.GridWorker):
		return GridWorker
	case a.Has(actor.Dispatcher), a.Has(actor.DutyLead):
		return Hotline
	}
	return Volunteer
}

// insert writes the clue and the first line of its history, and returns its number, or pgx.ErrNoRows where its id is taken.
func (in *Intake) insert(ctx context.Context, tx *pg.Tx, c Clue) (int64, error) {
	var claim []byte
	if c.Mark == nil {
		var err error
		if claim, err = in.Keys.ClaimHash(in.Keys.ClaimCode(c.ID, c.PayloadHash)); err != nil {
			return 0, fmt.Errorf("claim code of a new clue: %w", err)
		}
	}
	return pg.Val[int64](ctx, tx, insertClueSQL, c.ID, c.PayloadHash, string(c.Source), c.Mark, claim, c.Text, c.Category,
		c.Urgent, c.Lon, c.Lat, string(c.Datum), c.AccuracyM, string(c.PositionSource), c.Mocked, c.CapturedAt, c.Point,
		c.Cell, c.Street, c.BorderM, c.SubmittedAt, pg.NewID())
}

// follow writes what a new clue brings with it, all of it travelling with the commit.
func (in *Intake) follow(tx *pg.Tx, c Clue, contact Contact) error {
	if err := in.seal(tx, c, contact); err != nil {
		return err
	}
	audit.RecordReport(tx, string(c.Source), c.ID.String())
	if c.Urgent {
		tx.Emit(JobSubmitted, Job{Clue: c.ID})
	}
	if c.Mark != nil {
		notify.Send(tx, notify.Message{Mark: c.Mark, Kind: notify.ClueReceived, ClueID: &c.ID, Params: map[string]any{"number": c.Number}})
	}
	return nil
}

// seal closes what is known of the reporter to the vault's key. Nothing of it is an address of the request.
func (in *Intake) seal(tx *pg.Tx, c Clue, contact Contact) error {
	who := vault.Identity{Name: contact.Name, Phone: contact.Phone}
	if c.Mark != nil {
		who.Person = &tx.Actor.ID
	}
	sealed, err := in.Keys.Close(c.ID, string(c.Source), who)
	if err != nil {
		return fmt.Errorf("seal the reporter of clue %s: %w", c.ID, err)
	}
	vault.Store(tx, sealed)
	return nil
}

// repeat answers an id that is taken: with the first receipt where it is the same submission. Whoever is signed in by
// now does not matter, since a session may end, or a handheld change hands, before a lost answer is asked for again.
func (in *Intake) repeat(ctx context.Context, tx *pg.Tx, again Clue) (Receipt, error) {
	first, err := pg.One[Clue](ctx, tx, clueSQL, again.ID)
	if err != nil {
		return Receipt{}, fmt.Errorf("the clue whose id is taken: %w", err)
	}
	if !bytes.Equal(first.PayloadHash, again.PayloadHash) {
		return Receipt{}, fault.Conflict(CodeIDReused, "this id stands for another submission").At("id")
	}
	return in.receipt(first, true), nil
}

func (in *Intake) receipt(c Clue, repeated bool) Receipt {
	r := Receipt{Clue: c, Repeated: repeated}
	if c.Mark == nil {
		code := in.Keys.ClaimCode(c.ID, c.PayloadHash)
		r.ClaimCode = &code
	}
	return r
}

// Announce tells the dispatchers on duty in the street of an urgent clue, or the duty lead where none is. It is the
// effect of JobSubmitted, and says nothing about a clue that was decided meanwhile.
func Announce(ctx context.Context, tx *pg.Tx, id uuid.UUID) error {
	c, err := pg.One[Clue](ctx, tx, clueSQL, id)
	if err != nil || !c.State.Open() {
		return err
	}
	people, err := desk(ctx, tx, c.Street)
	if err != nil {
		return err
	}
	params, err := c.params(ctx, tx)
	if err != nil {
		return err
	}
	messages := make([]notify.Message, len(people))
	for i := range people {
		messages[i] = notify.Message{Person: &people[i], Kind: notify.ClueSubmitted, Urgent: true, ClueID: &c.ID, Params: params}
	}
	notify.Send(tx, messages...)
	return nil
}
