-- +goose Up
-- What a measure 指标 is: data, versioned as a whole. The newest version counts. A ratio adds and takes away named counts
-- above and below the line; a time is a quantile of a stage's lengths.
create table measures (
  version      integer not null,
  key          text collate "C" not null,
  position     integer not null,         -- order in which they are shown, from 1
  name_zh      text not null,
  name_en      text not null,
  unit         text not null check (unit in ('ratio', 'second')),
  numerator    text[] not null,          -- of a ratio: counts, those taken away with a minus in front; empty for a time
  denominator  text[] not null,
  stage        text not null,            -- of a time; '' for a ratio
  quantile     double precision not null, -- of a time: 0.5 is the median; 0 for a ratio
  higher_better boolean not null,
  of_departments boolean not null,       -- whether it says something of a department, not of streets alone
  source       text not null,            -- the rule it comes from
  published_at timestamptz not null,
  primary key (version, key),
  check ((unit = 'second') = (stage <> '') and (unit = 'ratio') = (cardinality(denominator) > 0))
);

-- What has changed since the figures were made. Written with the change, in its transaction, and never updated; the
-- roll-up takes rows away. Nothing waits for anything here.
create table measure_queue (
  id      uuid primary key,              -- UUIDv7: tells how long it has waited
  case_id uuid,
  clue_id uuid,
  check ((case_id is null) <> (clue_id is null))
);

-- A city that was there before has all of its figures to make: the background work does, by and by.
insert into measure_queue (id, case_id) select id, id from cases;
insert into measure_queue (id, clue_id) select id, id from clues;

-- Its one row is locked by whoever rolls up: one at a time, so that figures that everybody adds to never lock in a circle.
create table measure_rollup (
  single     boolean primary key check (single),
  rebuilt_at timestamptz                 -- when the figures were last made from nothing; null: never
);
insert into measure_rollup (single) values (true);

-- What one round of a case adds to the figures, for each department that led it ('' while none does): a pure function of
-- the stored rows. There is no column of a person, here or in any table of measures, and no row of a restricted case.
create table measure_facts (
  case_id          uuid not null,
  round            integer not null,
  department       text collate "C" not null,
  street           text collate "C" not null,
  community        text collate "C" not null,
  category         text collate "C" not null,
  owner            boolean not null,     -- this department has the round now, or had it last
  opened_day       date not null,        -- the city's day on which the round began: counts from filed to reworks stand there
  due_day          date,                 -- on which the disposal is due: counts from due to exempted; null: no promise was made
  looked_day       date,                 -- of the last random re-inspection: looked, unfixed, missed
  filed            integer not null,     -- the case's first round began
  reopened         integer not null,     -- a later round began
  voided           integer not null,
  forced           integer not null,     -- closed by force
  dispatched       integer not null,     -- times it was sent to the department, reworks not counted
  dispatched_right integer not null,     -- of those, not taken back and not rightly returned
  returns_asked    integer not null,
  returns_upheld   integer not null,
  disposals        integer not null,
  checks           integer not null,     -- decided
  checks_passed    integer not null,
  reworks          integer not null,
  due              integer not null,
  deferred         integer not null,     -- of those, suspended now
  closed           integer not null,     -- of those, closed by a check, and not opened again
  closed_on_time   integer not null,     -- of those, each disposal within its limit, or exempted by a granted appeal
  exempted         integer not null,     -- of those, the ones on time by an appeal only
  looked           integer not null,     -- random re-inspections answered with fixed or not fixed
  unfixed          integer not null,     -- of those, found not fixed
  missed           integer not null,     -- of those, something else stood there that nobody had reported
  stages           text[] not null,      -- finished stages, with the day on which each ended and how long it took
  stage_days       date[] not null,
  stage_seconds    bigint[] not null,    -- by the wall, without pauses
  primary key (case_id, round, department)
);
create index measure_facts_opened on measure_facts (street, opened_day);
create index measure_facts_due on measure_facts (street, due_day) where due_day is not null;
create index measure_facts_looked on measure_facts (street, looked_day) where looked_day is not null;

-- What one clue adds. Its department and category are those of the case behind it, where there is one.
create table measure_reports (
  clue_id           uuid primary key,
  case_id           uuid,
  department        text collate "C" not null,
  street            text collate "C" not null,
  community         text collate "C" not null,
  category          text collate "C" not null, -- '' where nobody has said
  day               date not null,       -- on which it came in
  reports           integer not null,    -- 1
  reports_filed     integer not null,    -- filed or merged
  rated             integer not null,    -- rounds that its reporter has rated
  satisfied         integer not null,    -- with 4 or 5
  hotline_reports   integer not null,    -- the same of what callers said
  hotline_answered  integer not null,    -- decided within the limit
  hotline_resolved  integer not null,    -- handled on the spot, or its case is closed
  hotline_rated     integer not null,
  hotline_satisfied integer not null,
  stages            text[] not null,
  stage_days        date[] not null,
  stage_seconds     bigint[] not null
);
create index measure_reports_case on measure_reports (case_id) where case_id is not null;
create index measure_reports_street on measure_reports (street, day);

-- The sums of all those, for every region from the community to the city, each department and all of them ('*'), each
-- category and all of them ('*'); by day, and by month, so that a year is twelve rows and not 365.
create table measure_sums (
  region            text collate "C" not null,
  department        text collate "C" not null,
  category          text collate "C" not null,
  span              text not null check (span in ('day', 'month')),
  start             date not null,       -- the day, or the first of the month
  filed             integer not null default 0,
  reopened          integer not null default 0,
  voided            integer not null default 0,
  forced            integer not null default 0,
  dispatched        integer not null default 0,
  dispatched_right  integer not null default 0,
  returns_asked     integer not null default 0,
  returns_upheld    integer not null default 0,
  disposals         integer not null default 0,
  checks            integer not null default 0,
  checks_passed     integer not null default 0,
  reworks           integer not null default 0,
  due               integer not null default 0,
  deferred          integer not null default 0,
  closed            integer not null default 0,
  closed_on_time    integer not null default 0,
  exempted          integer not null default 0,
  looked            integer not null default 0,
  unfixed           integer not null default 0,
  missed            integer not null default 0,
  reports           integer not null default 0,
  reports_filed     integer not null default 0,
  rated             integer not null default 0,
  satisfied         integer not null default 0,
  hotline_reports   integer not null default 0,
  hotline_answered  integer not null default 0,
  hotline_resolved  integer not null default 0,
  hotline_rated     integer not null default 0,
  hotline_satisfied integer not null default 0,
  primary key (region, department, category, span, start)
);

-- How long stages took, in buckets that grow by a fifth: bucket i holds from 1.2^i up to 1.2^(i+1) seconds.
create table measure_times (
  region     text collate "C" not null,
  department text collate "C" not null,
  category   text collate "C" not null,
  stage      text not null,
  span       text not null check (span in ('day', 'month')),
  start      date not null,
  bucket     smallint not null,
  n          integer not null,
  primary key (region, department, category, span, start, stage, bucket)
);

-- Whether a cell was visited in a period.
create index inspection_tasks_visited on inspection_tasks (cell, done_at) where done_at is not null;
