package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/pg"
)

// Declared is one photo as its subject names it.
type Declared struct {
	ID     uuid.UUID // made by the client (UUIDv7), the same that its upload carries
	SHA256 []byte    // of its bytes
	Sealed bool      // it is a signature, say: shown as an original only
}

// Check refuses a list of photos that cannot be declared, without looking at a store. The fault's field is
// "[2].sha256" and the like, below the caller's own path.
func Check(photos []Declared) error {
	if len(photos) > MaxPerSubject {
		return fault.Invalid(CodeTooMany, "at most %d photos", MaxPerSubject)
	}
	seen := map[uuid.UUID]bool{}
	for i, p := range photos {
		switch {
		case p.ID == uuid.Nil:
			return fault.Invalid(CodeIDReused, "a photo needs an id of its own").At(step(i, "id"))
		case seen[p.ID]:
			return fault.Invalid(CodeDuplicate, "this photo is listed twice").At(step(i, "id"))
		case len(p.SHA256) != hashBytes:
			return fault.Invalid(CodeHash, "a SHA-256 has %d bytes", hashBytes).At(step(i, "sha256"))
		}
		seen[p.ID] = true
	}
	return nil
}

func step(i int, field string) string { return fmt.Sprintf("[%d].%s", i, field) }

type bound struct {
	ID    uuid.UUID `db:"id"`
	State State     `db:"state"`
}

// Declare binds photos to what they belong to, in this order, whether their bytes are here already or still to come.
// It refuses what Check refuses, an id that another subject has (CodeIDReused), and bytes that came first and are not
// the declared ones (CodeMismatch). Nothing is sent where there are no photos.
func Declare(ctx context.Context, tx *pg.Tx, scene Scene, photos []Declared) error {
	if err := Check(photos); err != nil || len(photos) == 0 {
		return err
	}
	rows, err := pg.All[bound](ctx, tx, declareSQL, append([]any{scene.Subject, scene.ID, tx.Now}, columnsOf(photos)...)...)
	if err != nil {
		return fmt.Errorf("declare photos: %w", err)
	}
	if len(rows) < len(photos) {
		return explainRefusal(ctx, tx, photos, rows)
	}
	scene.keep(tx)
	follow(tx, rows)
	return nil
}

// follow asks for what is to be done with photos that were bound when their bytes were here.
func follow(tx *pg.Tx, rows []bound) {
	for _, row := range rows {
		switch row.State {
		case StateReceived:
			tx.Emit(JobProcess, Job{Photo: row.ID})
		case StateReady: // it was bound to something else meanwhile
			tx.Emit(JobAppraise, Job{Photo: row.ID})
		}
	}
}

// columnsOf are the photos' ids, places, hashes and seals.
func columnsOf(photos []Declared) []any {
	ids, positions, hashes, sealed := make([]uuid.UUID, len(photos)), make([]int, len(photos)), make([][]byte, len(photos)), make([]bool, len(photos))
	for i, p := range photos {
		ids[i], positions[i], hashes[i], sealed[i] = p.ID, i, p.SHA256, p.Sealed
	}
	return []any{ids, positions, hashes, sealed}
}

// explainRefusal finds the first photo that could not be bound, and why.
func explainRefusal(ctx context.Context, tx *pg.Tx, photos []Declared, bounds []bound) error {
	done := map[uuid.UUID]bool{}
	for _, b := range bounds {
		done[b.ID] = true
	}
	for i, p := range photos {
		if done[p.ID] {
			continue
		}
		stored, err := Get(ctx, tx, p.ID)
		if err != nil {
			return fmt.Errorf("photo %s could not be declared: %w", p.ID, err)
		}
		if stored.Subject == nil && !bytes.Equal(stored.ReceivedSHA256, p.SHA256) {
			return fault.Conflict(CodeMismatch, "other bytes were uploaded for this photo").At(step(i, "sha256"))
		}
		return fault.Conflict(CodeIDReused, "this photo belongs to something else").At(step(i, "id"))
	}
	return errors.New("photos could not be declared")
}

// Upload is what arrived and is stored under Key.
type Upload struct {
	Key    string // of the original in Files
	SHA256 []byte // as counted here
	Bytes  int64
}

// Receive records that a photo's bytes are safely stored, before or after it is declared. The same bytes again are
// answered as the first time. Bytes other than the declared ones are CodeMismatch, other than the ones received
// before CodeIDReused: then the caller's file belongs to no photo.
func Receive(ctx context.Context, tx *pg.Tx, id uuid.UUID, up Upload) error {
	declared, err := pg.Val[bool](ctx, tx, receiveSQL, id, up.SHA256, up.Bytes, up.Key, tx.Now)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return receivedBefore(ctx, tx, id, up)
	case err != nil:
		return fmt.Errorf("receive photo: %w", err)
	case declared:
		tx.Emit(JobProcess, Job{Photo: id})
	}
	return nil
}

func receivedBefore(ctx context.Context, tx *pg.Tx, id uuid.UUID, up Upload) error {
	stored, err := Get(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case stored.State == StateDeclared:
		return fault.Conflict(CodeMismatch, "these are not the bytes that were declared for this photo").At("sha256")
	case !bytes.Equal(stored.ReceivedSHA256, up.SHA256):
		return fault.Conflict(CodeIDReused, "another photo was uploaded under this id").At("photo")
	}
	return nil
}
