// Package look tells colleagues who has a report or a case open, so that two people do not work on one. It is about this moment
// only: what somebody looked at before is told to nobody and kept nowhere.
package look

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/fault"
	"gridwork/pg"
)

const (
	// lasts is how long a look counts that is not told again: a page that was closed or lost its network is gone by then.
	lasts = 15 * time.Second
	// rest is how much of it may be over before it is written anew.
	rest = 6 * time.Second
)

// CodeNotFound is the code of what does not exist, or is none of the viewer's work.
const CodeNotFound = "SUBJECT_NOT_FOUND"

// Look is somebody who has something open.
type Look struct {
	Subject uuid.UUID `db:"subject_id"` // a clue or a case
	Person  uuid.UUID `db:"person_id"`
	Street  string    `db:"street"` // division code of where the subject lies
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"` // unless it is told again
}

// At notes that whoever acts has a clue or a case open, which is to be told again every few seconds (nil: nothing any more), and returns what others have
// open of what the viewer may see: in the streets of an office, and at the subject itself. It is for those who work on things, each within their
// scope: who reported something has it open without a trace.
//
// Faults: SUBJECT_NOT_FOUND at "id".
func At(ctx context.Context, tx *pg.Tx, subject *uuid.UUID) ([]Look, error) {
	if subject == nil {
		tx.Queue(lookAwaySQL, tx.Actor.ID)
		return others(ctx, tx, uuid.Nil)
	}
	street, err := streetOf(ctx, tx, *subject)
	if err != nil {
		return nil, err
	}
	tx.Queue(lookSQL, tx.Actor.ID, *subject, street, tx.Now, tx.Now.Add(lasts), tx.Now.Add(lasts-rest))
	return others(ctx, tx, *subject)
}

// streetOf is where something lies that is the viewer's work. That one reported it does not make it so.
func streetOf(ctx context.Context, tx *pg.Tx, id uuid.UUID) (string, error) {
	clues, err := clue.ByIDs(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return "", err
	}
	for _, c := range clues {
		if tx.Actor.May(actor.ReadClue, c.Street, "") {
			return c.Street, nil
		}
	}
	cases, err := casework.ByIDs(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return "", err
	}
	for _, c := range cases {
		if works(tx.Actor, c) {
			return c.Street, nil
		}
	}
	return "", fault.NotFound(CodeNotFound, "no such report or case among yours").At("id")
}

func works(a *actor.Actor, c casework.Case) bool {
	lead := ""
	if c.Department != nil {
		lead = *c.Department
	}
	return a.May(actor.ReadCase, c.Street, lead) || c.HandlerID != nil && *c.HandlerID == a.ID
}

// others are the looks of everybody else at what the viewer may see.
func others(ctx context.Context, tx *pg.Tx, subject uuid.UUID) ([]Look, error) {
	offices := slices.Concat(tx.Actor.Scope(actor.ReadClue).Regions, tx.Actor.Scope(actor.ReadCase).Regions)
	looks, err := pg.All[Look](ctx, tx, othersSQL, tx.Actor.ID, tx.Now, offices, subject)
	if err != nil || len(looks) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(looks))
	for i, l := range looks {
		ids[i] = l.Subject
	}
	clues, err := clue.ByIDs(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	cases, err := casework.ByIDs(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	seen := map[uuid.UUID]bool{}
	for _, c := range clues {
		seen[c.ID] = true
	}
	for _, c := range cases {
		seen[c.ID] = true
	}
	return slices.DeleteFunc(looks, func(l Look) bool { return !seen[l.Subject] }), nil
}

// Forget removes looks that are over.
func Forget(_ context.Context, tx *pg.Tx) error {
	tx.Queue(forgetSQL, tx.Now)
	return nil
}
