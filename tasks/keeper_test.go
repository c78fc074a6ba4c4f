package tasks

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gridwork/actor"
	"gridwork/domain/calendar"
	"gridwork/domain/casework"
	"gridwork/domain/escalation"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// overdueClues is a database in which so many clues wait for a decision, all of them pressed after half an hour.
func overdueClues(t *testing.T, ladder string, clues int) *pg.DB {
	t.Helper()
	db := dbtest.DB(t)
	write(t, db, func(ctx context.Context, tx *pg.Tx) error {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		fixture.Person(t, ctx, tx, fixture.As(actor.Dispatcher, fixture.Nanyuan, ""))
		return nil
	})
	addClues(t, db, ladder, clues)
	return db
}

func addClues(t *testing.T, db *pg.DB, ladder string, clues int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *pg.Tx) error {
		for range clues {
			if err := undecided(ctx, tx, ladder); err != nil {
				return err
			}
		}
		return nil
	})
}

func undecided(ctx context.Context, tx *pg.Tx, ladder string) error {
	id := pg.NewID()
	if _, err := tx.Exec(ctx, `insert into clues (id, payload_hash, source, text, urgent, state, version, lon, lat, datum, accuracy_m,
			position_source, mocked, captured_at, point, cell, street, submitted_at)
		values ($1, '', 'anonymous', '通道被堵', true, 'submitted', 1, 114.0505, 22.5405, 'wgs84', 5, 'gnss', false, $2,
			st_setsrid(st_makepoint(114.0505, 22.5405), 4326), $3, $4, $2)`, id, tx.Now, fixture.Cell(fixture.Nanyuan, 0), fixture.Nanyuan); err != nil {
		return err
	}
	_, err := escalation.Start(ctx, tx, escalation.Clock{ClueID: &id, Stage: escalation.File, Street: fixture.Nanyuan,
		Limit: calendar.Limit{Number: 1, Unit: calendar.UrgentHour}, Ladder: ladder})
	return err
}

func write(t *testing.T, db *pg.DB, do func(context.Context, *pg.Tx) error) {
	t.Helper()
	ctx := actor.With(t.Context(), actor.System("test"))
	if err := db.Write(ctx, func(tx *pg.Tx) error { return do(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *pg.DB, sql string) (n int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *pg.Tx) (err error) {
		n, err = pg.Val[int](ctx, tx, sql)
		return err
	})
	return n
}

// sound fails the test if something holds about deadlines that never may.
func sound(t *testing.T, db *pg.DB) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *pg.Tx) error {
		violations, err := casework.CheckInvariants(ctx, tx)
		for _, v := range violations {
			t.Errorf("%+v", v)
		}
		return err
	})
}

// keeping runs keepers until the test ends, and returns a channel that gets something after each of their firings.
func keeping(t *testing.T, db *pg.DB, keepers ...*Keeper) <-chan struct{} {
	t.Helper()
	fired := make(chan struct{}, 1)
	db.OnCommit(func() {
		select {
		case fired <- struct{}{}:
		default:
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for _, k := range keepers {
		running.Go(func() { k.Run(ctx) })
	}
	t.Cleanup(func() { stop(); running.Wait() })
	return fired
}

func unheard() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestAKeeperFiresWhatIsDueAndIsWokenForIt(t *testing.T) {
	t.Parallel()
	db := overdueClues(t, "urgent", 1)
	wake := make(chan struct{}, 1)
	fired := keeping(t, db, NewKeeper(db, unheard(), wake))

	db.Advance(31 * time.Minute)
	wake <- struct{}{}

	<-fired
	if n := count(t, db, `select count(*) from messages where deadline_id is not null`); n != 1 {
		t.Errorf("%d messages", n)
	}
	sound(t, db)
}

func TestSeveralKeepersWorkOffABacklogAndFireEachStepOnce(t *testing.T) {
	t.Parallel()
	const clues = 500
	db := overdueClues(t, "urgent", clues)
	var keepers []*Keeper
	for range 2 {
		k := NewKeeper(db, unheard(), nil)
		k.batch = 20
		keepers = append(keepers, k)
	}
	db.Advance(31 * time.Minute)
	fired := keeping(t, db, keepers...)
	for count(t, db, `select count(*) from deadlines where state = 'fired'`) < clues {
		<-fired
	}
	if n := count(t, db, `select count(*) from messages where deadline_id is not null`); n != clues {
		t.Errorf("%d messages", n)
	}
	sound(t, db)
}

func TestOneDeadlineThatCannotBePressedDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	const clues = 30
	db := overdueClues(t, "routine", 1)
	addClues(t, db, "urgent", clues)
	write(t, db, func(ctx context.Context, tx *pg.Tx) error { // a ladder that this release cannot read
		_, err := tx.Exec(ctx, `update ladders set steps = '[{"clock": "of the future"}]' where code = 'routine'`)
		return err
	})
	k := NewKeeper(db, unheard(), nil)
	k.batch = 16
	db.Advance(31 * time.Minute)
	fired := keeping(t, db, k)
	for count(t, db, `select count(*) from deadlines where state = 'fired'`) < clues {
		<-fired
	}
	if n := count(t, db, `select count(*) from audits where action = 'deadline.postpone' and detail->>'code' like 'LADDER%'`); n == 0 {
		t.Error("nobody is told of the deadline that was put off")
	}
	if n := count(t, db, `select count(*) from deadlines join clocks on clocks.id = clock_id where state = 'armed' and ladder = 'routine'`); n != 1 {
		t.Error("the deadline that was put off is gone")
	}
}

func TestAKeeperTellsHowLateTheOldestDeadlineIs(t *testing.T) {
	t.Parallel()
	db := overdueClues(t, "urgent", 1)
	if late, err := Overdue(t.Context(), db); err != nil || late != 0 {
		t.Errorf("nothing is due, %v late, %v", late, err)
	}
	db.Advance(40 * time.Minute)
	if late, err := Overdue(t.Context(), db); err != nil || late < 10*time.Minute || late > 11*time.Minute {
		t.Errorf("ten minutes after its time, %v late, %v", late, err)
	}
	r := prometheus.NewPedanticRegistry()
	r.MustRegister(NewKeeper(db, unheard(), nil))
	families, err := r.Gather()
	if err != nil || len(families) != 2 || !strings.Contains(families[0].String(), "gridwork_deadline_overdue_seconds") {
		t.Errorf("metrics: %v, %v", families, err)
	}
}
