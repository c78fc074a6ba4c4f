package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/pg"
)

func TestTheWholeCityIsStaffed(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, Whole)
	staffed(t, ctx, tx)

	counts := query[map[string]int](t, ctx, tx, `select jsonb_object_agg(role, n) from (
		select role, count(distinct person_id) as n from grants group by role) r`)
	if n := query[int](t, ctx, tx, `select count(*) from people`); n < 1_900 || n > 2_400 {
		t.Errorf("%d people, want about 2 000", n)
	}
	if n := counts["grid_worker"]; n < 950 || n > 1_150 {
		t.Errorf("%d grid workers, want about 1 000", n)
	}
	for _, role := range actor.Roles {
		if counts[string(role)] == 0 {
			t.Errorf("nobody is %s", role)
		}
	}
	wrong(t, ctx, tx, map[string]string{
		"streets with fewer than three dispatchers": `select count(*) from regions r where level = 'street'
			and (select count(*) from grants where role = 'dispatcher' and region = r.code) < 3`,
		"streets without a handler of each department": `select count(*) from regions r cross join departments d where level = 'street'
			and not exists (select from grants where role = 'handler' and region = r.code and department = d.code)`,
		"grants of no region or department": `select count(*) from grants g where not exists (select from regions where code = g.region)
			or department is not null and not exists (select from departments where code = g.department)`,
		"grants whose role and department do not go together": `select count(*) from grants
			where (department is not null) <> (role in ('department_desk', 'handler'))`,
		"shifts without a grant": `select count(*) from shifts s where not exists (select from grants g where g.person_id = s.person_id
			and g.role = s.role and g.region = s.region and g.department is not distinct from s.department)`,
		"people who hold nothing": `select count(*) from people p where not exists (select from grants where person_id = p.id)`,
		"names borne by two":      `select count(*) - count(distinct name) from people`,
		"names without a mark":    `select count(*) from people where login is not null and name !~ '^.[拟例示].$'`,
		"phone numbers":           `select count(*) from people where phone is not null`,
		"people with more hours than a week has": `select count(*) from (
			select person_id, sum(case when night then 14 else 10 end) as hours
			from (select distinct person_id, unnest(weekdays) as day, ends < starts as night from shifts) s group by person_id) w where hours > 50`,
	})
	everyCellBelongsToOneConnectedDutyGrid(t, ctx, tx)
}

func everyCellBelongsToOneConnectedDutyGrid(t *testing.T, ctx context.Context, tx *pg.Tx) {
	t.Helper()
	wrong(t, ctx, tx, map[string]string{
		"cells without a duty grid":    `select count(*) from cells where duty_grid_id is null`,
		"duty grids beyond one street": `select count(*) from cells c join duty_grids g on g.id = c.duty_grid_id where g.street <> c.street`,
		"duty grids without one holder and a stand-in": `select count(*) from duty_grids g where
			(select count(*) filter (where part = 'holder') from duties where duty_grid_id = g.id) <> 1
			or not exists (select from duties where duty_grid_id = g.id and part = 'stand_in')`,
		"duty grids in pieces": `select count(*) from (select st_union(shape) as shape from cells group by duty_grid_id) u
			where st_numgeometries(shape) > 1`,
		"duty grids that are too small or too large": `select count(*) from (select count(*) as n from cells group by duty_grid_id) s where n < 6 or n > 36`,
	})
	if mean := query[float64](t, ctx, tx, `select (select count(*) from cells) / count(*)::float8 from duty_grids`); mean < 16 || mean > 20 {
		t.Errorf("%.1f cells in a duty grid, want about 18", mean)
	}
}

func TestSomebodyIsOnDutyAtEveryHourOfAFortnight(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, Size{Cells: 1500, Parts: []string{"440303", "440308"}})
	staffed(t, ctx, tx)
	var posts []identity.Audience
	for _, street := range texts(t, ctx, tx, `select code from regions where level = 'street'`) {
		for _, role := range []actor.Role{actor.Dispatcher, actor.DutyLead, actor.GridWorker} {
			posts = append(posts, identity.Audience{Role: role, Region: street})
		}
	}
	for _, region := range texts(t, ctx, tx, `select code from regions where level <> 'community'`) {
		for _, department := range departments {
			posts = append(posts, identity.Audience{Role: actor.DepartmentDesk, Region: region, Department: department})
		}
		if len(region) < 9 {
			posts = append(posts, identity.Audience{Role: actor.Supervisor, Region: region})
		}
	}
	begin := tx.Now
	for hour := range 14 * 24 {
		tx.Now = begin.Add(time.Duration(hour) * time.Hour)
		found, err := identity.OnDutyAll(ctx, tx, posts)
		if err != nil {
			t.Fatal(err)
		}
		for _, post := range posts {
			if len(found[post]) == 0 {
				t.Fatalf("nobody is %+v at %s", post, tx.Now.In(identity.City).Format("Mon 15:04"))
			}
		}
	}
}

