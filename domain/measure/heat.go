package measure

import (
	"context"

	"gridwork/actor"
	"gridwork/fault"
	"gridwork/pg"
)

// Heat 热度 is how many cases come up in a community for each time that somebody looks there: where much is looked at, much is found, and
// nobody is to be punished for that.
type Heat struct {
	Community   string   `db:"community"`   // division code
	Cases       int      `db:"cases"`       // filed or opened again in the period
	Inspections int      `db:"inspections"` // answered in it, whatever they were for
	Value       *float64 `db:"value"`       // cases ÷ inspections; nil: nobody looked
}

// Heats are the communities of the viewer's reach in which something was filed or inspected, by code. Of a filter, region, department
// (of the cases alone: whoever inspects looks for all) and period count.
//
// Faults: PERIOD_REVERSED and PERIOD_TOO_LONG at "to"; ACTION_NOT_YOURS for whoever may not read the figures of all departments.
func Heats(ctx context.Context, tx *pg.Tx, f Filter) ([]Heat, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	reach, err := whole(ctx, tx, f.Region)
	if err != nil {
		return nil, err
	}
	department := everything
	if f.Department != "" {
		department = f.Department
	}
	spans, firsts, lasts := f.spans()
	return pg.All[Heat](ctx, tx, heatSQL, reach, department, spans, firsts, lasts)
}

// whole are the regions of a filter in which the viewer may read the figures of all departments.
func whole(ctx context.Context, tx *pg.Tx, region string) ([]string, error) {
	city, err := pg.Vals[string](ctx, tx, citiesSQL)
	if err != nil {
		return nil, err
	}
	reach := tx.Actor.Scope(actor.ReadMeasure)
	regions, _ := within(reach, Filter{Region: region}, city)
	if len(regions) == 0 {
		return nil, fault.Denied("ACTION_NOT_YOURS", "these figures are for those who run the work of all departments there")
	}
	return outermost(regions), nil
}

// Of cases, those of the department ($2; '*': all); of inspections, all.
const heatSQL = `select s.region as community, cases, inspections, cases::float8 / nullif(inspections, 0) as value
	from (
		select s.region, coalesce(sum(s.filed + s.reopened) filter (where s.department = $2), 0)::int as cases,
			coalesce(sum(s.inspections) filter (where s.department = '*'), 0)::int as inspections
		from regions r
		cross join unnest($3::text[], $4::date[], $5::date[]) as p(span, first, last)
		cross join (select distinct d from unnest(array[$2, '*']) d) as whose(department)
		join measure_sums s on s.region = r.code and s.department = whose.department and s.category = '*' and s.span = p.span
			and s.start between p.first and p.last
		where r.level = 'community' and exists (select from unnest($1::text[]) as reach(region) where r.code ^@ reach.region)
		group by s.region
	) s where cases > 0 or inspections > 0 order by community`
