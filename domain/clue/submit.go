package clue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/vault"
	"gridwork/fault"
	"gridwork/geo"
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
	d, err := in.Draft(tx.Actor, s)
	if err != nil {
		return Receipt{}, err
	}
	taken, err := in.Take(ctx, tx, []Draft{d})
	if err != nil {
		return Receipt{}, err
	}
	return taken[0].Receipt, taken[0].Refused
}

// Taken answers one of the drafts that were taken together: with a receipt, or with why not.
type Taken struct {
	Receipt
	Refused error
}

// Take stores drafts, each as if it had come alone; reports come in floods, and one transaction for many of them costs
// little more than one for each. Refusals stand with their drafts. An error is everybody's, and also says of a draft
// alone what cannot be undone beside the others.
func (in *Intake) Take(ctx context.Context, tx *pg.Tx, drafts []Draft) ([]Taken, error) {
	terms, err := in.current(ctx, tx, drafts)
	if err != nil {
		return nil, err
	}
	taken := make([]Taken, len(drafts))
	var fresh []int
	for i := range drafts {
		if taken[i].Refused = terms.admit(tx, &drafts[i].clue); taken[i].Refused == nil {
			fresh = append(fresh, i)
		}
	}
	if err := insert(ctx, tx, drafts, fresh); err != nil {
		return nil, err
	}
	sealing := in.Keys.Sealing()
	stored := make([]uuid.UUID, 0, len(fresh))
	for _, i := range fresh {
		if taken[i], err = in.follow(ctx, tx, terms, sealing, drafts[i]); err != nil {
			return nil, err
		}
		stored = append(stored, drafts[i].clue.ID)
	}
	MeasureAgain(tx, stored...) // one statement for all of them
	return taken, nil
}

// insert writes clues, each with the first line of its history, in one round trip, and notes their numbers. A clue whose
// id is taken keeps the number 0. Everybody inserts in the order of the ids, so that nobody waits in a circle.
func insert(ctx context.Context, tx *pg.Tx, drafts []Draft, fresh []int) error {
	b := &pgx.Batch{}
	ordered := slices.Clone(fresh)
	slices.SortFunc(ordered, func(i, j int) int { return bytes.Compare(drafts[i].clue.ID[:], drafts[j].clue.ID[:]) })
	for _, i := range ordered {
		b.Queue(insertClueSQL, append(drafts[i].args(), pg.NewID())...).QueryRow(func(row pgx.Row) error {
			if err := row.Scan(&drafts[i].clue.Number); !errors.Is(err, pgx.ErrNoRows) {
				return err
			}
			return nil
		})
	}
	return tx.SendBatch(ctx, b).Close()
}

// follow writes what a new clue brings with it, nearly all of it travelling with the commit, and answers it.
func (in *Intake) follow(ctx context.Context, tx *pg.Tx, terms *terms, sealing *vault.Sealing, d Draft) (Taken, error) {
	c := d.clue
	if c.Number == 0 {
		return in.repeat(ctx, tx, c)
	}
	if err := media.Declare(ctx, tx, c.scene(), d.photos); err != nil {
		return Taken{}, fault.Under("photos", err)
	}
	sealed, err := sealing.Close(c.ID, string(c.Source), d.known)
	if err != nil {
		return Taken{}, err
	}
	vault.Store(tx, sealed)
	if err := terms.startDeciding(tx, c); err != nil {
		return Taken{}, err
	}
	audit.RecordReport(tx, string(c.Source), c.ID.String())
	if c.Urgent {
		tx.Emit(JobSubmitted, Job{Clue: c.ID})
	}
	return Taken{Receipt: in.receipt(c, false)}, nil
}

// repeat answers an id that is taken: with the first receipt where it is the same submission. Whoever is signed in by
// now does not matter, since a session may end, or a handheld change hands, before a lost answer is asked for again.
func (in *Intake) repeat(ctx context.Context, tx *pg.Tx, again Clue) (Taken, error) {
	first, err := pg.One[Clue](ctx, tx, clueSQL, again.ID)
	if err != nil {
		return Taken{}, fmt.Errorf("the clue whose id is taken: %w", err)
	}
	if !bytes.Equal(first.PayloadHash, again.PayloadHash) {
		return Taken{Refused: fault.Conflict(CodeIDReused, "this id stands for another submission").At("id")}, nil
	}
	return Taken{Receipt: in.receipt(first, true)}, nil
}

// scene is where the photos of a report should have been taken: within the uncertainty of what its device said.
func (c Clue) scene() media.Scene {
	return media.Scene{Subject: media.OfClue, ID: c.ID, Place: &c.Point, ReachM: c.AccuracyM, Position: &geo.Position{Lon: c.Lon, Lat: c.Lat,
		Datum: c.Datum, Accuracy: c.AccuracyM, Source: c.PositionSource, Mocked: c.Mocked, CapturedAt: c.CapturedAt}}
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
