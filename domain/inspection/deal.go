package inspection

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
)

// spot is a place that gets a task.
type spot struct {
	Cell     string     `db:"cell"`
	Premises *string    `db:"premises"`
	Street   string     `db:"street"`
	Grid     *uuid.UUID `db:"duty_grid_id"` // nil: nobody was given the cell
}

// deal says who gets the task of each place: whoever of its duty grid's crew has the fewest open tasks, those counted that
// were dealt before; of equals the one who comes first in the crew. nil where there is no crew. load is of those who share a
// duty grid, and is gone on with.
//
// So no two of one crew end further apart than they began, or than one task.
func deal(spots []spot, crews map[uuid.UUID][]uuid.UUID, load map[uuid.UUID]int) []*uuid.UUID {
	dealt := make([]*uuid.UUID, len(spots))
	for i, s := range spots {
		if s.Grid == nil || len(crews[*s.Grid]) == 0 {
			continue
		}
		crew := crews[*s.Grid]
		n := 0
		if len(crew) > 1 {
			least := slices.MinFunc(crew, func(a, b uuid.UUID) int { return cmp.Compare(load[a], load[b]) })
			n = slices.Index(crew, least)
			load[least]++
		}
		dealt[i] = &crew[n]
	}
	return dealt
}
