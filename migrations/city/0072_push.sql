-- +goose Up
-- Where a handheld's browser takes notifications while its page is closed. It goes as far as the sign-in that it was made in: whatever
-- ends the session, the device, the account or the last grant ends it with that commit. Whoever has these secrets can write to
-- the handheld: they are no log's, and go as soon as nothing may be sent any more.
create table push_subscriptions (
  device_id    uuid primary key references devices,
  person_id    uuid not null references people,  -- the device's owner
  session_hash bytea not null references sessions on delete cascade,
  endpoint     text not null unique,              -- https, at the push service of the browser's maker
  p256dh       bytea not null check (octet_length(p256dh) = 65), -- the browser's public key, an uncompressed point of P-256
  auth         bytea not null check (octet_length(auth) = 16),   -- and its secret (RFC 8291)
  created_at   timestamptz not null
);
create index push_subscriptions_person on push_subscriptions (person_id);
create index push_subscriptions_session on push_subscriptions (session_hash);

-- A notification is a delivery like a text message, one for each handheld. What nobody can be told any more, or needs to be told,
-- is moot, and no failure.
alter table deliveries add column device_id uuid;
alter table deliveries add column retry_at timestamptz; -- before then the other side asked to be left alone
alter table deliveries drop constraint deliveries_channel_check;
alter table deliveries add constraint deliveries_channel_check check (channel in ('sms', 'webhook', 'push'));
alter table deliveries drop constraint deliveries_state_check;
alter table deliveries add constraint deliveries_state_check check (state in ('pending', 'sent', 'bundled', 'dead', 'moot'));
alter table deliveries add constraint deliveries_device_check check ((channel = 'push') = (device_id is not null));
