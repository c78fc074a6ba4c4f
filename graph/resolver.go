package graph

import (
	"time"

	"gridwork/domain/clue"
	"gridwork/pg"
)

// Resolver answers the fields that are no plain column. Its methods are in the *.resolvers.go file of their concept.
type Resolver struct {
	Deps
	limits  limits
	reports *pg.Crowd[clue.Draft, clue.Taken]
	feed    *Feed
	cases   *topic
	inbox   *topic
	// gather is how long a loader waits for siblings before it asks the database.
	gather time.Duration
}
