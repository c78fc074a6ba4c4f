package visit

import "gridwork/actor"

// The character after '9' bounds every code that starts with the region's.
const platesSQL = `select scoped.code as premises, scoped.cell, v.version, v.issued_at
	from premises scoped left join visit_codes v on v.premises = scoped.code and v.withdrawn_at is null
	where scoped.cell >= $3 and scoped.cell < $3 || ':' and (scoped.cell, scoped.code) > ($4, $5)
	  and ($6::text is null or scoped.kind = $6) and ($7::text is null or scoped.risk = $7) and ` + actor.InRegion + `
	order by scoped.cell, scoped.code limit $8`

const lockSQL = `select scoped.code from premises scoped where scoped.code = any($3::text[]) and ` + actor.InRegion + `
	order by scoped.code for no key update`

const latestSQL = `select premises, max(version) as version, bool_or(withdrawn_at is null) as hangs
	from visit_codes where premises = any($1::text[]) group by premises order by premises`

const issueSQL = `insert into visit_codes (premises, version, code_hash, issued_at, issued_by) values ($1, $2, $3, $4, $5)`

const withdrawSQL = `update visit_codes v set withdrawn_at = $2, withdrawn_by = $3 from premises p
	where v.premises = $1 and v.withdrawn_at is null and p.code = v.premises returning v.version, p.cell`

const hangingSQL = `select premises from visit_codes where premises = any($1::text[]) and withdrawn_at is null order by premises`

// A code that was withdrawn between its reading and its arrival counts as it was when it was read.
const matchSQL = `select v.premises, v.withdrawn_at is null or v.withdrawn_at > i.captured_at as hung,
	case when t.premises is null then p.cell = t.cell else v.premises = t.premises end as there
	from visit_codes v join premises p on p.code = v.premises
	join inspections i on i.id = $2 join inspection_tasks t on t.id = i.task_id
	where v.code_hash = $1`

const seeSQL = `insert into visit_sightings (inspection_id, verdict, premises) values ($1, $2, $3)`

const sightingColumns = `s.inspection_id, s.verdict, s.premises, i.task_id, scoped.premises as visited, scoped.cell, i.person_id, i.captured_at`

const sightingFrom = ` from visit_sightings s join inspections i on i.id = s.inspection_id join inspection_tasks scoped on scoped.id = i.task_id `

const sightingsSQL = `select ` + sightingColumns + sightingFrom + `
	where s.inspection_id = any($3::uuid[]) and (i.person_id = $4 or ` + actor.InRegion + `) order by s.inspection_id`

const oddSQL = `select ` + sightingColumns + sightingFrom + `
	where scoped.campaign_id = $3 and s.verdict <> 'here' and ($4::uuid is null or s.inspection_id < $4) and ` + actor.InRegion + `
	order by s.inspection_id desc limit $5`
