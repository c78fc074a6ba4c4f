package notify

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/pg"
)

// What was written lately, and what was read or acknowledged lately; the newest first, so that a burst cuts off the
// oldest.
const changesSQL = `select id, person_id, mark, changed_at from (
		select id, person_id, mark, coalesce(acked_at, read_at, created_at) as changed_at from messages where created_at >= $1
		union
		select id, person_id, mark, coalesce(acked_at, read_at) from messages where coalesce(acked_at, read_at) >= $1
	) changed order by changed_at desc, id desc limit $2`

const ownSQL = `select ` + messageColumns + ` from messages
	where id = any($1::uuid[]) and (person_id = $2 or mark = $3) order by id`

// Change is a message that was written, read or acknowledged, and whose it is.
type Change struct {
	ID        uuid.UUID  `db:"id"`
	Person    *uuid.UUID `db:"person_id"`
	Mark      []byte     `db:"mark"`
	ChangedAt time.Time  `db:"changed_at"`
}

// Changes are at most max messages that were written or changed since a moment, the newest first, whoever they are
// for: for a feed that tells each reader of their own.
func Changes(ctx context.Context, tx *pg.Tx, since time.Time, max int) ([]Change, error) {
	return pg.All[Change](ctx, tx, changesSQL, since, max)
}

// Own are those of the messages that belong to whoever acts, ordered by id.
func Own(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Message, error) {
	return pg.All[Message](ctx, tx, ownSQL, ids, tx.Actor.ID, tx.Actor.Mark)
}