func TestEveryCellHasSomebodyOnDutyByDayAndByNight(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, oneStreet)
	staffed(t, ctx, tx)
	codes := texts(t, ctx, tx, `select code from cells`)
	begin := tx.Now
	for hour := 0; hour < 7*24; hour += 5 {
		tx.Now = begin.Add(time.Duration(hour) * time.Hour)
		held, err := cell.Holders(ctx, tx, codes, tx.Now)
		if err != nil {
			t.Fatal(err)
		}
		working, err := identity.OnDuty(ctx, tx, identity.Audience{Role: actor.GridWorker, Region: oneStreet.Parts[0]})
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range codes {
			if !slices.Contains(working, held[code]) {
				t.Fatalf("nobody looks after cell %s at %s", code, tx.Now.In(identity.City).Format("Mon 15:04"))
			}
		}
	}
}

func TestTheSameCityHasTheSamePeople(t *testing.T) {
	t.Parallel()
	const all = `select md5(string_agg(id || name || coalesce(login, ''), ',' order by id)) || (select md5(string_agg(id || region, ',' order by id)) from grants)
		|| (select md5(string_agg(duty_grid_id || person_id::text || part, ',' order by duty_grid_id, person_id)) from duties)
		|| (select md5(string_agg(code || duty_grid_id, ',' order by code)) from cells) from people`
	var seen []string
	for range 2 {
		ctx, tx := built(t, oneStreet)
		staffed(t, ctx, tx)
		seen = append(seen, query[string](t, ctx, tx, all))
	}
	if seen[0] != seen[1] {
		t.Error("two runs, two staffs")
	}
}

func TestStandInsHaveOtherDaysOff(t *testing.T) {
	t.Parallel()
	for n := 2; n < 40; n++ {
		for i := range n {
			found := standIns(i, n)
			if len(found) != min(n-1, 2) {
				t.Fatalf("of %d, worker %d has stand-ins %v", n, i, found)
			}
			off := map[int]bool{i % len(rests): true}
			for _, other := range found {
				if off[other%len(rests)] {
					t.Errorf("of %d, worker %d is off duty with the stand-ins %v", n, i, found)
				}
				off[other%len(rests)] = true
			}
		}
	}
}

func TestAStreetIsCutIntoConnectedParts(t *testing.T) {
	t.Parallel()
	// A comb: a spine of twelve cells, each with a tooth of four.
	borders := neighbours{}
	link := func(a, b string) { borders[a], borders[b] = append(borders[a], b), append(borders[b], a) }
	name := func(x, y int) string { return fmt.Sprintf("440303001%03d%03d", x/4, x*10+y) }
	var all []string
	for x := range 12 {
		for y := range 5 {
			all = append(all, name(x, y))
			if y > 0 {
				link(name(x, y-1), name(x, y))
			}
		}
		if x > 0 {
			link(name(x-1, 0), name(x, 0))
		}
	}
	parts := borders.split(all, 4)
	met := map[string]int{}
	for _, part := range parts {
		for _, c := range part {
			met[c]++
		}
		if len(borders.walk(part[0], setOf(part))) != len(part) {
			t.Errorf("a part of %d cells is in pieces", len(part))
		}
		if len(part) < 5 || len(part) > 25 {
			t.Errorf("a part has %d cells of %d", len(part), len(all))
		}
	}
	if len(parts) != 4 || len(met) != len(all) || slices.Max(slices.Collect(maps.Values(met))) != 1 {
		t.Errorf("%d parts hold %d of %d cells", len(parts), len(met), len(all))
	}
}

// staffed adds departments and people to a city.
func staffed(t *testing.T, ctx context.Context, tx *pg.Tx) {
	t.Helper()
	tx.Actor = actor.System("the demo city's test")
	if err := Policies(ctx, tx); err != nil {
		t.Fatal(err)
	}
	if err := People(ctx, tx); err != nil {
		t.Fatal(err)
	}
}

func wrong(t *testing.T, ctx context.Context, tx *pg.Tx, counts map[string]string) {
	t.Helper()
	for what, sql := range counts {
		if n := query[int](t, ctx, tx, sql); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func texts(t *testing.T, ctx context.Context, tx *pg.Tx, sql string) []string {
	t.Helper()
	list, err := pg.Vals[string](ctx, tx, sql)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
