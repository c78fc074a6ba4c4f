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
	sql            string // of regions $1 by key $2, from the instant $3 until before $4
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

// Somebody was in the cell if they answered there an inspection, a verification, a check or a re-inspection, unless that could
// not be looked at. A cell that an edit began goes on with the visits of the one that it overlaps most. The character after '9' bounds every code that starts with a region's.
const coveredSQL = `select a.key, count(*)::int as there, count(*) filter (where
		exists (select from inspection_tasks v where v.cell = any(c.follows || c.code) and v.done_at >= $3 and v.done_at < $4)
		or exists (select from verify_tasks v where v.cell = any(c.follows || c.code) and v.answered_at >= $3 and v.answered_at < $4)
		or exists (select from check_tasks v where v.cell = any(c.follows || c.code) and v.answered_at >= $3 and v.answered_at < $4)
		or exists (select from reinspections v where v.cell = any(c.follows || c.code) and v.answered_at >= $3 and v.answered_at < $4 and v.verdict <> 'unseen'))::int as visited
	from unnest($1::text[], $2::text[]) as a(region, key)
	join cells c on c.code >= a.region and c.code < a.region || ':' and c.valid_from < $4 and (c.valid_to is null or c.valid_to >= $4)
	group by a.key order by a.key`

// Premises saw somebody in the period if there is a day in it on which they did, and had seen nobody since it began.
const enteredSQL = `select a.key, sum(there.n)::int as there, sum(entered.n)::int as visited
	from unnest($1::text[], $2::text[]) as a(region, key)
	cross join lateral (select ($3::timestamptz at time zone 'Asia/Shanghai')::date as first, ($4::timestamptz at time zone 'Asia/Shanghai')::date as next) p
	cross join lateral (select count(*) as n from premises where premises.cell >= a.region and premises.cell < a.region || ':') there
	cross join lateral (select coalesce(sum(v.n), 0) as n from measure_visits v
		where v.region = a.region and v.day >= p.first and v.day < p.next and v.before < p.first) entered
	group by a.key order by a.key`

// A floor was walked if the inspection of premises in its building says so. What is below the ground, or above what the building is
// known to have, is none of its floors.
const walkedSQL = `with buildings as (
		select a.key, sum(b.floors)::int as floors from unnest($1::text[], $2::text[]) as a(region, key)
		join addresses b on b.cell >= a.region and b.cell < a.region || ':' and b.kind = 'building' and b.floors is not null
		group by a.key
	), walks as (
		select a.key, count(distinct (b.code, f.floor))::int as visited from inspections i
		cross join lateral unnest(i.floors) as f(floor)
		join inspection_tasks t on t.id = i.task_id
		join premises p on p.code = t.premises
		join addresses stood on stood.code = p.address
		join addresses b on b.code = coalesce(stood.building, stood.code) and b.kind = 'building' and f.floor between 1 and b.floors
		join unnest($1::text[], $2::text[]) as a(region, key) on b.cell ^@ a.region
		where i.floors is not null and i.captured_at >= $3 and i.captured_at < $4
		group by a.key
	)
	select key, floors as there, coalesce(visited, 0) as visited from buildings left join walks using (key) order by key`
