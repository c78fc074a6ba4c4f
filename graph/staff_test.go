package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/staff"
	"gridwork/pg"
	"gridwork/test/fixture"
)

// grantAsked is a request of one administrator for somebody new.
func (t *town) grantAsked() (request uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		asks := fixture.Person(t, ctx, tx, fixture.As(actor.Admin, fixture.CityCode, ""))
		somebody := fixture.Person(t, ctx, tx, fixture.As(actor.GridWorker, fixture.Nanyuan, ""))
		fixture.Do(tx, asks, func() {
			_, err := staff.Ask(ctx, tx, staff.AskInput{Person: somebody.ID, Grant: staff.GrantOf{Role: actor.Dispatcher, Region: fixture.Nanyuan}})
			t.must(err)
			all, err := staff.Requests(ctx, tx)
			t.must(err)
			request = all[len(all)-1].ID
		})
	})
	return request
}

// oneOf is somebody's first row of a table.
func (t *town) oneOf(table string, person uuid.UUID) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		id, err = pg.Val[uuid.UUID](ctx, tx, "select id from "+table+" where person_id = $1 order by id limit 1", person)
		t.must(err)
	})
	return id
}

func (t *town) gridOf(person uuid.UUID) (id uuid.UUID) {
	t.Helper()
	t.write(actor.System("test"), func(ctx context.Context, tx *pg.Tx) {
		var err error
		id, err = pg.Val[uuid.UUID](ctx, tx, "select duty_grid_id from duties where person_id = $1 limit 1", person)
		t.must(err)
	})
	return id
}

// away lets somebody be absent tomorrow.
func (t *town) away(person uuid.UUID) uuid.UUID {
	t.Helper()
	tomorrow := time.Now().Add(24 * time.Hour)
	do(t, "admin", staff.AddAbsence, staff.AbsenceInput{Person: person, From: tomorrow, To: tomorrow.Add(time.Hour)})
	return t.oneOf("absences", person)
}
