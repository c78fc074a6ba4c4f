// Day measures how long it takes to put a grid worker's day together, and to order it, over a season of inspection tasks, a tenth
// of which are open: some four hundred wait for each worker. The floor is the first hundred of them, and nothing more.
//
//	go run ./bench/day
//	go run ./bench/day -tasks 1000000
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/day"
	"gridwork/domain/inspection"
	"gridwork/geo"
	"gridwork/pg"
)

// goal is for 4.3 million tasks, milliseconds.
const goal = 20

// Each campaign has a task in every cell, and a worker holds 17 neighbouring cells. Nine campaigns in ten are over.
const (
	workersSQL = `create temporary table held as select code, street, ('00000000-0000-7000-8000-' || lpad(to_hex(row_number() over (order by code) / 17), 12, '0'))::uuid as person
		from cells where valid_to is null`
	campaignsSQL = `insert into campaigns (id, name, region, checklist_id, due_at, state, total, generated, cursor, created_at)
		select pg_temp.id(n, 20), 'campaign ' || n, '4403', (select id from checklists limit 1), $2::timestamptz + n * interval '1 hour',
			'running', 1, 1, '', $2 from generate_series(1, $1::int / 18000) n`
	tasksSQL = `insert into inspection_tasks (id, campaign_id, cell, street, assignee_id, state, due_at, created_at, done_at)
		select pg_temp.id(n.n * 18000 + row_number() over (order by n.n, held.code), 21), pg_temp.id(n.n, 20), held.code, held.street, held.person,
			case when n.n % 10 = 0 then 'open' else 'done' end, $2::timestamptz + n.n * interval '1 hour', $2, case when n.n % 10 > 0 then $2 end
		from generate_series(1, $1::int / 18000) n(n) cross join held`
)

func main() {
	tasks := flag.Int("tasks", 4_300_000, "of a season")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return days(ctx, s, *tasks) })
	})
}

func days(ctx context.Context, s *stand.Stand, tasks int) error {
	address, err := s.DemoCity(ctx, "day", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.Fill(ctx, address, []any{tasks, time.Now()}, workersSQL, campaignsSQL, tasksSQL); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Read(actor.With(ctx, actor.System("bench")), func(tx *pg.Tx) error { return ask(ctx, tx, s) })
}

func ask(ctx context.Context, tx *pg.Tx, s *stand.Stand) error {
	workers, err := pg.Vals[uuid.UUID](ctx, tx, "select distinct assignee_id from inspection_tasks where state = 'open' and assignee_id is not null order by 1 limit 1000")
	if err != nil {
		return err
	}
	count, err := pg.Val[int](ctx, tx, "select count(*) from inspection_tasks")
	if err != nil {
		return err
	}
	fmt.Printf("%d tasks, %d workers; %s\n", count, len(workers), gauge.Machine())
	somebody := func() { tx.Actor = &actor.Actor{ID: workers[rand.IntN(len(workers))]} }
	cpu := []gauge.Meter{gauge.Self("this process"), s.Postgres()}
	at := geo.Position{Lon: 114.05, Lat: 22.54, Datum: geo.WGS84, Source: geo.SourceGNSS, CapturedAt: tx.Now}
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: 5, Slice: 2 * time.Second, Warm: time.Second},
		gauge.Contender{Name: "a hundred tasks", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			somebody()
			_, _, err := inspection.MyTasks(ctx, tx, nil, 100)
			return err
		}},
		gauge.Contender{Name: "a day", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			somebody()
			d, err := day.Mine(ctx, tx, &at)
			if err == nil && len(d.Stops) == 0 {
				err = fmt.Errorf("nothing to do for %v", tx.Actor.ID)
			}
			return err
		}},
	)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	fmt.Printf("a day: p95 %s ms (goal: %d)\n%s\n", series[1].Of(gauge.Slice.P95), goal, gauge.Machine())
	return nil
}
