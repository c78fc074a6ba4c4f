package day

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
)

// reminder is a message that presses and that nobody has acknowledged.
type reminder struct {
	ID     uuid.UUID  `db:"id"`
	CaseID *uuid.UUID `db:"case_id"`
	ClueID *uuid.UUID `db:"clue_id"`
}

// remind marks what is pressed for, and adds what is pressed for and not on the list, as far as the viewer may still see it and it
// is not over.
func remind(ctx context.Context, tx *pg.Tx, stops []Stop) ([]Stop, error) {
	reminders, err := pg.All[reminder](ctx, tx, remindersSQL, tx.Actor.ID)
	if err != nil {
		return nil, err
	}
	cases, clues := map[uuid.UUID]uuid.UUID{}, map[uuid.UUID]uuid.UUID{} // by what they are about
	for _, r := range reminders {
		about := func(s Stop) bool { return same(s.CaseID, r.CaseID) || same(s.ClueID, r.ClueID) }
		switch i := slices.IndexFunc(stops, about); {
		case i >= 0:
			stops[i].Reminded = true
		case r.CaseID != nil:
			cases[*r.CaseID] = r.ID
		default:
			clues[*r.ClueID] = r.ID
		}
	}
	if stops, err = ofCases(ctx, tx, stops, cases); err != nil {
		return nil, err
	}
	return ofClues(ctx, tx, stops, clues)
}

func same(a, b *uuid.UUID) bool { return a != nil && b != nil && *a == *b }

func ofCases(ctx context.Context, tx *pg.Tx, stops []Stop, pressed map[uuid.UUID]uuid.UUID) ([]Stop, error) {
	found, err := casework.ByIDs(ctx, tx, keys(pressed))
	for _, c := range found {
		if c.State.Open() {
			stops = append(stops, Stop{Kind: Reminder, ID: pressed[c.ID], Why: Pressed, CaseNumber: &c.Number, DueAt: c.DueAt, Point: c.Point, Cell: c.Cell,
				CaseID: &c.ID, Reminded: true})
		}
	}
	return stops, err
}

func ofClues(ctx context.Context, tx *pg.Tx, stops []Stop, pressed map[uuid.UUID]uuid.UUID) ([]Stop, error) {
	found, err := clue.ByIDs(ctx, tx, keys(pressed))
	for _, c := range found {
		if c.State.Open() {
			stops = append(stops, Stop{Kind: Reminder, ID: pressed[c.ID], Why: Pressed, ClueNumber: &c.Number, Point: c.Point, Cell: c.Cell, ClueID: &c.ID,
				Reminded: true})
		}
	}
	return stops, err
}

func keys(of map[uuid.UUID]uuid.UUID) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(of))
	for id := range of {
		ids = append(ids, id)
	}
	return ids
}

// soonest are the stops that fit into a day: those that are due first.
func soonest(stops []Stop) []Stop {
	slices.SortStableFunc(stops, func(a, b Stop) int {
		if c := due(a).Compare(due(b)); c != 0 {
			return c
		}
		return slices.Compare(a.ID[:], b.ID[:])
	})
	return stops[:min(most, len(stops))]
}

func due(s Stop) time.Time {
	if s.DueAt == nil {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return *s.DueAt
}
