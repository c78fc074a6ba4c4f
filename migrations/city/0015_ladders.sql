-- +goose Up
-- An acknowledgement 签收 of a ladder's step: until a time the same person is not nagged again by the same clock. Where
-- the ladder presses on silence after an acknowledgement, the row is also a timer, kept like a deadline: it is armed in
-- the transaction of the acknowledgement, and cancelled in that of whatever happens to the case.
create table acknowledgements (
  id         uuid primary key,
  message_id uuid not null references messages, -- what was acknowledged
  person_id  uuid not null references people,
  clock_id   uuid not null references clocks,   -- whose step it was
  clue_id    uuid,
  case_id    uuid,
  round      integer not null,                  -- 0 for a clue
  stage      text not null,                     -- of the clock
  step       integer not null,                  -- index into the pinned ladder's steps
  at         timestamptz not null,
  until      timestamptz not null,              -- quiets until then
  due_at     timestamptz not null,              -- when silence is looked for: until, unless a mistake of ours put it off
  -- quiet: no timer; armed: waits; silent: nothing had happened by then; cancelled: something had
  state      text not null check (state in ('quiet', 'armed', 'silent', 'cancelled')),
  settled_at timestamptz,                       -- silent or cancelled
  check ((clue_id is null) <> (case_id is null))
);
create index acknowledgements_clock on acknowledgements (clock_id);
create index acknowledgements_case on acknowledgements (case_id, round) where case_id is not null;
create index acknowledgements_due on acknowledgements (due_at, id) where state = 'armed';

-- When text messages rest, how they are bundled, and how many one person gets at most. The newest version holds at once.
-- Urgent messages and steps that break the quiet know none of it, and the inbox always gets everything.
create table quiet_rules (
  version        integer primary key,
  night_begins   time not null,             -- the city's time
  night_ends     time not null,             -- the same as it begins: there is no night
  bundle_minutes integer not null check (bundle_minutes between 1 and 60),    -- what one person gets within them leaves as one text
  per_hour       integer not null check (per_hour between 1 and 1000),       -- texts to one person; those beyond wait for the next one
  per_day        integer not null check (per_day between per_hour and 10000), -- in 24 hours
  published_at   timestamptz not null
);
insert into quiet_rules values (1, '21:00', '08:00', 3, 6, 30, '2026-01-01 00:00+08');

-- Whom a text message goes to (of its message, whose person it is), and since when it is on its way (null while it is held, and for one that another carries).
alter table deliveries add column person_id uuid;
alter table deliveries add column left_at timestamptz;
update deliveries set person_id = messages.person_id from messages where messages.id = deliveries.message_id;
create index deliveries_texts on deliveries (person_id, left_at) where left_at is not null;
create index deliveries_waiting on deliveries (person_id) where held_until is not null;
