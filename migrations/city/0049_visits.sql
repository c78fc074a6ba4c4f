-- +goose Up
-- Whether anybody was in a cell in a period, beside the inspections.
create index verify_tasks_visited on verify_tasks (cell, answered_at) where answered_at is not null;
create index check_tasks_visited on check_tasks (cell, answered_at) where answered_at is not null;
create index reinspections_visited on reinspections (cell, answered_at) where answered_at is not null;
