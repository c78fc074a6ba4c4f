-- +goose Up
create table departments (
  code    text collate "C" primary key,  -- fire, urban_management, safety_supervision, …
  name_zh text not null,
  name_en text not null
);

-- Component and event categories 事部件分类: 2 digits major, 2 digits minor.
create table categories (
  code     text collate "C" primary key,
  kind     text not null check (kind in ('component', 'event', 'dispute')),
  major_zh text not null,
  major_en text not null,
  name_zh  text not null,
  name_en  text not null
);

-- Filing standard 立结案标准: one row per category and condition, versioned as a whole.
create table filing_standards (
  id            uuid primary key,
  version       integer not null,
  category      text collate "C" not null references categories,
  position      integer not null,        -- order of the conditions within the category, from 1
  condition_zh  text not null,
  condition_en  text not null,
  limit_number  integer not null check (limit_number > 0),
  limit_unit    text not null check (limit_unit in ('urgent_hour', 'working_hour', 'working_day', 'calendar_day')),
  closing_zh    text not null,
  closing_en    text not null,
  department    text not null references departments,
  assisting     text[] not null,
  legal_basis   text not null,
  urgent        boolean not null,
  unique (version, category, position)
);

-- Limits of the stages other than disposal, whose limit is the filing standard's.
create table stage_limits (
  version      integer not null,
  stage        text not null check (stage in ('verify', 'file', 'dispatch', 'accept', 'check', 'quality', 'total')),
  urgent       boolean not null,
  limit_number integer not null check (limit_number > 0),
  limit_unit   text not null check (limit_unit in ('urgent_hour', 'working_hour', 'working_day', 'calendar_day')),
  primary key (version, stage, urgent)
);

-- Working calendars. The highest version counts; a clock keeps the version that it was reckoned with.
create table calendars (
  version      integer primary key,
  body         jsonb not null,
  published_at timestamptz not null,
  published_by uuid references people
);
