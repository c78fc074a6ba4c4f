package day

// What an inspection task is about: t is the task, limited already, so that nothing else is looked up than what is shown.
const taskColumns = ` t.id, c.name, null::bigint as case_number, null::bigint as clue_number, t.due_at,
	coalesce(p.point, st_pointonsurface(cells.shape)) as point, t.cell, t.premises, null::uuid as case_id, null::uuid as clue_id `

const taskTables = ` join campaigns c on c.id = t.campaign_id join cells on cells.code = t.cell left join premises p on p.code = t.premises `

// Each branch is an ordered walk through the index of a person's open work, which reads no more than a day of it.
const stopsSQL = `select kind, id, why, name, case_number, clue_number, by_id, due_at, point, cell, premises, case_id, clue_id from (
	select 'inspection' as kind, case t.came_by when 'made' then case when c.plan_id is null then 'campaign' else 'plan' end else t.came_by end as why,
			came.by_id, ` + taskColumns + `
		from (select id, campaign_id, cell, premises, due_at, came_by from inspection_tasks
			where assignee_id = $1 and state = 'open' order by due_at, id limit $2) t ` + taskTables + `
		left join lateral (select case e.kind when 'accepted' then e.from_id else e.by_id end as by_id from inspection_task_events e
			where e.task_id = t.id and e.to_id = $1 and (e.kind, t.came_by) in (('accepted', 'handed_over'), ('assigned', 'assigned'))
			order by e.id desc limit 1) came on t.came_by in ('handed_over', 'assigned')
	union all
	select 'offer', 'offered', t.assignee_id, ` + taskColumns + `
		from (select id, campaign_id, cell, premises, due_at, assignee_id from inspection_tasks
			where offered_to = $1 and state = 'open' order by offered_at, id limit $2) t ` + taskTables + `
	union all
	select 'verification', 'asked', t.asked_by, t.id, null, null, clues.number, t.due_at, clues.point, t.cell, null, null, t.clue_id
		from (select id, clue_id, cell, due_at, asked_by from verify_tasks
			where assignee_id = $1 and state = 'open' order by asked_at, id limit $2) t join clues on clues.id = t.clue_id
	union all
	select 'check', 'asked', null, t.id, null, cases.number, null, t.due_at, cases.point, t.cell, null, t.case_id, null
		from (select id, case_id, cell, due_at from check_tasks
			where assignee_id = $1 and state = 'open' and answered_at is null order by asked_at, id limit $2) t join cases on cases.id = t.case_id
	union all
	select 'reinspection', 'sampled', null, t.id, samples.name, cases.number, null, samples.due_at, cases.point, t.cell, null, t.case_id, null
		from (select id, sample_id, case_id, cell from reinspections
			where assignee_id = $1 and state = 'open' order by id limit $2) t
		join samples on samples.id = t.sample_id and samples.state = 'running' join cases on cases.id = t.case_id
	) stops order by due_at, id limit $2`

// The newest of each thing that is pressed for.
const remindersSQL = `select distinct on (coalesce(case_id, clue_id)) id, case_id, clue_id from messages
	where person_id = $1 and needs_ack and acked_at is null and kind in ('case_pressed', 'clue_pressed') and (case_id is not null or clue_id is not null)
	order by coalesce(case_id, clue_id), id desc`
