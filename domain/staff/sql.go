package staff

import "gridwork/actor"

const memberColumns = `p.id, p.name, p.login, p.locale, p.phone, p.created_at, p.disabled_at`

// Somebody is of the staff of a region by what they are or were granted there, or are to be. $1 and $2 are the regions that
// are administered.
const ofStaff = ` p.id in (select scoped.person_id from (
		select person_id, region as street from grants where role not in ('volunteer', 'integration')
		union all select person_id, region from grant_requests where state = 'asked') scoped where ` + actor.InRegion + `) `

const listSQL = `select ` + memberColumns + ` from people p where ` + ofStaff + ` and (p.name, p.id) > ($3, $4)
	and (p.disabled_at is not null) = $9
	and ($5 = '' or position($5 in lower(p.name)) > 0 or position($5 in p.login) > 0)
	and ($6 = '' and $7 = '' and $8 = '' or exists (select from grants g where g.person_id = p.id and g.revoked_at is null
		and ($6 = '' or g.role = $6) and g.region ^@ $7 and ($8 = '' or g.department = $8)))
	order by p.name, p.id limit $10`

const lookSQL = `select ` + memberColumns + ` from people p where p.id = $3 and ` + ofStaff

const lockSQL = lookSQL + ` for no key update`

const byIDSQL = `select ` + memberColumns + ` from people p where p.id = $1`

const beyondSQL = `select exists (select from (select region as street from grants
	where person_id = $3 and revoked_at is null and role <> 'volunteer') scoped where not ` + actor.InRegion + `)`

const insertSQL = `insert into people (id, name, login, password_hash, password_until, phone, locale, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
	on conflict (login) do nothing`

const byLoginSQL = `select id from people where login = $1`

const passwordSQL = `update people set password_hash = $2, password_until = $3 where id = $1`

const (
	disableSQL          = `update people set disabled_at = $2 where id = $1`
	revokeGrantsSQL     = `update grants set revoked_at = $2 where person_id = $1 and revoked_at is null and role <> 'volunteer'`
	endDutiesSQL        = `update duties set valid_to = $2 where person_id = $1 and (valid_to is null or valid_to > $2)`
	endShiftsSQL        = `update shifts set valid_to = greatest(valid_from, $2::date) where person_id = $1 and (valid_to is null or valid_to > $2::date)`
	withdrawRequestsSQL = `update grant_requests set state = 'withdrawn', decided_at = $2, decided_by = $3 where person_id = $1 and state = 'asked'`
	enableSQL           = `update people set disabled_at = null, password_hash = null, password_until = null where id = $1`
)

const grantColumns = `id, person_id, role, region, department, granted_by, granted_at`

const grantsSQL = `select ` + grantColumns + ` from grants where person_id = any($1) and revoked_at is null and role <> 'volunteer'
	order by person_id, role, region, department`

const lockGrantSQL = `select ` + grantColumns + ` from (select *, region as street from grants) scoped
	where id = $3 and revoked_at is null and role not in ('volunteer', 'integration') and ` + actor.InRegion

const revokeGrantSQL = `update grants set revoked_at = $2 where id = $1 and revoked_at is null`

const heldSQL = `select exists (select from grants where person_id = $1 and role = $2 and region = $3 and coalesce(department, '') = $4 and revoked_at is null)`

const requestColumns = `id, person_id, role, region, department, state, asked_by, asked_at, decided_by, decided_at`

const askSQL = `insert into grant_requests (id, person_id, role, region, department, state, asked_by, asked_at)
	values ($1, $2, $3, $4, nullif($5, ''), 'asked', $6, $7)
	on conflict (person_id, role, region, coalesce(department, '')) where state = 'asked' do nothing returning ` + requestColumns

const askedSQL = `select id from grant_requests where person_id = $1 and role = $2 and region = $3 and coalesce(department, '') = $4 and state = 'asked'`

const requestsSQL = `select ` + requestColumns + ` from (select *, region as street from grant_requests) scoped
	where state = 'asked' and ` + actor.InRegion + ` order by id`

const lockRequestSQL = `select ` + requestColumns + ` from grant_requests r where id = $3 and state = 'asked'
	and exists (select from (select r.region as street) scoped where ` + actor.InRegion + `) for update`

const decideSQL = `update grant_requests set state = $2, decided_by = $3, decided_at = $4 where id = $1`

const grantSQL = `insert into grants (id, person_id, role, region, department, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6, $7)`

const shiftsSQL = `select id, person_id, role, region, department, weekdays, (extract(epoch from starts) / 60)::int as starts, (extract(epoch from ends) / 60)::int as ends, valid_from, valid_to
	from shifts where person_id = any($1) and (valid_to is null or valid_to > $2::date) order by person_id, role, region, starts, id`

const insertShiftSQL = `insert into shifts (id, person_id, role, region, department, weekdays, starts, ends, valid_from)
	values ($1, $2, $3, $4, $5, $6, $7::text::time, $8::text::time, $9::text::date)`

const endShiftSQL = `update shifts s set valid_to = greatest(valid_from, $4::date) where id = $3 and (valid_to is null or valid_to > $4::date)
	and exists (select from (select s.region as street) scoped where ` + actor.InRegion + `) returning person_id`

const absencesSQL = `select id, person_id, from_at, to_at from absences where person_id = any($1) and to_at > $2 order by person_id, from_at, id`

const insertAbsenceSQL = `insert into absences (id, person_id, from_at, to_at) values ($1, $2, $3, $4)`

const absentSQL = `select person_id from absences where id = $1 and to_at > $2 for update`

const (
	forgetAbsenceSQL = `delete from absences where id = $1 and from_at >= $2`
	endAbsenceSQL    = `update absences set to_at = $2 where id = $1 and from_at < $2`
)

const dutiesSQL = `select duty_grid_id, person_id, part, valid_from from duties
	where person_id = any($1) and valid_from <= $2 and (valid_to is null or valid_to > $2) order by person_id, part, valid_from, duty_grid_id`

const lockGridSQL = `select street from duty_grids scoped where id = $3 and ` + actor.InRegion + ` for update`

const gridByCodeSQL = `select id, street from duty_grids where code = $1`

const endDutySQL = `update duties set valid_to = $3 where duty_grid_id = $1 and person_id = $2 and (valid_to is null or valid_to > $3)`

const endHolderSQL = `update duties set valid_to = $2 where duty_grid_id = $1 and part = 'holder' and (valid_to is null or valid_to > $2)`

const insertDutySQL = `insert into duties (duty_grid_id, person_id, part, valid_from) values ($1, $2, $3, $4)`
