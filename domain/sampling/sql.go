package sampling

// The cases that a design is about: closed by a check that still holds, of no restricted kind, and no part of a joint one.
// Region $1, department $2, category $3, days $4 to $5, strata by $6, digits of what lies in the region $7.
const frame = ` from (select c.id as case_id, c.round, c.cell, c.street, c.point,
		case $6 when 'region' then left(c.cell, $7) when 'department' then coalesce(c.department, '') else left(c.category, 2) end as stratum
	from cases c join case_rounds r on r.case_id = c.id and r.round = c.round
	where c.state = 'closed' and not c.restricted and c.parent_id is null and c.street ^@ left($1, 9) and c.cell ^@ $1 and $2 in ('', c.department)
	and c.category ^@ $3 and (r.closed_at at time zone 'Asia/Shanghai')::date between $4 and $5) framed `

const frameSQL = `select stratum as key, count(*) as population` + frame + `group by stratum order by stratum`

// Rank is sha256 over the seed $8 and the case's id; of each stratum $9 the lowest $10 are drawn.
const drawSQL = `select case_id, round, cell, street, point, stratum from (
		select framed.*, row_number() over (partition by stratum order by sha256($8::bytea || uuid_send(case_id))) as place` + frame + `) ranked
	join unnest($9::text[], $10::integer[]) as s(key, size) on s.key = ranked.stratum and ranked.place <= s.size
	order by stratum, place`

const sampleColumns = `samples.id, samples.name, samples.region, samples.department, samples.category, samples.closed_from, samples.closed_to,
	samples.by, samples.confidence, samples.margin, samples.expected, samples.seed, samples.population, samples.size, samples.due_at,
	samples.drawn_by, samples.drawn_at, samples.state, samples.closed_at`

const insertSampleSQL = `insert into samples (id, name, region, department, category, closed_from, closed_to, by, confidence, margin,
	expected, seed, population, size, due_at, drawn_by, drawn_at, state)
	values ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'running') returning ` + sampleColumns

const insertStrataSQL = `insert into sample_strata (sample_id, key, population, size)
	select $1, s.key, s.population, s.size from unnest($2::text[], $3::integer[], $4::integer[]) as s(key, population, size)`

const insertReinspectionsSQL = `insert into reinspections (id, sample_id, stratum, case_id, round, cell, street, assignee_id, state)
	select r.id, $1, r.stratum, r.case_id, r.round, r.cell, r.street, r.assignee_id, 'open'
	from unnest($2::uuid[], $3::text[], $4::uuid[], $5::integer[], $6::text[], $7::text[], $8::uuid[])
	as r(id, stratum, case_id, round, cell, street, assignee_id)`

// Whoever looks after cells of the streets, with the middle of those.
const inspectorsSQL = `select cells.street, duties.person_id, st_setsrid(st_makepoint(avg(st_x(st_centroid(cells.shape))), avg(st_y(st_centroid(cells.shape)))), 4326) as centre
	from cells join duties on duties.duty_grid_id = cells.duty_grid_id
	where cells.street = any($1) and cells.valid_from <= $2 and (cells.valid_to is null or cells.valid_to > $2)
	and duties.valid_from <= $2 and (duties.valid_to is null or duties.valid_to > $2)
	group by cells.street, duties.person_id order by cells.street, duties.person_id`

// Whoever disposed of the cases $1, checked, verified or inspected them, in any round, or holds their cell.
const handsSQL = `select case_id, person_id, bool_and(holds) as holds from (
		select case_id, handler_id as person_id, false as holds from disposals where case_id = any($1)
		union all
		select case_id, assignee_id, false from check_tasks where case_id = any($1) and assignee_id is not null
		union all
		select k.case_id, v.assignee_id, false from verify_tasks v join clues k on k.id = v.clue_id
			where k.case_id = any($1) and v.assignee_id is not null
		union all
		select f.case_id, i.person_id, false from findings f join inspections i on i.id = f.inspection_id where f.case_id = any($1)
		union all
		select c.id, duties.person_id, true from cases c join cells on cells.code = c.cell join duties on duties.duty_grid_id = cells.duty_grid_id
			where c.id = any($1) and duties.valid_from <= $2 and (duties.valid_to is null or duties.valid_to > $2)
	) hands group by case_id, person_id order by case_id, person_id`

const reinspectionColumns = `r.id, r.sample_id, r.stratum, r.case_id, r.round, r.cell, r.street, r.assignee_id, r.state, samples.due_at,
	r.verdict, r.missed, r.note, r.point, r.distance_m, r.answered_at, r.found, r.settled_by, r.settled_note, r.settled_at`

const selectReinspections = `select ` + reinspectionColumns + ` from reinspections r join samples on samples.id = r.sample_id `

// Samples of regions that the viewer supervises.
const supervised = ` exists (select from unnest($1::text[]) as over(region) where samples.region ^@ over.region) `

const sampleSQL = `select ` + sampleColumns + ` from samples where ` + supervised + ` and id = $2`

const lockSampleSQL = sampleSQL + ` for update`

const samplesSQL = `select ` + sampleColumns + ` from samples where ` + supervised + ` and ($2::uuid is null or id < $2) order by id desc limit $3`

const samplesByIDsSQL = `select ` + sampleColumns + ` from samples where ` + supervised + ` and id = any($2) order by id`

const ownSampleSQL = `select ` + sampleColumns + ` from samples where id = $1`

const strataSQL = `select s.sample_id, s.key, s.population, s.size,
	count(*) filter (where r.found in ('fixed', 'unfixed')) as looked, count(*) filter (where r.found = 'unfixed') as unfixed,
	count(*) filter (where r.found in ('fixed', 'unfixed') and r.missed) as missed, count(*) filter (where r.found = 'unseen') as unseen
	from sample_strata s left join reinspections r on r.sample_id = s.sample_id and r.stratum = s.key
	where s.sample_id = any($1) group by s.sample_id, s.key, s.population, s.size order by s.sample_id, s.key`

const reinspectionsSQL = selectReinspections + `where ` + supervised + ` and r.sample_id = $2 and ($3 = '' or r.state = $3) and r.id > $4
	order by r.id limit $5`

const myReinspectionsSQL = selectReinspections + `where r.assignee_id = $1 and r.state = 'open' and samples.state = 'running' and r.id > $2
	order by r.id limit $3`

const askedSQL = `select distinct case_id, assignee_id as person_id from reinspections
	where case_id = any($1) and assignee_id is not null order by case_id, assignee_id`

// For whoever was asked ($1), and for those who supervise there ($2).
const lockReinspectionSQL = selectReinspections + `where r.id = $3 and (r.assignee_id = $1
		or exists (select from unnest($2::text[]) as over(region) where samples.region ^@ over.region)) for update of r`

const answerSQL = `update reinspections set state = $2, verdict = $3, missed = $4, note = $5, point = $6, distance_m = $7, answered_at = $8,
	found = $9, settled_at = $10 where id = $1`

const settleSQL = `update reinspections set state = 'settled', found = $2, settled_by = $3, settled_note = $4, settled_at = $5 where id = $1`

const assignSQL = `update reinspections set assignee_id = $2 where id = $1`

const closeSQL = `update samples set state = 'closed', closed_at = $2 where id = $1 and state = 'running' returning ` + sampleColumns

const lockStateSQL = `select state from samples where id = $1 for update`

const waitingSQL = `select count(*) from reinspections where sample_id = $1 and state = 'answered'`

const unsettledSQL = `select count(*) from reinspections where sample_id = $1 and state <> 'settled'`
