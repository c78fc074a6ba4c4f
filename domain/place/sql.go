package place

import "gridwork/actor"

const addressColumns = `scoped.code, scoped.kind, scoped.building, scoped.text, scoped.floors, scoped.point, scoped.cell, scoped.street,
	scoped.updated_at`

const premisesColumns = `scoped.code, scoped.name, scoped.kind, scoped.legal_entity, scoped.credit_code, scoped.risk, scoped.address,
	scoped.point, scoped.cell, scoped.street, scoped.updated_at`

// The character after '9' bounds every code that starts with these digits.
const byCodeSQL = `select * from (
		select ` + addressColumns + ` from addresses scoped
			where scoped.code >= $3 and scoped.code < $3 || ':' and ` + actor.InReach + ` order by scoped.code limit $4
	) by_code
	union
	select * from (
		select ` + addressColumns + ` from address_aliases a join addresses scoped on scoped.code = a.code
			where a.alias >= $3 and a.alias < $3 || ':' and ` + actor.InReach + ` order by a.alias limit $4
	) by_alias
	order by code limit $4`

// Ranked by nearness where a point was given, else by how little there is besides what was asked for.
const findSQL = `select ` + addressColumns + ` from (
		(select scoped.code, scoped.text as met from addresses scoped where scoped.terms @> $3::text[] and ` + actor.InReach + ` limit $6)
		union all
		(select scoped.code, alias from address_aliases join addresses scoped on scoped.code = address_aliases.code
			where address_aliases.terms @> $3::text[] and ` + actor.InReach + ` limit $6)
	) found join addresses scoped on scoped.code = found.code
	group by scoped.code order by scoped.point <-> $5::geometry, min(length(found.met)), scoped.code limit $4`

const findPremisesSQL = `select ` + premisesColumns + ` from (
		select scoped.code from premises scoped where scoped.terms @> $3::text[] and ` + actor.InReach + ` limit $6
	) found join premises scoped on scoped.code = found.code
	order by scoped.point <-> $5::geometry, length(scoped.name), scoped.code limit $4`

const namesInSQL = `select name_zh from regions where position(name_zh in $1) > 0 order by length(code), code`

// Of a unit, the building is told: it is where one goes.
const nearestSQL = `select ` + addressColumns + ` from addresses scoped
	where scoped.kind = 'building' and scoped.point && st_makeenvelope($4, $5, $6, $7, 4326) and ` + actor.InReach + `
	order by scoped.point <-> $3, scoped.code limit $8`

const resolveSQL = `select ` + addressColumns + ` from addresses scoped
	where scoped.code = coalesce((select code from addresses where code = $3),
		(select min(code) from address_aliases where alias = $3 having count(*) = 1)) and ` + actor.InReach

const premisesAtSQL = `select ` + premisesColumns + ` from premises scoped
	where scoped.address = any($3) and ` + actor.InReach + ` order by scoped.address, scoped.code`

const premisesByCodeSQL = `select ` + premisesColumns + ` from premises scoped
	where scoped.code = any($3) and ` + actor.InReach + ` order by scoped.code`

const unitsSQL = `select ` + addressColumns + ` from addresses scoped
	where scoped.building = any($3) and ` + actor.InReach + ` order by scoped.building, scoped.code`
