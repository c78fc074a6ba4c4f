package inspection

import "gridwork/actor"

const checklistColumns = `id, code, version, name_zh, name_en, items, bands, published_at`

const insertChecklistSQL = `insert into checklists (id, code, version, name_zh, name_en, items, published_at, bands)
	select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7 from checklists where code = $2
	returning ` + checklistColumns

const checklistSQL = `select ` + checklistColumns + ` from checklists where id = $1`

const checklistsByIDSQL = `select ` + checklistColumns + ` from checklists where id = any($1) order by id`

const checklistsSQL = `select distinct on (code) ` + checklistColumns + ` from checklists order by code, version desc`

const checklistVersionsSQL = `select ` + checklistColumns + ` from checklists where code = $1 order by version desc`

// A scope is touched as by a plan: see planTouchesScope.
const usesSQL = `select list.id as checklist_id,
		array(select id from inspection_plans where checklist_id = list.id and ended_at is null and ` + planTouchesScope + ` order by id) as plans,
		of.campaigns, of.tasks
	from unnest($3::uuid[]) as list(id) cross join lateral (
		select count(*) filter (where closed_at is null)::int as campaigns, coalesce(sum(generated), 0)::int as tasks
		from campaigns where checklist_id = list.id and exists (select from unnest($1::text[], $2::text[]) as reach(region, department)
			where reach.department = '' and (campaigns.region ^@ reach.region or reach.region ^@ campaigns.region))
	) as of order by list.id`

const categoriesSQL = `select code from categories order by code`

const campaignColumns = `id, name, region, checklist_id, due_at, state, total, generated, created_by, created_at, places, kind, risk,
	plan_id, starts_on, closed_at`

const insertCampaignSQL = `insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_by, created_at,
		places, kind, risk)
	values ($1, $2, $3, $4, $5, 'generating', $6, 0, '', $7, $8, $9, $10, $11) returning ` + campaignColumns

// A campaign touches a scope when either lies within the other: a street's dispatcher sees the district's campaign.
const touchesScope = ` exists (select from unnest($1::text[], $2::text[]) as reach(region, department)
	where reach.department = '' and (campaigns.region ^@ reach.region or reach.region ^@ campaigns.region)) `

const campaignInScopeSQL = `select ` + campaignColumns + ` from campaigns where id = $3 and ` + touchesScope

// Of a plan its periods; of none what somebody started.
const campaignsSQL = `select ` + campaignColumns + ` from campaigns
	where ($3::uuid is null or id < $3) and plan_id is not distinct from $5 and ` + touchesScope + ` order by id desc limit $4`

const campaignsByIDSQL = `select ` + campaignColumns + ` from campaigns where id = any($1) order by id`

const progressSQL = `with found as (
		select task_id, count(*) as findings, count(*) filter (where fixed) as fixed, count(case_id) as cases from findings
			where task_id in (select id from inspection_tasks where campaign_id = any($1)) group by task_id
	), unreached as (
		select campaign_id, street, jsonb_agg(jsonb_build_object('reason', reason, 'tasks', tasks) order by reason) as reasons, sum(tasks) as tasks
		from (
			select campaign_id, street, coalesce(given_back, case when assignee_id is null then 'unassigned' else 'not_done' end) as reason,
				count(*) as tasks
			from inspection_tasks where campaign_id = any($1) and state = 'cancelled' and absorbed_by is null group by 1, 2, 3
		) by_reason group by campaign_id, street
	)
	select t.campaign_id, t.street, count(*) as tasks, count(*) filter (where t.state = 'done') as done,
		coalesce(sum(f.findings), 0)::int as findings, coalesce(sum(f.fixed), 0)::int as fixed, coalesce(sum(f.cases), 0)::int as cases,
		coalesce(max(u.tasks), 0)::int as unreached, coalesce((array_agg(u.reasons))[1], '[]') as reasons
	from inspection_tasks t left join found f on f.task_id = t.id
	left join unreached u on u.campaign_id = t.campaign_id and u.street = t.street
	where t.campaign_id = any($1) and t.absorbed_by is null group by t.campaign_id, t.street order by t.campaign_id, t.street`

const lockGenerationSQL = `select ` + campaignColumns + `, cursor, again from campaigns where id = $1 and state = 'generating' for update`

// The places of a campaign in region $2 that follow the cell $3, or the premises $4 in it. The character after '9' bounds
// every code that starts with the region's. In the first pass ($6 false) no place has a task. A place has its task also where
// that was done in a cell which has ended since: in the one that its cell goes on from, or, for premises, in any that its ground was in.
const nextCellsSQL = `select c.code as cell, null::text as premises, c.street, c.duty_grid_id from cells c
	where c.code >= $2 and c.code < $2 || ':' and c.code > $3 and $4::text = '' and c.valid_from <= $5 and (c.valid_to is null or c.valid_to > $5)
	  and not ($6::boolean and exists (select from inspection_tasks t where t.campaign_id = $1 and t.cell = any(c.follows || c.code) and t.premises is null))
	order by c.code limit $7`

