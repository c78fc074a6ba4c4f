-- +goose Up
-- Plan 巡查计划: what is inspected again and again, as data. Every period of a plan is a campaign that the platform starts.
create table inspection_plans (
  id           uuid primary key,
  name         text not null,
  region       text collate "C" not null references regions,
  checklist_id uuid not null references checklists,
  places       text not null check (places in ('cells', 'premises')), -- what is visited
  kind         text collate "C",             -- only premises of this kind; null: of every kind
  rhythms      jsonb not null,               -- how often, by grade of risk: [{risk, every, unit}]; without a grade: every place
  starts_on    date not null,                -- first day of the first period; the others follow without gaps
  season_from  text check (season_from ~ '^[01][0-9]-[0-3][0-9]$'),  -- month and day from which periods may begin; null: all year
  season_until text check (season_until ~ '^[01][0-9]-[0-3][0-9]$'), -- and until which, that day too; earlier than season_from: over the new year
  created_by   uuid references people,
  created_at   timestamptz not null,
  ended_by     uuid references people,
  ended_at     timestamptz,                  -- no period begins after it
  check ((season_from is null) = (season_until is null)),
  check (places = 'premises' or kind is null)
);
create index inspection_plans_region on inspection_plans (region, id);
create index inspection_plans_live on inspection_plans (id) where ended_at is null;

alter table campaigns
  add column places text not null default 'cells' check (places in ('cells', 'premises')), -- what is visited
  add column kind text collate "C",          -- only premises of this kind; null: of every kind
  add column risk text check (risk in ('red', 'orange', 'yellow', 'blue')), -- only premises of this grade; null: of every grade
  add column plan_id uuid references inspection_plans, -- whose period it is; null: somebody started it
  add column starts_on date,                 -- the period's first day; null: no period
  add column again boolean not null default false, -- whether places that are new since its first pass are being looked for
  add column closed_at timestamptz;          -- null: not closed
-- A period of a plan is started once, however often and by however many it is tried.
create unique index campaigns_period on campaigns (plan_id, risk, starts_on) nulls not distinct where plan_id is not null;
create index campaigns_of_plan on campaigns (plan_id, id);
-- Looked for nightly: periods that are over.
create index campaigns_over on campaigns (due_at) where plan_id is not null and closed_at is null;
update campaigns set closed_at = created_at where state = 'closed'; -- when is not known
alter table campaigns drop constraint campaigns_state_check;
alter table campaigns add constraint campaigns_state_check check (state in ('generating', 'running', 'ending', 'closed'));

-- Tasks are written by the million: only in the transaction that holds their campaign's row, which is never deleted.
alter table inspection_tasks drop constraint inspection_tasks_campaign_id_fkey;
alter table inspection_tasks drop constraint inspection_tasks_assignee_id_fkey;
alter table inspection_tasks add column premises text collate "C"; -- code of the premises to visit; null: the cell itself
alter table inspection_tasks drop constraint inspection_tasks_campaign_id_cell_key;
-- A place has one task in a campaign, so one in a period of a plan, however often generation runs.
create unique index inspection_tasks_place on inspection_tasks (campaign_id, cell, premises) nulls not distinct;
-- A task that is over is looked for in its campaign only: the indexes of a person's work hold what is open.
drop index inspection_tasks_assignee;
create index inspection_tasks_assignee on inspection_tasks (assignee_id, due_at, id) where state = 'open';
drop index inspection_tasks_open;
drop index inspection_tasks_campaign;
create index inspection_tasks_campaign on inspection_tasks (campaign_id, state, street);
-- What nobody has, for the street's dispatchers and those who may claim it.
create index inspection_tasks_nobodys on inspection_tasks (street, due_at, id) where state = 'open' and assignee_id is null;

-- Which premises a plan or a campaign visits, in the order in which their tasks are made.
create index premises_graded on premises (kind, risk, cell, code);
