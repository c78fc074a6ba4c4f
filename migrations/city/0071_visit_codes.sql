-- +goose Up
-- A code 场所码 that hangs at premises: whoever reads it during an inspection was there. The code itself is derived from a key when it
-- is printed, and stands nowhere.
create table visit_codes (
  premises     text collate "C" not null references premises,
  version      integer not null,         -- from 1: a code that was withdrawn never comes back
  code_hash    bytea not null unique,    -- SHA-256 of the code's 80 bits
  issued_at    timestamptz not null,
  issued_by    uuid not null references people,
  withdrawn_at timestamptz,              -- null: it hangs
  withdrawn_by uuid references people,
  primary key (premises, version),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index visit_codes_hanging on visit_codes (premises) where withdrawn_at is null;

-- What the code that was read during an inspection turned out to be. Of an inspection without one there is no row. It is evidence, kept
-- as long as the inspection, and refuses nothing.
create table visit_sightings (
  inspection_id uuid primary key references inspections,
  verdict       text not null check (verdict in ('here', 'elsewhere', 'withdrawn', 'unknown')),
  premises      text collate "C",        -- at which the code hangs, or hung; null: unknown
  check ((verdict = 'unknown') = (premises is null))
);
create index visit_sightings_odd on visit_sightings (inspection_id) where verdict <> 'here';
