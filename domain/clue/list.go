package clue

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/pg"
)

// Filter narrows a list. Its zero value keeps everything in the viewer's scope.
type Filter struct {
	Region   string  // division code of any level; "" = all
	States   []State // empty = all that the list has
	Category *string // a code, or the two digits of a major one
	Urgent   *bool
	Text     string // a piece of the text, in any case, or the clue's number
}

// Page is one step through a list: at most First rows that follow After (nil = from the start).
type Page struct {
	After *Place
	First int
}

// visibility are the parameters $1–$5 of the predicate "visible".
func visibility(tx *pg.Tx) []any {
	scope := tx.Actor.Scope(actor.ReadClue)
	return []any{scope.Regions, scope.Departments, tx.Actor.Mark, viewer(tx), triaged(tx)}
}

// triaged are the regions where whoever acts decides on clues.
func triaged(tx *pg.Tx) []string { return tx.Actor.Scope(actor.Triage).Regions }

// viewer is the person who looks, or nil for the platform itself.
func viewer(tx *pg.Tx) *uuid.UUID {
	if tx.Actor.System != "" {
		return nil
	}
	return &tx.Actor.ID
}

// Get finds a clue that the viewer may see: of a street in scope, one's own, or one that was given to verify.
// Any other is CLUE_NOT_FOUND, whether it exists or not.
func Get(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Clue, error) {
	return orNotFound(pg.One[Clue](ctx, tx, visibleCluesSQL, append(visibility(tx), []uuid.UUID{id})...))
}

// ByIDs is Get for many, ordered by id; those that the viewer may not see are left out.
func ByIDs(ctx context.Context, tx *pg.Tx, ids []uuid.UUID) ([]Clue, error) {
	return pg.All[Clue](ctx, tx, visibleCluesSQL, append(visibility(tx), ids)...)
}

// Queue is the dispatcher's: clues of the streets in scope that wait for a decision, urgent ones first, then the
// oldest. more tells whether others follow.
func Queue(ctx context.Context, tx *pg.Tx, f Filter, page Page) (found []Clue, more bool, err error) {
	urgent, at, ids := parts(f.Urgent, page.After)
	args := append(f.args(tx, page), urgent, at, ids, triaged(tx))
	return cut(page)(pg.All[Clue](ctx, tx, queueSQL, args...))
}

// List is every clue of the streets in scope, the newest first. A page's cursor counts by time alone: Place.Urgent
// does not matter here.
func List(ctx context.Context, tx *pg.Tx, f Filter, page Page) (found []Clue, more bool, err error) {
	at, id := before(page.After)
	args := append(f.args(tx, page), at, id, f.Urgent, triaged(tx))
	return cut(page)(pg.All[Clue](ctx, tx, listSQL, args...))
}

// Mine is what the signed-in viewer reported, the newest first; nothing for others.
func Mine(ctx context.Context, tx *pg.Tx, page Page) (found []Clue, more bool, err error) {
	at, id := before(page.After)
	return cut(page)(pg.All[Clue](ctx, tx, mineSQL, tx.Actor.Mark, at, id, page.First+1))
}

// args are the parameters $1–$8 that lists share.
func (f Filter) args(tx *pg.Tx, page Page) []any {
	scope := tx.Actor.Scope(actor.ReadClue)
	states := f.States
	if len(states) == 0 {
		states = States
	}
	var text *string
	if words := strings.ToLower(strings.TrimSpace(f.Text)); words != "" {
		text = &words
	}
	return []any{scope.Regions, scope.Departments, f.Region, viewer(tx), states, f.Category, text, page.First + 1}
}

// parts are the two halves of the queue that a page has to look at, and where in each it starts.
func parts(only *bool, after *Place) (urgent []bool, at []time.Time, ids []uuid.UUID) {
	for _, half := range []bool{true, false} {
		start := Place{Urgent: half}
		switch {
		case only != nil && *only != half, after != nil && half && !after.Urgent:
			continue
		case after != nil && after.Urgent == half:
			start = *after
		}
		urgent, at, ids = append(urgent, half), append(at, start.At), append(ids, start.ID)
	}
	return urgent, at, ids
}

// before is where a list that begins with the newest goes on.
func before(after *Place) (time.Time, uuid.UUID) {
	if after == nil {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max
	}
	return after.At, after.ID
}

// cut takes off the row that was read to see whether more follow.
func cut(page Page) func([]Clue, error) ([]Clue, bool, error) {
	return func(found []Clue, err error) ([]Clue, bool, error) {
		return pg.Page(found, page.First, err)
	}
}

// OfCases returns the clues behind cases in the order in which they came, by case: the n-th of them is "reporter #n".
// The caller has made sure that the viewer may see the cases.
func OfCases(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Clue, error) {
	clues, err := pg.All[Clue](ctx, tx, cluesOfCasesSQL, cases)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]Clue, len(cases))
	for _, c := range clues {
		found[*c.CaseID] = append(found[*c.CaseID], c)
	}
	return found, nil
}

// CaseOf is the case that a clue was filed as or merged into, or nil; whether the viewer may see that is for casework to
// say.
func CaseOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (*uuid.UUID, error) {
	found, err := pg.Val[*uuid.UUID](ctx, tx, caseOfClueSQL, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return found, err
}

// Event is one line of a clue's history. It names staff, never the reporter.
type Event struct {
	ID     uuid.UUID       `db:"id"`
	ClueID uuid.UUID       `db:"clue_id"`
	At     time.Time       `db:"at"`
	Kind   string          `db:"kind"`
	Actor  *uuid.UUID      `db:"actor_id"`
	Role   string          `db:"actor_role"`
	Detail json.RawMessage `db:"detail"`
}

// Events returns the histories of clues that the viewer may see, oldest first, by clue.
func Events(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID][]Event, error) {
	events, err := pg.All[Event](ctx, tx, eventsSQL, clues)
	if err != nil {
		return nil, err
	}
	found := make(map[uuid.UUID][]Event, len(clues))
	for _, e := range events {
		found[e.ClueID] = append(found[e.ClueID], e)
	}
	return found, nil
}
