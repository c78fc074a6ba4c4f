-- +goose Up
-- A random re-inspection 抽查: which closed cases of a time were looked at again, so that what is found says something of
-- all of them. The design never changes once it is drawn.
create table samples (
  id          uuid primary key,
  name        text not null,
  region      text collate "C" not null references regions,
  department  text references departments, -- null: of every department
  category    text collate "C" not null, -- 2 or 4 digits; '' for all
  closed_from date not null,             -- the city's days on which the cases were closed, both included
  closed_to   date not null,
  by          text not null check (by in ('region', 'department', 'category')), -- what the strata are
  confidence  double precision not null, -- of the interval that was wanted: 0.95
  margin      double precision not null, -- half its width that was wanted: 0.05
  expected    double precision not null, -- the share that its size was reckoned with
  seed        bytea not null check (length(seed) = 16), -- drawn by the platform: with it and the frame, anybody draws the same cases
  population  integer not null,          -- cases in the frame
  size        integer not null,          -- of those, drawn
  due_at      timestamptz not null,
  drawn_by    uuid not null references people,
  drawn_at    timestamptz not null,
  state       text not null check (state in ('running', 'closed')),
  closed_at   timestamptz,
  check ((state = 'closed') = (closed_at is not null))
);
create index samples_region on samples (region, id desc);

create table sample_strata (
  sample_id  uuid not null references samples,
  key        text collate "C" not null,  -- code of a region or a department, or the first two digits of a category
  population integer not null,
  size       integer not null,
  primary key (sample_id, key)
);

-- One case of a sample, to be looked at again by somebody who had no hand in it.
create table reinspections (
  id          uuid primary key,
  sample_id   uuid not null references samples,
  stratum     text collate "C" not null,
  case_id     uuid not null references cases,
  round       integer not null,          -- the one whose closing is looked at
  cell        text collate "C" not null,
  street      text collate "C" not null,
  assignee_id uuid references people,    -- null: nobody could be asked yet
  state       text not null check (state in ('open', 'answered', 'settled')),
  verdict     text check (verdict in ('fixed', 'unfixed', 'unseen')), -- the grid worker's
  missed      boolean,                   -- something else stood there that nobody had reported
  note        text,
  point       geometry(Point, 4326),
  distance_m  double precision,          -- from the case's point
  answered_at timestamptz,
  found       text check (found in ('fixed', 'unfixed', 'unseen')), -- what counts: a supervisor confirms what was not fixed
  settled_by  uuid references people,    -- null: nothing was left to confirm
  settled_note text,
  settled_at  timestamptz,
  unique (sample_id, case_id),
  check ((state = 'open') = (answered_at is null) or state = 'settled'),
  check ((verdict is null) = (answered_at is null)),
  check ((state = 'settled') = (found is not null) and (found is null) = (settled_at is null))
);
create index reinspections_assignee on reinspections (assignee_id, id) where state = 'open';
create index reinspections_case on reinspections (case_id, round);

alter table photos drop constraint photos_subject_check;
alter table photos add constraint photos_subject_check
  check (subject in ('clue', 'verification', 'disposal', 'check', 'inspection', 'reinspection'));

-- Disputes that ended, and those of them that were sent up to the court or the district.
alter table measure_facts
  add column disputes integer not null default 0,
  add column disputes_sent_up integer not null default 0;
alter table measure_sums
  add column disputes integer not null default 0,
  add column disputes_sent_up integer not null default 0;
insert into measure_queue (id, case_id) select id, id from cases where kind = 'dispute' on conflict do nothing;
