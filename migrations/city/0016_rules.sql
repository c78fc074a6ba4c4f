-- +goose Up
-- Rules are drafted by some and published by others. The published set with the latest effective time that has come decides.
alter table rule_sets add column revision integer not null default 1; -- of a draft: grows with every edit, the optimistic lock
alter table rule_sets add column authors uuid[] not null default '{}'; -- who drafted or edited it: none of them publishes it
alter table rule_sets add column based_on integer references rule_sets; -- the version that it began as a copy of
alter table rule_sets add column published_at timestamptz;             -- null: a draft
update rule_sets set published_at = created_at where state = 'published';
create index rule_sets_effective on rule_sets (effective_from desc, version desc) where state = 'published';
-- Which returns were decided lately, as precedents of the rules that had sent the cases there.
create index return_requests_decided on return_requests (decided_at) where decided_at is not null;
