package device

import "gridwork/actor"

const deviceColumns = `id, person_id, name, algorithm, public_key, enrolled_at, seen_on, revoked_at, revoked_by, revoke_reason`

const insertDeviceSQL = `insert into devices (id, person_id, name, algorithm, public_key, enrolled_at)
	values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing returning ` + deviceColumns

const deviceSQL = `select ` + deviceColumns + ` from devices where id = $1`

const lockOwnerSQL = `select from people where id = $1 for no key update`

const othersSQL = `select count(*) from devices where person_id = $1 and revoked_at is null and id <> $2`

// One's own ($3), or of somebody who was granted something where the actor may revoke ($1, $2).
const mayRevoke = ` (person_id = $3 or exists (select from (select region as street from grants
	where grants.person_id = devices.person_id and grants.revoked_at is null) scoped where ` + actor.InRegion + `)) `

const devicesOfSQL = `select ` + deviceColumns + ` from devices where person_id = $4 and ` + mayRevoke + ` order by id desc`

const lockDeviceSQL = `select ` + deviceColumns + ` from devices where id = $4 and ` + mayRevoke + ` for update`

const revokeDeviceSQL = `update devices set revoked_at = $2, revoked_by = $3, revoke_reason = $4 where id = $1 returning ` + deviceColumns

const revokeAllSQL = `update devices set revoked_at = $2, revoked_by = $3, revoke_reason = $4 where person_id = $1 and revoked_at is null`

const seenSQL = `update devices set seen_on = $2 where id = $1 and seen_on is distinct from $2`

const disabledSQL = `select disabled_at from people where id = $1`
