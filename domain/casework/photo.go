package casework

import (
	"bytes"
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
)

var errNoPhoto = fault.NotFound(media.CodeNotFound, "no such photo")

// SeePhoto reports whether the viewer took the photo, or fails with PHOTO_NOT_FOUND where the viewer may not see what it
// belongs to.
func SeePhoto(ctx context.Context, tx *pg.Tx, p media.Photo) (own bool, err error) {
	if p.Subject == nil {
		return false, errNoPhoto
	}
	switch *p.Subject {
	case media.OfClue:
		own, err = seeClue(ctx, tx, *p.SubjectID)
	case media.OfVerification:
		own, err = seeVerification(ctx, tx, *p.SubjectID)
	case media.OfDisposal:
		own, err = seeDisposal(ctx, tx, *p.SubjectID)
	case media.OfCheck:
		own, err = seeCheck(ctx, tx, *p.SubjectID)
	case media.OfInspection:
		own, err = seeInspection(ctx, tx, *p.SubjectID)
	case media.OfReinspection:
		own, err = seeReinspection(ctx, tx, *p.SubjectID)
	}
	if f, public := fault.As(err); public && f.Kind == fault.KindNotFound {
		return false, errNoPhoto
	}
	return own, err
}

// seeClue asks for the clue itself, then for the case behind which it stands: that is how a department sees it.
func seeClue(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	c, err := clue.Get(ctx, tx, id)
	if err == nil {
		return c.Mark != nil && bytes.Equal(c.Mark, tx.Actor.Mark), nil
	}
	if !fault.Is(err, clue.CodeNotFound) {
		return false, err
	}
	behind, err := clue.CaseOf(ctx, tx, id)
	if err != nil || behind == nil {
		return false, notFoundOr(err)
	}
	_, err = Get(ctx, tx, *behind)
	if !fault.Is(err, "CASE_NOT_FOUND") {
		return false, err
	}
	children, again := ChildrenOf(ctx, tx, []uuid.UUID{*behind}) // whoever assists works by the same clues
	if again != nil || len(children[*behind]) > 0 {
		return false, again
	}
	return false, err
}

// seeVerification shows an answer's photos to whoever gave it, and to those who may see the clue but for its reporter,
// who is told the outcome and not how it was found out.
func seeVerification(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	task, err := clue.TaskOf(ctx, tx, id)
	if err != nil || task == nil {
		return false, notFoundOr(err)
	}
	if task.AssigneeID != nil && *task.AssigneeID == tx.Actor.ID {
		return true, nil
	}
	reported, err := seeClue(ctx, tx, task.ClueID)
	if err == nil && reported && !tx.Actor.May(actor.ReadClue, task.Street, "") {
		err = errNoPhoto
	}
	return false, err
}

func seeDisposal(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	found, err := DisposalsByIDs(ctx, tx, []uuid.UUID{id})
	if err != nil || len(found) == 0 {
		return false, notFoundOr(err)
	}
	return found[0].HandlerID == tx.Actor.ID, nil
}

func seeCheck(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	found, err := ChecksByIDs(ctx, tx, []uuid.UUID{id})
	if err != nil || len(found) == 0 {
		return false, notFoundOr(err)
	}
	assignee := found[0].AssigneeID
	return assignee != nil && *assignee == tx.Actor.ID, nil
}

// seeInspection shows the photos to whoever inspected, to those who read what is reported in the street, and to those who
// see a case that came of it.
func seeInspection(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	e, err := inspection.EvidenceOf(ctx, tx, id)
	switch {
	case err != nil || e == nil:
		return false, notFoundOr(err)
	case e.Person == tx.Actor.ID:
		return true, nil
	case e.InScope:
		return false, nil
	}
	cases, err := ByIDs(ctx, tx, e.Cases)
	if err != nil || len(cases) == 0 {
		return false, notFoundOr(err)
	}
	return false, nil
}

// again is a re-inspection of a case: domain/sampling, a rung above, keeps the rest of it.
type again struct {
	Case     uuid.UUID  `db:"case_id"`
	Assignee *uuid.UUID `db:"assignee_id"`
}

const againSQL = `select case_id, assignee_id from reinspections where id = $1`

// seeReinspection shows the photos to those who see the case that was looked at again.
func seeReinspection(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	r, err := pg.One[again](ctx, tx, againSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, errNoPhoto
	}
	if err != nil {
		return false, err
	}
	_, err = Get(ctx, tx, r.Case)
	return r.Assignee != nil && *r.Assignee == tx.Actor.ID, err
}

func notFoundOr(err error) error {
	if err != nil {
		return err
	}
	return errNoPhoto
}

// RedactPhotoInput asks to cover areas of a photo's copy.
type RedactPhotoInput struct {
	Photo uuid.UUID
	Areas []media.Area
}

// RedactPhoto covers areas of a photo that the viewer may see (media.Photo.Redact).
//
// Faults: PHOTO_NOT_FOUND at "photo", and those of Redact.
func RedactPhoto(ctx context.Context, tx *pg.Tx, in RedactPhotoInput) (media.Photo, error) {
	p, err := media.Lock(ctx, tx, in.Photo)
	if err != nil {
		return p, fault.Under("photo", err)
	}
	own, err := SeePhoto(ctx, tx, p)
	if err != nil {
		return p, fault.Under("photo", err)
	}
	return p.Redact(tx, own, in.Areas)
}
