-- +goose Up
-- A file of another office as somebody brought it by the page. It is read by the import of whoever brought it and by nobody else, and goes when
-- that is over or after a time; who brought what stays.
create table import_files (
  id          uuid primary key,
  person_id   uuid not null references people,
  name        text not null,              -- without its folder
  bytes       bigint not null check (bytes > 0),
  sha256      bytea not null,
  received_at timestamptz not null,
  dropped_at  timestamptz                 -- since when the bytes are gone
);
create index import_files_kept on import_files (received_at) where dropped_at is null;

-- How an import is carried in the background. One of the command line has no row here.
create table import_runs (
  import_id uuid primary key references imports,
  file_id   uuid not null references import_files, -- that it is read from; another one of the same bytes after the first is gone
  layer     text not null,                         -- of a GeoPackage; '': the only one
  approval  text not null,                         -- map-approval number of boundaries whose row has none
  anyway    boolean not null,                      -- also boundaries with which cells disagree
  header    text[] not null,                       -- the file's columns, in its order
  state     text not null check (state in ('running', 'stopped', 'broken')), -- where imports.finished_at says that it is over, it is
  epoch     integer not null,                      -- of the last time that it was set going: jobs of earlier ones do nothing
  about     bigint,                                -- rows of the file, roughly; null: not known
  code      text,                                  -- of why it broke
  reason    text,
  field     text,
  check ((state = 'broken') = (code is not null))
);
create index import_runs_file on import_runs (file_id);

-- Why rows were not taken, with the rows: they hold what the file holds, also phone numbers, and go after a time.
create table import_rejects (
  id        bigint generated always as identity primary key,
  import_id uuid not null references imports,
  row       bigint not null,              -- as the file counts
  field     text not null,
  code      text not null,
  reason    text not null,
  cells     text[] not null               -- the row itself, by the run's header
);
create index import_rejects_import on import_rejects (import_id, id);
create index imports_person on imports (person_id, id);
