package calendar

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/pg"
)

const currentCalendarSQL = `select version, body from calendars order by version desc limit 1`

const calendarsByVersionSQL = `select version, body from calendars where version = any($1) order by version`

const nextVersionSQL = `select coalesce(max(version), 0) + 1 from calendars`

const insertCalendarSQL = `insert into calendars (version, body, published_at, published_by) values ($1, $2, $3, $4)`

type stored struct {
	Version int             `db:"version"`
	Body    json.RawMessage `db:"body"`
}

// Current returns the calendar on which promises are made now: the one of the highest version.
// CALENDAR_MISSING if none was ever published.
func Current(ctx context.Context, tx *pg.Tx) (*Calendar, error) {
	row, err := pg.One[stored](ctx, tx, currentCalendarSQL)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.Conflict("CALENDAR_MISSING", "no working calendar is published")
	}
	if err != nil {
		return nil, err
	}
	return row.calendar()
}

// At returns the calendar of one version. CALENDAR_VERSION if there is none.
func At(ctx context.Context, tx *pg.Tx, version int) (*Calendar, error) {
	found, err := Versions(ctx, tx, []int{version})
	if err != nil {
		return nil, err
	}
	if found[version] == nil {
		return nil, fault.NotFound("CALENDAR_VERSION", "there is no working calendar of version %d", version)
	}
	return found[version], nil
}

// Versions returns several calendars in one query; an unknown version is absent from the result.
func Versions(ctx context.Context, tx *pg.Tx, versions []int) (map[int]*Calendar, error) {
	rows, err := pg.All[stored](ctx, tx, calendarsByVersionSQL, versions)
	if err != nil {
		return nil, err
	}
	found := make(map[int]*Calendar, len(rows))
	for _, row := range rows {
		if found[row.Version], err = row.calendar(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Version is the calendar's: what a clock keeps of the calendar that it was reckoned with.
func (c *Calendar) Version() int { return c.rules.Version }

// Publish makes the rules of c the next version, whatever version they carry, and returns it. Clocks that run keep the
// version that they were reckoned with.
func Publish(ctx context.Context, tx *pg.Tx, c *Calendar) (int, error) {
	version, err := pg.Val[int](ctx, tx, nextVersionSQL)
	if err != nil {
		return 0, err
	}
	rules := c.Rules()
	rules.Version = version
	body, err := json.Marshal(rules)
	if err != nil {
		return 0, err
	}
	var by *uuid.UUID
	if tx.Actor.IsPerson() {
		by = &tx.Actor.ID
	}
	_, err = tx.Exec(ctx, insertCalendarSQL, version, json.RawMessage(body), tx.Now, by)
	if pg.Constraint(err) == "calendars_pkey" {
		return 0, fault.Conflict("CALENDAR_RACE", "another calendar was published at the same time").Because(err)
	}
	return version, err
}

// compiled keeps parsed calendars by the hash of their text: a year takes longer to compile than to ask about, and
// processes that serve several cities must not mistake one city's version 3 for another's.
var compiled sync.Map // [sha256.Size]byte → *Calendar

func (s stored) calendar() (*Calendar, error) {
	key := sha256.Sum256(s.Body)
	if known, ok := compiled.Load(key); ok {
		return known.(*Calendar), nil
	}
	c := &Calendar{}
	if err := json.Unmarshal(s.Body, c); err != nil {
		return nil, fmt.Errorf("stored calendar %d: %w", s.Version, err)
	}
	compiled.Store(key, c)
	return c, nil
}
