-- +goose Up
-- What endangers whoever comes near: grid workers carry it along, also of the cells next to theirs. Of what a city has
-- published already, it is what the fire brigade or safety supervision leads.
alter table categories add column hazard boolean not null default false;
update categories set hazard = not restricted and code in (
  select category from filing_standards where department in ('fire', 'safety_supervision')
  and version = (select max(version) from filing_standards));

-- Which things a handheld has, by their hashes, so that the next pull brings what is new and takes away what is gone. Days
-- and no times: a time beside that of a report would tell who reported.
create table manifests (
  holder      uuid primary key,              -- the device; or the person, who named none
  person_id   uuid not null references people,
  kept_cursor bytea,                         -- of the manifest that the handheld came with; null: it came with none
  kept        bytea,
  sent_cursor bytea not null,                -- of the last one that it was sent, perhaps without hearing it
  sent        bytea not null,
  sent_on     date not null,
  check ((kept_cursor is null) = (kept is null))
);
create index manifests_sent_on on manifests (sent_on);
