package sampling

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/notify"
	"gridwork/geo"
	"gridwork/pg"
)

// inspector is a grid worker of a street, and where the cells lie that they look after.
type inspector struct {
	Street string    `db:"street"`
	Person uuid.UUID `db:"person_id"`
	Centre geo.Point `db:"centre"`
}

// hand is a person's part in a case: whoever had one does not look at it again.
type hand struct {
	Case   uuid.UUID `db:"case_id"`
	Person uuid.UUID `db:"person_id"`
	Holds  bool      `db:"holds"` // looks after its cell, and had no other part: only where there is nobody else
}

// ask finds somebody for each case that was drawn, stores who looks at it, and tells them.
func (s Sample) ask(ctx context.Context, tx *pg.Tx, drawn []ticket) error {
	workers, hands, err := around(ctx, tx, drawn)
	if err != nil {
		return err
	}
	spread(drawn, workers, hands)
	c := columnsOf(drawn)
	if _, err := tx.Exec(ctx, insertReinspectionsSQL, s.ID, c.ids, c.strata, c.cases, c.rounds, c.cells, c.streets, c.people); err != nil {
		return fmt.Errorf("insert reinspections: %w", err)
	}
	s.tell(tx, c.people)
	return nil
}

// around are the grid workers of the cases' streets, and who had a hand in the cases.
func around(ctx context.Context, tx *pg.Tx, drawn []ticket) (workers []inspector, hands []hand, err error) {
	c := columnsOf(drawn)
	if workers, err = pg.All[inspector](ctx, tx, inspectorsSQL, c.streets, tx.Now); err != nil {
		return nil, nil, fmt.Errorf("inspectors of a sample: %w", err)
	}
	if hands, err = pg.All[hand](ctx, tx, handsSQL, c.cases, tx.Now); err != nil {
		return nil, nil, fmt.Errorf("hands of sampled cases: %w", err)
	}
	return workers, hands, nil
}

// spread gives each case to the grid worker of its street who has fewest of them yet, the nearest of those; never to
// somebody who had a hand in it, and to whoever holds its cell only where there is nobody else.
func spread(drawn []ticket, workers []inspector, hands []hand) {
	of := map[string][]inspector{}
	for _, w := range workers {
		of[w.Street] = append(of[w.Street], w)
	}
	parts := map[uuid.UUID]map[uuid.UUID]bool{} // by case and person: whether they only hold its cell
	for _, h := range hands {
		if parts[h.Case] == nil {
			parts[h.Case] = map[uuid.UUID]bool{}
		}
		parts[h.Case][h.Person] = h.Holds
	}
	load := map[uuid.UUID]int{}
	for i, r := range drawn {
		able := slices.DeleteFunc(slices.Clone(of[r.Street]), func(w inspector) bool {
			holds, had := parts[r.Case][w.Person]
			return had && !holds
		})
		if len(able) == 0 {
			continue
		}
		next := slices.MinFunc(able, func(a, b inspector) int {
			return cmp.Or(compareBool(parts[r.Case][a.Person], parts[r.Case][b.Person]), cmp.Compare(load[a.Person], load[b.Person]),
				cmp.Compare(geo.Distance(a.Centre, r.Point), geo.Distance(b.Centre, r.Point)), slices.Compare(a.Person[:], b.Person[:]))
		})
		drawn[i].to = &next.Person
		load[next.Person]++
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// tell lets everybody who looks know, once, at how many cases.
func (s Sample) tell(tx *pg.Tx, people []*uuid.UUID) {
	counts := map[uuid.UUID]int{}
	for _, person := range people {
		if person != nil {
			counts[*person]++
		}
	}
	var messages []notify.Message
	for person, n := range counts {
		messages = append(messages, notify.Message{Person: &person, Kind: notify.ReinspectionAsked,
			Params: map[string]any{"sample": s.Name, "count": n, "due": s.DueAt}})
	}
	notify.Send(tx, messages...)
}

// columns are rows side by side.
type columns struct {
	ids, cases             []uuid.UUID
	strata, cells, streets []string
	rounds                 []int
	people                 []*uuid.UUID
}

func columnsOf(drawn []ticket) (c columns) {
	for _, r := range drawn {
		c.ids, c.cases, c.strata = append(c.ids, pg.NewID()), append(c.cases, r.Case), append(c.strata, r.Stratum)
		c.cells, c.streets, c.rounds = append(c.cells, r.Cell), append(c.streets, r.Street), append(c.rounds, r.Round)
		c.people = append(c.people, r.to)
	}
	return c
}
