package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/fault"
	"gridwork/incoming"
	"gridwork/pg"
)

// oneAtATime bounds the memory that pictures take: whatever arrives, one of them is decoded at any moment.
var oneAtATime = make(chan struct{}, 1)

// Process re-encodes a received photo: copy and thumb upright and without metadata, then StateReady; or StateRejected
// with a code, where it is no acceptable picture. Running it again changes nothing, and a photo whose bytes are not
// here is left alone. Any error means that it should be tried again.
func Process(ctx context.Context, db *pg.DB, files Files, id uuid.UUID) error {
	var photo Photo
	var covered []Area
	err := db.Read(ctx, func(tx *pg.Tx) (err error) {
		if photo, err = Get(ctx, tx, id); err != nil {
			return err
		}
		covered, err = redactions(ctx, tx, id)
		return err
	})
	if err != nil || photo.State != StateReceived {
		return err
	}
	made, err := files.develop(ctx, *photo.OriginalKey, covered)
	if refusal, ok := fault.As(err); ok && refusal.Kind == fault.KindInvalid { // a store that is busy says nothing about the picture
		return db.Write(ctx, func(tx *pg.Tx) error {
			tx.Queue(rejectSQL, id, refusal.Code, tx.Now)
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("develop photo %s: %w", id, err)
	}
	if photo.Sealed { // it is a picture, and that is all that is made known of it
		return db.Write(ctx, func(tx *pg.Tx) error {
			tx.Queue(readySealedSQL, id, tx.Now)
			return nil
		})
	}
	copyKey, thumbKey := renderingKeys(id, photo.Rendering)
	if err := files.keeper().write(ctx, copyKey, made.copy); err != nil {
		return fmt.Errorf("copy of photo %s: %w", id, err)
	}
	if err := files.keeper().write(ctx, thumbKey, made.thumb); err != nil {
		return fmt.Errorf("thumb of photo %s: %w", id, err)
	}
	if err := db.Write(ctx, func(tx *pg.Tx) error {
		tx.Queue(readySQL, id, copyKey, thumbKey, made.width, made.height, made.across, made.down, made.faces, tx.Now, photo.Rendering)
		tx.Emit(JobAppraise, Job{Photo: id})
		return nil
	}); err != nil || photo.Rendering == 0 {
		return err
	}
	return files.Drop(ctx, renderingKeysBefore(id, photo.Rendering)...)
}

// renderingKeys are the files of a photo's copy and thumb. Each rendering has its own, so that one that comes late never
// stands in the place of another.
func renderingKeys(id uuid.UUID, rendering int) (copyKey, thumbKey string) {
	end := ".jpg"
	if rendering > 0 {
		end = fmt.Sprintf("-%d.jpg", rendering)
	}
	return shard(copiesFolder, id, end), shard(thumbsFolder, id, end)
}

// renderingKeysBefore are those of the renderings that showed what is covered now.
func renderingKeysBefore(id uuid.UUID, rendering int) (keys []string) {
	for earlier := range rendering {
		copyKey, thumbKey := renderingKeys(id, earlier)
		keys = append(keys, copyKey, thumbKey)
	}
	return keys
}

func (f Files) develop(ctx context.Context, key string, covered []Area) (picture, error) {
	select {
	case oneAtATime <- struct{}{}:
	case <-ctx.Done():
		return picture{}, ctx.Err()
	}
	defer func() { <-oneAtATime }()
	file, err := f.Open(ctx, key)
	if err != nil {
		return picture{}, err
	}
	defer file.Close()
	original, err := io.ReadAll(file) // MaxBytes at most: the upload saw to it
	if err != nil {
		return picture{}, err
	}
	return develop(original, covered)
}

const (
	// undeclaredFor is how long bytes wait to be declared: an offline handheld may send a photo well before its report.
	undeclaredFor = 30 * 24 * time.Hour
	// unfinishedFor is how long an upload may take, cuts included. Those that finished leave their incoming name with it.
	unfinishedFor = 24 * time.Hour
)

// Sweep removes photos that nobody declared within 30 days of their upload, at most max of them, and the remains of
// uploads on which nothing was written for a day. It returns how many photos went.
func Sweep(ctx context.Context, db *pg.DB, files Files, max int) (int, error) {
	keys, err := pg.WriteVal(ctx, db, func(tx *pg.Tx) ([]string, error) {
		return pg.Vals[string](ctx, tx, sweepSQL, tx.Now.Add(-undeclaredFor), max)
	})
	if err != nil {
		return 0, fmt.Errorf("sweep photos: %w", err)
	}
	return len(keys), errors.Join(files.Drop(ctx, keys...), incoming.Folder(files.Incoming()).Sweep(unfinishedFor))
}
