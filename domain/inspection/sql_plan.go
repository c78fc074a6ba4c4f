package inspection

const planColumns = `id, name, region, checklist_id, places, kind, rhythms, starts_on, season_from, season_until, created_by, created_at, ended_at`

const insertPlanSQL = `insert into inspection_plans (id, name, region, checklist_id, places, kind, rhythms, starts_on, season_from, season_until,
		created_by, created_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ` + planColumns

const endPlanSQL = `update inspection_plans set ended_by = $2, ended_at = $3 where id = $1 and ended_at is null`

// A plan touches a scope as a campaign does.
const planTouchesScope = ` exists (select from unnest($1::text[], $2::text[]) as reach(region, department)
	where reach.department = '' and (inspection_plans.region ^@ reach.region or reach.region ^@ inspection_plans.region)) `

const planInScopeSQL = `select ` + planColumns + ` from inspection_plans where id = $3 and ` + planTouchesScope

const plansSQL = `select ` + planColumns + ` from inspection_plans
	where ($3::uuid is null or id < $3) and ` + planTouchesScope + ` order by id desc limit $4`

const plansByIDSQL = `select ` + planColumns + ` from inspection_plans where id = any($1) order by id`

const livePlansSQL = `select ` + planColumns + ` from inspection_plans where ended_at is null order by id`

// A period that was begun before looks for places that are new, until it is over.
const beginPeriodSQL = `insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at, places, kind, risk,
		plan_id, starts_on)
	values ($1, $2, $3, $4, $5, 'generating', 0, 0, '', $6, $7, $8, $9, $10, $11)
	on conflict (plan_id, risk, starts_on) where plan_id is not null do update set state = 'generating', cursor = '', again = true, closed_at = null
		where campaigns.state in ('running', 'closed') and campaigns.due_at > $6
	returning id`

const overPeriodsSQL = `update campaigns set state = 'ending'
	where plan_id is not null and closed_at is null and due_at <= $1 and state in ('generating', 'running') returning id`

const endCampaignSQL = `update campaigns set state = 'ending' where id = $1 and state in ('generating', 'running') returning ` + campaignColumns

const lockEndingSQL = `select id from campaigns where id = $1 and state = 'ending' for update`

const endTasksSQL = `update inspection_tasks set state = 'cancelled', offered_to = null, offered_at = null
	where id in (select id from inspection_tasks where campaign_id = $1 and state = 'open' order by id limit $2 for update skip locked)`

const undoneSQL = `select count(*)::int from inspection_tasks where campaign_id = $1 and state = 'cancelled' and absorbed_by is null`

// How many places of each street a rhythm visits. The kind and the grade of cells are null.
const countCellsSQL = `select street, count(*)::int as places from cells
	where code >= $1 and code < $1 || ':' and $2::text is null and $3::text is null and valid_from <= $4 and (valid_to is null or valid_to > $4)
	group by street order by street`

const countPremisesSQL = `select street, count(*)::int as places from premises
	where cell >= $1 and cell < $1 || ':' and ($2::text is null or kind = $2) and ($3::text is null or risk = $3) and $4::timestamptz is not null
	group by street order by street`
