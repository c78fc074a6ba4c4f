package inspection

import "gridwork/actor"

const checklistColumns = `id, code, version, name_zh, name_en, items, published_at`

const insertChecklistSQL = `insert into checklists (id, code, version, name_zh, name_en, items, published_at)
	select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6 from checklists where code = $2
	returning ` + checklistColumns

const checklistSQL = `select ` + checklistColumns + ` from checklists where id = $1`

const checklistsByIDSQL = `select ` + checklistColumns + ` from checklists where id = any($1) order by id`

const checklistsSQL = `select distinct on (code) ` + checklistColumns + ` from checklists order by code, version desc`

const categoriesSQL = `select code from categories order by code`

const campaignColumns = `id, name, region, checklist_id, due_at, state, total, generated, created_by, created_at`

const insertCampaignSQL = `insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_by, created_at)
	values ($1, $2, $3, $4, $5, 'generating', $6, 0, '', $7, $8) returning ` + campaignColumns

// A campaign touches a scope when either lies within the other: a street's dispatcher sees the district's campaign.
const touchesScope = ` exists (select from unnest($1::text[], $2::text[]) as reach(region, department)
	where reach.department = '' and (campaigns.region ^@ reach.region or reach.region ^@ campaigns.region)) `

const campaignInScopeSQL = `select ` + campaignColumns + ` from campaigns where id = $3 and ` + touchesScope

const campaignsSQL = `select ` + campaignColumns + ` from campaigns
	where ($3::uuid is null or id < $3) and ` + touchesScope + ` order by id desc limit $4`

const campaignsByIDSQL = `select ` + campaignColumns + ` from campaigns where id = any($1) order by id`

const progressSQL = `select t.campaign_id, t.street, count(*) as tasks, count(*) filter (where t.state = 'done') as done,
	coalesce(sum(f.findings), 0)::int as findings
	from inspection_tasks t
	left join (select task_id, count(*) as findings from findings
		where task_id in (select id from inspection_tasks where campaign_id = any($1)) group by task_id) f on f.task_id = t.id
	where t.campaign_id = any($1) group by t.campaign_id, t.street order by t.campaign_id, t.street`

const lockGenerationSQL = `select ` + campaignColumns + `, cursor from campaigns where id = $1 and state = 'generating' for update`

// The character after '9' bounds every code that starts with the region's.
const nextCellsSQL = `select code from cells
	where code >= $1 and code < $1 || ':' and code > $2 and valid_from <= $3 and (valid_to is null or valid_to > $3)
	order by code limit $4`

const insertTasksSQL = `insert into inspection_tasks (id, campaign_id, cell, street, assignee_id, state, due_at, created_at)
	select task.id, $4, c.code, c.street, task.assignee_id, 'open', $5, $6
	from unnest($1::uuid[], $2::text[], $3::uuid[]) as task(id, cell, assignee_id) join cells c on c.code = task.cell`

const advanceSQL = `update campaigns set generated = generated + $2, cursor = $3 where id = $1`

const runSQL = `update campaigns set state = 'running', total = generated where id = $1`

const sharesSQL = `select assignee_id, count(*) as tasks from inspection_tasks where campaign_id = $1
	group by assignee_id order by assignee_id`

const lockCampaignSQL = `select id from campaigns where id = $1 for update`

const closeCampaignSQL = `update campaigns set state = 'closed' where id = $1 and state = 'running'
	and not exists (select from inspection_tasks where campaign_id = $1 and state = 'open')
	returning ` + campaignColumns

const taskColumns = `id, campaign_id, cell, street, assignee_id, state, due_at, created_at, done_at`

const myTasksSQL = `select ` + taskColumns + ` from inspection_tasks
	where assignee_id = $1 and state = 'open' and (due_at, id) > ($2, $3) order by due_at, id limit $4`

const tasksSQL = `select ` + taskColumns + ` from inspection_tasks scoped
	where campaign_id = $3 and ($4 = '' or street = $4) and ($5 = '' or state = $5) and cell > $6 and ` + actor.InRegion + `
	order by cell limit $7`

const lockTaskSQL = `select t.id, t.campaign_id, t.cell, t.street, t.assignee_id, t.state, t.due_at, t.created_at, t.done_at, c.checklist_id
	from inspection_tasks t join campaigns c on c.id = t.campaign_id
	where t.id = $1 and t.assignee_id = $2 for update of t`

const earlierSQL = `select payload_hash, person_id from inspections where id = $1`

const insertInspectionSQL = `insert into inspections (id, payload_hash, task_id, person_id, answers, point, captured_at, submitted_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8)`

const taskDoneSQL = `update inspection_tasks set state = 'done', done_at = $2 where id = $1`

const insertFindingsSQL = `insert into findings (id, inspection_id, task_id, cell, street, item, category, note, point, fixed, found_at)
	select found.id, $6, $7, $8, $9, found.item, found.category, found.note, $10, found.fixed, $11
	from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[]) as found(id, item, category, note, fixed)`

const findingsSQL = `select id, inspection_id, task_id, cell, street, item, category, note, point, fixed, case_id, found_at
	from findings where task_id = any($1) order by task_id, id`
