-- +goose Up
-- Somebody is made something by two administrators: one asks, another one decides, and neither of them is the person.
create table grant_requests (
  id         uuid primary key,           -- UUIDv7
  person_id  uuid not null references people,
  role       text not null,
  region     text collate "C" not null references regions,
  department text,
  state      text not null check (state in ('asked', 'granted', 'refused', 'withdrawn')),
  asked_by   uuid not null references people,
  asked_at   timestamptz not null,
  decided_by uuid references people,
  decided_at timestamptz,
  check (asked_by <> person_id and decided_by is distinct from person_id),
  check (decided_by is distinct from asked_by or state = 'withdrawn'),
  check ((state = 'asked') = (decided_at is null) and (decided_at is null) = (decided_by is null))
);
create unique index grant_requests_asked on grant_requests (person_id, role, region, coalesce(department, '')) where state = 'asked';

-- A password that an administrator made opens nothing: until this time it can be exchanged for one of the person's own.
alter table people add column password_until timestamptz; -- null: the person's own

-- An absence can be taken back.
alter table absences add column id uuid primary key default gen_random_uuid();
