package casework

import "gridwork/actor"

// What the photos of a clue show, as media's fingerprints.
const fingerprints = ` array(select photos.fingerprint from photos
	where photos.subject_id = scoped.id and photos.subject = 'clue' and photos.fingerprint is not null) as fingerprints `

const saidByCluesSQL = `select scoped.id as asked, null::uuid as case_id, scoped.id as clue_id, scoped.point, scoped.submitted_at as at,
	scoped.category, scoped.text,` + fingerprints + `from clues scoped
	where scoped.id = any($3::uuid[]) and scoped.state in ('submitted', 'verifying') and ` + actor.InRegion

// What was said about the open cases that are nearest to each clue: by their clues, or by the inspection that found them.
// A case that goes on being reported stays comparable, however long ago it was filed.
const saidOfCasesSQL = `select asked.id as asked, near.id as case_id, null::uuid as clue_id, said.point, said.at, near.category, said.text,
		said.fingerprints
	from unnest($5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::float8[])
		as asked(id, since, until, lon, lat, west, south, east, north)
	cross join lateral (select scoped.id, scoped.category, scoped.source, scoped.text, scoped.point, scoped.filed_at from cases scoped
		where scoped.state not in ('closed', 'voided', 'force_closed') and scoped.parent_id is null
		and scoped.point && st_makeenvelope(asked.west, asked.south, asked.east, asked.north, 4326) and ` + visible + `
		order by scoped.point <-> st_setsrid(st_makepoint(asked.lon, asked.lat), 4326), scoped.id limit $14) near
	cross join lateral (
		select near.point, near.filed_at as at, near.text, '{}'::bigint[] as fingerprints
			where near.source = 'inspection' and near.filed_at between asked.since and asked.until
		union all
		select scoped.point, scoped.submitted_at, scoped.text,` + fingerprints + `from clues scoped
			where scoped.case_id = near.id and scoped.submitted_at between asked.since and asked.until and scoped.id <> asked.id
	) said`

const saidNearbySQL = `select asked.id as asked, null::uuid as case_id, near.id as clue_id, near.point, near.submitted_at as at, near.category, near.text,
		near.fingerprints
	from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::float8[])
		as asked(id, since, until, lon, lat, west, south, east, north)
	cross join lateral (select scoped.id, scoped.point, scoped.submitted_at, scoped.category, scoped.text,` + fingerprints + `from clues scoped
		where scoped.state in ('submitted', 'verifying') and not scoped.restricted and scoped.id <> asked.id
		and scoped.point && st_makeenvelope(asked.west, asked.south, asked.east, asked.north, 4326)
		and scoped.submitted_at between asked.since and asked.until and ` + actor.InRegion + `
		order by scoped.point <-> st_setsrid(st_makepoint(asked.lon, asked.lat), 4326), scoped.id limit $12) near`
