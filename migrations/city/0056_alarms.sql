-- +goose Up
-- A call for help 求助 of somebody who works outside: made by hand, or by a timer that nobody ended. It names where they are, once,
-- and for as long as it is needed: the point is blanked some weeks after the end.
create table alarms (
  id          uuid primary key,          -- UUIDv7, made by the handheld
  kind        text not null check (kind in ('sos', 'overdue')),
  state       text not null check (state in ('waiting', 'raised', 'ended')), -- waiting: a timer that runs; nobody else sees it
  person_id   uuid not null references people, -- who needs help
  street      text collate "C" not null, -- whose ground it is: where the point lies, else where the person works; may be a larger region
  cell        text collate "C",          -- null: the point is not known, or far from every cell
  point       geometry(Point, 4326),     -- null: not known, or blanked
  accuracy_m  double precision,          -- as the device estimated it; 0: it did not
  datum       text,                      -- in which the device told it; the point is WGS 84
  mocked      boolean not null,          -- the device said that another app feigned it
  fixed_at    timestamptz,               -- when the device was there, by its own clock
  captured_at timestamptz not null,      -- when the button was held, or the timer begun, by the handheld's clock, never later than made_at
  made_at     timestamptz not null,      -- when it came in
  back_by     timestamptz,               -- of a timer: silence until then raises the alarm
  raised_at   timestamptz,
  ended_at    timestamptz,
  ended_by    uuid references people,
  outcome     text check (outcome in ('safe', 'false_alarm', 'handed_110', 'handed_119', 'handed_120', 'back')), -- back: the timer was ended in time
  note        text,
  blanked_at  timestamptz,               -- since when it is not known any more where it was
  check ((kind = 'overdue') = (back_by is not null)),
  check ((state = 'ended') = (ended_at is not null) and (ended_at is null) = (outcome is null) and (ended_at is null) = (ended_by is null)),
  check (state <> 'raised' or raised_at is not null)
);
create index alarms_raised on alarms (street, id) where state = 'raised';
create index alarms_open on alarms (person_id) where state <> 'ended';
create index alarms_over on alarms (ended_at) where state = 'ended' and blanked_at is null;

-- What happened to an alarm; never changed.
create table alarm_events (
  id          uuid primary key,
  alarm_id    uuid not null references alarms,
  at          timestamptz not null,
  kind        text not null check (kind in ('begun', 'extended', 'raised', 'pressed', 'answered', 'ended')),
  actor_id    uuid references people,
  actor_role  text not null,
  detail      jsonb not null,            -- codes, numbers and times; no place
  deadline_id uuid                       -- the deadline that fired
);
create index alarm_events_alarm on alarm_events (alarm_id, id);
create index alarm_events_deadline on alarm_events (deadline_id) where deadline_id is not null;

-- An alarm's clock starts when it is raised, or when its timer will be over.
alter table clocks drop constraint clocks_stage_check, add constraint clocks_stage_check check (stage in
  ('verify', 'file', 'dispatch', 'accept', 'dispose', 'quality', 'check', 'total', 'reply', 'alarm'));
alter table clocks add column alarm_id uuid;
alter table clocks drop constraint clocks_check, add constraint clocks_check check (num_nonnulls(clue_id, case_id, alarm_id) = 1);
create unique index clocks_running_alarm on clocks (alarm_id) where stopped_at is null and alarm_id is not null;
alter table deadlines add column alarm_id uuid;
create index deadlines_due_alarm on deadlines (due_at, id) where state = 'armed' and alarm_id is not null;

-- Whom an alarm was told, and whom it is about.
alter table messages add column alarm_id uuid;
create index messages_alarm on messages (alarm_id, person_id) where alarm_id is not null;

-- Whom silence presses. The limit is an hour, and an offset counts from its end: -1h is at once.
insert into ladders (code, version, name_zh, name_en, steps, published_at) values ('alarm', 1, '求助', 'Call for help', '[
  {"clock": "alarm", "trigger": {"offset": "-1h"}, "action": "require_acknowledgement", "quiet": "break", "ack_quiet": "10m",
   "audience": [{"role": "grid_worker", "level": "community"}, {"role": "grid_worker", "level": "street"}, {"role": "duty_lead", "level": "street"}, {"role": "dispatcher", "level": "street"}]},
  {"clock": "alarm", "trigger": {"offset": "-57m"}, "action": "require_acknowledgement", "quiet": "break", "ack_quiet": "10m",
   "audience": [{"role": "grid_worker", "level": "community"}, {"role": "grid_worker", "level": "street"}, {"role": "duty_lead", "level": "street"}, {"role": "dispatcher", "level": "street"}]},
  {"clock": "alarm", "trigger": {"offset": "-54m"}, "action": "require_acknowledgement", "quiet": "break", "ack_quiet": "10m",
   "audience": [{"role": "grid_worker", "level": "street"}, {"role": "duty_lead", "level": "street"}, {"role": "dispatcher", "level": "street"}, {"role": "supervisor", "level": "district"}]},
  {"clock": "alarm", "trigger": {"offset": "-50m"}, "repeat": {"offset": "10m", "times": 11}, "action": "require_acknowledgement", "quiet": "break", "ack_quiet": "10m",
   "audience": [{"role": "duty_lead", "level": "street"}, {"role": "dispatcher", "level": "street"}, {"role": "supervisor", "level": "district"}, {"role": "supervisor", "level": "city"}]}
]', '2026-01-01 00:00+08');