const nextPremisesSQL = `select p.cell, p.code as premises, p.street, c.duty_grid_id from premises p left join cells c on c.code = p.cell
	where p.cell >= $2 and p.cell < $2 || ':' and (p.cell, p.code) > ($3, $4)
	  and ($5::text is null or p.kind = $5) and ($6::text is null or p.risk = $6)
	  and not ($7::boolean and exists (select from inspection_tasks t where t.campaign_id = $1 and t.cell = any(c.stands_on || p.cell) and t.premises = p.code))
	order by p.cell, p.code limit $8`

// The open tasks of people who share a duty grid's work.
const loadsSQL = `select assignee_id, count(*)::int as tasks from inspection_tasks
	where assignee_id = any($1::uuid[]) and state = 'open' group by assignee_id order by assignee_id`

const insertTasksSQL = `insert into inspection_tasks (id, campaign_id, cell, premises, street, assignee_id, state, due_at, created_at)
	select task.id, $1, task.cell, task.premises, task.street, task.assignee_id, 'open', $2, $3
	from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[]) as task(id, cell, premises, street, assignee_id)`

const advanceSQL = `update campaigns set generated = generated + $2, cursor = $3 where id = $1`

const runSQL = `update campaigns set state = 'running', total = generated where id = $1`

const sharesSQL = `select assignee_id, count(*) as tasks from inspection_tasks where campaign_id = $1
	group by assignee_id order by assignee_id`

const lockCampaignSQL = `select id from campaigns where id = $1 for update`

const openSQL = `select count(*)::int from (select from inspection_tasks where campaign_id = $1 and state = 'open' limit $2) waiting`

const closeCampaignSQL = `update campaigns set state = 'closed', closed_at = $2 where id = $1 and state in ('running', 'ending')
	and not exists (select from inspection_tasks where campaign_id = $1 and state = 'open')
	returning ` + campaignColumns

const taskColumns = `id, campaign_id, cell, premises, street, assignee_id, state, due_at, created_at, done_at, came_by, offered_to, offered_at,
	given_back`

const myTasksSQL = `select ` + taskColumns + ` from inspection_tasks
	where assignee_id = $1 and state = 'open' and (due_at, id) > ($2, $3) order by due_at, id limit $4`

const tasksSQL = `select ` + taskColumns + ` from inspection_tasks scoped
	where campaign_id = $3 and ($4 = '' or street = $4) and ($5 = '' or state = $5)
	  and (cell, coalesce(premises, '')) > ($6, $7) and ` + actor.InRegion + `
	order by cell, coalesce(premises, '') limit $8`

const lockTaskSQL = `select t.id, t.campaign_id, t.cell, t.premises, t.street, t.assignee_id, t.state, t.due_at, t.created_at, t.done_at,
		t.came_by, t.offered_to, t.offered_at, t.given_back, c.checklist_id
	from inspection_tasks t join campaigns c on c.id = t.campaign_id
	where t.id = $1 and t.assignee_id = $2 for update of t`

// A degree is taken for as many metres as it has along a meridian: the circle is a little too wide rather than too narrow.
const siteSQL = `select point, 0::float8 as reach_m from premises where code = $1
	union all select st_centroid(shape), st_maxdistance(st_centroid(shape), shape) * 111320 from cells where code = $2 and $1::text is null`

const earlierSQL = `select payload_hash, person_id from inspections where id = $1`

const insertInspectionSQL = `insert into inspections (id, payload_hash, task_id, person_id, answers, point, captured_at, submitted_at, floors)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

const insertScoreSQL = `insert into inspection_scores (inspection_id, earned, possible, critical, grade) values ($1, $2, $3, $4, nullif($5, ''))`

// What was answered is for whoever answered it, and for whoever reads what is reported in the street.
const inspectionsOfSQL = `select i.id, i.task_id, campaigns.checklist_id, i.captured_at, i.submitted_at, s.earned, s.possible, s.critical, s.grade,
		case when i.person_id = $4 or ` + actor.InRegion + ` then i.answers end as answers
	from inspections i join inspection_tasks scoped on scoped.id = i.task_id join campaigns on campaigns.id = scoped.campaign_id
	left join inspection_scores s on s.inspection_id = i.id
	where i.task_id = any($3::uuid[]) order by i.task_id`

const taskDoneSQL = `update inspection_tasks set state = 'done', done_at = $2, offered_to = null, offered_at = null where id = $1`

// A moment later the inspection stands in the figures: see domain/measure.
const measureSQL = `insert into measure_queue (id, inspection_id) values ($1, $2)`

const insertFindingsSQL = `insert into findings (id, inspection_id, task_id, cell, street, item, category, note, point, fixed, found_at)
	select found.id, $6, $7, $8, $9, found.item, found.category, found.note, $10, found.fixed, $11
	from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[]) as found(id, item, category, note, fixed)`

const findingsSQL = `select id, inspection_id, task_id, cell, street, item, category, note, point, fixed, case_id, found_at
	from findings where task_id = any($1) order by task_id, id`
