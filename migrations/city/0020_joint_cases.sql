-- +goose Up
-- Joint cases 联合处置: each assisting department has a case of its own below the parent, with its own rounds and clocks.
alter table cases
  add column parent_round integer,                    -- the round of the parent in which the child was opened; null: no child
  add column child_number integer not null default 0; -- the n-th child of its parent, from 1; 0: no child
alter table cases add constraint cases_child check
  ((parent_id is null) = (parent_round is null) and (parent_id is null) = (child_number = 0));
-- A child shares its parent's number and adds its own: 1024-1.
alter table cases drop constraint cases_number_key;
create unique index cases_number on cases (number, child_number);
create index cases_parent on cases (parent_id, child_number) where parent_id is not null;

-- When the round's own check had passed while children were still open: from then on the case waits for them, on no clock.
alter table case_rounds add column passed_at timestamptz;
