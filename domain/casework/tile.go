package casework

import (
	"context"

	"gridwork/actor"
	"gridwork/geo"
	"gridwork/pg"
)

// Tile is the layer "cases" of a vector tile: a point for each open case that List shows the viewer. Restricted ones are on
// no map. A point carries id, number (and child, of a part of a joint case), category, state, urgent, priority, and once it
// is dispatched, department and due (seconds since 1970). Nil where there is none.
func Tile(ctx context.Context, tx *pg.Tx, t geo.Tile) ([]byte, error) {
	return pg.Val[[]byte](ctx, tx, tileSQL, scoped(tx, t.Z, t.X, t.Y)...)
}

// regionCount is how many cases lie in a region.
type regionCount struct {
	Code string `db:"code"`
	Open int    `db:"open"`
}

// OpenIn counts the cases of Tile in each of some regions of the same level; those without any are left out.
func OpenIn(ctx context.Context, tx *pg.Tx, regions []string) (map[string]int, error) {
	rows, err := pg.All[regionCount](ctx, tx, openInSQL, scoped(tx, regions)...)
	open := make(map[string]int, len(rows))
	for _, row := range rows {
		open[row.Code] = row.Open
	}
	return open, err
}

// Of a map are the cases in which work is owed and that are not restricted.
const onMap = ` scoped.state not in ('closed', 'voided', 'force_closed') and not scoped.restricted `

// What the viewer has by hand and not by a grant alone, and the cells that the viewer looks after, as List has them. They are
// gathered once, for a tile holds thousands of cases. $1 to $4 are those of visible.
const byHand = ` by_hand as materialized (
	select c.id from cases c where c.handler_id = $3
		and c.state in ('filed', 'routed', 'return_requested', 'working', 'suspended', 'reported', 'checking')
	union
	select c.id from unnest($1::text[], $2::text[]) as helper(region, department)
		join assignments helped on helped.department = helper.department and helped.part = 'assisting' and helped.ended_at is null
		join cases c on c.id = helped.case_id and c.round = helped.round and c.street ^@ helper.region
	union
	select asked.case_id from check_tasks asked where asked.assignee_id = $3 and asked.state = 'open'
), held as materialized (
	select cells.code from duties join cells on cells.duty_grid_id = duties.duty_grid_id
	where duties.person_id = $3 and duties.valid_from <= $4 and (duties.valid_to is null or duties.valid_to > $4)
) `

// The margin lets what stands on a tile's border be drawn whole on both sides of it.
const tileSQL = `with ` + byHand + `
	select st_asmvt(drawn, 'cases', 4096, 'geom' order by drawn.id) from (
		select scoped.id::text as id, scoped.number, nullif(scoped.child_number, 0) as child, scoped.category, scoped.state, scoped.urgent,
			scoped.priority, scoped.department, extract(epoch from scoped.due_at)::bigint as due,
			st_asmvtgeom(st_transform(scoped.point, 3857), st_tileenvelope($5, $6, $7), 4096, 64) as geom
		from cases scoped
		where scoped.point && st_transform(st_tileenvelope($5, $6, $7, margin => 0.015625), 4326) and ` + onMap + `
			and ($3 is null or ` + actor.InScope + ` or scoped.cell in (select code from held)
				or scoped.id in (select id from by_hand))
	) drawn where drawn.geom is not null`

// Streets that a grant reaches are counted from the index: whole, or for departments where none reaches all of it. What is at
// hand besides is looked at case by case.
const openInSQL = `with ` + byHand + `, streets as materialized (
		select s.code, bool_or(reach.department = '') as whole, array_agg(distinct reach.department) as departments
		from unnest($1::text[], $2::text[]) as reach(region, department) join regions s on s.code ^@ reach.region
		where s.level = 'street' and exists (select from unnest($5::text[]) as asked(code) where s.code ^@ asked.code or asked.code ^@ s.code)
		group by s.code
	), counted as (
		select scoped.cell from streets join cases scoped on scoped.street = streets.code where streets.whole and ` + onMap + `
		union all
		select scoped.cell from streets join cases scoped on scoped.street = streets.code and scoped.department = any(streets.departments)
			where not streets.whole and ` + onMap + `
		union all
		select scoped.cell from (
			select id from by_hand
			union
			select c.id from held join cases c on c.cell = held.code where left(held.code, length(($5::text[])[1])) = any($5)
		) besides join cases scoped on scoped.id = besides.id where ` + onMap + ` and not ` + actor.InScope + `
	), by_region as materialized ( -- lest every case is looked for among the regions
		select left(cell, length(($5::text[])[1])) as code, count(*)::int as open from counted group by 1
	)
	select code, open from by_region where code = any($5) order by code`
