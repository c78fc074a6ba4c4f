// Generate measures how fast a plan's tasks are made, a million of them, and what a night costs that finds no new place.
// The floor is the same rows written by one statement into a table without an index.
//
//	go run ./bench/generate
package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/calendar"
	"gridwork/domain/inspection"
	"gridwork/pg"
)

// goal in tasks a second, on two cores.
const goal = 20_000

func main() {
	premises := flag.Int("premises", 1_000_000, "places of the plan")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Durable, func(s *stand.Stand) error { return measure(ctx, s, *premises) })
	})
}

func measure(ctx context.Context, s *stand.Stand, premises int) error {
	address, err := s.DemoCity(ctx, "generate", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillPremises(ctx, address, premises, "餐饮"); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx = actor.With(ctx, actor.System("bench"))
	meters := []gauge.Meter{gauge.Self("job"), s.Postgres()}
	fmt.Printf("%d premises in the demo city, durable commits; %s\n", premises, gauge.Machine())
	if err := begin(ctx, db); err != nil {
		return err
	}
	var longest time.Duration
	took, err := gauge.Clocked(meters, func() (err error) { longest, err = generate(ctx, db); return err })
	if err != nil {
		return err
	}
	made, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (int, error) { return pg.Val[int](ctx, tx, `select count(*) from inspection_tasks`) })
	if err != nil {
		return err
	}
	rate := float64(made) / took.Wall.Seconds()
	verdict := "met"
	if rate < goal {
		verdict = "MISSED"
	}
	fmt.Printf("%d tasks made in %v: %.0f tasks/s (goal %d: %s); the longest batch %v\n", made, took, rate, goal, verdict, longest.Round(time.Millisecond))
	if made != premises {
		return fmt.Errorf("%d tasks for %d premises", made, premises)
	}
	again, err := gauge.Clocked(meters, func() error {
		if err := db.Write(ctx, func(tx *pg.Tx) error { return inspection.KeepPlans(ctx, tx) }); err != nil {
			return err
		}
		_, err := generate(ctx, db)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Printf("a night without a new place: %v\n", again)
	floor, err := gauge.Clocked(meters, func() error { return copied(ctx, db) })
	fmt.Printf("floor, the same rows into a table without an index: %v; the wall %.1f times\n", floor, took.Wall.Seconds()/floor.Wall.Seconds())
	fmt.Println(gauge.Machine())
	return err
}

// begin makes a monthly plan over every premises whose first period is under way.
func begin(ctx context.Context, db *pg.DB) error {
	return db.Write(ctx, func(tx *pg.Tx) error {
		lists, err := inspection.Checklists(ctx, tx)
		if err != nil {
			return err
		}
		year, month, day := tx.Now.AddDate(0, 0, -2).Date()
		_, err = inspection.NewPlan(ctx, tx, inspection.CreatePlan{Name: "全市场所巡查", Region: "4403", Checklist: lists[0].ID, Places: inspection.OfPremises,
			StartsOn: calendar.Date{Year: year, Month: month, Day: day}, Rhythms: []inspection.Rhythm{{Every: 1, Unit: inspection.Months}}})
		return err
	})
}

// generate does what the background job does.
func generate(ctx context.Context, db *pg.DB) (longest time.Duration, err error) {
	campaign, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (uuid.UUID, error) {
		return pg.Val[uuid.UUID](ctx, tx, `select id from campaigns where state = 'generating'`)
	})
	for more := err == nil; more && err == nil; {
		batch := time.Now()
		more, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) { return inspection.Generate(ctx, tx, campaign, inspection.Batch) })
		longest = max(longest, time.Since(batch))
	}
	return longest, err
}

func copied(ctx context.Context, db *pg.DB) error {
	return db.Write(ctx, func(tx *pg.Tx) error {
		if _, err := tx.Exec(ctx, `create temporary table floor (like inspection_tasks) on commit drop`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into floor select * from inspection_tasks`)
		return err
	})
}
