package escalation

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
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

// Newest lists the newest version of every ladder, by code, for those who are pressed and who press.
//
// Faults: NOT_ALLOWED.
func Newest(ctx context.Context, tx *pg.Tx) ([]Ladder, error) {
	if err := mayRead(tx.Actor); err != nil {
		return nil, err
	}
	rows, err := pg.All[storedLadder](ctx, tx, newestLaddersSQL)
	ladders := make([]Ladder, len(rows))
	for i := range rows {
		if ladders[i], err = rows[i].ladder(); err != nil {
			return nil, err
		}
	}
	return ladders, err
}

// Look is Load for whoever may know how people are pressed. Faults: NOT_ALLOWED, LADDER_UNKNOWN.
func Look(ctx context.Context, tx *pg.Tx, pin Pin) (Ladder, error) {
	if err := mayRead(tx.Actor); err != nil {
		return Ladder{}, err
	}
	return Load(ctx, tx, pin)
}

// mayRead: ladders belong to no region, so wherever the permission is held will do.
func mayRead(a *actor.Actor) error {
	if len(a.Scope(actor.ReadPeople).Regions) == 0 {
		return fault.Denied("NOT_ALLOWED", "ladders are for the staff whom they press")
	}
	return nil
}

// Publish makes l the next version of its code, whatever version it carries. Clocks that run stay on the version that
// they were started with. For administrators of the whole city.
//
// Faults: NOT_ALLOWED; LADDER_… with the path of what is wrong, such as "steps[3].trigger.percent"; LADDER_RACE.
func Publish(ctx context.Context, tx *pg.Tx, l Ladder) (Ladder, error) {
	if !tx.Actor.Citywide(actor.AdministerAll) {
		return Ladder{}, fault.Denied("NOT_ALLOWED", "ladders are for administrators of the city")
	}
	version, err := pg.Val[int](ctx, tx, nextLadderVersionSQL, l.Code)
	if err != nil {
		return Ladder{}, err
	}
	l.Version, l.PublishedAt = version, tx.Now
	if err := l.Check(); err != nil {
		return Ladder{}, err
	}
	_, err = tx.Exec(ctx, insertLadderSQL, l.Code, l.Version, l.NameZH, l.NameEN, l.Steps, l.PublishedAt)
	if pg.Constraint(err) == "ladders_pkey" {
		return Ladder{}, fault.Conflict("LADDER_RACE", "another version was published at the same time").Because(err)
	}
	if err == nil {
		audit.Record(tx, "ladder.publish", "ladder", l.Code, map[string]any{"version": l.Version, "steps": len(l.Steps)})
	}
	return l, err
}

type storedLadder struct {
	Code    string          `db:"code"`
	Version int             `db:"version"`
	NameZH  string          `db:"name_zh"`
	NameEN  string          `db:"name_en"`
	Steps   json.RawMessage `db:"steps"`

	PublishedAt time.Time `db:"published_at"`
}

// parsed keeps steps by the hash of their text, since every clock that starts and every pass of a keeper asks for them.
var parsed sync.Map // [sha256.Size]byte → Steps

func (s storedLadder) ladder() (Ladder, error) {
	l := Ladder{Code: s.Code, Version: s.Version, NameZH: s.NameZH, NameEN: s.NameEN, PublishedAt: s.PublishedAt}
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
