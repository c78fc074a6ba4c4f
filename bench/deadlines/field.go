package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/bench/stand"
	"gridwork/domain/casework"
	"gridwork/pg"
)

// field is a city with cases in work, and who looks at it from outside.
type field struct {
	owner *pgx.Conn
	armed int // how many of its cases wait for a step that comes due
}

// survey opens the city as the owner of its database.
func survey(ctx context.Context, address string) (*field, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	cfg.RuntimeParams["search_path"] = pg.SearchPath(stand.City)
	owner, err := pgx.ConnectConfig(ctx, cfg)
	return &field{owner: owner}, err
}

// perCase clocks run for each case: of the disposal and of the whole.
const perCase = 2

const placesSQL = `create temporary table places as
	select row_number() over (order by code) as n, code, street, st_pointonsurface(shape) as point from cells where valid_to is null;
create unique index on places (n);
create temporary table standards as
	select row_number() over (order by f.category, f.position) as n, f.id, f.category, f.department, f.urgent, c.kind
	from filing_standards f join categories c on c.code = f.category;
analyze places; analyze standards`

// Whoever has to acknowledge gets a text message as well: that is a delivery and an outbox row for each firing.
const phonesSQL = `update people set phone = '+8613900000000'`

// Each id begins with a time, like those that the platform makes.
const insertCasesSQL = `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text, point,
		cell, street, standard_id, department, restricted, clue_count, filed_at, dispatched_at, accepted_at, due_at)
	select pg_temp.id(made.n, 1), s.kind, 'working', 1, 3, 0, 2, s.category, s.urgent, 2, 'clue', '通道堆放杂物，影响通行。', p.point,
		p.code, p.street, s.id, s.department, false, 1, $2::timestamptz, $2::timestamptz, $2::timestamptz, $2::timestamptz + interval '30 days'
	from generate_series(1, $1::int) as made(n)
	join places p on p.n = 1 + (made.n * 7919::bigint) % (select count(*) from places)
	join standards s on s.n = 1 + made.n % (select count(*) from standards)`

const insertRoundsSQL = `insert into case_rounds (case_id, round, opened_at, opened_because, standard_version, ladder, ladder_version, returns,
		extensions, suspensions, reworks)
	select id, 1, filed_at, 'filed', 1, 'urgent', 1, 0, 0, 0, 0 from cases`

// Clocks of 60 days whose first step is due in 30: nothing of them comes up while we measure.
const insertClocksSQL = `insert into clocks (id, case_id, round, stage, department, street, limit_number, limit_unit, started_at, due_at, pauses,
		ladder, ladder_version)
	select pg_temp.id(row_number() over (order by c.id), 2 + stage.n), c.id, 1, stage.name, c.department, c.street, 1440, 'urgent_hour', c.filed_at,
		c.filed_at + interval '60 days', '[]', 'urgent', 1
	from cases c cross join (values (0, 'dispose'), (1, 'total')) as stage(n, name)`

const insertDeadlinesSQL = `insert into deadlines (id, clock_id, case_id, step, occurrence, due_at, state, armed_at)
	select pg_temp.id(row_number() over (order by c.id), 4), c.id, c.case_id,
		(select min(s.position) - 1 from ladders l, jsonb_array_elements(l.steps) with ordinality as s(step, position)
			where l.code = 'urgent' and l.version = 1 and s.step->>'clock' = c.stage), 0,
		c.started_at + (c.due_at - c.started_at) / 2, 'armed', c.started_at
	from clocks c`

const idSQL = `create function pg_temp.id(n bigint, kind bigint) returns uuid language sql as $$
	select (lpad(to_hex(1763000000000 + n / 1000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || substr(md5(n::text || '.' || kind::text), 1, 15))::uuid $$`

func (f *field) fill(ctx context.Context, armed int) error {
	now := time.Now()
	for _, do := range []struct {
		sql  string
		args []any
	}{
		{idSQL, nil}, {placesSQL, nil}, {phonesSQL, nil}, {insertCasesSQL, []any{armed / perCase, now}}, {insertRoundsSQL, nil},
		{insertClocksSQL, nil}, {insertDeadlinesSQL, nil}, {"vacuum analyze", nil},
	} {
		if _, err := f.owner.Exec(ctx, do.sql, do.args...); err != nil {
			return fmt.Errorf("%.40s…: %w", do.sql, err)
		}
	}
	return nil
}

// calm waits until Postgres has written down what the filling left it to write: that is no cost of waiting for deadlines.
func calm(ctx context.Context, admin string) error {
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, "checkpoint")
	return err
}

