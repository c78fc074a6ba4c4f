// Queue measures a page of 50 of a street's triage queue where a million clues wait: the whole call of the domain in
// an open transaction, so that a figure is the query in the database, its way over the socket and its scan. The floor
// is one clue read by its id in the same way.
//
//	go run ./bench/queue
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
	"gridwork/domain/casework"
	"gridwork/domain/clue"
	"gridwork/pg"
)

const (
	clues = 1_000_000
	page  = 50
	deep  = 200 // pages down
	goal  = 10  // milliseconds, p99
)

func main() {
	waiting := flag.Float64("waiting", 1, "the share of the clues that waits for a decision")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return measure(ctx, s, *waiting) })
	})
}

func measure(ctx context.Context, s *stand.Stand, waiting float64) error {
	address, err := s.DemoCity(ctx, "queue", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillClues(ctx, address, stand.Clues{Total: clues, Waiting: waiting}); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Read(ctx, func(tx *pg.Tx) error {
		street, err := pg.One[busy](ctx, tx, busiestSQL)
		if err != nil {
			return err
		}
		fmt.Printf("%d clues, %.0f %% wait, %d of those in street %s; %s\n", clues, 100*waiting, street.Waiting, street.Code, gauge.Machine())
		return street.compare(ctx, tx, []gauge.Meter{gauge.Self("this process"), s.Postgres()})
	})
}

const busiestSQL = `select street as code, count(*) as waiting, min(id::text)::uuid as clue from clues
	where state in ('submitted', 'verifying') group by street order by count(*) desc limit 1`

// busy is the street with the longest queue.
type busy struct {
	Code    string    `db:"code"`
	Waiting int       `db:"waiting"`
	Clue    uuid.UUID `db:"clue"` // one of them
}

func (b busy) compare(ctx context.Context, tx *pg.Tx, cpu []gauge.Meter) error {
	tx.Actor = b.staff(actor.Dispatcher, b.Code)
	district := b.staff(actor.Supervisor, b.Code[:6])
	place, err := b.down(ctx, tx)
	if err != nil {
		return err
	}
	first, err := b.first(ctx, tx)
	if err != nil {
		return err
	}
	urgent, category, number := true, "0801", "999999999"
	queue := func(name string, f clue.Filter, after *clue.Place) gauge.Contender {
		return gauge.Contender{Name: name, Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, _, err := clue.Queue(ctx, tx, f, clue.Page{First: page, After: after})
			return err
		}}
	}
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: 10, Slice: time.Second, Warm: time.Second},
		gauge.Contender{Name: "one clue", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, err := clue.Get(ctx, tx, b.Clue)
			return err
		}},
		queue("first page", clue.Filter{}, nil),
		queue(fmt.Sprintf("page %d", deep), clue.Filter{}, place),
		queue("urgent ones", clue.Filter{Urgent: &urgent}, nil),
		queue("one category", clue.Filter{Category: &category}, nil),
		queue("a number that nobody has", clue.Filter{Text: number}, nil),
		gauge.Contender{Name: "first page of the district", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			tx.Actor = district
			_, _, err := clue.Queue(ctx, tx, clue.Filter{}, clue.Page{First: page})
			tx.Actor = b.staff(actor.Dispatcher, b.Code)
			return err
		}},
		gauge.Contender{Name: "likely duplicates of the first page", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, err := casework.Duplicates(ctx, tx, first)
			return err
		}},
		gauge.Contender{Name: "newest of the street", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, _, err := clue.List(ctx, tx, clue.Filter{}, clue.Page{First: page})
			return err
		}},
	)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	fmt.Printf("a page of %d: p99 %s ms (goal: %d)\n", page, series[1].Of(gauge.Slice.P99), goal)
	return nil
}

func (b busy) staff(role actor.Role, region string) *actor.Actor {
	return &actor.Actor{ID: b.Clue, Grants: []actor.Grant{{Role: role, Region: region}}}
}

// first are the clues of the first page.
func (b busy) first(ctx context.Context, tx *pg.Tx) (ids []uuid.UUID, err error) {
	found, _, err := clue.Queue(ctx, tx, clue.Filter{}, clue.Page{First: page})
	for _, c := range found {
		ids = append(ids, c.ID)
	}
	return ids, err
}

// down walks to a page far down the queue, as somebody does who scrolls.
func (b busy) down(ctx context.Context, tx *pg.Tx) (*clue.Place, error) {
	var at *clue.Place
	for range deep {
		found, _, err := clue.Queue(ctx, tx, clue.Filter{}, clue.Page{First: page, After: at})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return at, nil
		}
		last := found[len(found)-1].Place()
		at = &last
	}
	return at, nil
}
