package demo

import (
	"bytes"
	"context"
	"testing"

	"gridwork/actor"
	"gridwork/domain/visit"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

var (
	shownStreet = Size{Cells: 150, Parts: []string{shown, "440303001"}}
	doorKey     = visit.Key(bytes.Repeat([]byte("d"), 32))
)

func TestTheCityThatIsShownHasPlacesCodesAndWork(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	if err := LoadLived(ctx, db, shownStreet, doorKey); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		sql         string
		least, most int
	}{
		"premises of the street":           {`select count(*) from premises where cell ^@ '440304001'`, 100, 400},
		"premises elsewhere":               {`select count(*) from premises where cell ^@ '440303001'`, 5, 60},
		"premises whose building is away":  {`select count(*) from premises p left join addresses a on a.code = p.address where a.code is null`, 0, 0},
		"buildings":                        {`select count(*) from addresses where cell ^@ '440304001'`, 200, 800},
		"components":                       {`select count(*) from components`, 50, 400},
		"codes":                            {`select count(*) from visit_codes`, codesShown, codesShown},
		"plans":                            {`select count(*) from inspection_plans where ended_at is null`, 3, 3},
		"periods that run or had no place": {`select count(*) from campaigns where state in ('running', 'closed')`, 5, 5},
		"places with two tasks":            {`select count(*) from (select from inspection_tasks group by campaign_id, premises having count(*) > 1) twice`, 0, 0},
		"tasks of the worker of examples": {`select count(*) from inspection_tasks t join people p on p.id = t.assignee_id
			where p.login = 'worker.440304001.03' and t.state = 'open'`, 2, 20},
		"workers with more than that": {`select count(*) from (select from inspection_tasks group by assignee_id having count(*) > 25) laden`, 0, 0},
		"tasks that nobody has":       {`select count(*) from inspection_tasks where assignee_id is null`, 0, 0},
	} {
		if n := counted(t, ctx, db, c.sql); n < c.least || n > c.most {
			t.Errorf("%d %s, want %d to %d", n, what, c.least, c.most)
		}
	}
}

// Whoever has looked at the city may want all of it.
func TestTheFirstPlacesAreSomeOfTheFullSpine(t *testing.T) {
	t.Parallel()
	ctx, db := t.Context(), dbtest.DB(t)
	want := Places{Buildings: 1600, Premises: 900, Components: 700}
	if err := Load(ctx, db, shownStreet); err != nil {
		t.Fatal(err)
	}
	ctx = actor.With(ctx, actor.System("the demo city's test"))
	if err := db.Write(ctx, func(tx *pg.Tx) error { return settle(ctx, tx, want, doorKey) }); err != nil {
		t.Fatal(err)
	}
	few := counted(t, ctx, db, `select (select count(*) from addresses) + (select count(*) from premises) + (select count(*) from components)`)
	if err := LoadPlaces(ctx, db, want, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		sql  string
		want int
	}{
		"buildings":            {`select count(*) from addresses`, want.Buildings},
		"premises":             {`select count(*) from premises`, want.Premises},
		"components":           {`select count(*) from components`, want.Components},
		"rows new or changed":  {`select sum(written)::int from imports where file = 'demo'`, want.Buildings + want.Premises + want.Components - few},
		"runs of the full one": {`select count(*) from imports where file = 'demo' and finished_at is not null`, 3},
	} {
		if n := counted(t, ctx, db, c.sql); n != c.want {
			t.Errorf("%d %s, want %d", n, what, c.want)
		}
	}
}

func counted(t *testing.T, ctx context.Context, db *pg.DB, sql string) int {
	t.Helper()
	n, err := pg.ReadVal(ctx, db, func(tx *pg.Tx) (int, error) { return pg.Val[int](ctx, tx, sql) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}