// The second step of the disposal clock, which has to be acknowledged, is due after 80 percent of ten hours.
const moveClocksSQL = `with chosen as (
		select c.id, row_number() over (order by cases.id) - 1 - $1 as n from clocks c join cases on cases.id = c.case_id
		where c.stage = 'dispose' order by cases.id offset $1 limit $2
	), clock as (
		update clocks set limit_number = 10, started_at = $3::timestamptz + n * $4::interval - interval '8 hours',
			due_at = $3::timestamptz + n * $4::interval + interval '2 hours'
		from chosen where chosen.id = clocks.id returning clocks.id, $3::timestamptz + n * $4::interval as due
	)
	update deadlines set due_at = clock.due, step = step + 1 from clock where deadlines.clock_id = clock.id and state = 'armed'`

// arm lets so many steps come due from the given time on, evenly over a while.
func (f *field) arm(ctx context.Context, steps int, from time.Time, over time.Duration) error {
	gap := time.Duration(0)
	if over > 0 {
		gap = over / time.Duration(steps)
	}
	tag, err := f.owner.Exec(ctx, moveClocksSQL, f.armed, steps, from.Truncate(time.Microsecond), gap)
	if err == nil && tag.RowsAffected() != int64(steps) {
		err = fmt.Errorf("%d of %d steps could be armed", tag.RowsAffected(), steps)
	}
	if err == nil && !time.Now().Before(from) {
		err = errors.New("arming took too long: the steps were due before they were armed")
	}
	f.armed += steps
	return err
}

// lateness of steps, the least first.
type lateness []time.Duration

const firedSQL = `select e.at, e.deadline_id, d.due_at from case_events e join deadlines d on d.id = e.deadline_id
	where e.at >= $1 and e.kind = 'pressed' order by e.at`

type fired struct {
	At       time.Time `db:"at"`
	Deadline uuid.UUID `db:"deadline_id"`
	DueAt    time.Time `db:"due_at"`
}

const (
	// watchGap is how closely we look: it is part of the lateness that we see.
	watchGap = 5 * time.Millisecond
	// overlap and overlook are how far a look goes back, and how often one goes back all the way: transactions may commit
	// in another order than they were begun.
	overlap  = 100 * time.Millisecond
	overlook = time.Second
)

// watch sees steps fire, by the commits that it can read, until there are so many.
func (f *field) watch(ctx context.Context, steps int) (lateness, error) {
	seen := make(map[uuid.UUID]bool, steps)
	var late lateness
	begun := time.Now()
	since, whole := begun, begun
	for len(late) < steps {
		if err := wait(ctx, watchGap); err != nil {
			return nil, err
		}
		from := since.Add(-overlap)
		if time.Since(whole) > overlook {
			from, whole = begun.Add(-overlap), time.Now()
		}
		rows, err := f.owner.Query(ctx, firedSQL, from)
		if err != nil {
			return nil, err
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[fired])
		if err != nil {
			return nil, err
		}
		now := time.Now()
		for _, e := range found {
			if !seen[e.Deadline] {
				seen[e.Deadline] = true
				late, since = append(late, now.Sub(e.DueAt)), e.At
			}
		}
	}
	slices.Sort(late)
	return late, nil
}

const oldestSQL = `select due_at from deadlines where state = 'armed' and case_id is not null order by due_at, id limit 1`

// gone waits until nothing is armed any more that is due by the given time.
func (f *field) gone(ctx context.Context, due time.Time) error {
	for {
		var oldest time.Time
		if err := f.owner.QueryRow(ctx, oldestSQL).Scan(&oldest); err != nil || oldest.After(due) {
			return err
		}
		if err := wait(ctx, watchGap); err != nil {
			return err
		}
	}
}

const writtenSQL = `select (select count(*) from case_events where kind = 'pressed'), (select count(*) from messages where deadline_id is not null),
	(select count(*) from deliveries), (select count(*) from outbox where kind = 'message.deliver')`

// check prints what was written, and fails if anything holds that never may.
func (f *field) check(ctx context.Context, db *pg.DB) error {
	var events, messages, deliveries, jobs int
	if err := f.owner.QueryRow(ctx, writtenSQL).Scan(&events, &messages, &deliveries, &jobs); err != nil {
		return err
	}
	fmt.Printf("written: %d events, %d messages, %d deliveries, %d jobs\n", events, messages, deliveries, jobs)
	ctx = actor.With(ctx, actor.System("bench"))
	return db.Read(ctx, func(tx *pg.Tx) error {
		violations, err := casework.CheckInvariants(ctx, tx)
		if err == nil && len(violations) > 0 {
			err = fmt.Errorf("%d violations, such as %+v", len(violations), violations[0])
		}
		return err
	})
}
