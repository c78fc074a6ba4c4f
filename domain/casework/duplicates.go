package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/clue"
	"gridwork/geo"
	"gridwork/pg"
)

const (
	nearMetres     = 100
	nearTime       = 72 * time.Hour
	duplicatesMost = 20
	candidatesMost = 200 // of each kind that are looked at
)

// Duplicate is an open case, or an open clue, that may be about the same thing: exactly one of Case and Clue is set.
type Duplicate struct {
	Case   *Case
	Clue   *uuid.UUID
	Metres float64       // between them
	Apart  time.Duration // between their times
	Score  float64       // 0 to 1: how near they are in place and time
}

// likeness scores two reports of one category: a half for the place, a half for the time, each falling evenly to its
// limit. Beyond a limit they are not alike at all.
func likeness(metres float64, apart time.Duration) (score float64, alike bool) {
	if metres > nearMetres || apart > nearTime {
		return 0, false
	}
	return 1 - metres/nearMetres/2 - float64(apart)/float64(nearTime)/2, true
}

type nearClue struct {
	ID          uuid.UUID `db:"id"`
	Point       geo.Point `db:"point"`
	SubmittedAt time.Time `db:"submitted_at"`
}

// Duplicates finds the open cases and clues that a clue may be the same as: of its category (of any, where it has none),
// at most 100 m and 72 h away, the likeliest first; at most 20. CLUE_NOT_FOUND for what the viewer cannot see.
func Duplicates(ctx context.Context, tx *pg.Tx, clueID uuid.UUID) ([]Duplicate, error) {
	c, err := clue.Get(ctx, tx, clueID)
	if err != nil {
		return nil, err
	}
	box, from, to := geo.Around(c.Point, nearMetres), c.SubmittedAt.Add(-nearTime), c.SubmittedAt.Add(nearTime)
	cases, err := pg.All[Case](ctx, tx, nearCasesSQL, scoped(tx, box.West, box.South, box.East, box.North, c.Category, from, to, candidatesMost)...)
	if err != nil {
		return nil, err
	}
	reach := tx.Actor.Scope(actor.ReadClue)
	clues, err := pg.All[nearClue](ctx, tx, nearCluesSQL, reach.Regions, reach.Departments, box.West, box.South, box.East, box.North,
		c.ID, c.Category, from, to, candidatesMost)
	if err != nil {
		return nil, err
	}
	var found []Duplicate
	for i := range cases {
		found = add(found, c, Duplicate{Case: &cases[i]}, cases[i].Point, cases[i].FiledAt)
	}
	for i := range clues {
		found = add(found, c, Duplicate{Clue: &clues[i].ID}, clues[i].Point, clues[i].SubmittedAt)
	}
	return ranked(found), nil
}

func add(found []Duplicate, c clue.Clue, d Duplicate, point geo.Point, at time.Time) []Duplicate {
	d.Metres, d.Apart = geo.Distance(c.Point, point), c.SubmittedAt.Sub(at).Abs()
	score, alike := likeness(d.Metres, d.Apart)
	if d.Score = score; !alike {
		return found
	}
	return append(found, d)
}

func ranked(found []Duplicate) []Duplicate {
	slices.SortStableFunc(found, func(a, b Duplicate) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(len(found), duplicatesMost)]
}
