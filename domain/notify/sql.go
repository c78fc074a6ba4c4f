package notify

const messageColumns = `id, person_id, mark, kind, urgent, clue_id, case_id, alarm_id, deadline_id, params, needs_ack, quiet,
	created_at, read_at, acked_at, ack_until`

// Messages, and beside them the text messages and the notifications that follow: one statement for any number. What is hushed waits
// for others, and has no job yet. A notification that has not left, and is not held, is looked at once more when it is sent: see taken. The
// ids of a message's notifications are made of its text's, whose time they share.
// Writing the jobs here, not with Emit, keeps those out that nobody has a number or a handheld for.
const sendSQL = `with message as materialized (
		select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[], $5::boolean[], $6::uuid[], $7::uuid[], $8::uuid[],
			$9::jsonb[], $10::boolean[], $11::interval[], $12::boolean[], $13::uuid[], $16::uuid[], $17::boolean[])
			as message(id, person_id, mark, kind, urgent, clue_id, case_id, deadline_id, params, needs_ack, quiet, hush, delivery_id, alarm_id, shown)
	), stored as (
		insert into messages (id, person_id, mark, kind, urgent, clue_id, case_id, alarm_id, deadline_id, params, needs_ack, quiet, created_at)
		select id, person_id, mark, kind, urgent, clue_id, case_id, alarm_id, deadline_id, params, needs_ack, quiet, $14 from message
	), texted as (
		insert into deliveries (id, message_id, person_id, channel, state, messages, held_until, left_at, attempts, created_at)
		select m.delivery_id, m.id, m.person_id, 'sms', 'pending', 1,
			case when m.hush and not m.urgent then $14 + make_interval(mins => bundle_minutes) end,
			case when m.hush and not m.urgent then null else $14 end, 0, $14
		from message m join people p on p.id = m.person_id
		cross join (select bundle_minutes from quiet_rules order by version desc limit 1) as quiet
		where (m.urgent or m.needs_ack) and p.phone is not null and p.disabled_at is null
		returning id, held_until
	), shown as (
		insert into deliveries (id, message_id, person_id, device_id, channel, state, messages, held_until, left_at, attempts, created_at)
		select encode(substring(uuid_send(m.delivery_id) from 1 for 8) || substring(uuid_send(gen_random_uuid()) from 9), 'hex')::uuid,
			m.id, m.person_id, s.device_id, 'push', 'pending', 1,
			case when m.hush and not m.urgent then $14 + make_interval(mins => bundle_minutes) end,
			case when m.urgent or m.needs_ack and not m.hush or m.alarm_id is not null then $14 end, 0, $14
		from message m join push_subscriptions s on s.person_id = m.person_id
		cross join (select bundle_minutes from quiet_rules order by version desc limit 1) as quiet
		where m.shown
		returning id, held_until
	)
	insert into outbox (id, kind, payload, emitted_at)
	select id, $15, jsonb_build_object('delivery', id), $14 from texted where held_until is null
	union all
	select id, $18, jsonb_build_object('delivery', id), $14 from shown where held_until is null`

// Two ordered walks, of which the planner takes as much as the page needs; an "or" would sort the whole inbox.
const inboxSQL = `select ` + messageColumns + ` from (
		(select ` + messageColumns + ` from messages
			where person_id = $1 and ($3::uuid is null or id < $3) and (read_at is null or not $5) order by id desc limit $4)
		union all
		(select ` + messageColumns + ` from messages
			where mark = $2 and ($3::uuid is null or id < $3) and (read_at is null or not $5) order by id desc limit $4)
	) as both_sides order by id desc limit $4`

// Only what is for the person as a member of staff: see Waiting.
const waitingSQL = `select ` + messageColumns + ` from messages where person_id = $1 and read_at is null order by id desc limit $2`

const unreadSQL = `select count(*) from (
		(select from messages where person_id = $1 and read_at is null limit $3)
		union all
		(select from messages where mark = $2 and read_at is null limit $3) limit $3
	) as unread`

const readSQL = `update messages set read_at = coalesce(read_at, $4)
	where id = $1 and (person_id = $2 or mark = $3) returning ` + messageColumns

// Within the quiet time a second acknowledgement says nothing new.
const acknowledgeSQL = `update messages set
		read_at = coalesce(read_at, $4),
		acked_at = case when needs_ack and (ack_until is null or ack_until <= $4) then $4 else acked_at end,
		ack_until = case when needs_ack and (ack_until is null or ack_until <= $4) then $4 + quiet else ack_until end
	where id = $1 and (person_id = $2 or mark = $3) returning ` + messageColumns

const deliveryColumns = `id, message_id, webhook_id, case_event_id, channel, state, attempts, last_error, created_at, sent_at`

