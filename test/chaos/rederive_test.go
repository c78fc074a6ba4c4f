//go:build chaos

package chaos

import (
	"context"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/bench/stand"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/pg"
)

const (
	carried = 20_000 // clocks, two for each case

	// again is how long a job of a killed worker may take until it is taken up once more: the queue finds out by its lease.
	again = 4 * time.Minute

	notCarriedSQL = `select count(*) from clocks where stopped_at is null and limit_unit = 'working_day'
		and calendar_version < (select max(version) from calendars)`
	carriedTwiceSQL = `select count(*) from (select case_id from case_events where kind = 'rederived' group by case_id having count(*) > 1) twice`
	countedSQL      = `select coalesce(sum((detail->>'clocks')::int), 0)::bigint from audits where action = 'calendar.rederive'`
)

func TestAWorkerThatIsKilledInTheMiddleOfACalendarEditCarriesEveryClockOnce(t *testing.T) {
	p := start(t)
	conn := p.admin()
	defer conn.Close(context.Background())
	if err := stand.Cases(t.Context(), conn, carried/2, stand.ClocksSQL, stand.DeadlinesSQL); err != nil {
		t.Fatal(err)
	}
	edition := p.typhoon()
	kills := 0
	p.eventually(again, "every clock is carried over", func() bool {
		r := p.rederivation(edition)
		if r.Done > kills*r.Total/5 && r.Done < r.Total && kills < 3 { // in the middle, three times
			p.work.kill()
			p.work.start()
			kills++
		}
		return r.State == casework.RederivationDone
	})
	r := p.rederivation(edition)
	if kills == 0 || r.Done != r.Total || r.Total < carried {
		t.Errorf("%d of %d clocks, after %d kills", r.Done, r.Total, kills)
	}
	for what, sql := range map[string]string{"left behind": notCarriedSQL, "carried twice": carriedTwiceSQL} {
		if n := column[int64](p, sql)[0]; n != 0 {
			t.Errorf("%d were %s", n, what)
		}
	}
	if n := column[int64](p, countedSQL)[0]; int(n) != r.Total {
		t.Errorf("the audit log counts %d of %d clocks", n, r.Total)
	}
	p.invariantsHold()
}

// typhoon closes the next day that offices are open on.
func (p *platform) typhoon() (edition casework.Rederivation) {
	p.t.Helper()
	ctx := actor.With(p.t.Context(), actor.System("test"))
	if err := p.db.Write(ctx, func(tx *pg.Tx) error {
		current, err := calendar.Current(ctx, tx)
		for at := tx.Now.AddDate(0, 0, 1); err == nil; at = at.AddDate(0, 0, 1) {
			y, m, d := at.Date()
			date := calendar.Date{Year: y, Month: m, Day: d}
			var days []calendar.Day
			if days, err = current.Days(date, date); err == nil && len(days[0].Openings) > 0 {
				edit := calendar.Edit{BasedOn: current.Version(), Set: []calendar.Exception{{Date: date, Name: "台风停工"}}}
				edition, err = casework.PublishCalendar(ctx, tx, edit)
				return err
			}
		}
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	return edition
}

func (p *platform) rederivation(edition casework.Rederivation) casework.Rederivation {
	p.t.Helper()
	ctx := actor.With(p.t.Context(), actor.System("test"))
	r, err := pg.ReadVal(ctx, p.db, func(tx *pg.Tx) (casework.Rederivation, error) { return casework.RederivationByID(ctx, tx, edition.ID) })
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}
