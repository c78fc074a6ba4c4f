package measure

// What is asked of a period: of regions $1 by key $2, from the instant $3, at which a day begins, until before $4.
const (
	period = ` cross join lateral (select ($3::timestamptz at time zone 'Asia/Shanghai')::date as first,
		($4::timestamptz at time zone 'Asia/Shanghai')::date as next) p `

	asked = ` unnest($1::text[], $2::text[]) as a(region, key) `
)

// Somebody was in the cell if they answered there an inspection, a verification, a check or a re-inspection, unless that could
// not be looked at. A cell that an edit began goes on with the visits of the one that it overlaps most. The character after '9' bounds every code that starts with a region's.
const coveredSQL = `with present as materialized (
		select distinct m.cell from (select) once ` + period + ` join measure_presence m on m.year between extract(year from p.first) and extract(year from p.next - 1)
			and m.days && daterange(p.first, p.next)
	)
	select a.key, count(*)::int as there, count(*) filter (where c.code in (select cell from present) or c.follows <> '{}'
		and exists (select from unnest(c.follows) as before(code) where before.code in (select cell from present)))::int as visited
	from ` + asked + ` join cells c on c.code >= a.region and c.code < a.region || ':' and c.valid_from < $4 and (c.valid_to is null or c.valid_to >= $4)
	group by a.key order by a.key`

// A place saw somebody in the period if there is a day in it on which it did, and had seen nobody since it began.
const (
	enteredSQL = `select a.key, sum(there.premises)::int as there, sum(saw.premises)::int as visited` + places
	walkedSQL  = `select a.key, sum(there.floors)::int as there, sum(saw.floors)::int as visited` + places

	places = ` from ` + asked + period + `
		cross join lateral (select coalesce(sum(m.premises), 0) as premises, coalesce(sum(m.floors), 0) as floors from measure_places m
			where m.community >= a.region and m.community < a.region || ':') there
		cross join lateral (select coalesce(sum(v.n) filter (where v.kind = 'premises'), 0) as premises, coalesce(sum(v.n) filter (where v.kind = 'floor'), 0) as floors
			from measure_visits v where v.region = a.region and v.day >= p.first and v.day < p.next and v.before < p.first) saw
		group by a.key order by a.key`
)

// The days on which somebody was in cells, for cases $1, clues $2 and inspections $3; null: for all. Nothing that was answered is
// ever taken back, so that days are only ever added.
const refreshPresenceSQL = `insert into measure_presence as m (year, cell, days)
	select extract(year from was.day)::int, was.cell, range_agg(daterange(was.day, was.day + 1)) from (
		select answered.cell, (answered.at at time zone 'Asia/Shanghai')::date as day from (
			select t.cell, t.done_at as at from inspections i join inspection_tasks t on t.id = i.task_id where $3::uuid[] is null or i.id = any($3)
			union all select cell, answered_at from verify_tasks where answered_at is not null and ($2::uuid[] is null or clue_id = any($2))
			union all select cell, answered_at from check_tasks where answered_at is not null and ($1::uuid[] is null or case_id = any($1))
			union all select cell, answered_at from reinspections
				where answered_at is not null and verdict <> 'unseen' and ($1::uuid[] is null or case_id = any($1))
		) answered
	) was group by 1, 2 order by 1, 2
	on conflict (year, cell) do update set days = m.days + excluded.days where not m.days @> excluded.days`

// Where inspections ($1; null: all) have been: in premises, and on floors of their building. What is below the ground, or above what
// the building is known to have, is none of its floors.
const visitedSQL = `select 'premises' as kind, t.premises as place, (t.done_at at time zone 'Asia/Shanghai')::date as day, left(t.cell, 12) as community
		from inspections i join inspection_tasks t on t.id = i.task_id where t.premises is not null and ($1::uuid[] is null or i.id = any($1))
	union all select 'floor', b.code || '/' || f.floor, (i.captured_at at time zone 'Asia/Shanghai')::date, left(b.cell, 12)
		from inspections i cross join lateral unnest(i.floors) as f(floor)
		join inspection_tasks t on t.id = i.task_id
		join premises p on p.code = t.premises
		join addresses stood on stood.code = p.address
		join addresses b on b.code = coalesce(stood.building, stood.code) and b.kind = 'building' and f.floor between 1 and b.floors
		where $1::uuid[] is null or i.id = any($1)`

// A day that comes in between two others, because a handheld had no network, moves the later one in the sums: it had seen
// somebody less long ago than was thought. All days of the places that saw somebody anew are therefore looked at, as they stood and as they stand.
const refreshVisitsSQL = `with visited as (` + visitedSQL + `),
	fresh as (insert into measure_visited (kind, place, day, community)
		select kind, place, day, min(community) from visited group by 1, 2, 3 order by 1, 2, 3 on conflict do nothing returning *),
	stood as (select m.* from (select distinct kind, place from fresh) f join measure_visited m on m.kind = f.kind and m.place = f.place),
	steps as (
		select -1 as sign, kind, community, day, lag(day, 1, '-infinity') over (partition by kind, place order by day) as before from stood
		union all select 1, kind, community, day, lag(day, 1, '-infinity') over (partition by kind, place order by day) as before
			from (select * from stood union all select * from fresh) stands
	)
	insert into measure_visits as v (kind, region, day, before, n)
	select s.kind, place.region, s.day, s.before, sum(s.sign) from steps s
	cross join lateral (values (left(s.community, 4)), (left(s.community, 6)), (left(s.community, 9)), (s.community)) as place(region)
	group by 1, 2, 3, 4 having sum(s.sign) <> 0 order by 1, 2, 3, 4
	on conflict (region, day, kind, before) do update set n = v.n + excluded.n`

// How many places there are in regions ($1).
const refreshPlacesSQL = `with counted as (
		select left(there.cell, 12) as community, sum(there.premises) as premises, sum(there.floors) as floors from unnest($1::text[]) as a(region)
		cross join lateral (
			select p.cell, 1 as premises, 0 as floors from premises p where p.cell >= a.region and p.cell < a.region || ':'
			union all select b.cell, 0, b.floors from addresses b
				where b.cell >= a.region and b.cell < a.region || ':' and b.kind = 'building' and b.floors is not null
		) there group by 1
	), gone as (
		delete from measure_places m using unnest($1::text[]) as a(region)
		where m.community >= a.region and m.community < a.region || ':' and m.community not in (select community from counted)
	)
	insert into measure_places as m (community, premises, floors) select community, premises, floors from counted order by community
	on conflict (community) do update set premises = excluded.premises, floors = excluded.floors
	where (m.premises, m.floors) <> (excluded.premises, excluded.floors)`

const (
	dropPresenceSQL = `delete from measure_presence`
	dropVisitedSQL  = `delete from measure_visited`
	dropVisitsSQL   = `delete from measure_visits`
	dropPlacesSQL   = `delete from measure_places`
)
