package fieldapi

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/device"
	"gridwork/pg"
	"gridwork/refusal"
)

// enrolment is a handheld that introduces itself.
type enrolment struct {
	ID    uuid.UUID       `json:"id"`
	Name  string          `json:"name"`
	Key   json.RawMessage `json:"key"`
	Proof device.Base64   `json:"proof"`
}

// known is a device as its owner's handheld reads it.
type known struct {
	ID         uuid.UUID  `json:"id"`
	Person     uuid.UUID  `json:"person"`
	Name       string     `json:"name"`
	Algorithm  string     `json:"algorithm"`
	EnrolledAt time.Time  `json:"enrolledAt"`
	RevokedAt  *time.Time `json:"revokedAt,omitempty"`
}

// enrol takes in a handheld of whoever is signed in.
func (d Deps) enrol(w http.ResponseWriter, r *http.Request) {
	var in enrolment
	if err := signedIn(r); err != nil {
		refusal.Write(w, err)
		return
	}
	if err := decode(w, r, smallBody, &in); err != nil {
		refusal.Write(w, err)
		return
	}
	enrolled, err := pg.WriteVal(r.Context(), d.DB, func(tx *pg.Tx) (device.Device, error) {
		return device.Enrol(r.Context(), tx, device.Enrolment{ID: in.ID, Name: in.Name, Key: in.Key, Proof: in.Proof})
	})
	if err != nil {
		d.fail(w, r, "enrol a device", err)
		return
	}
	answer(w, known{enrolled.ID, enrolled.PersonID, enrolled.Name, string(enrolled.Algorithm), enrolled.EnrolledAt, enrolled.RevokedAt})
}
