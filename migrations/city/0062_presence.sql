-- +goose Up
-- Who was where, and how many places there are, stand in tables of their own: a page about a year neither looks through the year's
-- work, nor counts every place of the city.

-- The days of a year on which somebody was in a cell. Of a cell that an edit began, those since.
create table measure_presence (
  year integer not null,
  cell text collate "C" not null,
  days datemultirange not null,
  primary key (year, cell)
);
insert into measure_presence (year, cell, days)
  select extract(year from day)::int, cell, range_agg(daterange(day, day + 1)) from (
    select cell, (done_at at time zone 'Asia/Shanghai')::date as day from inspection_tasks where done_at is not null
    union all select cell, (answered_at at time zone 'Asia/Shanghai')::date from verify_tasks where answered_at is not null
    union all select cell, (answered_at at time zone 'Asia/Shanghai')::date from check_tasks where answered_at is not null
    union all select cell, (answered_at at time zone 'Asia/Shanghai')::date from reinspections where answered_at is not null and verdict <> 'unseen'
  ) was group by 1, 2 order by 1, 2;

-- The days on which premises, or a floor of a building, saw somebody: what the sums in measure_visits are made of.
create table measure_visited (
  kind      text not null check (kind in ('premises', 'floor')),
  place     text collate "C" not null,   -- the premises' code; the building's, a slash, and the floor
  day       date not null,
  community text collate "C" not null,   -- where it stood then
  primary key (kind, place, day)
);
insert into measure_visited (kind, place, day, community)
  select 'premises', premises, (done_at at time zone 'Asia/Shanghai')::date, min(left(cell, 12))
    from inspection_tasks where premises is not null and done_at is not null group by 1, 2, 3
  union all select 'floor', b.code || '/' || f.floor, (i.captured_at at time zone 'Asia/Shanghai')::date, min(left(b.cell, 12))
    from inspections i cross join lateral unnest(i.floors) as f(floor)
    join inspection_tasks t on t.id = i.task_id
    join premises p on p.code = t.premises
    join addresses stood on stood.code = p.address
    join addresses b on b.code = coalesce(stood.building, stood.code) and b.kind = 'building' and f.floor between 1 and b.floors
    group by 1, 2, 3
  order by 1, 2, 3;

-- Its sums are of premises and of floors.
drop table measure_visits;
create table measure_visits (
  kind   text not null check (kind in ('premises', 'floor')),
  region text collate "C" not null,      -- from the community to the city
  day    date not null,
  before date not null,                  -- the day before on which it saw somebody; -infinity: never
  n      integer not null,
  primary key (region, day, kind, before)
);
insert into measure_visits (kind, region, day, before, n)
  select kind, place.region, day, before, count(*) from (
    select kind, community, day, lag(day, 1, '-infinity') over (partition by kind, place order by day) as before from measure_visited
  ) v cross join lateral (values (left(community, 4)), (left(community, 6)), (left(community, 9)), (community)) as place(region)
  group by 1, 2, 3, 4 order by 1, 2, 3, 4;
drop index inspection_tasks_premises;

-- How many there are.
create table measure_places (
  community text collate "C" primary key,
  premises  integer not null,
  floors    integer not null             -- above ground, of the buildings of which that is known
);
insert into measure_places (community, premises, floors)
  select left(cell, 12), sum(premises), sum(floors) from (
    select cell, 1 as premises, 0 as floors from premises
    union all select cell, 0, floors from addresses where kind = 'building' and floors is not null
  ) there group by 1 order by 1;
alter table measure_queue
  add column street text collate "C",    -- in which places were counted otherwise before
  drop constraint measure_queue_check,
  add constraint measure_queue_check check (num_nonnulls(case_id, clue_id, inspection_id, street) = 1);

-- Whoever rolls up a clue finds what was seen for it; nobody looks for visits of a cell any more.
create index verify_tasks_clue on verify_tasks (clue_id) where answered_at is not null;
drop index verify_tasks_visited;
drop index check_tasks_visited;
drop index reinspections_visited;
drop index inspection_tasks_visited;
drop index inspections_floors;
