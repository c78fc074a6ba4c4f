package regrid_test

import (
	"context"
	"sync"
	"testing"

	"gridwork/actor"
	"gridwork/domain/regrid"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// Two workers have the same job at once, and one of them dies after every batch: what lies in the cell is moved once.
func TestWorkersThatMeetAndDieMoveEverythingOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.DB(t)
	ctx := actor.With(t.Context(), actor.System("test"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	const things = 40
	var e regrid.Edit
	must(db.Write(ctx, func(tx *pg.Tx) error {
		fixture.City(t, ctx, tx)
		fixture.Standards(t, ctx, tx)
		lon, lat := fixture.Centre(fixture.Nanyuan, 2)
		if _, err := tx.Exec(ctx, `insert into components (code, category, point, cell, street, updated_at)
			select 'C' || i, $1, st_setsrid(st_makepoint($2 + (i - 20) * 0.00002, $3), 4326), $4, $5, $6 from generate_series(1, $7::int) as i`,
			fixture.Hydrant, lon, lat, n(2), fixture.Nanyuan, fixture.Epoch, things); err != nil {
			return err
		}
		var err error
		e, err = regrid.Publish(ctx, tx, centreEast)
		return err
	}))
	move := func() (more bool, err error) {
		return pg.WriteVal(ctx, db, func(tx *pg.Tx) (bool, error) { return regrid.Move(ctx, tx, e.ID, 3) })
	}
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for more := true; more; {
				var err error
				more, err = move()
				must(err)
			}
		})
	}
	workers.Go(func() {
		for range 5 {
			// It has done its batch, and is gone before it could say so.
			dying, die := context.WithCancel(ctx)
			_ = db.Write(dying, func(tx *pg.Tx) error {
				_, err := regrid.Move(dying, tx, e.ID, 3)
				die()
				return err
			})
			die()
		}
	})
	workers.Wait()
	must(db.Read(ctx, func(tx *pg.Tx) error {
		found, err := regrid.ByID(ctx, tx, e.ID)
		if found.State != regrid.Done || found.Moved != things || found.Total != things {
			t.Errorf("%+v", found)
		}
		left, err2 := pg.Val[int](ctx, tx, `select count(*) from components where cell not in ($1, $2)`, next(1), next(2))
		if left != 0 || err2 != nil {
			t.Errorf("%d were left behind, %v", left, err2)
		}
		return err
	}))
}
