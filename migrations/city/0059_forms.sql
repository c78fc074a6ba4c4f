-- +goose Up
-- Grades of a checklist's score, the best first; [] where it has none. They are frozen with its version.
alter table checklists add column bands jsonb not null default '[]';

-- What an inspection's answers came to by the points of its checklist. It is said of the place and stands apart from who looked:
-- nothing here names a person, and no measure reads it.
create table inspection_scores (
  inspection_id uuid primary key references inspections,
  earned        double precision not null, -- points, weighted
  possible      double precision not null, -- of what was asked and applied
  critical      boolean not null,          -- a critical item failed
  grade         text                       -- code of a band of the checklist; null: it has none, or nothing applied
);

-- A signature is seen as an original only, for a reason that goes on the audit log: no copy of it is made.
alter table photos add column sealed boolean not null default false;
