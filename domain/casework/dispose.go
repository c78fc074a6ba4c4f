package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
)

const (
	// geofence is how far from the case its disposal may be reported without saying why, in metres.
	geofence = 100
	// clockAhead is how far a device's clock may run ahead before a position from "the future" is refused.
	clockAhead = 5 * time.Minute
)

// DisposalInput is what a handler says was done 处置反馈.
type DisposalInput struct {
	ID uuid.UUID // UUIDv7, made by the client: the key under which a repetition is recognised
	Target
	Text       string        // 1 to 2 000 characters
	Position   *geo.Position // where the report was made
	AwayReason string        // why from farther than 100 m, or without a position; up to 500 characters
	Photos     []media.Declared
	Outcome    *OutcomeInput // of a dispute
}

// disposed is an input that was checked and cleaned.
type disposed struct {
	DisposalInput
	point *geo.Point // WGS 84
	hash  []byte
}

// ReportDisposal hands a disposal to the desk's own look at it. The same report again is answered with the case as it
// stands by now; the same id with other content is DISPOSAL_ID_REUSED.
//
// Faults: those of take; ID_NOT_UUID_V7 at "id"; TEXT_… at "text" and "awayReason"; PHOTO_MISSING at "photos" and those
// of media.Declare below it; those of geo.Position.Canonical and CAPTURED_IN_FUTURE below "position"; OUTSIDE_GEOFENCE
// at "awayReason"; OUTCOME_MISSING, NOT_A_DISPUTE, PARENT_ONLY at "outcome", SENT_UP_TO and TEXT_MISSING below it.
func ReportDisposal(ctx context.Context, tx *pg.Tx, in DisposalInput) (Case, error) {
	d, err := in.accept(tx.Now)
	if err != nil {
		return Case{}, err
	}
	t, err := lock(ctx, tx, Target{Case: in.Case}) // its version is asked below: a repetition comes with an old one
	if err != nil {
		return Case{}, err
	}
	if again, err := d.repeats(ctx, tx); again || err != nil {
		return t.Case, err
	}
	if err := t.fresh(in.Target); err != nil {
		return Case{}, err
	}
	if err := t.turnTo(tx, DoReport); err != nil {
		return Case{}, err
	}
	return t.done(t.report(ctx, tx, d))
}

// accept checks what needs no store.
func (in DisposalInput) accept(now time.Time) (disposed, error) {
	d := disposed{DisposalInput: in}
	if in.ID.Version() != 7 || in.ID.Variant() != uuid.RFC4122 {
		return d, fault.Invalid("ID_NOT_UUID_V7", "a disposal's id is a UUIDv7 made by the client").At("id")
	}
	var err error
	if d.Text, err = prose.Some("text", in.Text, textMost); err != nil {
		return d, err
	}
	if d.AwayReason, err = prose.Clean("awayReason", in.AwayReason, noteMost); err != nil {
		return d, err
	}
	if len(in.Photos) == 0 {
		return d, fault.Invalid("PHOTO_MISSING", "a disposal shows at least one photo of its result").At("photos")
	}
	if err := media.Check(in.Photos); err != nil {
		return d, fault.Under("photos", err)
	}
	if d.point, err = Placed(in.Position, now); err != nil {
		return d, fault.Under("position", err)
	}
	if d.Outcome, err = in.Outcome.accept(); err != nil {
		return d, fault.Under("outcome", err)
	}
	d.hash = d.digest()
	return d, nil
}

// Placed is where a position lies in WGS 84; nil for none. CAPTURED_IN_FUTURE at "capturedAt", and those of geo.Position.Canonical.
func Placed(p *geo.Position, now time.Time) (*geo.Point, error) {
	if p == nil {
		return nil, nil
	}
	if p.CapturedAt.After(now.Add(clockAhead)) {
		return nil, fault.Invalid("CAPTURED_IN_FUTURE", "this position was captured in the future: the device's clock is wrong").At("capturedAt")
	}
	point, err := p.Canonical()
	return &point, err
}

// digest is what makes two reports the same: everything but the version that the client had seen.
func (d disposed) digest() []byte {
	said := []any{d.Case, d.Text, d.Position, d.AwayReason, d.Photos}
	if d.Outcome != nil {
		said = append(said, d.Outcome)
	}
	body, err := json.Marshal(said)
	if err != nil {
		panic(fmt.Sprintf("digest of a disposal: %v", err)) // a programming error: its numbers are checked to be finite
	}
	sum := sha256.Sum256(body)
	return sum[:]
}

// repeats reports whether the disposal is stored already.
func (d disposed) repeats(ctx context.Context, tx *pg.Tx) (bool, error) {
	stored, err := pg.Val[[]byte](ctx, tx, disposalHashSQL, d.ID)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case bytes.Equal(stored, d.hash):
		return true, nil
	}
	return false, errDisposalReused
}

var errDisposalReused = fault.Conflict("DISPOSAL_ID_REUSED", "this id stands for another report").At("id")

// report stores the disposal and carries out the row.
func (t *turn) report(ctx context.Context, tx *pg.Tx, d disposed) error {
	if err := t.needsOutcome(d.Outcome); err != nil {
		return fault.Under("outcome", err)
	}
	var distance *float64
	if d.point != nil {
		metres := geo.Distance(*d.point, t.Point)
		distance = &metres
	}
	if (distance == nil || *distance > geofence) && d.AwayReason == "" {
		return fault.Invalid("OUTSIDE_GEOFENCE", "farther than %d m from the case, or without a position, it takes a reason", geofence).At("awayReason")
	}
	var away *string
	if d.AwayReason != "" {
		away = &d.AwayReason
	}
	_, err := tx.Exec(ctx, insertDisposalSQL, d.ID, d.hash, t.ID, t.Round, tx.Actor.ID, tx.Now, d.Text, d.point, distance, away,
		d.Outcome.kind(), d.Outcome.to(), d.Outcome.reason())
	if pg.Constraint(err) == "disposals_pkey" {
		return errDisposalReused
	}
	if err != nil {
		return fmt.Errorf("insert disposal: %w", err)
	}
	if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfDisposal, ID: d.ID, Place: &t.Point, Position: d.Position}, d.Photos); err != nil {
		return fault.Under("photos", err)
	}
	t.ReportedAt = now(tx)
	if err := t.end(ctx, tx, map[string]any{"disposal": d.ID, "distance_m": distance}); err != nil {
		return err
	}
	return t.tellDuty(ctx, tx, t.deskOf(*t.Department), news{kind: notify.DisposalReported})
}

// NoteInput is an action that needs nothing but a note of up to 500 characters.
type NoteInput struct {
	Target
	Note string
}

// SendBack returns a disposal to its handler: the department's own look was not content. Faults: those of take;
// TEXT_MISSING at "note", the reason.
func SendBack(ctx context.Context, tx *pg.Tx, in NoteInput) (Case, error) {
	why, err := prose.Some("note", in.Note, noteMost)
	if err != nil {
		return Case{}, err
	}
	t, err := take(ctx, tx, in.Target, DoSendBack)
	if err != nil {
		return Case{}, err
	}
	t.ReportedAt = nil
	if err := t.end(ctx, tx, map[string]any{"note": why}); err != nil {
		return Case{}, err
	}
	return t.done(t.tell(ctx, tx, []uuid.UUID{*t.HandlerID}, news{kind: notify.DisposalSentBack}))
}
