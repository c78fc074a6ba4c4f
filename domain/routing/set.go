package routing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
)

// SetState is how far a rule set has come.
type SetState string

const (
	Drafted   SetState = "draft"     // is edited, and decides nothing
	Published SetState = "published" // decides from its effective time on, until a later one does
	Retired   SetState = "retired"   // was taken back before it came into effect
)

// SetStates lists every state.
var SetStates = []SetState{Drafted, Published, Retired}

// Set is a rule set as it is kept, without its rules.
type Set struct {
	Version       int         `db:"version"`
	State         SetState    `db:"state"`
	Revision      int         `db:"revision"` // of a draft: the optimistic lock
	Note          string      `db:"note"`
	Authors       []uuid.UUID `db:"authors"`  // none of them publishes it
	BasedOn       *int        `db:"based_on"` // the version that it began as a copy of
	PublishedBy   *uuid.UUID  `db:"published_by"`
	EffectiveFrom *time.Time  `db:"effective_from"` // nil: a draft
	CreatedAt     time.Time   `db:"created_at"`
	PublishedAt   *time.Time  `db:"published_at"`
}

// Place is where the set stands in the list: the cursor of what follows it.
func (s Set) Place() int { return s.Version }

var errNoSet = fault.NotFound("RULES_UNKNOWN", "there is no such rule set")

// Sets is a page of rule sets for administrators and supervisors, the newest first, below a version (0: from the newest).
func Sets(ctx context.Context, tx *pg.Tx, below, first int) (found []Set, more bool, err error) {
	if !mayRead(tx.Actor) {
		return nil, false, errNotYours
	}
	if below == 0 {
		below = 1 << 30
	}
	found, err = pg.All[Set](ctx, tx, setsSQL, below, first+1)
	return pg.Page(found, first, err)
}

// Look is one rule set, for administrators and supervisors.
func Look(ctx context.Context, tx *pg.Tx, version int) (Set, error) {
	if !mayRead(tx.Actor) {
		return Set{}, errNotYours
	}
	return lookUp(ctx, tx, "version", setSQL, version)
}

// RulesOf are the rules of a version, in order.
func RulesOf(ctx context.Context, tx *pg.Tx, version int) ([]Rule, error) {
	return pg.All[Rule](ctx, tx, rulesSQL, version)
}

func mayRead(a *actor.Actor) bool {
	return a.System != "" || a.Has(actor.Admin) || a.Has(actor.Supervisor)
}

// lookUp finds the rule set that a field of an input names: RULES_UNKNOWN there if there is none.
func lookUp(ctx context.Context, tx *pg.Tx, field, query string, version int) (Set, error) {
	s, err := pg.One[Set](ctx, tx, query, version)
	if errors.Is(err, pgx.ErrNoRows) {
		err = fault.Under(field, errNoSet)
	}
	return s, err
}
