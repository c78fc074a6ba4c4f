// Handheld measures what keeps handhelds up to date: pulls by the grid workers of the demo city with all its places (a million)
// and 100 000 open cases in it, and pushes of reports and of changed premises, each an operation that a key has signed. The floor
// is reading one row by its key, in a transaction of its own.
//
//	go run ./bench/handheld
//	go run ./bench/handheld -part 10   with a tenth of the places and cases
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/cell"
	"gridwork/domain/handheld"
	"gridwork/domain/identity"
	"gridwork/pg"
)

const (
	cases   = 100_000
	goal    = 100 // milliseconds for the whole
	workers = 2
)

func main() {
	part := flag.Int("part", 1, "of how many parts of the city's places and cases one is there")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return figures(ctx, s, max(1, *part)) })
	})
}

func figures(ctx context.Context, s *stand.Stand, part int) error {
	db, err := city(ctx, s, part)
	if err != nil {
		return err
	}
	defer db.Close()
	crew, err := muster(ctx, db)
	if err != nil {
		return err
	}
	if err := crew.weigh(ctx); err != nil {
		return err
	}
	bag, err := newBag(ctx, db, crew[0].actor)
	if err != nil {
		return err
	}
	cpu := []gauge.Meter{gauge.Self("this process"), s.Postgres()}
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: workers, Slices: 5, Slice: 2 * time.Second, Warm: time.Second},
		gauge.Contender{Name: "a duty grid by its key", Meters: cpu, Do: crew.floor},
		gauge.Contender{Name: "pull, nothing new", Meters: cpu, Do: func(ctx context.Context, i int) error {
			w := &crew[i%len(crew)]
			_, err := w.pull(ctx, w.cursor)
			return err
		}},
		gauge.Contender{Name: "pull, the whole", Meters: cpu, Do: func(ctx context.Context, i int) error {
			_, err := crew[i%len(crew)].pull(ctx, "")
			return err
		}},
		gauge.Contender{Name: "push, a report", Meters: cpu, Do: bag.report},
		gauge.Contender{Name: "push, changed premises", Meters: cpu, Do: bag.change},
	)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	fmt.Printf("pull, the whole: p99 %s ms (goal: %d)\n", series[2].Of(gauge.Slice.P99), goal)
	return nil
}

// city is the demo city with its places and open cases.
func city(ctx context.Context, s *stand.Stand, part int) (*pg.DB, error) {
	address, err := s.DemoCity(ctx, "handheld", demo.Whole)
	if err != nil {
		return nil, err
	}
	if err := s.FillCases(ctx, address, cases/part); err != nil {
		return nil, err
	}
	db, err := s.Open(ctx, address, workers+2)
	if err != nil {
		return nil, err
	}
	system := actor.With(ctx, actor.System("bench"))
	places := demo.Places{Buildings: demo.Full.Buildings / part, Premises: demo.Full.Premises / part, Components: demo.Full.Components / part}
	if err := demo.LoadPlaces(system, db, places, func(int, int) {}); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// crew are the grid workers.
type crew []worker

type worker struct {
	db     *pg.DB
	actor  *actor.Actor
	grid   uuid.UUID
	cursor string
}

const crewSQL = `select distinct on (person_id) person_id, duty_grid_id from duties where part = 'holder' order by person_id, duty_grid_id`

func muster(ctx context.Context, db *pg.DB) (all crew, err error) {
	type duty struct {
		Person uuid.UUID `db:"person_id"`
		Grid   uuid.UUID `db:"duty_grid_id"`
	}
	err = db.Read(ctx, func(tx *pg.Tx) error {
		duties, err := pg.All[duty](ctx, tx, crewSQL)
		for _, d := range duties {
			a, gone := identity.Behind(ctx, tx, d.Person)
			if gone != nil {
				return gone
			}
			all = append(all, worker{db: db, actor: a, grid: d.Grid})
		}
		return err
	})
	return all, err
}

func (c crew) floor(ctx context.Context, i int) error {
	w := c[i%len(c)]
	return w.db.Read(ctx, func(tx *pg.Tx) error {
		_, err := cell.DutyGrids(ctx, tx, []uuid.UUID{w.grid})
		return err
	})
}

func (w worker) pull(ctx context.Context, cursor string) (d handheld.Delta, err error) {
	ctx = actor.With(ctx, w.actor)
	err = w.db.Snapshot(ctx, func(tx *pg.Tx) error {
		d, err = handheld.Pull(ctx, tx, handheld.Ask{Cursor: cursor})
		return err
	})
	return d, err
}

// weigh pulls the whole of everybody once, keeps the cursors, and tells how much it is.
func (c crew) weigh(ctx context.Context) error {
	var things, plain, packed []int
	for i := range c {
		d, err := c[i].pull(ctx, "")
		if err != nil {
			return err
		}
		c[i].cursor = d.Cursor
		text, err := json.Marshal(d)
		if err != nil {
			return err
		}
		var zipped bytes.Buffer
		zip := gzip.NewWriter(&zipped)
		if _, err := zip.Write(text); err != nil {
			return err
		}
		if err := zip.Close(); err != nil {
			return err
		}
		things, plain, packed = append(things, len(d.Items)), append(plain, len(text)), append(packed, zipped.Len())
	}
	for _, all := range [][]int{things, plain, packed} {
		slices.Sort(all)
	}
	middle, last := len(c)/2, len(c)-1
	fmt.Printf("%d grid workers; the whole: %d things (%d at most), %d kB (%d), %d kB packed (%d); %s\n", len(c), things[middle], things[last],
		plain[middle]/1000, plain[last]/1000, packed[middle]/1000, packed[last]/1000, gauge.Machine())
	return nil
}
