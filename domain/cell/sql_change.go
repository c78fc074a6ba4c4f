package cell

const lockCellsSQL = `select ` + cellColumns + ` from cells where code = any($1) order by code for update`

// Whoever numbers cells of a community on waits for whoever does so at the moment.
const lockCommunitySQL = `select code from regions where code = $1 for no key update`

const highestCodeSQL = `select max(code) from cells where community = $1`

const dutyGridHereSQL = `select id from duty_grids where id = $1 and street = $2`

const endCellsSQL = `update cells set valid_to = $2 where code = any($1)`

const beginCellSQL = `insert into cells (code, community, street, district, shape, area_m2, duty_grid_id, valid_from, follows, stands_on)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// A period of no time.
const neverBeginSQL = `update cells set valid_to = valid_from where code = any($1)`

const insertSuccessionsSQL = `insert into cell_successions (predecessor, successor, edit_id, shared_m2)
	select shared.predecessor, shared.successor, $1, shared.m2 from unnest($2::text[], $3::text[], $4::float8[]) as shared(predecessor, successor, m2)`

const followsSQL = `select code, follows, stands_on from cells where code = any($1) order by code`

const successionsSQL = `select predecessor as ended, successor as begun, shared_m2 as area_m2 from cell_successions
	where predecessor = any($1::text[]) or successor = any($1::text[]) order by predecessor, successor`

const lookedSQL = `select st_isvalid(shape) as valid, coalesce(st_isvalidreason(shape), '') as why, st_npoints(shape) as corners,
		case when st_isvalid(shape) then st_area(shape::geography) else 0 end as area_m2,
		coalesce(st_setsrid((st_isvaliddetail(shape)).location, 4326), st_startpoint(st_exteriorring(shape))) as at
	from unnest($1::geometry[]) with ordinality as given(shape, i) order by i`

const groundSQL = `select part.geom from (select st_union(shape) as shape from unnest($1::geometry[]) as ended(shape)) ground,
	st_dump(ground.shape) as part order by st_x(st_centroid(part.geom)), -st_y(st_centroid(part.geom))`

// Each end of the line goes on for a bit: a border's own ends lie on others, and no number says so exactly.
const cutSQL = `with line as (
		select points, cardinality(points) as n from (select $2::geometry[] as points) given
	), longer as (
		select st_makeline(array[st_translate(points[1], x1 / nullif(d1, 0) * 2 * $3::float8, y1 / nullif(d1, 0) * 2 * $3)] || points
			|| st_translate(points[n], x2 / nullif(d2, 0) * 2 * $3, y2 / nullif(d2, 0) * 2 * $3)) as shape
		from line, lateral (select st_x(points[1]) - st_x(points[2]) as x1, st_y(points[1]) - st_y(points[2]) as y1,
				st_x(points[n]) - st_x(points[n - 1]) as x2, st_y(points[n]) - st_y(points[n - 1]) as y2) d,
			lateral (select sqrt(x1 * x1 + y1 * y1) as d1, sqrt(x2 * x2 + y2 * y2) as d2) l
	)
	select part.geom from (select st_union(shape) as shape from unnest($1::geometry[]) as ended(shape)) ground, longer,
		st_dump(st_split(ground.shape, longer.shape)) as part
	order by st_x(st_centroid(part.geom)), -st_y(st_centroid(part.geom))`

// The ground $1 and the given cells $2, whose corners are brought to the ground's where they are nearby ($3); all borders
// together; the faces between those, each with whose it is. A sliver is what vanishes when its border moves in by half of
// nearby.
const faces = `with ground as materialized (
		select st_union(shape) as shape from unnest($1::geometry[]) as ended(shape)
	), snapped as materialized (
		select i - 1 as i, given.shape as asked, st_snap(given.shape, ground.shape, $3) as shape
		from unnest($2::geometry[]) with ordinality as given(shape, i), ground
	), given as materialized (
		select i, case when st_isvalid(shape) then shape else asked end as shape from snapped
	), borders as (
		select st_unaryunion(st_collect(border)) as lines from (
			select st_boundary(shape) as border from ground union all select st_boundary(shape) from given) as every
	), faces as materialized (
		select row_number() over () as n, (face).geom as shape, st_pointonsurface((face).geom) as at,
			st_isempty(st_buffer((face).geom, -$3::float8 / 2)) as sliver
		from (select st_dump(st_polygonize(lines)) as face from borders) as every
	), owned as materialized (
		select faces.*, st_covers(ground.shape, faces.at) as inside,
			array(select i::int from given where st_covers(given.shape, faces.at) order by i) as owners
		from faces, ground
	) `

const facesSQL = faces + `select inside, owners, st_multi(shape) as shape, at, st_area(shape::geography) as area_m2
	from owned where not sliver order by n`

// A sliver goes to whoever has it, of two the first; one that nobody has goes to whoever it borders on most.
const tidySQL = faces + `, settled as (
		select shape, coalesce(owners[1], (select near.owners[1] from owned near
			where not near.sliver and near.inside and st_intersects(near.shape, owned.shape)
			order by st_length(st_intersection(st_boundary(near.shape), st_boundary(owned.shape))) desc, near.n limit 1)) as owner
		from owned where inside
	)
	select owner, st_multi(st_union(shape)) as shape, st_area(st_union(shape)::geography) as area_m2
	from settled group by owner order by owner`

const sharesSQL = `select ended, begun, area_m2 from (
		select e.code as ended, b.code as begun, st_area(st_intersection(e.shape, b.shape)::geography) as area_m2
		from unnest($1::text[], $2::geometry[]) as e(code, shape) cross join unnest($3::text[], $4::geometry[]) as b(code, shape)
	) as shared where area_m2 > $5 order by ended, begun`
