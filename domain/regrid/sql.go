package regrid

import "gridwork/actor"

const editColumns = `id, community, street, note, ends, begins, effective_at, state, total, moved, published_by, published_at,
	cancelled_by, cancelled_at, started_at, finished_at`

const insertEditSQL = `insert into cell_edits (id, community, street, note, ends, begins, effective_at, state, total, moved, published_by, published_at)
	values ($1, $2, $3, $4, $5, $6, $7, 'pending', 0, 0, $8, $9) returning ` + editColumns

const editSQL = `select ` + editColumns + ` from cell_edits scoped where id = $3 and ` + actor.InRegion

const takeEditSQL = editSQL + ` for update`

const editsSQL = `select ` + editColumns + ` from cell_edits scoped
	where community ^@ $3 and ($4::uuid is null or id < $4) and ` + actor.InRegion + ` order by id desc limit $5`

const cancelEditSQL = `update cell_edits set state = 'cancelled', cancelled_by = $2, cancelled_at = $3 where id = $1 returning ` + editColumns

const dueSQL = `select ` + editColumns + ` from cell_edits where state = 'pending' and effective_at <= $1 order by effective_at, id limit $2 for update skip locked`

// The count of what is to be moved is that of the first time.
const beginEditSQL = `update cell_edits set state = 'applying', total = case when started_at is null then $2 else total end,
	started_at = coalesce(started_at, $3), finished_at = null where id = $1 returning ` + editColumns

const lockApplyingSQL = `select ` + editColumns + ` from cell_edits where id = $1 and state = 'applying' for update`

const advanceSQL = `update cell_edits set moved = moved + $2 where id = $1`

const finishSQL = `update cell_edits set state = 'done', moved = moved + $2, finished_at = $3 where id = $1`

const gridSizesSQL = `select duty_grid_id, count(*)::int as cells, sum(area_m2) as area_m2 from cells
	where duty_grid_id = any($1::uuid[]) and valid_from <= $2 and (valid_to is null or valid_to > $2) group by duty_grid_id order by duty_grid_id`

// What lies in cells that have ended by $1. Tasks lie only in cells that were valid when their campaign was there.
const leftBehind = ` with ended as materialized (
		select code, valid_to from cells where valid_to <= $1 and valid_to > valid_from
	), behind as (
		select 'address' as work, a.cell from ended join addresses a on a.cell = ended.code
		union all select 'premises', p.cell from ended join premises p on p.cell = ended.code
		union all select 'component', c.cell from ended join components c on c.cell = ended.code
		union all select 'clue', c.cell from clues c join ended on ended.code = c.cell where c.state in ('submitted', 'verifying')
		union all select 'verification', v.cell from verify_tasks v join ended on ended.code = v.cell where v.state = 'open'
		union all select 'case', c.cell from ended join cases c on c.cell = ended.code and c.state not in ('closed', 'voided', 'force_closed')
		union all select 'check', t.cell from check_tasks t join ended on ended.code = t.cell where t.state = 'open'
		union all select 'reinspection', r.cell from reinspections r join ended on ended.code = r.cell where r.state = 'open'
		union all select 'inspection', t.cell from campaigns c join ended on ended.valid_to > c.created_at and (ended.code ^@ c.region)
			join inspection_tasks t on t.campaign_id = c.id and t.cell = ended.code and t.state = 'open'
			where c.state in ('generating', 'running', 'ending')
	) `

const leftBehindSQL = leftBehind + `select ` + editColumns + ` from cell_edits
	where state = 'done' and id in (select s.edit_id from behind join cell_successions s on s.predecessor = behind.cell)
	order by id limit $2 for update skip locked`

const leftCountSQL = leftBehind + `select work, cell, count(*)::int as count from behind
	where not exists (select from cell_successions s join cell_edits e on e.id = s.edit_id
		where s.predecessor = behind.cell and e.state in ('pending', 'applying'))
	group by work, cell order by work, cell`

// Two valid cells of a community that share more than a speck of ground.
const overlapsSQL = `select a.code, b.code as other, st_area(st_intersection(a.shape, b.shape)::geography) as area_m2
	from cells a join cells b on b.community = a.community and b.code > a.code and b.shape && a.shape
	where a.valid_from <= $1 and (a.valid_to is null or a.valid_to > $1) and b.valid_from <= $1 and (b.valid_to is null or b.valid_to > $1)
		and st_relate(a.shape, b.shape, 'T********') and st_area(st_intersection(a.shape, b.shape)::geography) > 1
	order by a.code, b.code limit 100`
