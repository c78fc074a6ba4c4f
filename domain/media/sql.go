package media

const photoColumns = `id, subject, subject_id, position, sha256, state, received_sha256, bytes, original_key, copy_key,
	thumb_key, width, height, faces, rendering, reason, declared_at, received_at, processed_at, sealed`

const photoSQL = `select ` + photoColumns + ` from photos where id = $1`

const photosByIDSQL = `select ` + photoColumns + ` from photos where id = any($1::uuid[]) order by id`

const lockPhotoSQL = photoSQL + ` for update`

const photosOfSubjectsSQL = `select ` + photoColumns + ` from photos
	where subject_id = any($1::uuid[]) and not sealed order by subject_id, position, id`

// Binds bytes that came first, if they are the declared ones. A photo that belongs to something already is not
// returned, and neither is one whose bytes differ.
const declareSQL = `insert into photos (id, subject, subject_id, position, sha256, state, declared_at, sealed)
	select id, $1, $2, position, sha256, 'declared', $3, sealed
	from unnest($4::uuid[], $5::int[], $6::bytea[], $7::boolean[]) as declared(id, position, sha256, sealed)
	on conflict (id) do update set subject = excluded.subject, subject_id = excluded.subject_id,
		position = excluded.position, sha256 = excluded.sha256, declared_at = excluded.declared_at, sealed = excluded.sealed
	where photos.subject is null and photos.received_sha256 = excluded.sha256
	returning id, state`

// Takes the bytes of a photo that waits for exactly these, or of one that nobody declared yet.
const receiveSQL = `insert into photos (id, position, state, received_sha256, bytes, original_key, declared_at, received_at)
	values ($1, 0, 'received', $2, $3, $4, $5, $5)
	on conflict (id) do update set state = 'received', received_sha256 = excluded.received_sha256,
		bytes = excluded.bytes, original_key = excluded.original_key, received_at = excluded.received_at
	where photos.state = 'declared' and photos.sha256 = excluded.received_sha256
	returning subject is not null as declared`

// A copy that was made while somebody redacted more is not shown.
const readySQL = `update photos set state = 'ready', copy_key = $2, thumb_key = $3, width = $4, height = $5, fingerprint = $6, fingerprint_down = $7,
	faces = $8, processed_at = $9 where id = $1 and state = 'received' and rendering = $10`

const readySealedSQL = `update photos set state = 'ready', processed_at = $2 where id = $1 and state = 'received'`

const rejectSQL = `update photos set state = 'rejected', reason = $2, processed_at = $3 where id = $1 and state = 'received'`

// Oldest first, so that a sweep that is cut short has done the most urgent part.
const sweepSQL = `delete from photos where id in (
		select id from photos where subject is null and received_at < $1 order by received_at, id limit $2 for update skip locked)
	returning original_key`
