package inspection_test

import (
	"context"
	"testing"
	"time"

	"gridwork/actor"
	"gridwork/domain/inspection"
	"gridwork/pg"
	"gridwork/test/dbtest"
	"gridwork/test/fixture"
)

// A district of 20 000 cells in 800 duty grids, each with a holder and a stand-in who work in three shifts.
const bigDistrictSQL = `with street as (
		insert into regions (code, parent, level, name_zh, name_en, pinyin, seat, shape)
		select '440305' || lpad(s::text, 3, '0'), '440305', 'street', '街道', 'Street', 'jiedao', st_setsrid(st_makepoint(114, 22), 4326),
			st_multi(st_makeenvelope(114, 22, 115, 23, 4326)) from generate_series(1, 20) s returning code
	), community as (
		insert into regions (code, parent, level, name_zh, name_en, pinyin, seat, shape)
		select code || lpad(c::text, 3, '0'), code, 'community', '社区', 'Community', 'shequ', st_setsrid(st_makepoint(114, 22), 4326),
			st_multi(st_makeenvelope(114, 22, 115, 23, 4326)) from street, generate_series(1, 10) c returning code, parent
	), person as (
		insert into people (id, name, locale, created_at)
		select gen_random_uuid(), '网格员', 'zh', $1 from generate_series(1, 1600) returning id
	), numbered as (select id, row_number() over () as n from person
	), grid as (
		insert into duty_grids (id, code, street, name)
		select gen_random_uuid(), c.code || '-' || g, c.parent, '网格' from community c, generate_series(1, 4) g returning id, code, street
	), placed as (select id, street, left(code, 12) as community, row_number() over (order by code) as n from grid
	), duty as (
		insert into duties (duty_grid_id, person_id, part, valid_from)
		select g.id, p.id, case when p.n % 2 = 0 then 'holder' else 'stand_in' end, $1 from placed g join numbered p on (p.n + 1) / 2 = g.n
	), granted as (
		insert into grants (id, person_id, role, region, granted_at)
		select gen_random_uuid(), p.id, 'grid_worker', g.street, $1 from placed g join numbered p on (p.n + 1) / 2 = g.n
	), shift as (
		insert into shifts (id, person_id, role, region, weekdays, starts, ends, valid_from)
		select gen_random_uuid(), p.id, 'grid_worker', g.street, '{1,2,3,4,5,6,7}', make_time((p.n % 3)::int * 8, 0, 0), make_time(((p.n + 1) % 3)::int * 8, 0, 0), '2025-01-01'
		from placed g join numbered p on (p.n + 1) / 2 = g.n
	)
	insert into cells (code, community, street, district, shape, area_m2, duty_grid_id, valid_from)
	select g.community || lpad(((g.n - 1) % 4 * 25 + k)::text, 3, '0'), g.community, g.street, '440305', st_makeenvelope(114, 22, 115, 23, 4326), 10000, g.id, $1
	from placed g, generate_series(1, 25) k`

// BenchmarkCampaignOf20000 makes a task for each cell of a district, batch by batch as the background job does.
func BenchmarkCampaignOf20000(b *testing.B) {
	db := dbtest.DB(b)
	system := actor.With(b.Context(), actor.System("bench"))
	write := func(fn func(context.Context, *pg.Tx) error) {
		if err := db.Write(system, func(tx *pg.Tx) error { return fn(system, tx) }); err != nil {
			b.Fatal(err)
		}
	}
	var list inspection.Checklist
	write(func(ctx context.Context, tx *pg.Tx) (err error) {
		fixture.City(b, ctx, tx)
		fixture.Standards(b, ctx, tx)
		if _, err := tx.Exec(ctx, `insert into regions select '440305', parent, level, name_zh, name_en, pinyin, seat, shape from regions where code = $1`, fixture.District); err != nil {
			return err
		}
		// Foreign keys within one statement are checked at its end, in any order.
		if _, err := tx.Exec(ctx, bigDistrictSQL, fixture.Epoch); err != nil {
			return err
		}
		list, err = inspection.Publish(ctx, tx, small())
		return err
	})
	for b.Loop() {
		var c inspection.Campaign
		write(func(ctx context.Context, tx *pg.Tx) (err error) {
			c, err = inspection.StartCampaign(ctx, tx, inspection.Start{Name: "排查", Region: "440305", Checklist: list.ID, DueAt: tx.Now.Add(time.Hour)})
			return err
		})
		if c.Total != 20_000 {
			b.Fatalf("the district has %d cells", c.Total)
		}
		for more := true; more; {
			write(func(ctx context.Context, tx *pg.Tx) (err error) {
				more, err = inspection.Generate(ctx, tx, c.ID, inspection.Batch)
				return err
			})
		}
	}
}
