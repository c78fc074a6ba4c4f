-- +goose Up
alter table photos
  add column faces     smallint,                    -- that were found and blurred in the copy; null until it was developed
  add column rendering integer not null default 0;  -- how often the copy was made anew: part of its address

-- What people covered in a photo's copy by hand 涂抹. The original keeps it.
create table photo_redactions (
  id         uuid primary key,
  photo_id   uuid not null references photos on delete cascade,
  left_share double precision not null check (left_share >= 0 and left_share < 1),    -- of the upright picture's width
  top_share  double precision not null check (top_share >= 0 and top_share < 1),      -- of its height
  width      double precision not null check (width > 0 and left_share + width <= 1.000001),
  height     double precision not null check (height > 0 and top_share + height <= 1.000001),
  made_by    uuid not null references people,
  made_at    timestamptz not null
);
create index photo_redactions_photo on photo_redactions (photo_id, id);
