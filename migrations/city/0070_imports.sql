-- +goose Up
-- What files may hold is for the program to say: people and boundaries, too.
alter table import_profiles drop constraint import_profiles_kind_check;

-- In whose name a file is taken in; null: the operator's. Somebody else's import of the same file is another one.
alter table imports add column person_id uuid references people;
drop index imports_running;
create unique index imports_running on imports (kind, sha256, columns, datum, coalesce(person_id, '00000000-0000-0000-0000-000000000000')) where finished_at is null;
