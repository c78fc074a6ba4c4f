package tasks

// Claiming is committed before Redis is spoken to, so that a Redis that hangs holds no lock of ours. Whoever dies in
// between leaves the row to the reconciler.
const claimWaitingSQL = `update outbox set dispatched_at = $1 where id in (
		select id from outbox where dispatched_at is null and dead_at is null and kind = any($3)
		order by id limit $2 for update skip locked)
	returning id, kind, $1::timestamptz as since, $1::timestamptz as at`

const unclaimSQL = `update outbox set dispatched_at = null where id = any($1) and done_at is null`

// What was handed out before its kind's limit, the longest first; $4 is the latest limit, for the index. Handing a job
// out again makes it look new.
const claimOverdueSQL = `update outbox o set dispatched_at = $1 from (
		select o.id, o.dispatched_at as since from outbox o
		join unnest($2::text[], $3::timestamptz[]) as limits(kind, before) on limits.kind = o.kind
		where o.dispatched_at < limits.before and o.dispatched_at < $4 and o.done_at is null and o.dead_at is null
		order by o.dispatched_at limit $5 for update of o skip locked) overdue
	where o.id = overdue.id returning o.id, o.kind, overdue.since, $1::timestamptz as at`

const openJobSQL = `select payload, emitted_at from outbox where id = $1 and done_at is null and dead_at is null`

const lockJobSQL = openJobSQL + ` for update`

const doneSQL = `update outbox set done_at = $2, dispatched_at = coalesce(dispatched_at, $2), last_error = null where id = $1`

const failedSQL = `update outbox set attempts = attempts + 1, last_error = $2,
	dead_at = case when $3 or attempts + 1 >= $4 then $5::timestamptz end
	where id = $1 and done_at is null returning dead_at is not null`

const deadJobColumns = `id, kind, attempts, coalesce(last_error, '') as last_error, emitted_at, dead_at`

const deadJobsSQL = `select ` + deadJobColumns + ` from outbox
	where dead_at is not null and ($1::uuid is null or id < $1) order by id desc limit $2`

const requeueJobSQL = `update outbox set dead_at = null, dispatched_at = null, attempts = 0
	where id = $1 and dead_at is not null`

// Each count stops at its limit: a backlog of a million is not counted to the end to say "many".
const backlogSQL = `select
	(select count(*) from (select from outbox where dispatched_at is null and dead_at is null limit $1) as w) as waiting,
	(select count(*) from (select from outbox where dispatched_at is not null and done_at is null and dead_at is null limit $1) as u) as unfinished,
	(select count(*) from (select from outbox where dead_at is not null limit $1) as d) as dead,
	least(
		(select min(emitted_at) from outbox where dispatched_at is null and dead_at is null),
		(select min(emitted_at) from outbox where dispatched_at is not null and done_at is null and dead_at is null)) as oldest,
	$2::timestamptz as stamp`

const purgeSQL = `delete from outbox where id in (
	select id from outbox where done_at < $1 order by done_at limit $2 for update skip locked)`

const onceSQL = `insert into once (key, at) values ($1, $2) on conflict (key) do nothing`

const forgetOnceSQL = `delete from once where at < $1`

// Without this the lock that a notification takes would be held through a disk write. Nothing is lost with it: what
// the notification tells of is committed already.
const lazyCommitSQL = `select set_config('synchronous_commit', 'off', true)`

const announceSQL = `select pg_notify($1, '')`
