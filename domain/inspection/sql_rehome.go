package inspection

import "gridwork/domain/cell"

// What has to happen to the open tasks of places in ended cells. A campaign has one task for a place: of two whose places
// become one, the task of the smaller code goes on and the other is absorbed by it, as is one whose new place has its
// task already. A cell that is parted has its task for each part; whoever had to see the whole still has to.
//
// $6 are the ended cells that the begun ones ($1) go on from.
const rehoming = `with open as materialized (
		select t.id, t.campaign_id, t.premises, t.cell, t.due_at, ` + cell.NewHome + ` as home
		from (
			select t.id, t.campaign_id, t.premises, t.cell, t.due_at, p.point
			from campaigns c join inspection_tasks t on t.campaign_id = c.id and t.cell = any($3) and t.state = 'open'
			left join premises p on p.code = t.premises
			where c.state in ('generating', 'running', 'ending') and ($5::uuid[] is null or c.id = any($5))
		) t cross join lateral (select t.cell, t.point) as work(cell, point)
	), turns as (
		select open.*, row_number() over (partition by campaign_id, home, premises order by cell, id) as turn,
			(select kept.id from inspection_tasks kept where kept.campaign_id = open.campaign_id and kept.cell = open.home
				and kept.premises is not distinct from open.premises) as kept
		from open
	), moving as (
		select id, campaign_id, home, due_at from turns where turn = 1 and kept is null
	), merging as (
		select turns.id, turns.campaign_id, turns.home, coalesce(turns.kept, first.id) as into_id
		from turns left join turns first on first.campaign_id = turns.campaign_id and first.home = turns.home
			and first.premises is not distinct from turns.premises and first.turn = 1
		where turns.turn > 1 or turns.kept is not null
	), adding as (
		select distinct open.campaign_id, begun.code as home, open.due_at
		from open join campaigns c on c.id = open.campaign_id and c.state in ('generating', 'running')
		join unnest($1::text[], $6::text[]) as begun(code, follows) on begun.follows = open.cell
		where open.premises is null
			and not exists (select from open taken where taken.campaign_id = open.campaign_id and taken.home = begun.code and taken.premises is null)
			and not exists (select from inspection_tasks made
				where made.campaign_id = open.campaign_id and made.cell = begun.code and made.premises is null)
	) `

const homesSQL = rehoming + `
	select 'inspection' as work, home as cell, count(*)::int as count from moving group by home
	union all select 'inspection_merged', home, count(*)::int from merging group by home
	union all select 'inspection_added', home, count(*)::int from adding group by home
	order by work, cell`

// The next campaigns with open tasks in ended cells. Their rows are locked: what makes and ends tasks waits.
const rehomingCampaignsSQL = `select id from campaigns
	where state in ('generating', 'running', 'ending')
		and exists (select from inspection_tasks t where t.campaign_id = campaigns.id and t.cell = any($1::text[]) and t.state = 'open')
	order by id limit $2 for update`

const movingTasksSQL = rehoming + `select id, campaign_id, home, due_at, null::uuid as into_id from moving
	union all select id, campaign_id, home, null, into_id from merging
	union all select null, campaign_id, home, due_at, null from adding
	order by campaign_id, home, id`

const rehomeTasksSQL = `update inspection_tasks set cell = moved.home from unnest($1::uuid[], $2::text[]) as moved(id, home)
	where inspection_tasks.id = moved.id and inspection_tasks.state = 'open'`

const absorbTasksSQL = `update inspection_tasks set state = 'cancelled', offered_to = null, offered_at = null, absorbed_by = merged.into_id
	from unnest($1::uuid[], $2::uuid[]) as merged(id, into_id)
	where inspection_tasks.id = merged.id and inspection_tasks.state = 'open'`

// What the platform dealt to somebody who is not in the roster of the task's duty grid any more, and what was just added.
// Whoever took, was handed or was given a task by name keeps it, and what was given back waits for the dispatchers.
const strandedSQL = `select t.id, t.campaign_id, t.cell, t.premises, t.street, t.assignee_id, t.due_at, c.duty_grid_id
	from inspection_tasks t join cells c on c.code = t.cell
	where t.id = any($1::uuid[]) and t.state = 'open' and t.came_by = 'made' and t.given_back is null
		and not exists (select from duties d where d.duty_grid_id = c.duty_grid_id and d.person_id = t.assignee_id
			and d.valid_from <= $2 and (d.valid_to is null or d.valid_to > $2))
	order by t.due_at, t.campaign_id, c.duty_grid_id, t.cell, t.id`

const redealSQL = `update inspection_tasks set assignee_id = dealt.person, offered_to = null, offered_at = null
	from unnest($1::uuid[], $2::uuid[]) as dealt(id, person) where inspection_tasks.id = dealt.id`

const recountSQL = `update campaigns set total = total + $2, generated = generated + $2 where id = $1`

// While tasks of the community are being made, places are looked for whose tasks have come from an ended cell.
const lookAgainSQL = `update campaigns set again = true
	where state = 'generating' and not again and (region ^@ $1 or $1 ^@ region)`
