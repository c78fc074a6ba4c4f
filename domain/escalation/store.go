package escalation

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/pg"
)

// Pin names one version of a ladder.
type Pin struct {
	Code    string
	Version int // 0 asks Load for the newest
}

// Load reads one version of a ladder. LADDER_UNKNOWN if there is none.
func Load(ctx context.Context, tx *pg.Tx, pin Pin) (Ladder, error) {
	row, err := pg.One[storedLadder](ctx, tx, ladderSQL, pin.Code, pin.Version)
	if errors.Is(err, pgx.ErrNoRows) {
		return Ladder{}, fault.NotFound("LADDER_UNKNOWN", "there is no ladder %s of version %d", pin.Code, pin.Version)
	}
	if err != nil {
		return Ladder{}, err
	}
	return row.ladder()
}

// LoadAll reads several ladders in one query. One that does not exist is absent from the result.
func LoadAll(ctx context.Context, tx *pg.Tx, pins []Pin) (map[Pin]Ladder, error) {
	codes, versions := make([]string, len(pins)), make([]int, len(pins))
	for i, p := range pins {
		codes[i], versions[i] = p.Code, p.Version
	}
	rows, err := pg.All[storedLadder](ctx, tx, laddersSQL, codes, versions)
	if err != nil {
		return nil, err
	}
	found := make(map[Pin]Ladder, len(rows))
	for _, row := range rows {
		if found[Pin{row.Code, row.Version}], err = row.ladder(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Publish makes l the next version of its code, whatever version it carries, and returns it. Clocks that run stay on
// the version that they were started with.
func Publish(ctx context.Context, tx *pg.Tx, l Ladder) (int, error) {
	version, err := pg.Val[int](ctx, tx, nextLadderVersionSQL, l.Code)
	if err != nil {
		return 0, err
	}
	l.Version = version
	if err := l.Check(); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, insertLadderSQL, l.Code, l.Version, l.NameZH, l.NameEN, l.Steps, tx.Now)
	if pg.Constraint(err) == "ladders_pkey" {
		return 0, fault.Conflict("LADDER_RACE", "another version was published at the same time").Because(err)
	}
	return version, err
}

type storedLadder struct {
	Code    string          `db:"code"`
	Version int             `db:"version"`
	NameZH  string          `db:"name_zh"`
	NameEN  string          `db:"name_en"`
	Steps   json.RawMessage `db:"steps"`
}

// parsed keeps steps by the hash of their text, since every clock that starts and every pass of a keeper asks for them.
var parsed sync.Map // [sha256.Size]byte → Steps

func (s storedLadder) ladder() (Ladder, error) {
	l := Ladder{Code: s.Code, Version: s.Version, NameZH: s.NameZH, NameEN: s.NameEN}
	key := sha256.Sum256(s.Steps)
	if known, ok := parsed.Load(key); ok {
		l.Steps = known.(Steps)
		return l, nil
	}
	if err := json.Unmarshal(s.Steps, &l.Steps); err != nil {
		return Ladder{}, fmt.Errorf("stored ladder %s, version %d: %w", s.Code, s.Version, err)
	}
	parsed.Store(key, l.Steps)
	return l, nil
}
