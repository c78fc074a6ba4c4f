-- +goose Up
-- How a task came to whoever has it, and whom it was offered to.
alter table inspection_tasks
  add column came_by text not null default 'made' check (came_by in ('made', 'claimed', 'handed_over', 'assigned')), -- how the assignee got it
  add column offered_to uuid,                -- colleague who was asked to take it over; null: nobody
  add column offered_at timestamptz,
  add column given_back text check (given_back in ('nobody_there', 'refused_entry', 'closed_down', 'unsafe', 'not_mine', 'no_time', 'other')),
                                             -- why it was given back last; stays when somebody else gets it
  add check ((offered_to is null) = (offered_at is null));
create index inspection_tasks_offers on inspection_tasks (offered_to, offered_at, id) where offered_to is not null;

-- What became of a task besides its answer. Written with the task's row locked, which is never deleted.
create table inspection_task_events (
  id      uuid primary key,
  task_id uuid not null,
  kind    text not null check (kind in ('claimed', 'offered', 'accepted', 'declined', 'withdrawn', 'given_back', 'assigned')),
  by_id   uuid references people,            -- who did it; null: the platform
  from_id uuid references people,            -- whose it was before; null: nobody's
  to_id   uuid references people,            -- whose it is, or may be, after; null: nobody's
  reason  text,                              -- of giving back
  note    text not null,
  at      timestamptz not null
);
create index inspection_task_events_task on inspection_task_events (task_id, id);
