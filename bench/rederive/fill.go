package main

// Of seven and of ten working days, begun within the last two days.
const insertClocksSQL = `insert into clocks (id, case_id, round, stage, department, street, limit_number, limit_unit, started_at, due_at, pauses,
		calendar_version, standard_version, ladder, ladder_version)
	select pg_temp.id(row_number() over (order by c.id), 2 + stage.n), c.id, 1, stage.name, c.department, c.street, 7 + 3 * stage.n, 'working_day',
		c.filed_at - (random() * 48) * interval '1 hour', c.due_at, '[]', (select max(version) from calendars), 1, 'standard', 1
	from cases c cross join (values (0, 'dispose'), (1, 'total')) as stage(n, name)`

// The last step of the stage that is pulled by time: armed, and far from due.
const insertDeadlinesSQL = `insert into deadlines (id, clock_id, case_id, step, occurrence, due_at, state, armed_at)
	select pg_temp.id(row_number() over (order by c.id), 4), c.id, c.case_id, step.n, 0, c.due_at + interval '9 days', 'armed', c.started_at
	from clocks c join lateral (select max(s.position) - 1 as n from ladders l, jsonb_array_elements(l.steps) with ordinality as s(step, position)
		where l.code = 'standard' and l.version = 1 and s.step->>'clock' = c.stage and not s.step->'trigger' ? 'event') as step on step.n is not null`
