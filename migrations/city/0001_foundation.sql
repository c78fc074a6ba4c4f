-- +goose Up
-- What every transaction may write: the audit log and the outbox.

create table audits (
  id        uuid primary key,           -- UUIDv7
  at        timestamptz not null,
  actor_id  uuid,                       -- null: an anonymous reporter or the platform itself
  actor     text not null,              -- role or the system's reason; never a reporter's name
  action    text not null,              -- clue.file, case.accept, …
  object    text not null,              -- clue, case, grant, …
  object_id text not null,
  detail    jsonb not null
);
create index audits_object on audits (object, object_id, id);
create index audits_actor on audits (actor_id, id) where actor_id is not null;
-- Finds the recent rows for the chain, at next to no cost for the writers.
create index audits_at on audits using brin (at) with (pages_per_range = 16);

-- The hash chain over the audit log. Linking happens right after the commit, by one keeper at a time, so that
-- writers never wait for one another; an audit row without a link for longer than a minute is an alarm.
create table audit_links (
  position bigint primary key,          -- 1, 2, 3 … without gaps
  audit_id uuid not null unique references audits,
  hash     bytea not null               -- SHA-256(previous hash || canonical row)
);

-- Work that follows a commit. A row leaves when its effect is committed, not when a queue has taken it.
create table outbox (
  id            uuid primary key,       -- UUIDv7; also the queue's task id
  kind          text not null,          -- case.route, message.deliver, photo.process, …
  payload       jsonb not null,         -- ids only
  emitted_at    timestamptz not null,
  dispatched_at timestamptz,            -- handed to the queue
  done_at       timestamptz,            -- effect committed
  attempts      integer not null default 0,
  last_error    text,                   -- code only, never content
  dead_at       timestamptz             -- given up; an operator can requeue it
);
create index outbox_waiting on outbox (id) where dispatched_at is null and dead_at is null;
create index outbox_unfinished on outbox (dispatched_at) where done_at is null and dispatched_at is not null and dead_at is null;
create index outbox_dead on outbox (dead_at) where dead_at is not null;
create index outbox_done on outbox (done_at) where done_at is not null;

-- Named things that happen at most once, such as "the nightly plan of 2026-11-22".
create table once (
  key text primary key,
  at  timestamptz not null
);
