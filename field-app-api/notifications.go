package fieldapi

import (
	"net/http"

	"github.com/google/uuid"

	"gridwork/domain/device"
	"gridwork/domain/notify"
	"gridwork/fault"
	"gridwork/pg"
	"gridwork/refusal"
)

// offer is what a browser subscribes with.
type offer struct {
	Key string `json:"key"`
}

// subscription is what the browser gives in return.
type subscription struct {
	Endpoint string        `json:"endpoint"`
	P256dh   device.Base64 `json:"p256dh"`
	Auth     device.Base64 `json:"auth"`
}

// notifications tells whoever is signed in the key by which their browser's push service will know the platform.
func (d Deps) notifications(w http.ResponseWriter, r *http.Request) {
	err := signedIn(r)
	if err != nil {
		refusal.Write(w, err)
		return
	}
	var out offer
	if out.Key, err = d.Push.Key(); err != nil {
		refusal.Write(w, err)
		return
	}
	answer(w, out)
}

// subscribe lets a handheld of whoever is signed in be shown notifications.
func (d Deps) subscribe(w http.ResponseWriter, r *http.Request) {
	handheld, err := handheldOf(r)
	var in subscription
	if err == nil {
		err = decode(w, r, smallBody, &in)
	}
	if err != nil {
		refusal.Write(w, err)
		return
	}
	token, _ := d.SessionOf(r.Context())
	err = d.DB.Write(r.Context(), func(tx *pg.Tx) error {
		return d.Push.Subscribe(r.Context(), tx, handheld, token, notify.Subscription{Endpoint: in.Endpoint, P256dh: in.P256dh, Auth: in.Auth})
	})
	d.done(w, r, "subscribe", err)
}

// unsubscribe ends that.
func (d Deps) unsubscribe(w http.ResponseWriter, r *http.Request) {
	handheld, err := handheldOf(r)
	if err != nil {
		refusal.Write(w, err)
		return
	}
	d.done(w, r, "unsubscribe", d.DB.Write(r.Context(), func(tx *pg.Tx) error { return notify.Unsubscribe(r.Context(), tx, handheld) }))
}

// handheldOf is the device in the path, for whoever is signed in.
func handheldOf(r *http.Request) (uuid.UUID, error) {
	if err := signedIn(r); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.Parse(r.PathValue("device"))
	if err != nil {
		return id, fault.Invalid("DEVICE_ID", "a device's id is a UUID").At("device")
	}
	return id, nil
}

// done answers that there is nothing to say.
func (d Deps) done(w http.ResponseWriter, r *http.Request, doing string, err error) {
	if err != nil {
		d.fail(w, r, doing, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}
