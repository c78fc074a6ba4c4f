package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// The newest first, so that a burst cuts off the oldest.
const changesSQL = `select cases.id, cases.version, cases.level, cases.street, cases.handler_id, max(case_events.at) as at
	from case_events join cases on cases.id = case_events.case_id where case_events.at >= $1
	group by cases.id order by at desc, cases.id limit $2`

// Change is a case to which something happened lately.
type Change struct {
	ID        uuid.UUID  `db:"id"`
	Version   int        `db:"version"`
	Level     int        `db:"level"`
	Street    string     `db:"street"`
	HandlerID *uuid.UUID `db:"handler_id"`
	At        time.Time  `db:"at"`
}

// stamp tells one change of a case from the next. Events are stamped when their transaction begins, so that the time
// alone would not: one that waited for the row's lock comes later with an earlier time.
type stamp struct {
	version, level int
	at             int64 // microseconds
}

// Changes are at most max cases to which something happened since a moment, the newest first, whoever may see them:
// for a feed, whose readers then read within their scope.
func Changes(ctx context.Context, tx *pg.Tx, since time.Time, max int) ([]Change, error) {
	return pg.All[Change](ctx, tx, changesSQL, since, max)
}

// Stamp differs with every change of the case.
func (c Change) Stamp() any { return stamp{c.Version, c.Level, c.At.UnixMicro()} }

// MayConcern is a sieve before the scope: it holds back most of those who may not see the case, and nobody who may.
func (c Change) MayConcern(a *actor.Actor) bool {
	if c.HandlerID != nil && *c.HandlerID == a.ID {
		return true
	}
	return slices.ContainsFunc(a.Grants, func(g actor.Grant) bool {
		return strings.HasPrefix(c.Street, g.Region) || strings.HasPrefix(g.Region, c.Street)
	})
}
