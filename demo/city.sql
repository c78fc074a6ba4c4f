-- The schematic city, level by level: plant seeds in every parent, carve the parents along the borders of the seeds'
-- Voronoi regions, give the pieces codes, and go on with these as parents. Cutting each parent for itself would leave
-- hairline gaps, because two neighbours round the point where a cut meets their common border differently: so the cuts
-- of a level are noded together on a grid of 1e-6 degrees (11 cm), and its polygons are the faces of that one network.

-- name: prepare
create temporary table divisions (
  code text collate "C" primary key, parent text collate "C", level text,
  name_zh text, name_en text, pinyin text, seat geometry(Point, 4326)
) on commit drop;
-- Parents and their pieces; children is how many pieces it is to be cut into. A shape is one polygon, but for the parents
-- of parts that do not touch.
create temporary table plots (
  code text collate "C" primary key, parent text collate "C", level text, children int, shape geometry(Geometry, 4326)
) on commit drop;
create index plots_shape on plots using gist (shape);
create index plots_level on plots (level);
create temporary table seeds (parent text collate "C", idx int, point geometry(Point, 4326)) on commit drop;
create index seeds_parent on seeds (parent);
-- Faces of a level's network; idx is the seed of the parent that owns it, null while a stray piece has no owner yet.
create temporary table faces (
  id int primary key, parent text collate "C", idx int, area double precision, shape geometry(Polygon, 4326)
) on commit drop;
create index faces_shape on faces using gist (shape);
create index faces_owner on faces (parent, idx);
-- Each statement runs for a second at most: compiling it first would cost more.
set local jit = off;
set local work_mem = '128MB';

-- name: outline
-- $1 city's code, $2 its outline
insert into plots select $1, null, 'city', (select count(*) from divisions where level = 'district'), $2::geometry;

-- name: seats
-- The districts' seeds are their seats.
insert into seeds select parent, row_number() over (order by code), seat from divisions where level = 'district';

-- name: centres
-- Cells shrink towards the nearest of these.
create temporary table centres on commit drop as select st_collect(seat order by code) as seats from divisions where level = 'district';

-- name: plant
-- $1 level of the parents, $2 sample points for each child. k-means over points scattered evenly, but weighted towards
-- the nearest district seat: the density of the means follows the square root of the weight.
insert into seeds
with samples as (
  select p.code as parent, p.children, d.path[1] as i, d.geom as point
  from plots p cross join lateral st_dump(st_generatepoints(p.shape, p.children * $2::int, 7)) d
  where p.level = $1 and p.children > 1
), weighted as (
  select parent, children, i, st_x(point) as x, st_y(point) as y, power(pull.density, 2) as weight
  from samples cross join centres cross join lateral (select 1 + 8 * exp(-st_distance(seats, point) / 0.03) as density) pull
), clustered as (
  select parent, x, y, weight,
    st_clusterkmeans(st_setsrid(st_makepointm(x, y, weight), 4326), children) over (partition by parent order by i) as cluster
  from weighted
)
select parent, cluster + 1, st_setsrid(st_makepoint(sum(x * weight) / sum(weight), sum(y * weight) / sum(weight)), 4326)
from clustered group by parent, cluster
union all
select code, 1, st_centroid(shape) from plots where level = $1 and children = 1;

-- name: carve
-- $1 level of the parents
insert into faces (id, area, shape)
with cuts as (
  select st_intersection(st_voronoilines(st_collect(s.point order by s.idx), 0, st_expand(p.shape, 0.02)), p.shape) as line
  from plots p join seeds s on s.parent = p.code where p.level = $1
  group by p.code, p.shape having count(*) > 1
  union all
  select st_exteriorring(shape) from plots where level = $1
), network as (
  select st_unaryunion(st_collect(line), 1e-6) as lines from cuts
), polygons as (
  select st_polygonize(lines) as shapes from network
)
select d.path[1], st_area(d.geom), d.geom from polygons cross join lateral st_dump(shapes) d;

-- name: own
-- $1 level of the parents, $2 share of the mean piece below which one is a sliver. A face belongs to the nearest seed of
-- the parent in which it lies. Of several faces of one seed, only the largest keeps it: a cell is one polygon.
with located as (
  select f.id, f.area, p.code as parent, p.children, near.idx, st_area(p.shape) as parent_area
  from faces f
  cross join lateral st_pointonsurface(f.shape) as inner_point
  join plots p on p.level = $1 and st_contains(p.shape, inner_point)
  cross join lateral (
    select s.idx from seeds s where s.parent = p.code order by s.point <-> inner_point, s.idx limit 1) near
), ranked as (
  select id, parent, idx, area >= $2::float8 * parent_area / children as large,
    row_number() over (partition by parent, idx order by area desc, id) as place
  from located
)
update faces f set parent = r.parent, idx = case when r.place = 1 and r.large then r.idx end
from ranked r where r.id = f.id;

