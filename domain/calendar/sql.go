package calendar

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/pg"
)

const currentCalendarSQL = `select version, body from calendars order by version desc limit 1`

const calendarsByVersionSQL = `select version, body from calendars where version = any($1) order by version`

const editionSQL = `select version, body, published_at, published_by from calendars where version = $1 or $1 is null and version = (select max(version) from calendars)`

const editionsSQL = `select version, body, published_at, published_by from calendars order by version desc limit $1`

const newestVersionSQL = `select coalesce(max(version), 0) from calendars`

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

// Versions returns several calendars in one query; an unknown version is absent from the result. Version 0 is RoundTheClock:
// that of a clock which was started before any calendar was published.
func Versions(ctx context.Context, tx *pg.Tx, versions []int) (map[int]*Calendar, error) {
	rows, err := pg.All[stored](ctx, tx, calendarsByVersionSQL, versions)
	if err != nil {
		return nil, err
	}
	found := map[int]*Calendar{0: RoundTheClock}
	for _, row := range rows {
		if found[row.Version], err = row.calendar(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Edition is a version as it was published.
type Edition struct {
	*Calendar
	PublishedAt time.Time
	PublishedBy *uuid.UUID // nil: the platform or an operator
}

type storedEdition struct {
	stored
	PublishedAt time.Time  `db:"published_at"`
	PublishedBy *uuid.UUID `db:"published_by"`
}

// EditionOf is one version, or the newest. CALENDAR_VERSION at "version" if there is none.
func EditionOf(ctx context.Context, tx *pg.Tx, version *int) (Edition, error) {
	row, err := pg.One[storedEdition](ctx, tx, editionSQL, version)
	if errors.Is(err, pgx.ErrNoRows) {
		return Edition{}, fault.NotFound("CALENDAR_VERSION", "there is no working calendar of this version").At("version")
	}
	if err != nil {
		return Edition{}, err
	}
	return row.edition()
}

// Editions are the newest versions, at most so many, the newest first.
func Editions(ctx context.Context, tx *pg.Tx, max int) ([]Edition, error) {
	rows, err := pg.All[storedEdition](ctx, tx, editionsSQL, max)
	if err != nil {
		return nil, err
	}
	all := make([]Edition, len(rows))
	for i := range rows {
		if all[i], err = rows[i].edition(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s storedEdition) edition() (Edition, error) {
	c, err := s.calendar()
	return Edition{c, s.PublishedAt, s.PublishedBy}, err
}

// Newest is the version that Current has; 0 if none was ever published.
func Newest(ctx context.Context, tx *pg.Tx) (int, error) {
	return pg.Val[int](ctx, tx, newestVersionSQL)
}

// Version is the calendar's: what a clock keeps of the calendar that it was reckoned with.
func (c *Calendar) Version() int { return c.rules.Version }

// Publish makes the rules of c the next version, whatever version they carry, and returns it. Clocks that run keep the
// version that they were reckoned with: casework.PublishCalendar carries them over.
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
