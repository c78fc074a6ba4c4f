-- +goose Up
-- Administrative division 行政区划: a child's code starts with its parent's.
create table regions (
  code    text collate "C" primary key, -- 4 city, 6 district, 9 street, 12 community digits
  parent  text collate "C" references regions,
  level   text not null check (level in ('city', 'district', 'street', 'community')),
  name_zh text not null,
  name_en text not null,
  pinyin  text not null,                -- for search
  seat    geometry(Point, 4326) not null,
  shape   geometry(MultiPolygon, 4326) not null,
  approval text                         -- map-approval number 审图号 of the shape; null: a schematic 示意图
);
create index regions_parent on regions (parent, code);
create index regions_level on regions (level, code);
create index regions_shape on regions using gist (shape);

-- A set of cells that one grid worker looks after 责任网格.
create table duty_grids (
  id     uuid primary key,
  code   text collate "C" not null unique,
  street text collate "C" not null references regions,
  name   text not null
);
create index duty_grids_street on duty_grids (street, code);

-- Unit cell 单元网格: cells of a community tile it without gap or overlap.
create table cells (
  code         text collate "C" primary key, -- 15 digits
  community    text collate "C" not null references regions,
  street       text collate "C" not null references regions,
  district     text collate "C" not null references regions,
  shape        geometry(Polygon, 4326) not null,
  area_m2      double precision not null,
  duty_grid_id uuid references duty_grids,
  valid_from   timestamptz not null,
  valid_to     timestamptz                   -- exclusive; null: valid
);
create index cells_community on cells (community, code);
create index cells_street on cells (street, code);
create index cells_duty_grid on cells (duty_grid_id);
create index cells_shape on cells using gist (shape);

-- Who holds a duty grid, and who stands in.
create table duties (
  duty_grid_id uuid not null references duty_grids,
  person_id    uuid not null references people,
  part         text not null check (part in ('holder', 'stand_in')),
  valid_from   timestamptz not null,
  valid_to     timestamptz,
  primary key (duty_grid_id, person_id, valid_from)
);
create index duties_person on duties (person_id);
