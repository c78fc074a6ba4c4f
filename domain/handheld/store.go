package handheld

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/identity"
	"gridwork/pg"
)

// memory is which manifests of a handheld are known: the one that it came with, and the last one that it was sent. In tables it
// is two cursors and two manifests.
type memory struct {
	KeptCursor []byte `db:"kept_cursor"`
	Kept       []byte `db:"kept"`
	SentCursor []byte `db:"sent_cursor"`
	Sent       []byte `db:"sent"`
}

const recallSQL = `select kept_cursor, kept, sent_cursor, sent from manifests where holder = $1`

const rememberSQL = `insert into manifests (holder, person_id, kept_cursor, kept, sent_cursor, sent, sent_on) values ($1, $2, $3, $4, $5, $6, $7)
	on conflict (holder) do update set kept_cursor = excluded.kept_cursor, kept = excluded.kept,
		sent_cursor = excluded.sent_cursor, sent = excluded.sent, sent_on = excluded.sent_on`

const forgetSQL = `delete from manifests where sent_on < $1::date`

func recall(ctx context.Context, tx *pg.Tx, holder uuid.UUID) (memory, error) {
	m, err := pg.One[memory](ctx, tx, recallSQL, holder)
	if errors.Is(err, pgx.ErrNoRows) {
		return memory{}, nil
	}
	return m, err
}

// at is the manifest of a cursor, if it is known.
func (m memory) at(cursor string) (Manifest, bool) {
	is := raw(cursor)
	for _, known := range []struct{ cursor, manifest []byte }{{m.SentCursor, m.Sent}, {m.KeptCursor, m.Kept}} {
		if len(is) > 0 && string(is) == string(known.cursor) {
			held, err := decode(known.manifest)
			return held, err == nil // what cannot be read is not known
		}
	}
	return nil, false
}

// next is what is known once a handheld that came with a cursor is sent a manifest. What it came with is kept, since it may not
// hear the answer. What it had confirmed before is kept where it came with none of both: another one may.
func (m memory) next(cursor string, sent Manifest) memory {
	if is := raw(cursor); len(is) > 0 && string(is) == string(m.SentCursor) {
		m.KeptCursor, m.Kept = m.SentCursor, m.Sent
	}
	m.SentCursor, m.Sent = raw(sent.Cursor()), sent.encode()
	return m
}

// remember stores what is known from now on, if it is not that already: handhelds look far more often than anything changes.
func (m memory) remember(ctx context.Context, tx *pg.Tx, holder uuid.UUID, now memory) error {
	if string(m.SentCursor) == string(now.SentCursor) && string(m.KeptCursor) == string(now.KeptCursor) {
		return nil
	}
	today := tx.Now.In(identity.City).Format(time.DateOnly)
	if _, err := tx.Exec(ctx, rememberSQL, holder, tx.Actor.ID, now.KeptCursor, now.Kept, now.SentCursor, now.Sent, today); err != nil {
		return fmt.Errorf("remember what a handheld was sent: %w", err)
	}
	return nil
}

// raw is a cursor's bytes, or nothing for what is none.
func raw(cursor string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil
	}
	return b
}
