// Replay measures how long it takes to try a set of rules on past cases, and to list the cases behind a difference.
// The floor is reading the same cases without deciding anything.
//
//	go run ./bench/replay
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/casework"
	"gridwork/domain/routing"
	"gridwork/pg"
)

// goal is for ten thousand cases on two cores.
const goal = 10 * time.Second

func main() {
	cases := flag.Int("cases", 10_000, "past cases")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return measure(ctx, s, *cases) })
	})
}

func measure(ctx context.Context, s *stand.Stand, cases int) error {
	address, err := s.DemoCity(ctx, "replay", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillCases(ctx, address, cases, misledSQL); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Read(actor.With(ctx, actor.System("bench")), func(tx *pg.Tx) error { return try(ctx, tx, s, cases) })
}

// A tenth of the cases went to a department that the rules would not have named.
const misledSQL = `update assignments set department = case department when 'fire' then 'urban_management' else 'fire' end
	where get_byte(uuid_send(case_id), 15) < 26`

func try(ctx context.Context, tx *pg.Tx, s *stand.Stand, cases int) error {
	rules, err := routing.Current(ctx, tx)
	if err != nil {
		return err
	}
	in := casework.ReplayInput{Version: rules.Version, From: tx.Now.AddDate(0, 0, -1), To: tx.Now.Add(time.Hour)}
	found, err := casework.ReplayRules(ctx, tx, in)
	if err != nil {
		return err
	}
	if found.Cases != min(cases, 50_000) || found.Moved == 0 {
		return fmt.Errorf("replayed %d cases, %d moved", found.Cases, found.Moved)
	}
	fmt.Printf("%d rules on %d cases: %d would go elsewhere; %s\n", len(rules.Rules), found.Cases, found.Moved, gauge.Machine())
	cpu := []gauge.Meter{gauge.Self("this process"), s.Postgres()}
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: 5, Slice: 2 * time.Second, Warm: time.Second},
		gauge.Contender{Name: "read the cases", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, err := pg.Vals[string](ctx, tx, "select text from cases order by filed_at desc, id desc limit $1", cases)
			return err
		}},
		gauge.Contender{Name: "replay", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			_, err := casework.ReplayRules(ctx, tx, in)
			return err
		}},
		gauge.Contender{Name: "cases behind a difference", Meters: cpu, Do: func(ctx context.Context, _ int) error {
			d := found.Differences[0]
			_, _, err := casework.Moved(ctx, tx, casework.MovedInput{ReplayInput: in, Was: d.Was, Would: d.Would}, casework.Page{First: 50})
			return err
		}},
	)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	fmt.Printf("replay of %d cases: p99 %s ms (goal: %d)\n", cases, series[1].Of(gauge.Slice.P99), goal.Milliseconds())
	return nil
}
