package graph

import (
	"bytes"
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/notify"
	"gridwork/pg"
)

// mostChanges bounds what one look takes in: a burst beyond it is seen by its newest part.
const mostChanges = 2000

func caseChanges(ctx context.Context, tx *pg.Tx, since time.Time) ([]change, error) {
	found, err := casework.Changes(ctx, tx, since, mostChanges)
	changes := make([]change, len(found))
	for i, c := range found {
		changes[i] = change{c.ID, c.Stamp(), c.MayConcern}
	}
	return changes, err
}

func inboxChanges(ctx context.Context, tx *pg.Tx, since time.Time) ([]change, error) {
	found, err := notify.Changes(ctx, tx, since, mostChanges)
	changes := make([]change, len(found))
	for i, m := range found {
		changes[i] = change{m.ID, m.ChangedAt.UnixMicro(), func(a *actor.Actor) bool {
			return m.Person != nil && *m.Person == a.ID || m.Mark != nil && bytes.Equal(m.Mark, a.Mark)
		}}
	}
	return changes, err
}
