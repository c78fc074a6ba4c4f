-- +goose Up
-- How long a timer of somebody who goes somewhere alone may run. The newest version holds for what is begun or extended from now on.
create table timer_rules (
  version      integer primary key,
  shortest     integer not null check (shortest between 1 and 1440),         -- minutes
  longest      integer not null check (longest between shortest and 1440),   -- minutes
  published_at timestamptz not null
);
insert into timer_rules values (1, 5, 240, '2026-01-01 00:00+08');
