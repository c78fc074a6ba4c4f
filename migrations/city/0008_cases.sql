-- +goose Up
create table cases (
  id            uuid primary key,
  number        bigint generated always as identity unique,
  kind          text not null check (kind in ('component', 'event', 'dispute')),
  state         text not null check (state in ('filed', 'routed', 'return_requested', 'working', 'suspended', 'reported', 'checking', 'closed', 'voided', 'force_closed')),
  round         integer not null,
  version       integer not null,        -- grows with every change: the optimistic lock
  level         integer not null,        -- the highest ladder step reached in this round, from 0
  epoch         integer not null,        -- grows whenever its deadlines are re-made
  category      text collate "C" not null references categories,
  urgent        boolean not null,
  priority      smallint not null,       -- 1 highest … 4
  source        text not null check (source in ('clue', 'inspection')),
  text          text not null,
  point         geometry(Point, 4326) not null,
  cell          text collate "C" not null,
  street        text collate "C" not null,
  standard_id   uuid not null references filing_standards,
  department    text references departments,   -- the lead; null until routed
  handler_id    uuid references people,
  parent_id     uuid references cases,
  restricted    boolean not null,        -- visible to named people only, shown on no map
  clue_count    integer not null,
  filed_at      timestamptz not null,
  dispatched_at timestamptz,
  accepted_at   timestamptz,
  reported_at   timestamptz,
  closed_at     timestamptz,
  due_at        timestamptz              -- disposal due; null until dispatched
-- Each step that presses a case raises its level, which no index knows: room on the page keeps that from touching them.
) with (fillfactor = 50);
create index cases_street_state on cases (street, state, filed_at desc, id desc);
create index cases_department on cases (department, street, state, filed_at desc, id desc) where department is not null;
create index cases_due on cases (due_at, id) where state in ('routed', 'return_requested', 'working', 'reported', 'checking');
create index cases_handler on cases (handler_id, state, filed_at desc, id desc) where handler_id is not null;
create index cases_filed on cases (filed_at desc, id desc);
create index cases_cell on cases (cell, filed_at desc);
create index cases_open_point on cases using gist (point) where state not in ('closed', 'voided', 'force_closed');
alter table clues add constraint clues_case_fk foreign key (case_id) references cases;

-- One run through the states; a reopening starts the next one, and earlier ones never change again.
create table case_rounds (
  case_id          uuid not null references cases,
  round            integer not null,     -- from 1
  opened_at        timestamptz not null,
  opened_because   text not null,        -- filed, reporter, sampling, supervisor
  standard_version integer not null,
  rule_set_version integer,              -- null until routed by the rules
  trace            jsonb,                -- why here: rules tried and what failed
  ladder           text collate "C",
  ladder_version   integer,
  returns          integer not null,
  extensions       integer not null,
  suspensions      integer not null,
  reworks          integer not null,
  closed_at        timestamptz,
  outcome          text,                 -- closed, voided, force_closed
  primary key (case_id, round)
);

create table assignments (
  id          uuid primary key,
  case_id     uuid not null references cases,
  round       integer not null,
  department  text not null references departments,
  part        text not null check (part in ('lead', 'assisting')),
  assigned_at timestamptz not null,
  accepted_at timestamptz,
  deemed      boolean not null,          -- accepted by silence
  handler_id  uuid references people,
  ended_at    timestamptz,
  end_reason  text                       -- recalled, returned, closed, …
);
create index assignments_case on assignments (case_id, round, assigned_at, id);
-- What a department's list of cases shows beside those that it leads.
create index assignments_helping on assignments (department, case_id) where part = 'assisting' and ended_at is null;
create unique index assignments_live on assignments (case_id, department) where ended_at is null;

create table return_requests (
  id            uuid primary key,
  case_id       uuid not null references cases,
  round         integer not null,
  department    text not null references departments,
  proposed      text not null references departments,
  basis         text not null,           -- the cited rule
  requested_by  uuid references people,
  requested_at  timestamptz not null,
  decision      text check (decision in ('upheld', 'rejected')),
  decided_by    uuid references people,
  decided_at    timestamptz,
  note          text
);
create unique index return_requests_open on return_requests (case_id) where decision is null;
create index return_requests_case on return_requests (case_id, round, requested_at, id);

-- What a handler says was done.
create table disposals (
  id            uuid primary key,        -- made by the client
  payload_hash  bytea not null,
  case_id       uuid not null references cases,
  round         integer not null,
  handler_id    uuid not null references people,
  reported_at   timestamptz not null,
  text          text not null,
  point         geometry(Point, 4326),
  distance_m    double precision,        -- from the case's point
  away_reason   text                     -- why it was reported from outside the geofence
);
create index disposals_case on disposals (case_id, round, reported_at, id);

-- Check 核查: on the spot, before a case closes, never by the one who fixed it.
create table check_tasks (
  id           uuid primary key,
  case_id      uuid not null references cases,
  round        integer not null,
  cell         text collate "C" not null,
  street       text collate "C" not null,
  assignee_id  uuid references people,
  state        text not null check (state in ('open', 'passed', 'failed', 'cancelled')),
  asked_at     timestamptz not null,
  due_at       timestamptz,
  answered_at  timestamptz,
  fixed        boolean,                  -- the grid worker's evidence
  note         text,
  point        geometry(Point, 4326),
  decided_by   uuid references people,   -- the dispatcher
  decided_at   timestamptz
);
create unique index check_tasks_open on check_tasks (case_id) where state = 'open';
create index check_tasks_assignee on check_tasks (assignee_id, state, asked_at, id);
create index check_tasks_case on check_tasks (case_id, round, asked_at, id);

-- Named readers of a restricted case.
create table case_readers (
  case_id   uuid not null references cases,
  person_id uuid not null references people,
  primary key (case_id, person_id)
);

create table case_events (
  id         uuid primary key,
  case_id    uuid not null references cases,
  round      integer not null,
  at         timestamptz not null,
  kind       text not null,              -- filed, routed, accepted, …, pressed
  actor_id   uuid,
  actor_role text not null,              -- a role, or the system's reason
  detail     jsonb not null,
  deadline_id uuid                       -- the deadline that fired, for kind pressed
);
create index case_events_case on case_events (case_id, id);
create unique index case_events_deadline on case_events (deadline_id) where deadline_id is not null;
create index case_events_recent on case_events (at, id);
