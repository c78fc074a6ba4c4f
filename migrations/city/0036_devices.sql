-- +goose Up
-- A handheld 手持终端 that somebody signs their submissions with. Its private key never leaves it.
create table devices (
  id            uuid primary key,          -- UUIDv7, made by the handheld
  person_id     uuid not null references people,
  name          text not null,             -- as its owner calls it
  algorithm     text not null check (algorithm in ('ecdsa_p256', 'ed25519')),
  public_key    bytea not null unique,     -- SubjectPublicKeyInfo, DER
  enrolled_at   timestamptz not null,
  -- The day, and no more: a time to the second beside that of a report would tell who reported.
  seen_on       date,
  revoked_at    timestamptz,               -- what was captured later is never taken from it
  revoked_by    uuid references people,
  revoke_reason text,
  check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoke_reason is null))
);
create index devices_person on devices (person_id, id);
