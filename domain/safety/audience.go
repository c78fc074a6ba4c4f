package safety

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/escalation"
	"gridwork/domain/identity"
	"gridwork/pg"
)

// nearest is how many grid workers one step tells: those whose ground is nearest, and who were not told before.
const nearest = 5

// known is who knows of an alarm already.
type known struct {
	told  []uuid.UUID
	given []Given
}

func (c *claimed) known(ctx context.Context, tx *pg.Tx) (k known, err error) {
	told, err := ToldOf(ctx, tx, []uuid.UUID{*c.AlarmID})
	if err != nil {
		return k, err
	}
	given, err := AnswersOf(ctx, tx, []uuid.UUID{*c.AlarmID})
	return known{told[*c.AlarmID], given[*c.AlarmID]}, err
}

// spared reports whether somebody has answered so lately that they are not told again.
func (k known) spared(person uuid.UUID, since time.Time) bool {
	return slices.ContainsFunc(k.given, func(g Given) bool { return g.PersonID == person && g.At.After(since) })
}

// hearers are who hears of a step: of its audiences, whoever is on duty at this moment; of the grid workers the nearest ones.
// there tells whether anybody was, also of those who have answered a while ago and are spared.
func (c *claimed) hearers(ctx context.Context, tx *pg.Tx, k known, s escalation.Step) (people []uuid.UUID, there bool, err error) {
	where := c.Street
	if c.Cell != nil {
		where = *c.Cell
	}
	var asked []identity.Audience
	for _, a := range s.Audience {
		if who := a.At(where, ""); !slices.Contains(asked, who) {
			asked = append(asked, who)
		}
	}
	found, err := identity.OnDutyAll(ctx, tx, asked)
	if err != nil {
		return nil, false, err
	}
	lately := tx.Now.Add(-held(s))
	workers := []uuid.UUID{}
	for _, who := range asked {
		for _, person := range found[who] {
			if person == c.PersonID {
				continue // nobody is asked to come to their own help
			}
			there = true
			switch {
			case k.spared(person, lately) || slices.Contains(people, person):
			case who.Role == actor.GridWorker:
				workers = append(workers, person)
			default:
				people = append(people, person)
			}
		}
	}
	workers = slices.DeleteFunc(workers, func(w uuid.UUID) bool { return slices.Contains(people, w) })
	near, err := pg.Vals[uuid.UUID](ctx, tx, nearestSQL, workers, k.told, c.Point, c.Cell, tx.Now, nearest)
	return append(people, near...), there, err
}
