-- +goose Up
-- A report by one reporter 线索; never deleted. Who reported it is sealed elsewhere.
create table clues (
  id              uuid primary key,      -- made by the client (UUIDv7): the key of idempotency
  payload_hash    bytea not null,        -- SHA-256 of the canonical submission
  number          bigint generated always as identity unique,
  source          text not null check (source in ('anonymous', 'volunteer', 'hotline', 'grid_worker', 'machine')),
  mark            bytea,                 -- keyed pseudonym of a signed-in reporter; null for anonymous ones
  claim_hash      bytea unique,          -- HMAC of the claim code of an anonymous reporter
  text            text not null,
  category        text collate "C",      -- of categories. No foreign key: each report would lock the same few rows there
  urgent          boolean not null,
  state           text not null check (state in ('submitted', 'verifying', 'filed', 'merged', 'handled_on_spot', 'not_filed', 'referred', 'malicious')),
  version         integer not null,      -- grows with every change: the optimistic lock
  -- the position as it came
  lon             double precision not null,
  lat             double precision not null,
  datum           text not null check (datum in ('wgs84', 'gcj02', 'bd09', 'cgcs2000')),
  accuracy_m      double precision not null check (accuracy_m >= 0),
  position_source text not null check (position_source in ('gnss', 'network', 'map_pin', 'address')),
  mocked          boolean not null,
  captured_at     timestamptz not null,
  -- where it landed
  point           geometry(Point, 4326) not null,
  cell            text collate "C" not null,
  street          text collate "C" not null,
  border_m        double precision,      -- metres outside every cell, when it landed in the nearest one
  submitted_at    timestamptz not null,
  case_id         uuid,                  -- filed as, merged into
  reason          text,                  -- why it was not filed, where it was referred to
  decided_at      timestamptz
);
-- The dispatcher's queue: oldest urgent first.
create index clues_queue on clues (street, urgent desc, submitted_at, id) where state in ('submitted', 'verifying');
-- Lists of a street, the newest first: one ordered walk for each state, so that a rare one is found as fast.
create index clues_street on clues (street, state, submitted_at desc, id desc);
create index clues_mark on clues (mark, submitted_at desc, id desc) where mark is not null;
create index clues_case on clues (case_id) where case_id is not null;
create index clues_point on clues using gist (point) where state in ('submitted', 'verifying');

create table clue_events (
  id         uuid primary key,
  clue_id    uuid not null references clues,
  at         timestamptz not null,
  kind       text not null,              -- submitted, verify_asked, verified, filed, merged, unmerged, …
  actor_id   uuid,                       -- never the reporter
  actor_role text not null,
  detail     jsonb not null,
  deadline_id uuid                       -- the deadline that fired, for kind pressed
);
create index clue_events_clue on clue_events (clue_id, id);
create unique index clue_events_deadline on clue_events (deadline_id) where deadline_id is not null;

-- Verification 核实: on the spot, before a case is filed.
create table verify_tasks (
  id          uuid primary key,
  clue_id     uuid not null references clues,
  cell        text collate "C" not null,
  street      text collate "C" not null,
  assignee_id uuid references people,
  state       text not null check (state in ('open', 'confirmed', 'refuted', 'cancelled')),
  asked_by    uuid references people,
  asked_at    timestamptz not null,
  due_at      timestamptz,
  answered_at timestamptz,
  note        text,
  point       geometry(Point, 4326)
);
create unique index verify_tasks_open on verify_tasks (clue_id) where state = 'open';
create index verify_tasks_assignee on verify_tasks (assignee_id, state, asked_at, id);

-- A photo may be declared by what it belongs to before its bytes arrive, or arrive first.
create table photos (
  id           uuid primary key,         -- made by the client
  subject      text check (subject in ('clue', 'verification', 'disposal', 'check', 'inspection')),
  subject_id   uuid,
  position     integer not null,         -- order within the subject, from 0
  sha256       bytea,                    -- as declared by the client
  state        text not null check (state in ('declared', 'received', 'ready', 'rejected')),
  received_sha256 bytea,                 -- as counted by the server
  bytes        bigint,
  original_key text,                     -- sealed original, as uploaded
  copy_key     text,                     -- re-encoded, stripped of metadata
  thumb_key    text,
  width        integer,                  -- of the copy, in pixels, upright
  height       integer,
  reason       text,                     -- why it was rejected: a code
  declared_at  timestamptz not null,     -- until it is declared: when it was received
  received_at  timestamptz,
  processed_at timestamptz,
  check ((subject is null) = (subject_id is null))
);
create index photos_subject on photos (subject_id, position, id) where subject_id is not null;
-- Bytes that nobody has declared, to be swept when they are old.
create index photos_undeclared on photos (received_at, id) where subject is null;
