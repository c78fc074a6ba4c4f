package fieldapi

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
)

var errNoPhoto = fault.NotFound(media.CodeNotFound, "no such photo")

// shown is a rendering that the viewer may see.
type shown struct {
	key string
	at  time.Time
}

// photo shows a rendering to whoever may see what the photo belongs to. Copies and thumbs never change, so a browser
// keeps them; an original is shown anew each time, for a reason given as the query parameter "reason".
func (d Deps) photo(w http.ResponseWriter, r *http.Request) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		refuse(w, errNoPhoto)
		return
	}
	variant := media.Variant(r.PathValue("variant"))
	what, err := d.find(r.Context(), id, variant, r.URL.Query().Get("reason"))
	if err != nil {
		if _, public := fault.As(err); !public {
			d.Log.ErrorContext(r.Context(), "show a photo", "photo", id, "cause", err.Error())
		}
		refuse(w, err)
		return
	}
	file, err := d.Files.Open(what.key)
	if err != nil {
		d.Log.ErrorContext(r.Context(), "open a photo", "photo", id, "cause", err.Error())
		refuse(w, err)
		return
	}
	defer file.Close()
	serve(w, r, file, variant, what.at)
}

func serve(w http.ResponseWriter, r *http.Request, file *os.File, variant media.Variant, at time.Time) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if variant == media.Original {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", "attachment")
		h.Set("Cache-Control", "no-store")
	} else {
		h.Set("Content-Type", "image/jpeg")
		h.Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, "", at, file)
}

// find looks the photo up for the viewer. Looking at an original may leave a line on the audit log.
func (d Deps) find(ctx context.Context, id uuid.UUID, v media.Variant, reason string) (what shown, err error) {
	look := d.DB.Read
	if v == media.Original {
		look = d.DB.Write
	}
	err = look(ctx, func(tx *pg.Tx) error {
		p, err := media.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		own, err := see(ctx, tx, p)
		if err != nil {
			return err
		}
		if v == media.Original {
			if err := p.Reveal(tx, own, reason); err != nil {
				return err
			}
		}
		if p.ProcessedAt != nil {
			what.at = *p.ProcessedAt
		}
		what.key, err = p.Key(v)
		return err
	})
	return what, err
}

// see reports whether the viewer took the photo, or fails with PHOTO_NOT_FOUND where the viewer may not see what it
// belongs to.
func see(ctx context.Context, tx *pg.Tx, p media.Photo) (own bool, err error) {
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
	_, err = casework.Get(ctx, tx, *behind)
	if !fault.Is(err, "CASE_NOT_FOUND") {
		return false, err
	}
	children, again := casework.ChildrenOf(ctx, tx, []uuid.UUID{*behind}) // whoever assists works by the same clues
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
	found, err := casework.DisposalsByIDs(ctx, tx, []uuid.UUID{id})
	if err != nil || len(found) == 0 {
		return false, notFoundOr(err)
	}
	return found[0].HandlerID == tx.Actor.ID, nil
}

func seeCheck(ctx context.Context, tx *pg.Tx, id uuid.UUID) (own bool, err error) {
	found, err := casework.ChecksByIDs(ctx, tx, []uuid.UUID{id})
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
	cases, err := casework.ByIDs(ctx, tx, e.Cases)
	if err != nil || len(cases) == 0 {
		return false, notFoundOr(err)
	}
	return false, nil
}

func notFoundOr(err error) error {
	if err != nil {
		return err
	}
	return errNoPhoto
}
