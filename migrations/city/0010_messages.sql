-- +goose Up
-- A message to one person, or to the reporter behind a mark. Texts are made from kind and params when it is read.
create table messages (
  id           uuid primary key,
  person_id    uuid references people,
  mark         bytea,
  kind         text not null,            -- case_assigned, case_pressed, clue_outcome, …
  urgent       boolean not null,
  clue_id      uuid,
  case_id      uuid,
  deadline_id  uuid,                     -- the deadline whose firing wrote it
  params       jsonb not null,
  needs_ack    boolean not null,
  quiet        interval not null,        -- how long an acknowledgement quiets
  created_at   timestamptz not null,
  read_at      timestamptz,
  acked_at     timestamptz,
  ack_until    timestamptz,              -- an acknowledgement quiets until then
  check ((person_id is null) <> (mark is null))
);
create index messages_person on messages (person_id, id desc) where person_id is not null;
create index messages_unread on messages (person_id) where person_id is not null and read_at is null;
create index messages_mark on messages (mark, id desc) where mark is not null;
create index messages_case on messages (case_id) where case_id is not null;
create index messages_recent on messages (created_at, id);
-- What was read or acknowledged lately, for those who listen in another window.
create index messages_touched on messages (coalesce(acked_at, read_at)) where read_at is not null;

-- Another system that wants to hear: signed, allow-listed.
create table webhooks (
  id         uuid primary key,
  url        text not null,
  secret     bytea not null,
  region     text collate "C" not null,
  department text references departments, -- null: all
  active     boolean not null,
  created_at timestamptz not null
);

-- One message on one way out of the platform. The id is the provider's idempotency key.
create table deliveries (
  id         uuid primary key,
  message_id uuid references messages,
  webhook_id uuid references webhooks,
  case_event_id uuid,                    -- what a webhook is told of
  channel    text not null check (channel in ('sms', 'webhook')),
  state      text not null check (state in ('pending', 'sent', 'bundled', 'dead')),
  messages   integer not null,           -- how many it tells of: a night's texts leave as one
  held_until timestamptz,                -- waits for the morning, without a job; null: has a job
  attempts   integer not null,
  last_error text,                       -- a code or an HTTP status, never content
  created_at timestamptz not null,
  sent_at    timestamptz,
  check ((channel = 'webhook') = (webhook_id is not null))
);
create index deliveries_message on deliveries (message_id);
-- Each hook hears of an event once, however often it is fanned out.
create unique index deliveries_event on deliveries (case_event_id, webhook_id) where case_event_id is not null;
create index deliveries_held on deliveries (held_until) where held_until is not null;
create index deliveries_dead on deliveries (id desc) where state = 'dead';
create index deliveries_pending on deliveries (created_at, id) where state = 'pending';
