-- +goose Up
-- Inspections stand in the sums of the day when somebody was there. They never change once they are answered.
alter table measure_sums
  add column inspections          integer not null default 0, -- answered
  add column inspections_at_night integer not null default 0; -- of those, between 22:00 and 06:00 by the city's clocks
alter table measure_queue
  add column inspection_id uuid,
  drop constraint measure_queue_check,
  add constraint measure_queue_check check (num_nonnulls(case_id, clue_id, inspection_id) = 1);
insert into measure_queue (id, inspection_id) select id, id from inspections;

-- How many premises were inspected on a day, by the day when they had been inspected before. Premises that saw somebody in a
-- period, each once, are those of its days that had seen nobody since its beginning: a sum, whatever the period.
create table measure_visits (
  region text collate "C" not null,      -- from the community to the city
  day    date not null,
  before date not null,                  -- -infinity: never
  n      integer not null,
  primary key (region, day, before)
);
create index inspection_tasks_premises on inspection_tasks (premises, done_at, id) where premises is not null and done_at is not null;
