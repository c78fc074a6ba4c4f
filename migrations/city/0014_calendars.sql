-- +goose Up
-- A clock whose limit reaches into a year that nobody has published runs provisionally 暂计: in a stricter unit, and it says so.
-- calendar_version is then the version that did not reach far enough.
alter table clocks
  add column meant_unit text check (meant_unit in ('working_hour', 'working_day')), -- the unit of the promise; null: limit_unit is meant
  add column standard_version integer;   -- of the filing standard or the stage limits that the limit was taken from; null: not known
-- What a new version of the calendar has to reckon anew, and whether anything was left behind.
create index clocks_calendar on clocks (calendar_version) where stopped_at is null and calendar_version is not null;
-- How many run provisionally, counted with every look at the metrics.
create index clocks_provisional on clocks (id) where stopped_at is null and meant_unit is not null;

-- One carrying over of every open working-time clock to a version of the calendar, in batches.
create table rederivations (
  id           uuid primary key,
  from_version integer not null,         -- the oldest version that open clocks were reckoned with
  to_version   integer not null,
  state        text not null check (state in ('running', 'done', 'superseded')), -- superseded: a newer version took over
  total        integer not null,         -- open clocks that were not on the version when it began
  done         integer not null,         -- clocks reckoned anew
  moved        integer not null,         -- of those, the ones due at another time now
  part         text not null check (part in ('case', 'clue')), -- cases first, then clues
  cursor       uuid not null,            -- the last case or clue of the part that is done
  started_at   timestamptz not null,
  finished_at  timestamptz
);
create index rederivations_recent on rederivations (started_at desc, id desc);
create unique index rederivations_running on rederivations (to_version) where state = 'running';
