package fieldapi

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/fieldwork"
	"gridwork/domain/media"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/refusal"
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
		refusal.Write(w, errNoPhoto)
		return
	}
	variant := media.Variant(r.PathValue("variant"))
	what, err := d.find(r.Context(), id, variant, r.URL.Query().Get("reason"))
	if err != nil {
		d.fail(w, r, "show a photo", err, "photo", id)
		return
	}
	file, err := d.Files.Open(r.Context(), what.key)
	if err != nil {
		d.fail(w, r, "open a photo", err, "photo", id)
		return
	}
	defer file.Close()
	serve(w, r, file, variant, what.at)
}

func serve(w http.ResponseWriter, r *http.Request, file io.ReadSeeker, variant media.Variant, at time.Time) {
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
		see := casework.SeePhoto
		if p.Subject != nil && *p.Subject == media.OfOperation {
			see = fieldwork.SeePhoto
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
