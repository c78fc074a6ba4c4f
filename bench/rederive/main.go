// Rederive measures how long it takes until a typhoon day has reached every open working-time clock, the next step of its
// ladder, the case that carries the due time and its timeline, and what a preview of it costs.
//
//	go run ./bench/rederive
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/pg"
)

// goal is for a hundred thousand open deadlines on two cores.
const goal = 30 * time.Second

func main() {
	clocks := flag.Int("clocks", 100_000, "open working-time clocks, each with an armed deadline; two for each case")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Durable, func(s *stand.Stand) error { return measure(ctx, s, *clocks) })
	})
}

func measure(ctx context.Context, s *stand.Stand, clocks int) error {
	address, err := s.DemoCity(ctx, "rederive", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillCases(ctx, address, clocks/2, stand.ClocksSQL, stand.DeadlinesSQL); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 4)
	if err != nil {
		return err
	}
	defer db.Close()
	fmt.Printf("%d clocks with their deadlines in the demo city, durable commits; %s\n", clocks, gauge.Machine())
	ctx = actor.With(ctx, actor.System("bench"))
	edit, err := typhoon(ctx, db)
	if err != nil {
		return err
	}
	begun := time.Now()
	foreseen, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (casework.CalendarPreview, error) {
		return casework.PreviewCalendar(ctx, tx, edit)
	})
	if err != nil {
		return err
	}
	fmt.Printf("preview: %d of %d would move, told after %v\n", foreseen.Moved, foreseen.Open, time.Since(begun).Round(time.Millisecond))
	return carry(ctx, s, db, edit, foreseen)
}

// typhoon closes the next working day.
func typhoon(ctx context.Context, db *pg.DB) (edit calendar.Edit, err error) {
	err = db.Read(ctx, func(tx *pg.Tx) error {
		current, err := calendar.Current(ctx, tx)
		if err != nil {
			return err
		}
		for at := tx.Now.AddDate(0, 0, 1); ; at = at.AddDate(0, 0, 1) {
			y, m, d := at.Date()
			date := calendar.Date{Year: y, Month: m, Day: d}
			days, err := current.Days(date, date)
			if err != nil {
				return err
			}
			if len(days[0].Openings) > 0 {
				edit = calendar.Edit{BasedOn: current.Version(), Set: []calendar.Exception{{Date: date, Name: "台风停工"}}}
				return nil
			}
		}
	})
	return edit, err
}

// carry publishes the edit and does what its job does.
func carry(ctx context.Context, s *stand.Stand, db *pg.DB, edit calendar.Edit, foreseen casework.CalendarPreview) error {
	var r casework.Rederivation
	var longest time.Duration
	took, err := gauge.Clocked([]gauge.Meter{gauge.Self("job"), s.Postgres()}, func() (err error) {
		if r, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (casework.Rederivation, error) { return casework.PublishCalendar(ctx, tx, edit) }); err != nil {
			return err
		}
		for more := true; more && err == nil; {
			batch := time.Now()
			more, err = pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) { return casework.Rederive(ctx, tx, r.ID, casework.RederiveBatch) })
			longest = max(longest, time.Since(batch))
		}
		return err
	})
	if err != nil {
		return err
	}
	r, err = pg.ReadVal(ctx, db, func(tx *pg.Tx) (casework.Rederivation, error) { return casework.RederivationByID(ctx, tx, r.ID) })
	if err != nil {
		return err
	}
	verdict := "met"
	if took.Wall > goal {
		verdict = "MISSED"
	}
	fmt.Printf("%d clocks reckoned anew, %d moved, after %v (goal %v: %s); the longest batch %v\n", r.Done, r.Moved, took, goal, verdict,
		longest.Round(time.Millisecond))
	fmt.Println(gauge.Machine())
	if r.State != casework.RederivationDone || r.Done != foreseen.Open || r.Moved != foreseen.Moved {
		return errors.New("the preview had said otherwise")
	}
	return nil
}
