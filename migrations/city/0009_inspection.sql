-- +goose Up
-- Checklist 检查表: typed questions; a version never changes.
create table checklists (
  id           uuid primary key,
  code         text collate "C" not null,
  version      integer not null,
  name_zh      text not null,
  name_en      text not null,
  items        jsonb not null,
  published_at timestamptz not null,
  unique (code, version)
);

-- Campaign 专项排查: one inspection over many cells at once.
create table campaigns (
  id           uuid primary key,
  name         text not null,
  region       text collate "C" not null references regions,
  checklist_id uuid not null references checklists,
  due_at       timestamptz not null,
  state        text not null check (state in ('generating', 'running', 'closed')),
  total        integer not null,         -- cells in the region when it was started
  generated    integer not null,         -- tasks made so far
  cursor       text collate "C" not null, -- last cell whose task was made; '' before the first
  created_by   uuid references people,
  created_at   timestamptz not null
);

create table inspection_tasks (
  id          uuid primary key,
  campaign_id uuid not null references campaigns,
  cell        text collate "C" not null,
  street      text collate "C" not null,
  assignee_id uuid references people,    -- who holds the cell when the task is made; null: nobody
  state       text not null check (state in ('open', 'done', 'cancelled')),
  due_at      timestamptz not null,
  created_at  timestamptz not null,
  done_at     timestamptz,
  unique (campaign_id, cell)
);
create index inspection_tasks_assignee on inspection_tasks (assignee_id, state, due_at, id);
create index inspection_tasks_campaign on inspection_tasks (campaign_id, street, state);
-- Answers "is it over?" with each answered task.
create index inspection_tasks_open on inspection_tasks (campaign_id) where state = 'open';

create table inspections (
  id           uuid primary key,         -- made by the client
  payload_hash bytea not null,
  task_id      uuid not null unique references inspection_tasks,
  person_id    uuid not null references people,
  answers      jsonb not null,
  point        geometry(Point, 4326),
  captured_at  timestamptz not null,
  submitted_at timestamptz not null
);

-- A failed item: fixed on the spot 即办, or a case.
create table findings (
  id            uuid primary key,
  inspection_id uuid not null references inspections,
  task_id       uuid not null references inspection_tasks,
  cell          text collate "C" not null,
  street        text collate "C" not null,
  item          text not null,           -- code of the checklist's item
  category      text collate "C" not null references categories,
  note          text not null,
  point         geometry(Point, 4326) not null,
  fixed         boolean not null,        -- on the spot
  case_id       uuid references cases,
  found_at      timestamptz not null
);
create index findings_task on findings (task_id, id);
create index findings_case on findings (case_id) where case_id is not null;
