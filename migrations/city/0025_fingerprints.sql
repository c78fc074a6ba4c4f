-- +goose Up
-- 64 bits that stay nearly the same when a picture is scaled, compressed again or brightened; null until it was
-- developed, and for a picture that shows next to nothing. Two reports with one picture are about one thing.
alter table photos add column fingerprint bigint;
