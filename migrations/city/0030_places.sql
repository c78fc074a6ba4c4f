-- +goose Up
-- The address spine 统一地址: buildings and the units in them. Codes come from the city's address office and mean nothing here.
create table addresses (
  code       text collate "C" primary key check (code ~ '^[0-9]{25}$'),
  kind       text not null check (kind in ('building', 'unit')),
  building   text collate "C",              -- code of the building that a unit is in; may be imported after the unit
  text       text not null,                 -- the standard address, as imported
  terms      text[] not null,               -- what a search looks for: pairs of characters, of initials and of syllables
  floors     smallint,                      -- of a building, above ground
  point      geometry(Point, 4326) not null,
  cell       text collate "C" not null,     -- where it landed
  street     text collate "C" not null references regions,
  updated_at timestamptz not null           -- the last import that changed something
);
-- Most of an import goes into this index: a longer pending list saves a sixth of it.
create index addresses_terms on addresses using gin (terms) with (gin_pending_list_limit = 16384);
create index addresses_point on addresses using gist (point);
create index addresses_cell on addresses (cell, code);
create index addresses_building on addresses (building, code) where building is not null;

-- Other names and older codes 别名 of an address.
create table address_aliases (
  alias text collate "C" not null,
  code  text collate "C" not null references addresses,
  terms text[] not null,                    -- of the alias, as of an address; empty for a code
  primary key (alias, code)
);
create index address_aliases_code on address_aliases (code);
create index address_aliases_terms on address_aliases using gin (terms);

-- What gets inspected 场所: shop, workshop, restaurant, school, construction site, rental block.
create table premises (
  code         text collate "C" primary key, -- of the system that it was imported from
  name         text not null,
  terms        text[] not null,              -- of the name
  kind         text collate "C" not null,    -- as the city names its kinds
  legal_entity text,
  credit_code  text collate "C",             -- unified social credit code 统一社会信用代码, 18 characters
  risk         text check (risk in ('red', 'orange', 'yellow', 'blue')), -- how often it is visited; null: not graded
  address      text collate "C" references addresses,
  point        geometry(Point, 4326) not null,
  cell         text collate "C" not null,
  street       text collate "C" not null references regions,
  updated_at   timestamptz not null
);
create index premises_terms on premises using gin (terms);
create index premises_point on premises using gist (point);
create index premises_cell on premises (cell, code);
create index premises_address on premises (address) where address is not null;

-- City assets 部件: manhole covers, hydrants, lamps.
create table components (
  code       text collate "C" primary key,
  category   text collate "C" not null references categories,
  name       text,
  point      geometry(Point, 4326) not null,
  cell       text collate "C" not null,
  street     text collate "C" not null references regions,
  updated_at timestamptz not null
);
create index components_point on components using gist (point);
create index components_cell on components (cell, category, code);

-- How the columns of somebody's files are called, kept under a name.
create table import_profiles (
  name     text not null,
  kind     text not null check (kind in ('addresses', 'premises', 'components')),
  columns  jsonb not null,                   -- field → column
  datum    text not null check (datum in ('wgs84', 'gcj02', 'bd09', 'cgcs2000')),
  saved_at timestamptz not null,
  primary key (kind, name)
);

-- One file that was, or is being, imported. The same bytes with the same profile go on where they stopped.
create table imports (
  id          uuid primary key,
  kind        text not null,
  file        text not null,                 -- its name, without its folder
  sha256      bytea not null,
  columns     jsonb not null,
  datum       text not null,
  rows        bigint not null,               -- records dealt with, rejected ones counted
  written     bigint not null,               -- that were new or changed something
  rejected    bigint not null,
  started_at  timestamptz not null,
  finished_at timestamptz                    -- null: to be gone on with
);
create unique index imports_running on imports (kind, sha256, columns, datum) where finished_at is null;
