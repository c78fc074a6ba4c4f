-- +goose Up
-- What follows lateness and closing has published limits too: a written reply, an appeal, the reopening by a reporter.
alter table stage_limits drop constraint stage_limits_stage_check;
alter table stage_limits add constraint stage_limits_stage_check check (stage in
  ('verify', 'file', 'dispatch', 'accept', 'check', 'quality', 'total', 'reply', 'appeal', 'reopen'));
-- A reply that is due presses like every other work that is owed.
alter table clocks drop constraint clocks_stage_check;
alter table clocks add constraint clocks_stage_check check (stage in
  ('verify', 'file', 'dispatch', 'accept', 'dispose', 'quality', 'check', 'total', 'reply'));

-- Until when a reporter may say that a closed case is not fixed: pinned when it closes. Null: it is open, or never was closed.
alter table cases add column contestable_until timestamptz;
update cases set contestable_until = closed_at + interval '72 hours' where state = 'closed';

-- An order that needs a written reply by a time 督办单.
create table supervision_orders (
  id          uuid primary key,
  case_id     uuid not null references cases,
  round       integer not null,
  department  text references departments, -- who owes the reply; null: the street
  stage       text,                      -- whose clock had run on, where a ladder ordered; null: a person did
  deadline_id uuid,                      -- the ladder's step that fired; null: a person ordered
  text        text not null,             -- what is ordered; empty where a ladder ordered
  ordered_by  uuid references people,    -- null: a ladder
  ordered_at  timestamptz not null,
  clock_id    uuid,                      -- of the reply that is owed now, or was given last; null: no limit is published
  state       text not null check (state in ('due', 'replied', 'accepted', 'ended')),
  ended_at    timestamptz                -- accepted, or over with the case or with the department's part in it
);
create index supervision_orders_case on supervision_orders (case_id, round, ordered_at, id);
-- What somebody owes or decides on next, the oldest first.
create index supervision_orders_owed on supervision_orders (ordered_at, id) where state in ('due', 'replied');
-- Whoever owes a reply is not ordered again meanwhile.
create unique index supervision_orders_open on supervision_orders (case_id, coalesce(department, '')) where state in ('due', 'replied');

-- A written reply to an order, and what whoever ordered says to it.
create table order_replies (
  id         uuid primary key,
  order_id   uuid not null references supervision_orders,
  text       text not null,
  replied_by uuid not null references people,
  replied_at timestamptz not null,
  accepted   boolean,                    -- null: undecided; false: asked again
  note       text,
  decided_by uuid references people,
  decided_at timestamptz
);
create index order_replies_order on order_replies (order_id, replied_at, id);

-- An appeal 申诉 against lateness. The clock itself never changes: statistics exempt what is granted here.
create table appeals (
  id              uuid primary key,
  case_id         uuid not null references cases,
  round           integer not null,
  clock_id        uuid not null unique,  -- the clock that ran out late: there is one appeal for each
  department      text not null references departments, -- whose clock it is
  grounds         text not null,
  asked_by        uuid not null references people,
  asked_at        timestamptz not null,
  first_reviewer  uuid references people,
  first_decision  boolean,               -- false: refused, and that was the end of it
  first_note      text,
  first_at        timestamptz,
  second_reviewer uuid references people, -- another person
  second_decision boolean,
  second_note     text,
  state           text not null check (state in ('asked', 'seconded', 'granted', 'refused')),
  decided_at      timestamptz,           -- granted or refused
  check (first_reviewer <> asked_by and second_reviewer not in (asked_by, first_reviewer))
);
create index appeals_case on appeals (case_id, round, asked_at, id);
-- What is to be reviewed, the oldest first.
create index appeals_open on appeals (asked_at, id) where state in ('asked', 'seconded');

-- How content the reporter of a clue is with a round's outcome 满意度. Nothing here tells who that is.
create table ratings (
  clue_id  uuid not null references clues,
  round    integer not null,             -- of the case behind the clue
  score    smallint not null check (score between 1 and 5), -- 5 is best
  comment  text not null,
  rated_at timestamptz not null,
  primary key (clue_id, round)
);
