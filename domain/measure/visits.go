package measure

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gridwork/domain/identity"
	"gridwork/pg"
)

// visit is a kind of place that is visited: how many there are, and how many of them saw somebody within a period. Each is
// counted once, so that it is no sum of days.
type visit struct {
	there, visited Base
	sql            string // see period
	put            func(c *Counts, there, visited int)
}

var visits = []visit{
	{Cells, CellsVisited, coveredSQL, func(c *Counts, there, visited int) { c.Cells, c.CellsVisited = there, visited }},
	{Premises, PremisesVisited, enteredSQL, func(c *Counts, there, visited int) { c.Premises, c.PremisesVisited = there, visited }},
	{Floors, FloorsVisited, walkedSQL, func(c *Counts, there, visited int) { c.Floors, c.FloorsVisited = there, visited }},
}

// wantedBy reports whether a measure divides by these places.
func (v visit) wantedBy(m Measure) bool {
	return slices.ContainsFunc(m.Denominator, func(t Term) bool { b, _ := t.base(); return b == v.there || b == v.visited })
}

// seen is how many places a group has, and how many of those were visited.
type seen struct {
	Key     string `db:"key"`
	There   int    `db:"there"`
	Visited int    `db:"visited"`
}

// visit counts the places that measures want. They belong to regions alone.
func (fig *figures) visit(ctx context.Context, tx *pg.Tx, f Filter, all []area, measures []Measure) error {
	if f.By != Together && f.By != ByRegion || f.Department != "" || f.Category != "" {
		return nil
	}
	var regions, keys []string
	for _, a := range all {
		if a.department != everything {
			return nil
		}
		regions, keys = append(regions, a.region), append(keys, a.key)
	}
	fig.visits = true
	from, to := f.From, dayOf(f.To).AddDate(0, 0, 1)
	begin := time.Date(from.Year, from.Month, from.Day, 0, 0, 0, 0, identity.City)
	end := time.Date(to.Year(), to.Month(), to.Day(), 0, 0, 0, 0, identity.City)
	for _, v := range visits {
		if !slices.ContainsFunc(measures, func(m Measure) bool { return f.wants(m) && v.wantedBy(m) }) {
			continue
		}
		found, err := pg.All[seen](ctx, tx, v.sql, regions, keys, begin, end)
		if err != nil {
			return fmt.Errorf("count %s: %w", v.visited, err)
		}
		for _, s := range found {
			counts := fig.counts[s.Key]
			v.put(&counts, s.There, s.Visited)
			fig.counts[s.Key] = counts
		}
	}
	return nil
}
