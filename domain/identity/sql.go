package identity

const peopleByIDSQL = `select id, name, login, locale from people where id = any($1) order by id`

const grantsSQL = `select person_id, role, region, coalesce(department, '') as department
	from grants where person_id = any($1) and revoked_at is null order by person_id, role, region, department`

const ofRoleSQL = `select distinct g.person_id from grants g join people p on p.id = g.person_id
	where g.role = $1 and g.revoked_at is null and p.disabled_at is null order by g.person_id`

const holdersSQL = `select distinct p.id, p.name, p.login, p.locale from people p join grants g on g.person_id = p.id
	where g.role = $1 and g.revoked_at is null and p.disabled_at is null and $2 ^@ g.region
	  and coalesce(g.department, '') = $3
	order by p.name, p.id`

// A row always comes back, so that an unknown login is counted and answered like a known one.
const credentialsSQL = `select coalesce(p.id, '00000000-0000-0000-0000-000000000000') as id, coalesce(p.name, '') as name,
	p.login, coalesce(p.locale, '') as locale, coalesce(p.password_hash, '') as password_hash, p.password_until,
	(select count(*) from sign_in_failures f where f.login_hash = $2 and f.at > $3) as failures
	from (values (1)) as one left join people p on p.login = $1 and p.disabled_at is null`

const chooseSQL = `update people set password_hash = $2, password_until = null where id = $1`

const insertFailureSQL = `insert into sign_in_failures (login_hash, at) values ($1, $2)`

const insertSessionSQL = `insert into sessions (token_hash, person_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)`

// Whoever enters, once for each live grant; the grants' columns are empty for somebody without any.
const (
	entrantColumns = `p.id, p.name, p.login, p.locale, coalesce(g.role, '') as role, coalesce(g.region, '') as region,
	coalesce(g.department, '') as department`
	entrantGrants = ` left join grants g on g.person_id = p.id and g.revoked_at is null `
	entrantOrder  = ` order by g.role, g.region, g.department`
)

const enterSQL = `select ` + entrantColumns + `, s.token_hash, s.expires_at
	from sessions s join people p on p.id = s.person_id` + entrantGrants + `
	where s.token_hash = any($1::bytea[]) and s.revoked_at is null and p.disabled_at is null` + entrantOrder

const enterWithKeySQL = `select ` + entrantColumns + ` from api_keys k join people p on p.id = k.person_id` + entrantGrants + `
	where k.key_hash = $1 and k.revoked_at is null and p.disabled_at is null` + entrantOrder

const behindSQL = `select ` + entrantColumns + ` from people p` + entrantGrants + `
	where p.id = $1 and p.disabled_at is null` + entrantOrder

const revokeSessionsOfSQL = `update sessions set revoked_at = $2 where person_id = $1 and revoked_at is null`

const revokeSessionSQL = `update sessions set revoked_at = $2 where token_hash = $1 and revoked_at is null`

const forgetSessionsSQL = `delete from sessions where expires_at < $1 or revoked_at < $1`

const forgetFailuresSQL = `delete from sign_in_failures where at < $1`

const insertKeySQL = `insert into api_keys (key_hash, person_id, name, created_at) values ($1, $2, $3, $4)`

// A shift that ends at or before its start runs over midnight: the part after midnight belongs to the day before. Grants
// and accounts count as they stood at the time that is asked for, or as they stand now for a time to come.
const onDutySQL = `select distinct a.position, s.person_id
	from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
		with ordinality as a(role, region, department, at, day, hour, position)
	join shifts s on s.role = a.role and s.region = a.region and coalesce(s.department, '') = a.department
	join grants g on g.person_id = s.person_id and g.role = s.role and g.region = s.region
		and coalesce(g.department, '') = a.department and g.granted_at <= a.at and (g.revoked_at is null or g.revoked_at > a.at)
	join people p on p.id = s.person_id and (p.disabled_at is null or p.disabled_at > a.at)
	cross join lateral (values (a.day::date), (a.day::date - 1)) as day(started)
	where extract(isodow from day.started)::smallint = any(s.weekdays)
	  and day.started >= s.valid_from and (s.valid_to is null or day.started < s.valid_to)
	  and case
	        when s.ends > s.starts then day.started = a.day::date and a.hour::time >= s.starts and a.hour::time < s.ends
	        when day.started = a.day::date then a.hour::time >= s.starts
	        else a.hour::time < s.ends
	      end
	  and not exists (select from absences b where b.person_id = s.person_id and b.from_at <= a.at and b.to_at > a.at)
	order by a.position, s.person_id`

// A turn from which somebody is absent only in part counts: there is time in it.
const workingWithinSQL = `select distinct s.person_id from shifts s
	join grants g on g.person_id = s.person_id and g.role = s.role and g.region = s.region
		and coalesce(g.department, '') = coalesce(s.department, '') and g.granted_at < $4 and (g.revoked_at is null or g.revoked_at > $3)
	join people p on p.id = s.person_id and (p.disabled_at is null or p.disabled_at > $3)
	where s.role = $1 and s.person_id = any($2::uuid[]) and exists (
		select from generate_series($5::date - 1, $6::date, interval '1 day') as day(started)
		cross join lateral (select (day.started::date + s.starts) at time zone $7 as begins,
			(day.started::date + s.ends + case when s.ends > s.starts then interval '0' else interval '1 day' end) at time zone $7 as ends) turn
		where extract(isodow from day.started)::smallint = any(s.weekdays)
		  and day.started::date >= s.valid_from and (s.valid_to is null or day.started::date < s.valid_to)
		  and turn.begins < $4 and turn.ends > $3
		  and not exists (select from absences b where b.person_id = s.person_id
			and b.from_at <= greatest(turn.begins, $3) and b.to_at >= least(turn.ends, $4)))
	order by s.person_id`
