package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/pg"
)

// page is how many links are verified per query.
const page = 5000

// straggler is how long after its stamp a row may still commit: far more than any transaction lasts.
const straggler = time.Hour

type link struct {
	Position int64  `db:"position"`
	Hash     []byte `db:"hash"`
}

// end is the chain's last link and when its row was stamped.
type end struct {
	link
	At time.Time `db:"at"`
}

type linked struct {
	link
	Entry
}

// Link appends up to max rows that no link points at yet, and returns how many it appended.
// Another linker at work means 0.
func Link(ctx context.Context, tx *pg.Tx, max int) (int, error) {
	if free, err := pg.Val[bool](ctx, tx, lockChainSQL); err != nil || !free {
		return 0, err
	}
	last, err := pg.One[end](ctx, tx, lastLinkSQL)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, err
	}
	entries, err := pg.All[Entry](ctx, tx, unlinkedSQL, last.At.Add(-straggler), max)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	positions, ids, hashes := extend(last.link, entries)
	if _, err := tx.Exec(ctx, insertLinksSQL, positions, ids, hashes); err != nil {
		return 0, fmt.Errorf("link audit rows: %w", err)
	}
	return len(entries), nil
}

// extend computes the links that follow last.
func extend(last link, entries []Entry) (positions []int64, ids []uuid.UUID, hashes [][]byte) {
	hash := last.Hash
	for i, e := range entries {
		hash = chain(hash, e)
		positions = append(positions, last.Position+int64(i)+1)
		ids = append(ids, e.ID)
		hashes = append(hashes, hash)
	}
	return positions, ids, hashes
}

// chain is SHA-256 over the previous hash and the row, each field with its length before it, so that no two
// rows spell the same bytes. Details are compacted with sorted keys, since jsonb keeps neither spaces nor order.
func chain(previous []byte, e Entry) []byte {
	h := sha256.New()
	h.Write(previous)
	actorID := ""
	if e.ActorID != nil {
		actorID = e.ActorID.String()
	}
	at := e.At.UTC().Format(time.RFC3339Nano)
	for _, field := range []string{e.ID.String(), at, actorID, e.Actor, e.Action, e.Object, e.ObjectID, canonical(e.Detail)} {
		fmt.Fprintf(h, "%d:%s,", len(field), field)
	}
	return h.Sum(nil)
}

func canonical(detail json.RawMessage) string {
	var v any
	d := json.NewDecoder(bytes.NewReader(detail))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return string(detail)
	}
	out, err := json.Marshal(v)
	if err != nil {
		return string(detail)
	}
	return string(out)
}

// Broken tells where the chain stops being true.
type Broken struct{ Position int64 }

func (b *Broken) Error() string {
	return fmt.Sprintf("the audit chain is broken at link %d", b.Position)
}

// Verify walks the whole chain and returns how many links it holds; a *Broken error names the first false one.
func Verify(ctx context.Context, tx *pg.Tx) (links int64, err error) {
	var last link
	for {
		rows, err := pg.All[linked](ctx, tx, chainSQL, last.Position, page)
		if err != nil || len(rows) == 0 {
			return last.Position, err
		}
		for _, row := range rows {
			if row.Position != last.Position+1 || !bytes.Equal(row.Hash, chain(last.Hash, row.Entry)) {
				return last.Position, &Broken{Position: last.Position + 1}
			}
			last = row.link
		}
	}
}

// CountUnlinked counts the rows stamped before the given time that the chain does not hold: with a linker at work, none.
func CountUnlinked(ctx context.Context, tx *pg.Tx, before time.Time) (int, error) {
	return pg.Val[int](ctx, tx, countUnlinkedSQL, before)
}
