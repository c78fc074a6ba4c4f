-- +goose Up
-- Kinds that only named people may know of 受限: violence at home, minors. Every clue and case of such a category is restricted.
alter table categories add column restricted boolean not null default false;
alter table clues
  add column restricted boolean not null default false, -- for the street's dispatchers alone, and once filed for the case's readers
  add column malice_asked_by uuid,       -- the duty lead who asks for it to be marked malicious; null: nobody does
  add column malice_reason text;         -- why; never shown to the reporter
alter table clues add constraint clues_malice_asked check ((malice_asked_by is null) = (malice_reason is null));

-- What was done about a dispute 矛盾纠纷 before it ended.
create table dispute_steps (
  id          uuid primary key,
  case_id     uuid not null references cases,
  round       integer not null,
  kind        text not null check (kind in ('guided', 'mediated')),
  held_at     timestamptz not null,      -- when the parties were talked to, or sat together
  result      text check (result in ('agreed', 'not_agreed', 'adjourned')), -- of a mediation; null for guidance
  note        text not null,
  recorded_by uuid not null references people,
  recorded_at timestamptz not null,
  check ((kind = 'mediated') = (result is not null))
);
create index dispute_steps_case on dispute_steps (case_id, round, held_at, id);

-- How a dispute ended, as its disposal says, and pinned on the round when that closes: what the share sent up is counted from.
alter table disposals
  add column dispute_outcome text check (dispute_outcome in ('settled', 'withdrawn', 'sent_up')), -- null: no dispute
  add column sent_up_to text check (sent_up_to in ('court', 'district')),
  add column outcome_reason text;        -- why it was sent up, or withdrawn; null: none was given
alter table disposals add constraint disposals_sent_up check ((dispute_outcome is not distinct from 'sent_up') = (sent_up_to is not null));
alter table case_rounds
  add column dispute_outcome text check (dispute_outcome in ('settled', 'withdrawn', 'sent_up')), -- null: no dispute, or not closed by a passed check
  add column sent_up_to text check (sent_up_to in ('court', 'district'));
alter table case_rounds add constraint case_rounds_sent_up check ((dispute_outcome is not distinct from 'sent_up') = (sent_up_to is not null));
