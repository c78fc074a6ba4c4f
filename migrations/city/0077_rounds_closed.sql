-- +goose Up
-- The rounds that were open at any moment since: what a playback goes through.
create index case_rounds_closed on case_rounds (closed_at);
