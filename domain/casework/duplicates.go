package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/likeness"
	"gridwork/geo"
	"gridwork/pg"
)

const (
	duplicatesMost = 20
	nearestMost    = 50   // cases, and clues, that are compared with one clue
	leastLikely    = 0.05 // below that they are not shown
)

// Duplicate is an open case, or an open clue, that may be about the same thing 疑似重复: exactly one of Case and Clue is set.
type Duplicate struct {
	Case *uuid.UUID
	Clue *uuid.UUID
	likeness.Likeness
}

// said is what one report near a clue says: of an open case, or of a clue that waits for a decision.
type said struct {
	Asked        uuid.UUID  `db:"asked"` // the clue that it is near to
	Case         *uuid.UUID `db:"case_id"`
	Clue         *uuid.UUID `db:"clue_id"`
	Point        geo.Point  `db:"point"`
	At           time.Time  `db:"at"`
	Category     *string    `db:"category"` // of a case: the one that it was filed under
	Text         string     `db:"text"`
	Fingerprints []int64    `db:"fingerprints"`
}

func (s said) report() likeness.Report {
	photos := make([]uint64, len(s.Fingerprints))
	for i, f := range s.Fingerprints {
		photos[i] = uint64(f)
	}
	return likeness.NewReport(s.Point, s.At, deref(s.Category), s.Text, photos)
}

// Duplicates finds, for each of the clues that wait for a decision and that the viewer may see, the open cases and clues that it may be the same as:
// at most 100 m and 72 h away from what their reporters said, whatever their category, the likeliest first; at most 20.
func Duplicates(ctx context.Context, tx *pg.Tx, clues []uuid.UUID) (map[uuid.UUID][]Duplicate, error) {
	reach := tx.Actor.Scope(actor.ReadClue)
	asked, err := pg.All[said](ctx, tx, saidByCluesSQL, reach.Regions, reach.Departments, clues)
	if err != nil {
		return nil, err
	}
	around := surroundings(asked)
	near, err := pg.All[said](ctx, tx, saidOfCasesSQL, scoped(tx, around...)...)
	if err != nil {
		return nil, err
	}
	nearClues, err := pg.All[said](ctx, tx, saidNearbySQL, append([]any{reach.Regions, reach.Departments}, around...)...)
	if err != nil {
		return nil, err
	}
	return compare(asked, append(near, nearClues...)), nil
}

// surroundings are the parameters of both searches: each clue, its point and its time, and the box around it.
func surroundings(asked []said) []any {
	var ids []uuid.UUID
	var from, to []time.Time
	var sides [6][]float64
	for _, a := range asked {
		box := geo.Around(a.Point, likeness.NearMetres)
		ids, from, to = append(ids, a.Asked), append(from, a.At.Add(-likeness.NearTime)), append(to, a.At.Add(likeness.NearTime))
		for i, side := range []float64{a.Point.Lon, a.Point.Lat, box.West, box.South, box.East, box.North} {
			sides[i] = append(sides[i], side)
		}
	}
	return []any{ids, from, to, sides[0], sides[1], sides[2], sides[3], sides[4], sides[5], nearestMost}
}

// compare ranks what is near each clue. A case is as like as the likeliest of its reports.
func compare(asked, near []said) map[uuid.UUID][]Duplicate {
	reports, found := make(map[uuid.UUID]likeness.Report, len(asked)), map[uuid.UUID][]Duplicate{}
	for _, a := range asked {
		reports[a.Asked] = a.report()
	}
	for _, n := range near {
		like, enough := likeness.Compare(reports[n.Asked], n.report())
		if !enough || like.Score < leastLikely {
			continue
		}
		all := found[n.Asked]
		i := slices.IndexFunc(all, func(d Duplicate) bool { return n.Case != nil && d.Case != nil && *d.Case == *n.Case })
		switch {
		case i < 0:
			found[n.Asked] = append(all, Duplicate{Case: n.Case, Clue: n.Clue, Likeness: like})
		case like.Score > all[i].Score:
			all[i].Likeness = like
		}
	}
	for id, all := range found {
		slices.SortStableFunc(all, func(a, b Duplicate) int { return cmp.Compare(b.Score, a.Score) })
		found[id] = all[:min(len(all), duplicatesMost)]
	}
	return found
}
