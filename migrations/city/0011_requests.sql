-- +goose Up
-- What one person asks for in a case, and another one decides: a suspension 挂账, an extension 延期, a voiding 作废, a
-- forced closing 强制结案.
create table case_requests (
  id         uuid primary key,
  case_id    uuid not null references cases,
  round      integer not null,
  kind       text not null check (kind in ('suspension', 'extension', 'void', 'force_close')),
  reason     text not null,
  until      timestamptz,                -- the end that a suspension is asked with; null for the others
  asked_by   uuid not null references people,
  asked_at   timestamptz not null,
  -- overtaken: the case moved on before anybody decided
  state      text not null check (state in ('asked', 'granted', 'refused', 'withdrawn', 'overtaken')),
  decided_by uuid references people,     -- or withdrew it; null: overtaken
  decided_at timestamptz,
  note       text,                       -- the decider's
  resume_at  timestamptz,                -- when a granted suspension ends by itself: until, unless a mistake of ours put it off
  ended_at   timestamptz,                -- when a granted suspension ended
  check ((kind = 'suspension') = (until is not null)),
  check (state <> 'granted' or decided_by <> asked_by)
);
create index case_requests_case on case_requests (case_id, asked_at, id);
create unique index case_requests_open on case_requests (case_id, kind) where state = 'asked';
-- The timers of suspensions, kept like deadlines.
create index case_requests_resume on case_requests (resume_at, id) where kind = 'suspension' and state = 'granted' and ended_at is null;
