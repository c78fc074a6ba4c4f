// Landing measures what binding a point to its cell costs: the atlas in memory, beside the same question asked of
// PostGIS, on the whole demo city.
//
//	go run ./bench/landing
package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/cell"
	"gridwork/geo"
	"gridwork/pg"
)

const (
	points   = 200_000
	handful  = 100 // landings are too short for one reading of the clock each
	goal     = 5 * time.Microsecond
	turns    = 10
	turnTime = 500 * time.Millisecond
)

const cellOfSQL = `select code from cells where st_covers(shape, $1) order by code limit 1`

func main() {
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return measure(ctx, s) })
	})
}

func measure(ctx context.Context, s *stand.Stand) error {
	address, err := s.DemoCity(ctx, "landing", demo.Whole)
	if err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx = actor.With(ctx, actor.System("bench"))
	atlas, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (*cell.Atlas, error) { return cell.LoadAtlas(ctx, tx) })
	if err != nil {
		return err
	}
	inside, border := scatter(atlas)
	fmt.Printf("%d cells; %d points inside them, %d near the city's border; %s\n", atlas.Len(), len(inside), len(border), gauge.Machine())
	cpu := []gauge.Meter{gauge.Self("this process"), s.Postgres()}
	return db.Read(ctx, func(tx *pg.Tx) error { return compare(ctx, tx, cpu, atlas, inside, border) })
}

// scatter spreads points over the city's box and sorts them: those in a cell, and those outside every cell that are
// given to the nearest.
func scatter(atlas *cell.Atlas) (inside, border []geo.Point) {
	r := rand.New(rand.NewPCG(4403, 5))
	box := atlas.Box()
	for len(inside) < points {
		p := geo.Point{Lon: box.West + r.Float64()*(box.East-box.West), Lat: box.South + r.Float64()*(box.North-box.South)}
		landing, err := atlas.Land(p)
		switch {
		case err != nil: // outside the city
		case landing.BorderM == nil:
			inside = append(inside, p)
		default:
			border = append(border, p)
		}
	}
	return inside, border
}

func compare(ctx context.Context, tx *pg.Tx, cpu []gauge.Meter, atlas *cell.Atlas, inside, border []geo.Point) error {
	land := func(points []geo.Point) func(context.Context, int) error {
		next := 0
		return func(context.Context, int) error {
			for range handful {
				next = (next + 1) % len(points)
				if _, err := atlas.Land(points[next]); err != nil {
					return err
				}
			}
			return nil
		}
	}
	next := 0
	ask := func(context.Context, int) error {
		next = (next + 1) % len(inside)
		_, err := pg.Val[string](ctx, tx, cellOfSQL, inside[next])
		return err
	}
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: turns, Slice: turnTime, Warm: turnTime},
		gauge.Contender{Name: "PostGIS, 1 point", Do: ask, Meters: cpu},
		gauge.Contender{Name: fmt.Sprintf("atlas, %d points", handful), Do: land(inside), Meters: cpu},
		gauge.Contender{Name: fmt.Sprintf("atlas, %d points at the border", handful), Do: land(border), Meters: cpu},
	)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	one := series[1].Of(gauge.Slice.Costs).Median / handful
	fmt.Printf("one point: %.2f µs of CPU (goal: %.0f)\n", one, float64(goal.Microseconds()))
	return nil
}
