-- +goose Up
create table people (
  id            uuid primary key,
  name          text not null,
  login         text unique,            -- null: cannot sign in with a password
  password_hash text,                   -- argon2id, PHC string
  phone         text,                   -- E.164; staff only: a reporter's number lives in the vault
  locale        text not null,          -- zh, en
  created_at    timestamptz not null,
  disabled_at   timestamptz
);

-- What a person is, where, for which department.
create table grants (
  id         uuid primary key,
  person_id  uuid not null references people,
  role       text not null,
  region     text collate "C" not null, -- division code; covers every code that starts with it
  department text,
  granted_by uuid references people,    -- null: the installation itself
  granted_at timestamptz not null,
  revoked_at timestamptz
);
create unique index grants_live on grants (person_id, role, region, coalesce(department, '')) where revoked_at is null;
create index grants_audience on grants (role, region, department) where revoked_at is null;

create table sessions (
  token_hash bytea primary key,         -- SHA-256 of an opaque 256-bit token
  person_id  uuid not null references people,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_person on sessions (person_id);

-- A key of another system. It acts as its person, whose grants have the role integration.
create table api_keys (
  key_hash    bytea primary key,
  person_id   uuid not null references people,
  name        text not null,
  created_at  timestamptz not null,
  revoked_at  timestamptz
);

-- Failed sign-ins, by hashed login, so that guessing slows down.
create table sign_in_failures (
  login_hash bytea not null,
  at         timestamptz not null
);
create index sign_in_failures_recent on sign_in_failures (login_hash, at);

-- Who is on duty when: weekly hours of one grant. Local time of the city; ends at or before starts means over midnight.
create table shifts (
  id         uuid primary key,
  person_id  uuid not null references people,
  role       text not null,
  region     text collate "C" not null,
  department text,
  weekdays   smallint[] not null,       -- ISO: 1 = Monday … 7 = Sunday
  starts     time not null,
  ends       time not null,
  valid_from date not null,
  valid_to   date                       -- exclusive
);
create index shifts_audience on shifts (role, region, department);
create index shifts_person on shifts (person_id);

create table absences (
  person_id uuid not null references people,
  from_at   timestamptz not null,
  to_at     timestamptz not null,
  check (to_at > from_at)
);
create index absences_person on absences (person_id, to_at);
