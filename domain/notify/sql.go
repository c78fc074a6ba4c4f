package notify

const messageColumns = `id, person_id, mark, kind, urgent, clue_id, case_id, deadline_id, params, needs_ack, quiet,
	created_at, read_at, acked_at, ack_until`

// Messages, and beside them the text messages that follow: one statement for any number. A held text has no job yet.
// Writing the jobs here, not with Emit, keeps those out that nobody has a number for.
const sendSQL = `with message as materialized (
		select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[], $5::boolean[], $6::uuid[], $7::uuid[], $8::uuid[],
			$9::jsonb[], $10::boolean[], $11::interval[], $12::boolean[], $13::uuid[])
			as message(id, person_id, mark, kind, urgent, clue_id, case_id, deadline_id, params, needs_ack, quiet, hush, delivery_id)
	), stored as (
		insert into messages (id, person_id, mark, kind, urgent, clue_id, case_id, deadline_id, params, needs_ack, quiet, created_at)
		select id, person_id, mark, kind, urgent, clue_id, case_id, deadline_id, params, needs_ack, quiet, $14 from message
	), texted as (
		insert into deliveries (id, message_id, channel, state, messages, held_until, attempts, created_at)
		select m.delivery_id, m.id, 'sms', 'pending', 1, case when m.hush and not m.urgent then $15::timestamptz end, 0, $14
		from message m join people p on p.id = m.person_id
		where (m.urgent or m.needs_ack) and p.phone is not null and p.disabled_at is null
		returning id, held_until
	)
	insert into outbox (id, kind, payload, emitted_at)
	select id, $16, jsonb_build_object('delivery', id), $14 from texted where held_until is null`

// Two ordered walks, of which the planner takes as much as the page needs; an "or" would sort the whole inbox.
const inboxSQL = `select ` + messageColumns + ` from (
		(select ` + messageColumns + ` from messages
			where person_id = $1 and ($3::uuid is null or id < $3) order by id desc limit $4)
		union all
		(select ` + messageColumns + ` from messages
			where mark = $2 and ($3::uuid is null or id < $3) order by id desc limit $4)
	) as both_sides order by id desc limit $4`

const unreadSQL = `select count(*) from (
		(select from messages where person_id = $1 and read_at is null limit $3)
		union all
		(select from messages where mark = $2 and read_at is null limit $3) limit $3
	) as unread`

const recentSQL = `select ` + messageColumns + ` from messages where created_at >= $1 order by created_at, id limit $2`

const readSQL = `update messages set read_at = coalesce(read_at, $4)
	where id = $1 and (person_id = $2 or mark = $3) returning ` + messageColumns

// Within the quiet time a second acknowledgement says nothing new.
const acknowledgeSQL = `update messages set
		read_at = coalesce(read_at, $4),
		acked_at = case when needs_ack and (ack_until is null or ack_until <= $4) then $4 else acked_at end,
		ack_until = case when needs_ack and (ack_until is null or ack_until <= $4) then $4 + quiet else ack_until end
	where id = $1 and (person_id = $2 or mark = $3) returning ` + messageColumns

// The first text of each person carries the others.
const releaseSQL = `with due as (
		select d.id, m.person_id from deliveries d join messages m on m.id = d.message_id
		where d.held_until <= $1 order by d.held_until, d.id limit $2 for update of d skip locked
	), ranked as (
		select id, row_number() over (partition by person_id order by id) as rank, count(*) over (partition by person_id) as waiting
		from due
	)
	update deliveries d set held_until = null, messages = r.waiting, state = case when r.rank = 1 then 'pending' else 'bundled' end
	from ranked r where r.id = d.id returning d.id, r.rank = 1 as carrier`
