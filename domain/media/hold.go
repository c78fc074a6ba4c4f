package media

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Forgotten is a photo without bytes: whoever sends them declares it again.
const forgetHeldSQL = `delete from photos where subject = 'operation' and subject_id = $1 and state = 'declared'`

const freeHeldSQL = `update photos set subject = null, subject_id = null where subject = 'operation' and subject_id = $1`

// Hold binds photos to an operation that a person has yet to decide on, so that none of them is dropped meanwhile. Those
// that belong to something else already, or have other bytes, are left there.
func Hold(ctx context.Context, tx *pg.Tx, operation uuid.UUID, photos []Declared) error {
	if err := Check(photos); err != nil || len(photos) == 0 {
		return err
	}
	rows, err := pg.All[bound](ctx, tx, declareSQL, append([]any{OfOperation, operation, tx.Now}, columnsOf(photos)...)...)
	if err != nil {
		return fmt.Errorf("hold photos: %w", err)
	}
	follow(tx, rows)
	return nil
}

// Free lets go of an operation's photos, to be declared by what it becomes, in the same transaction.
func Free(ctx context.Context, tx *pg.Tx, operation uuid.UUID) error {
	if _, err := tx.Exec(ctx, forgetHeldSQL, operation); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, freeHeldSQL, operation)
	return err
}
