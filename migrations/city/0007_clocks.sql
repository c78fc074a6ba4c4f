-- +goose Up
-- A ladder 升级策略: what presses whom when a clock runs on. A version never changes; a clock is pinned to one.
create table ladders (
  code         text collate "C" not null,
  version      integer not null,
  name_zh      text not null,
  name_en      text not null,
  steps        jsonb not null,
  published_at timestamptz not null,
  primary key (code, version)
);

-- A running or stopped stage clock of a clue or of one round of a case.
create table clocks (
  id               uuid primary key,
  clue_id          uuid,
  case_id          uuid,
  round            integer not null,     -- 0 for a clue
  stage            text not null check (stage in ('verify', 'file', 'dispatch', 'accept', 'dispose', 'quality', 'check', 'total')),
  department       text,                 -- whose clock it is; null: the street's
  street           text collate "C" not null,
  limit_number     integer not null,
  limit_unit       text not null,
  started_at       timestamptz not null,
  due_at           timestamptz not null, -- 100 % of the limit
  stopped_at       timestamptz,
  pauses           jsonb not null,       -- [{"from": …, "to": …}], the last one open while frozen
  calendar_version integer,              -- null: the unit needs none
  -- of ladders. No foreign key: every clock that starts would lock the same few rows there
  ladder           text collate "C" not null,
  ladder_version   integer not null,
  check ((clue_id is null) <> (case_id is null))
);
create index clocks_case on clocks (case_id, round) where case_id is not null;
create index clocks_clue on clocks (clue_id) where clue_id is not null;
create unique index clocks_running_case on clocks (case_id, round, stage, coalesce(department, '')) where stopped_at is null and case_id is not null;
create unique index clocks_running_clue on clocks (clue_id, stage) where stopped_at is null and clue_id is not null;

-- The next step of a running clock's ladder. Made, cancelled and fired in the transaction of what it belongs to.
create table deadlines (
  id         uuid primary key,
  clock_id   uuid not null references clocks,
  clue_id    uuid,
  case_id    uuid,
  step       integer not null,           -- index into the ladder's steps, from 0
  occurrence integer not null,           -- from 0; grows when a step repeats
  due_at     timestamptz not null,
  state      text not null check (state in ('armed', 'frozen', 'fired', 'missed', 'cancelled')),
  armed_at   timestamptz not null,
  settled_at timestamptz,                -- fired, missed or cancelled
  unique (clock_id, step, occurrence)
);
-- Cases and clues are claimed apart, each with its own row locked: a deadline stands in one of the two only.
create index deadlines_due_case on deadlines (due_at, id) where state = 'armed' and case_id is not null;
create index deadlines_due_clue on deadlines (due_at, id) where state = 'armed' and clue_id is not null;
-- A running clock waits for one step at most.
create unique index deadlines_live on deadlines (clock_id) where state in ('armed', 'frozen');
