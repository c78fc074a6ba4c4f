package inspection

import "gridwork/actor"

const lockAnyTaskSQL = `select ` + taskColumns + ` from inspection_tasks where id = $1 for update`

const anyTaskSQL = `select ` + taskColumns + ` from inspection_tasks where id = $1`

const giveTaskSQL = `update inspection_tasks set assignee_id = $2, came_by = $3, offered_to = $4, offered_at = $5, given_back = $6 where id = $1`

const insertEventSQL = `insert into inspection_task_events (id, task_id, kind, by_id, from_id, to_id, reason, note, at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

const offeredSQL = `select ` + taskColumns + ` from inspection_tasks
	where offered_to = $1 and state = 'open' order by offered_at, id`

const eventsSQL = `select id, task_id, kind, by_id, from_id, to_id, reason, note, at from inspection_task_events
	where task_id = any($1) order by task_id, id`

const nobodysSQL = `select ` + taskColumns + ` from inspection_tasks scoped
	where state = 'open' and assignee_id is null and ($3 = '' or street = $3) and (due_at, id) > ($4, $5) and ` + actor.InRegion + `
	order by due_at, id limit $6`

// What nobody has in the streets $1 of the cells $2, and what colleagues $3 who are not on duty have there.
const claimableSQL = `select ` + taskColumns + ` from (
		(select ` + taskColumns + ` from inspection_tasks
			where street = any($1::text[]) and state = 'open' and assignee_id is null and cell = any($2::text[]) and (due_at, id) > ($4, $5)
			order by due_at, id limit $6)
		union all
		(select ` + taskColumns + ` from inspection_tasks
			where assignee_id = any($3::uuid[]) and state = 'open' and cell = any($2::text[]) and (due_at, id) > ($4, $5)
			order by due_at, id limit $6)
	) as both_kinds order by due_at, id limit $6`

const unofferSQL = `update inspection_tasks set offered_to = null, offered_at = null where offered_to = $1`

const leaveSQL = `with left_behind as (
		update inspection_tasks set assignee_id = null, came_by = 'made', offered_to = null, offered_at = null where assignee_id = $1 and state = 'open' returning id
	) insert into inspection_task_events (id, task_id, kind, by_id, from_id, note, at)
		select gen_random_uuid(), id, 'given_back', $2, $1, '', $3 from left_behind`
