-- +goose Up
-- A field of premises while changes of it that handhelds sent are weighed against each other.
create table premises_fields (
  premises text collate "C" not null references premises,
  field    text not null check (field in ('name', 'kind', 'legal_entity', 'credit_code')),
  base     text,                           -- its value before those changes
  merged   text,                           -- its value after them; another one in premises means that an import came between
  primary key (premises, field)
);

create table premises_changes (
  operation_id uuid not null,              -- made by the handheld
  premises     text collate "C" not null references premises,
  field        text not null,
  was          text,                       -- what its author saw
  becomes      text,
  captured_at  timestamptz not null,       -- by the author's clock: it only puts changes in an order
  primary key (operation_id, field)
);
create index premises_changes_field on premises_changes (premises, field);

-- The answer to every operation of a handheld, so that it can be given again. Reports have none: beside an operation
-- stands its device, and who reported is a secret. They are known again by themselves.
create table receipts (
  operation_id uuid primary key,           -- UUIDv7, made by the handheld
  device_id    uuid not null references devices,
  kind         text not null,              -- inspection.submit, check.answer, …
  payload_hash bytea not null,             -- SHA-256 over kind and body
  body         text not null,              -- as it was signed
  captured_at  timestamptz not null,       -- by the handheld's clock
  received_at  timestamptz not null,
  answer       jsonb not null
);
create index receipts_received on receipts (received_at);

-- Two versions of the same thing, for a person to decide.
create table conflicts (
  id           uuid primary key,
  reason       text not null check (reason in ('id_reused', 'task_over', 'task_elsewhere', 'changed')),
  operation_id uuid not null,
  device_id    uuid references devices,    -- null: of a report
  kind         text not null,
  field        text not null,              -- of premises; '' for what is decided as a whole
  payload_hash bytea not null,
  body         text not null,              -- mine: as it was signed
  captured_at  timestamptz not null,
  received_at  timestamptz not null,
  street       text collate "C" not null,
  subject      text not null,              -- id or code of what both versions are about
  case_id      uuid,                       -- the case that it belongs to, for what its readers alone may see
  theirs       jsonb not null,             -- what stood there when mine came
  state        text not null check (state in ('open', 'kept', 'taken', 'settled')), -- settled: what came later made it none
  decided_by   uuid references people,
  decided_at   timestamptz,
  note         text,
  unique (operation_id, field, payload_hash)
);
create index conflicts_open on conflicts (street, id) where state = 'open';
create index conflicts_premises on conflicts (subject, field) where state = 'open' and kind = 'premises.update';

-- What was captured before its device was revoked and came after.
create table quarantine (
  operation_id uuid primary key,
  device_id    uuid not null references devices,
  kind         text not null,
  payload_hash bytea not null,
  body         text not null,
  captured_at  timestamptz not null,
  sent_at      text not null,              -- the time of capture as it was signed
  signature    bytea not null,
  received_at  timestamptz not null,
  street       text collate "C" not null,  -- or a larger region, where the operation names nothing that is known
  case_id      uuid,
  state        text not null check (state in ('open', 'taken_in', 'refused')),
  decided_by   uuid references people,
  decided_at   timestamptz,
  reason       text
);
create index quarantine_open on quarantine (street, operation_id) where state = 'open';

-- Photos of what a person has yet to decide are kept with it.
alter table photos drop constraint photos_subject_check, add constraint photos_subject_check
  check (subject in ('clue', 'verification', 'disposal', 'check', 'inspection', 'reinspection', 'operation'));
