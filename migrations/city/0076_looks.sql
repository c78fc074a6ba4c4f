-- +goose Up
-- Who has which report or case open at this moment, so that two people do not work on one. A hint: it is worth nothing a quarter of a
-- minute later, is written over and swept away, and need not outlive a crash, so the table is unlogged.
create unlogged table looks (
  person_id  uuid primary key references people, -- one thing at a time
  subject_id uuid not null,                      -- a clue or a case
  street     text collate "C" not null,
  since      timestamptz not null,
  until      timestamptz not null                -- unless it is said again
);
create index looks_street on looks (street);
