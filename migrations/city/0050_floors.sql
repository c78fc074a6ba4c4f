-- +goose Up
alter table inspections add column floors smallint[]; -- of the building, that were walked: 1 is the ground floor, -1 the first below it; null: not told
-- Which floors were walked in a period.
create index inspections_floors on inspections (captured_at) where floors is not null;
-- How many floors a region's buildings have. It is read without the table.
create index addresses_floors on addresses (cell, floors) where kind = 'building' and floors is not null;
