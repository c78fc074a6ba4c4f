package fieldapi

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"gridwork/fault"
	"gridwork/pg"
	"gridwork/refusal"
)

// BadgePath is where anybody sees what a badge's code is worth.
const BadgePath = "/badge/"

// issued is a badge as its handheld shows it.
type issued struct {
	Path    string    `json:"path"` // of its page
	Until   time.Time `json:"until"`
	Seconds int       `json:"seconds"` // how long it is good, for a handheld whose clock is wrong
}

// badge signs a badge for the handheld of whoever is signed in.
func (d Deps) badge(w http.ResponseWriter, r *http.Request) {
	if err := signedIn(r); err != nil {
		refusal.Write(w, err)
		return
	}
	id, err := uuid.Parse(r.URL.Query().Get("device"))
	if err != nil {
		refusal.Write(w, fault.Invalid("DEVICE_ID", "a device's id is a UUID").At("device"))
		return
	}
	signed, err := pg.ReadVal(r.Context(), d.DB, func(tx *pg.Tx) (issued, error) {
		b, err := d.Badges.Issue(r.Context(), tx, id, d.BadgeTTL)
		return issued{BadgePath + b.Code, b.Until, int(b.Until.Sub(tx.Now).Seconds())}, err
	})
	if err != nil {
		d.fail(w, r, "issue a badge", err)
		return
	}
	answer(w, signed)
}
