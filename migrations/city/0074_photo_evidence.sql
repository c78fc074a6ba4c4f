-- +goose Up
-- Columns beside rows: whether a picture is lighter below. Two that differ in one direction alone are two.
alter table photos add column fingerprint_down bigint;

-- The earliest picture of the very same fingerprint; then those of which a quarter of 128 bits differs in two at most, which holds for
-- every two that differ in 11 together.
create index photos_print on photos (fingerprint, declared_at, id) where fingerprint is not null;
create index photos_print_upper on photos (((fingerprint >> 32) & 4294967295)) where fingerprint is not null;
create index photos_print_lower on photos ((fingerprint & 4294967295)) where fingerprint is not null;
create index photos_print_down_upper on photos (((fingerprint_down >> 32) & 4294967295)) where fingerprint_down is not null;
create index photos_print_down_lower on photos ((fingerprint_down & 4294967295)) where fingerprint_down is not null;

-- What was known of the place, and what the device said, when photos were declared. No foreign key: a subject is of many kinds, and
-- reports come in floods.
create table photo_scenes (
  subject_id      uuid primary key,
  place           geometry(Point, 4326) not null, -- what the photos are about
  reach_m         double precision not null check (reach_m >= 0), -- how far it goes around that point
  -- the device's position as it came; all null: it gave none
  lon             double precision,
  lat             double precision,
  datum           text check (datum in ('wgs84', 'gcj02', 'bd09', 'cgcs2000')),
  accuracy_m      double precision check (accuracy_m >= 0),
  position_source text check (position_source in ('gnss', 'network', 'map_pin', 'address')),
  mocked          boolean,
  captured_at     timestamptz,
  check (num_nulls(lon, lat, datum, accuracy_m, position_source, mocked, captured_at) in (0, 7))
);

-- What speaks for and against a photo. Where the camera says it was is not kept: it may be somebody's home.
create table photo_evidence (
  photo_id     uuid primary key references photos on delete cascade,
  grade        text not null check (grade in ('plausible', 'unknown', 'doubtful', 'implausible')),
  doubts       text[] not null,          -- why it is not plausible
  shot_at      timestamptz,              -- by the camera's clock; null: the file does not say
  camera_m     double precision,         -- from the camera to the place, rounded up; null: the file does not say
  device_at    timestamptz,              -- when the device took its position, by its own clock
  device_m     double precision,         -- from the device to the place; null: it did not say, or what it said is the place
  mocked       boolean,                  -- the device said that its position was feigned; null: it gave none
  earlier_id   uuid,                     -- the first photo of something else that shows the same picture
  appraised_at timestamptz not null
);
