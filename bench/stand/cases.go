package stand

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

const idSQL = `create function pg_temp.id(n bigint, kind bigint) returns uuid language sql as $$
	select (lpad(to_hex(1763000000000 + n / 1000), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || substr(md5(n::text || '.' || kind::text), 1, 15))::uuid $$`

const casePlacesSQL = `create temporary table places as
	select row_number() over (order by code) as n, code, street, st_pointonsurface(shape) as point from cells where valid_to is null;
create unique index on places (n);
create temporary table standards as
	select row_number() over (order by f.category, f.position) as n, f.id, f.category, f.department, c.kind
	from filing_standards f join categories c on c.code = f.category;
analyze places; analyze standards`

const insertCasesSQL = `insert into cases (id, kind, state, round, version, level, epoch, category, urgent, priority, source, text, point,
		cell, street, standard_id, department, restricted, clue_count, filed_at, dispatched_at, accepted_at, due_at)
	select pg_temp.id(made.n, 1), s.kind, 'working', 1, 3, 0, 2, s.category, false, 2, 'clue', '通道堆放杂物，影响通行。', p.point,
		p.code, p.street, s.id, s.department, false, 1, $2::timestamptz, $2::timestamptz, $2::timestamptz, $2::timestamptz + interval '9 days'
	from generate_series(1, $1::int) as made(n)
	join places p on p.n = 1 + (made.n * 7919::bigint) % (select count(*) from places)
	join standards s on s.n = 1 + made.n % (select count(*) from standards)`

const insertRoundsSQL = `insert into case_rounds (case_id, round, opened_at, opened_because, standard_version, ladder, ladder_version, returns,
		extensions, suspensions, reworks)
	select id, 1, filed_at, 'filed', 1, 'standard', 1, 0, 0, 0, 0 from cases`

const insertLeadsSQL = `insert into assignments (id, case_id, round, department, part, assigned_at, accepted_at, deemed)
	select pg_temp.id(number, 7), id, 1, department, 'lead', dispatched_at, accepted_at, false from cases`

// ClocksSQL gives each case two clocks: of seven and of ten working days, begun within the last two days.
const ClocksSQL = `insert into clocks (id, case_id, round, stage, department, street, limit_number, limit_unit, started_at, due_at, pauses,
		calendar_version, standard_version, ladder, ladder_version)
	select pg_temp.id(row_number() over (order by c.id), 2 + stage.n), c.id, 1, stage.name, c.department, c.street, 7 + 3 * stage.n, 'working_day',
		c.filed_at - (random() * 48) * interval '1 hour', c.due_at, '[]', (select max(version) from calendars), 1, 'standard', 1
	from cases c cross join (values (0, 'dispose'), (1, 'total')) as stage(n, name)`

// DeadlinesSQL arms the last step of the stage that is pulled by time, far from due.
const DeadlinesSQL = `insert into deadlines (id, clock_id, case_id, step, occurrence, due_at, state, armed_at)
	select pg_temp.id(row_number() over (order by c.id), 4), c.id, c.case_id, step.n, 0, c.due_at + interval '9 days', 'armed', c.started_at
	from clocks c join lateral (select max(s.position) - 1 as n from ladders l, jsonb_array_elements(l.steps) with ordinality as s(step, position)
		where l.code = 'standard' and l.version = 1 and s.step->>'clock' = c.stage and not s.step->'trigger' ? 'event') as step on step.n is not null`

// FillCases writes cases in work, dispatched and accepted just now, and further statements whose pg_temp.id makes ids of
// numbers. It leaves statistics and free of dead rows what it wrote.
func (s *Stand) FillCases(ctx context.Context, address string, cases int, further ...string) error {
	owner, err := s.owner(ctx, address)
	if err != nil {
		return err
	}
	defer owner.Close(context.WithoutCancel(ctx))
	return Cases(ctx, owner, cases, further...)
}

// Cases is FillCases for whoever has a connection.
func Cases(ctx context.Context, owner *pgx.Conn, cases int, further ...string) error {
	steps := []string{idSQL, casePlacesSQL, insertCasesSQL, insertRoundsSQL, insertLeadsSQL}
	for _, sql := range append(append(steps, further...), "vacuum analyze") {
		var args []any
		if sql == insertCasesSQL {
			args = []any{cases, time.Now()}
		}
		if _, err := owner.Exec(ctx, sql, args...); err != nil {
			return fmt.Errorf("%.40s…: %w", sql, err)
		}
	}
	return nil
}