// What a hook is told holds codes and ids, no text of a clue and no position finer than its cell. A subscription is there only while all
// stands that it was made on: its session, its device, its owner's account, and a grant of one of the roles that have handhelds.
const letterSQL = `select d.id as delivery, d.channel, d.attempts, d.messages, $2::timestamptz as stamp, d.retry_at,
	m.kind, m.params, p.phone, p.locale, w.url, w.secret, e.id as event,
	d.person_id as recipient, d.device_id, d.left_at, m.id as message, m.alarm_id, m.case_id, m.clue_id, m.read_at, m.created_at as written_at,
	coalesce(m.urgent, false) as urgent, coalesce(m.needs_ack, false) as needs_ack, live.endpoint, live.p256dh, live.auth,
	coalesce(about.restricted, reported.restricted, false) as restricted, verify.id as verification, look.id as check_task,
	exists (select from grants g where g.person_id = d.person_id and d.channel = 'push' and g.revoked_at is null
		and g.role in ('handler', 'department_desk')) as at_desk,
	case when c.id is not null then jsonb_build_object('id', e.id, 'kind', e.kind, 'at', e.at, 'round', e.round,
		'case', jsonb_build_object('id', c.id, 'number', c.number, 'state', c.state, 'category', c.category,
			'department', c.department, 'street', c.street, 'cell', c.cell, 'urgent', c.urgent, 'due_at', c.due_at)) end as body
	from deliveries d
	left join messages m on m.id = d.message_id
	left join people p on p.id = m.person_id and p.disabled_at is null
	left join (push_subscriptions live join sessions o on o.token_hash = live.session_hash and o.revoked_at is null and o.expires_at > $2
			join devices v on v.id = live.device_id and v.revoked_at is null)
		on live.device_id = d.device_id and live.person_id = p.id and exists (select from grants g where g.person_id = p.id
			and g.revoked_at is null and g.role in ('grid_worker', 'handler'))
	left join cases about on about.id = m.case_id and d.channel = 'push'
	left join clues reported on reported.id = m.clue_id and d.channel = 'push'
	left join verify_tasks verify on verify.clue_id = m.clue_id and verify.assignee_id = p.id and verify.state = 'open' and d.channel = 'push'
	left join check_tasks look on look.case_id = m.case_id and look.assignee_id = p.id and look.state = 'open' and d.channel = 'push'
	left join webhooks w on w.id = d.webhook_id and w.active
	left join case_events e on e.id = d.case_event_id
	left join cases c on c.id = e.case_id and not c.restricted
	where d.id = $1 and d.state = 'pending'`

const sentSQL = `update deliveries set state = 'sent', sent_at = $2, left_at = coalesce(left_at, $2), attempts = attempts + 1,
	last_error = null, retry_at = null where id = $1 and state = 'pending'`

const refusedSQL = `update deliveries set attempts = attempts + 1, last_error = $2, retry_at = $5,
	state = case when $3 or attempts + 1 >= $4 then 'dead' else 'pending' end
	where id = $1 and state = 'pending'`

const mootSQL = `update deliveries set state = 'moot', last_error = $2, held_until = null where id = any($1) and state = 'pending'`

const restSQL = `update deliveries set held_until = $2 where id = $1 and state = 'pending' and left_at is null`

const deadSQL = `select ` + deliveryColumns + ` from deliveries
	where state = 'dead' and ($1::uuid is null or id < $1) order by id desc limit $2`

const requeueSQL = `update deliveries set state = 'pending', attempts = 0, last_error = null, retry_at = null
	where id = $1 and state = 'dead' returning ` + deliveryColumns

const backlogSQL = `select
	count(*) filter (where state = 'pending' and held_until is null) as pending,
	count(*) filter (where state = 'pending' and held_until is not null) as held,
	count(*) filter (where state = 'dead') as dead,
	min(created_at) filter (where state = 'pending' and held_until is null) as oldest
	from deliveries where state in ('pending', 'dead')`

const webhookColumns = `id, url, region, department, active, created_at`

const insertWebhookSQL = `insert into webhooks (id, url, secret, region, department, active, created_at)
	values ($1, $2, $3, $4, $5, true, $6) returning ` + webhookColumns

const retireWebhookSQL = `update webhooks set active = false
	where id = $2 and active and exists (select from unnest($1::text[]) as reach(region) where webhooks.region ^@ reach.region)`

const webhooksSQL = `select ` + webhookColumns + ` from webhooks
	where active and exists (select from unnest($1::text[]) as reach(region) where webhooks.region ^@ reach.region)
	order by created_at, id`

const hooksOfEventSQL = `select w.id
	from case_events e join cases c on c.id = e.case_id
	join webhooks w on w.active and c.street ^@ w.region and (w.department is null or w.department in ($2, $3))
	where e.id = $1 and not c.restricted
	  and not exists (select from deliveries d where d.case_event_id = e.id and d.webhook_id = w.id)
	order by w.id`

const insertCallsSQL = `insert into deliveries (id, webhook_id, case_event_id, channel, state, messages, attempts, created_at)
	select call.id, call.webhook_id, $3, 'webhook', 'pending', 1, 0, $4 from unnest($1::uuid[], $2::uuid[]) as call(id, webhook_id)`
