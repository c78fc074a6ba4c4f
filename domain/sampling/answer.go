package sampling

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/casework"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/prose"
)

const noteMost = 500 // characters

var errNoReinspection = fault.NotFound("REINSPECTION_NOT_FOUND", "no such re-inspection").At("reinspection")

// lock takes a re-inspection that the viewer was asked for, or supervises.
func lock(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Reinspection, error) {
	r, err := pg.One[Reinspection](ctx, tx, lockReinspectionSQL, tx.Actor.ID, tx.Actor.Scope(actor.Supervise).Regions, id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errNoReinspection
	}
	return r, err
}

// AnswerInput is what a grid worker found.
type AnswerInput struct {
	Reinspection uuid.UUID
	Verdict      Verdict
	Missed       bool          // something else stands there that nobody has reported: the note says what
	Note         string        // up to 500 characters
	Position     *geo.Position // where it was answered
	Photos       []media.Declared
}

// Answer takes what the grid worker found who was asked. What is fixed, or could not be seen, is settled with it; what is not
// fixed waits for a supervisor. The same answer again changes nothing: handhelds repeat what they did not hear back.
//
// Faults: REINSPECTION_NOT_FOUND at "reinspection"; ACTION_NOT_YOURS for whoever only supervises it, ACTION_NOT_POSSIBLE when
// it is over; TEXT_… at "note", EVIDENCE_MISSING at "note" for anything but fixed without a word or a photo; those of positions and photos
// below theirs.
func Answer(ctx context.Context, tx *pg.Tx, in AnswerInput) (Reinspection, error) {
	point, err := in.accept(tx.Now)
	if err != nil {
		return Reinspection{}, err
	}
	r, err := lock(ctx, tx, in.Reinspection)
	switch {
	case err != nil:
		return r, err
	case !r.isFor(tx.Actor.ID):
		return r, fault.Denied("ACTION_NOT_YOURS", "somebody else was asked to look").At("reinspection")
	case in.repeats(r):
		return r, nil
	case r.State != Open:
		return r, fault.Conflict("ACTION_NOT_POSSIBLE", "this was answered").At("reinspection")
	}
	if err := stillRuns(ctx, tx, r); err != nil {
		return r, err
	}
	c, err := casework.Get(ctx, tx, r.CaseID)
	if err != nil {
		return r, err
	}
	if err := r.answer(ctx, tx, in, point, c.Point); err != nil {
		return r, err
	}
	if err := media.Declare(ctx, tx, media.Scene{Subject: media.OfReinspection, ID: r.ID, Place: &c.Point, Position: in.Position}, in.Photos); err != nil {
		return r, fault.Under("photos", err)
	}
	audit.Record(tx, "reinspection.answer", "reinspection", r.ID.String(), map[string]any{"verdict": in.Verdict, "missed": in.Missed})
	if r.State == Settled {
		return r, r.settled(ctx, tx)
	}
	return r, r.tellDrawer(ctx, tx)
}

// accept cleans the note and finds the point.
func (in *AnswerInput) accept(now time.Time) (*geo.Point, error) {
	var err error
	if in.Note, err = prose.Clean("note", in.Note, noteMost); err != nil {
		return nil, err
	}
	if in.Note == "" && (in.Missed || in.Verdict != Fixed && len(in.Photos) == 0) {
		return nil, fault.Invalid("EVIDENCE_MISSING", "say what you saw, or add a photo").At("note")
	}
	if err := media.Check(in.Photos); err != nil {
		return nil, fault.Under("photos", err)
	}
	point, err := casework.Placed(in.Position, now)
	return point, fault.Under("position", err)
}

// repeats reports whether this very answer is there already.
func (in AnswerInput) repeats(r Reinspection) bool {
	return r.AnsweredAt != nil && *r.Verdict == in.Verdict && *r.Missed == in.Missed && *r.Note == in.Note
}

// stillRuns locks the sample, so that its last two answers see one another, and refuses when it is closed.
func stillRuns(ctx context.Context, tx *pg.Tx, r Reinspection) error {
	state, err := pg.Val[State](ctx, tx, lockStateSQL, r.SampleID)
	if err == nil && state != Running {
		err = fault.Conflict("ACTION_NOT_POSSIBLE", "this sample is closed").At("reinspection")
	}
	return err
}

func (r *Reinspection) answer(ctx context.Context, tx *pg.Tx, in AnswerInput, point *geo.Point, of geo.Point) error {
	r.State, r.Verdict, r.Missed, r.Note, r.Point, r.AnsweredAt = Answered, &in.Verdict, &in.Missed, &in.Note, point, &tx.Now
	if point != nil {
		metres := geo.Distance(*point, of)
		r.DistanceM = &metres
	}
	if in.Verdict != Unfixed {
		r.State, r.Found, r.SettledAt = Settled, &in.Verdict, &tx.Now
	}
	if _, err := tx.Exec(ctx, answerSQL, r.ID, r.State, r.Verdict, r.Missed, r.Note, r.Point, r.DistanceM, r.AnsweredAt, r.Found, r.SettledAt); err != nil {
		return fmt.Errorf("answer a reinspection: %w", err)
	}
	return nil
}

// tellDrawer asks who drew the sample to confirm.
func (r Reinspection) tellDrawer(ctx context.Context, tx *pg.Tx) error {
	s, err := sampleOf(ctx, tx, r.SampleID)
	if err != nil {
		return err
	}
	c, err := casework.Get(ctx, tx, r.CaseID)
	if err != nil {
		return err
	}
	notify.Send(tx, notify.Message{Person: &s.DrawnBy, Kind: notify.ReinspectionFound, CaseID: &c.ID,
		Params: map[string]any{"sample": s.Name, "number": c.Number}})
	return nil
}

// settled has the figures look at the case again, and closes the sample with its last one.
func (r Reinspection) settled(ctx context.Context, tx *pg.Tx) error {
	casework.MeasureAgain(tx, r.CaseID)
	open, err := pg.Val[int](ctx, tx, unsettledSQL, r.SampleID)
	if err != nil || open > 0 {
		return err
	}
	s, err := pg.One[Sample](ctx, tx, closeSQL, r.SampleID, tx.Now)
	if err != nil {
		return fmt.Errorf("close sample: %w", err)
	}
	notify.Send(tx, notify.Message{Person: &s.DrawnBy, Kind: notify.SampleDone, Params: map[string]any{"sample": s.Name, "total": s.Size}})
	return nil
}
