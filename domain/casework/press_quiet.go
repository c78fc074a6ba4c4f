package casework

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/pg"
)

const acknowledgedSQL = `select clock_id, person_id, step from acknowledgements
	where clock_id = any($1) and until > $2 order by clock_id, person_id, step`

// acknowledged is a step that somebody has acknowledged lately, so that its nagging spares them.
type acknowledged struct {
	Clock  uuid.UUID `db:"clock_id"`
	Person uuid.UUID `db:"person_id"`
	Step   int       `db:"step"`
}

// acknowledgedOf finds the acknowledgements that still quiet, by clock, in one query, and in none where every step is new.
func acknowledgedOf(ctx context.Context, tx *pg.Tx, climbs []*climb) (map[uuid.UUID][]acknowledged, error) {
	var clocks []uuid.UUID
	for _, c := range climbs {
		if len(c.fired) > 0 && c.nags(&c.fired[0]) {
			clocks = append(clocks, c.ID)
		}
	}
	if len(clocks) == 0 {
		return nil, nil
	}
	rows, err := pg.All[acknowledged](ctx, tx, acknowledgedSQL, clocks, tx.Now)
	found := make(map[uuid.UUID][]acknowledged, len(rows))
	for _, a := range rows {
		found[a.Clock] = append(found[a.Clock], a)
	}
	return found, err
}

// nags reports whether the firing may say what somebody has acknowledged: a repetition, or a reminder that stands beside
// the ladder. The first firing of a timed step is higher than whatever its clock has fired before.
func (c *climb) nags(f *firing) bool {
	return f.step.Action.IsNagging() && (c.beside || f.Occurrence > 0)
}

// quiet takes those out of a firing's people who have acknowledged this step, or a higher one.
func (c *climb) quiet(f *firing, lately []acknowledged) {
	if len(lately) == 0 || !c.nags(f) {
		return
	}
	height := c.ladder.Rung(f.Step)
	f.people = slices.DeleteFunc(f.people, func(person uuid.UUID) bool {
		spared := slices.ContainsFunc(lately, func(a acknowledged) bool {
			return a.Person == person && c.ladder.Rung(a.Step) >= height
		})
		if spared {
			f.quieted = append(f.quieted, person)
		}
		return spared
	})
}