-- name: absorb
-- A stray piece joins the owned neighbour in its parent with which it shares the longest border. Repeated until none is
-- left: a stray among strays waits for its neighbours.
with best as (
  select distinct on (f.id) f.id, n.idx
  from faces f join faces n on n.parent = f.parent and n.idx is not null and st_intersects(n.shape, f.shape)
  cross join lateral st_length(st_intersection(n.shape, f.shape)) as border
  where f.idx is null and border > 0
  order by f.id, border desc, n.id
)
update faces f set idx = best.idx from best where best.id = f.id;

-- name: strays
select count(*) from faces where idx is null;

-- name: districts
-- A district is the piece in which its seat lies.
insert into plots
select d.code, d.parent, d.level, (select count(*) from divisions c where c.parent = d.code), st_union(f.shape)
from divisions d join seeds s on s.parent = d.parent and s.point = d.seat
join faces f on f.parent = s.parent and f.idx = s.idx
where d.level = 'district'
group by d.code, d.parent, d.level;

-- name: streets
-- The smallest piece of a district goes to the street with the fewest communities.
insert into plots
with pieces as (
  select parent, st_union(shape) as shape, row_number() over (partition by parent order by sum(area), idx) as place
  from faces group by parent, idx
), named as (
  select d.code, d.parent, d.level, count(c.code) as children,
    row_number() over (partition by d.parent order by count(c.code), d.code) as place
  from divisions d join divisions c on c.parent = d.code
  where d.level = 'street' group by d.code, d.parent, d.level
)
select code, parent, level, children, shape from named join pieces using (parent, place);

-- name: communities
-- Communities are named from west to east.
insert into plots
with pieces as (
  select parent, st_union(shape) as shape from faces group by parent, idx
), placed as (
  select parent, shape,
    row_number() over (partition by parent order by st_x(st_centroid(shape)), st_y(st_centroid(shape))) as place
  from pieces
), named as (
  select code, parent, level, row_number() over (partition by parent order by code) as place
  from divisions where level = 'community'
)
select code, parent, level, 0, shape from named join placed using (parent, place);

-- name: share
-- $1 cells in all: shared out by area, and several times as dense at a district's seat as far from it.
update plots p set children = least(999, greatest(1, round($1::int * m.share)))
from (
  select code, mass / sum(mass) over () as share from plots cross join centres
  cross join lateral (select st_area(shape) * (1 + 8 * exp(-st_distance(seats, st_centroid(shape)) / 0.03)) as mass) weighed
  where level = 'community'
) m
where m.code = p.code;

-- name: cells
-- A cell's number counts from west to east in rows from north to south; a row is as high as the community's mean cell.
insert into plots
with pieces as (
  select parent, st_union(shape) as shape from faces group by parent, idx
), measured as (
  select parent, shape, st_x(st_centroid(shape)) as x, st_y(st_centroid(shape)) as y,
    max(st_ymax(shape)) over of_parent as top, avg(st_area(shape)) over of_parent as mean
  from pieces window of_parent as (partition by parent)
), lined as (
  select parent, shape, x, floor((top - y) / sqrt(mean * cos(radians(top)))) as line from measured
)
select parent || lpad(row_number() over (partition by parent order by line, x)::text, 3, '0'), parent, 'cell', 0, shape
from lined;

-- name: select
-- $1 codes that are built, with all that contains them and all that they contain; empty: everything.
delete from plots where cardinality($1::text[]) > 0
  and not exists (select from unnest($1::text[]) as part where plots.code ^@ part or part ^@ plots.code);

-- name: clear
truncate seeds, faces;

-- name: measure
-- The planner knows nothing of what was just written.
analyze plots, seeds;

-- name: join
-- $1 level of the parents. A parent becomes the union of its children: with every corner that they brought into its border.
update plots p set shape = u.shape
from (
  select c.parent, st_union(c.shape) as shape from plots c join plots above on above.code = c.parent
  where above.level = $1 group by c.parent
) u
where u.parent = p.code;

-- name: store regions
insert into regions (code, parent, level, name_zh, name_en, pinyin, seat, shape)
select d.code, nullif(d.parent, ''), d.level, d.name_zh, d.name_en, d.pinyin,
  case when st_contains(p.shape, d.seat) then d.seat else st_pointonsurface(p.shape) end, st_multi(p.shape)
from divisions d join plots p using (code) order by d.code;

-- name: store cells
-- $1 when they begin to be valid
insert into cells (code, community, street, district, shape, area_m2, valid_from)
select code, parent, left(code, 9), left(code, 6), shape, st_area(shape::geography), $1
from plots where level = 'cell' order by code;

-- name: drop
drop table divisions, plots, seeds, faces, centres;
