// Measure measures the city's page of indicators over a year of cases, 640 000 buildings and 300 000 premises: all measures together, by district, and by department,
// as a supervisor of the city asks for them. The floor is counting the city's districts.
//
// What the page reads are sums by month, day and category of the city, which fifty thousand cases fill as well as a million do:
// making the figures of a million from nothing takes a quarter of an hour.
//
//	go run ./bench/measure
//	go run ./bench/measure -cases 1000000
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/calendar"
	"gridwork/domain/measure"
	"gridwork/pg"
)

// goal is for a million cases, milliseconds.
const goal = 200

// Cases of a year, all but the last of them closed, nine in ten in time.
const (
	agedSQL = `update cases set filed_at = filed_at - number % 365 * interval '1 day', dispatched_at = dispatched_at - number % 365 * interval '1 day',
			accepted_at = accepted_at - number % 365 * interval '1 day', due_at = filed_at - number % 365 * interval '1 day' + interval '7 days',
			closed_at = case when number % 365 > 9 then filed_at - number % 365 * interval '1 day' + number % 10 * interval '19 hours' end,
			state = case when number % 365 > 9 then 'closed' else state end`
	roundsAgedSQL = `update case_rounds r set opened_at = c.filed_at, closed_at = c.closed_at, outcome = case when c.closed_at is not null then 'closed' end
			from cases c where c.id = r.case_id`
	leadsAgedSQL = `update assignments a set assigned_at = c.dispatched_at, accepted_at = c.accepted_at, ended_at = c.closed_at,
			end_reason = case when c.closed_at is not null then 'closed' end from cases c where c.id = a.case_id`
	// Each place saw somebody on some day of the year, and up to a month before.
	visitedSQL = `insert into measure_visits (kind, region, day, before, n)
			select kind.kind, left(street, length.n), now()::date - day.ago, now()::date - day.ago - day.ago % 29 - 1, count(*) * kind.places
			from premises cross join (values (4), (6), (9)) as length(n) cross join lateral (select (random() * 365)::int + (code < '')::int as ago) day
			cross join (values ('premises', 1), ('floor', 6)) as kind(kind, places)
			group by 1, 2, 3, 4, kind.places`
	// In every cell somebody was on every third day.
	presentSQL = `insert into measure_presence (year, cell, days)
			select extract(year from day)::int, code, range_agg(daterange(day, day + 1)) from (
				select code, now()::date - n as day from cells cross join generate_series(1, 365) n where (n + hashtext(code)) % 3 = 0
			) was group by 1, 2 on conflict (year, cell) do update set days = measure_presence.days + excluded.days`
	buildingsSQL = `insert into addresses (code, kind, text, terms, floors, point, cell, street, updated_at)
			select lpad((row_number() over ())::text, 25, '0'), 'building', '楼', '{}', 1 + n % 33, st_pointonsurface(shape), code, street, now()
			from cells cross join generate_series(1, 640000 / 18000) n where valid_to is null`
	clocksAgedSQL = `update clocks k set started_at = c.filed_at, due_at = c.due_at, stopped_at = c.closed_at from cases c where c.id = k.case_id`
)

func main() {
	cases := flag.Int("cases", 50_000, "how many")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return figures(ctx, s, *cases) })
	})
}

func figures(ctx context.Context, s *stand.Stand, cases int) error {
	address, err := s.DemoCity(ctx, "measure", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillPremises(ctx, address, demo.Full.Premises, "餐饮"); err != nil {
		return err
	}
	if err := s.FillCases(ctx, address, cases, stand.ClocksSQL, agedSQL, roundsAgedSQL, leadsAgedSQL, clocksAgedSQL); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx = actor.With(ctx, actor.System("bench"))
	begun := time.Now()
	err = db.Write(ctx, func(tx *pg.Tx) error {
		if _, err := tx.Exec(ctx, buildingsSQL); err != nil {
			return err
		}
		return measure.Rebuild(ctx, tx)
	})
	if err != nil {
		return err
	}
	fmt.Printf("%d cases; the figures were made from nothing in %v; %s\n", cases, time.Since(begun).Round(time.Second), gauge.Machine())
	for _, sql := range []string{visitedSQL, presentSQL, "analyze"} {
		if err := db.Write(ctx, func(tx *pg.Tx) error { _, err := tx.Exec(ctx, sql); return err }); err != nil {
			return err
		}
	}
	return db.Read(ctx, func(tx *pg.Tx) error { return ask(ctx, tx, s) })
}

func ask(ctx context.Context, tx *pg.Tx, s *stand.Stand) error {
	tx.Actor = &actor.Actor{ID: uuid.New(), Grants: []actor.Grant{{Role: actor.Supervisor, Region: "4403"}}}
	year := func(by measure.Dimension) measure.Filter {
		from, to := tx.Now.AddDate(-1, 0, 0), tx.Now.AddDate(0, 0, 14)
		return measure.Filter{From: calendar.DateOf(from), To: calendar.DateOf(to), By: by}
	}
	cpu := []gauge.Meter{gauge.Self("this process"), s.Postgres()}
	page := func(name string, f measure.Filter) gauge.Contender {
		return gauge.Contender{Name: name, Meters: cpu, Do: func(ctx context.Context, _ int) error {
			groups, err := measure.Indicators(ctx, tx, f)
			if err == nil && len(groups) == 0 {
				err = fmt.Errorf("%s: no figures", name)
			}
			return err
		}}
	}
	cases, premises, cells := year(measure.Together), year(measure.Together), year(measure.Together)
	cases.Measures = []string{"on_time_closing_rate", "closing_rate", "correct_dispatch_rate", "check_pass_rate", "rework_rate", "return_rate", "dispose_median"}
	premises.Measures = []string{"premises_coverage"}
	cells.Measures = []string{"cell_coverage"}
	month := year(measure.ByDay)
	month.From = calendar.DateOf(tx.Now.AddDate(0, -1, 0))
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: 5, Slice: 2 * time.Second, Warm: time.Second},
		gauge.Contender{Name: "count the districts", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, err := pg.Val[int](ctx, tx, "select count(*) from regions where level = 'district'")
			return err
		}},
		page("the city, a year", year(measure.Together)),
		page("the city's cases, a year", cases),
		page("the city's premises, a year", premises),
		page("the city's cells, a year", cells),
		page("by district, a year", year(measure.ByRegion)),
		page("by department, a year", year(measure.ByDepartment)),
		page("by day, a month", month),
	)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	fmt.Printf("the city's page: p99 %s ms (goal: %d)\n", series[1].Of(gauge.Slice.P99), goal)
	return nil
}
