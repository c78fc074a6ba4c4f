-- +goose Up
-- An ordered, versioned set of routing rules; the newest one in effect decides.
create table rule_sets (
  version        integer primary key,
  state          text not null check (state in ('draft', 'published', 'retired')),
  note           text not null,
  author_id      uuid references people,
  published_by   uuid references people,
  effective_from timestamptz,            -- null: a draft
  created_at     timestamptz not null
);

create table routing_rules (
  version    integer not null references rule_sets,
  position   integer not null,           -- from 1; the first match wins
  code       text not null,
  name_zh    text not null,
  name_en    text not null,
  conditions jsonb not null,
  outcome    jsonb not null,
  primary key (version, position),
  unique (version, code)
);
