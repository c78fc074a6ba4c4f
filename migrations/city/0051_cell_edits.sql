-- +goose Up
-- Cells that were split, merged or reshaped begin where others ended.
alter table cells
  add column follows   text[] collate "C" not null default '{}', -- ended cells that it goes on from: the one that it overlaps most, then the one that that went on from
  add column stands_on text[] collate "C" not null default '{}'; -- every ended cell that some of its ground was in
create index cells_ended on cells (valid_to, code) where valid_to is not null;

-- An edit of a community's cells 网格调整: some end and others begin, at one time, on the same ground.
create table cell_edits (
  id           uuid primary key,
  community    text collate "C" not null references regions,
  street       text collate "C" not null references regions,
  note         text not null,            -- why, as whoever published it says; may be empty
  ends         text[] collate "C" not null,
  begins       text[] collate "C" not null, -- of a cancelled edit: cells that never were valid; their codes are not given again
  effective_at timestamptz not null,
  state        text not null check (state in ('pending', 'applying', 'done', 'cancelled')),
  total        integer not null,         -- open work and places that lay in the ended cells when it began to be applied
  moved        integer not null,         -- of those, and of what came to lie there later, how many were moved
  published_by uuid references people,
  published_at timestamptz not null,
  cancelled_by uuid references people,
  cancelled_at timestamptz,
  started_at   timestamptz,              -- when moving began
  finished_at  timestamptz,              -- when nothing was left to move, the last time
  check ((state = 'cancelled') = (cancelled_at is not null)),
  check ((state in ('applying', 'done')) = (started_at is not null))
);
create index cell_edits_due on cell_edits (effective_at, id) where state = 'pending';
create index cell_edits_street on cell_edits (street, id desc);

-- Which cells came out of which, and how much ground they share.
create table cell_successions (
  predecessor text collate "C" not null references cells,
  successor   text collate "C" not null references cells,
  edit_id     uuid not null references cell_edits,
  shared_m2   double precision not null,
  primary key (predecessor, successor)
);
create index cell_successions_successor on cell_successions (successor, predecessor);

-- Open cases by cell: those that lie in a cell which has ended are looked for.
create index cases_open_cell on cases (cell, id) where state not in ('closed', 'voided', 'force_closed');

alter table inspection_tasks add column absorbed_by uuid; -- task of the cell that its own was merged into; then it is cancelled, and counts as no place of its campaign
