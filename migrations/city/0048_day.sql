-- +goose Up
-- What presses somebody and is not acknowledged: what their day is reminded of.
create index messages_pressing on messages (person_id, id desc) where needs_ack and acked_at is null;
