package demo

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

var oneStreet = Size{Cells: 200, Parts: []string{"440303001"}}

func TestTheWholeCityIsTiledWithoutGapOrOverlap(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, Whole)

	counts := query[map[string]int](t, ctx, tx, `select jsonb_object_agg(level, n) from (
		select level, count(*) as n from regions group by level union all select 'cell', count(*) from cells) of`)
	for level, want := range map[string]int{"city": 1, "district": 9, "street": 79, "community": 788} {
		if counts[level] != want {
			t.Errorf("%d regions of level %s, want %d", counts[level], level, want)
		}
	}
	if n := counts["cell"]; n < 17_500 || n > 18_500 {
		t.Errorf("%d cells, want about 18 000", n)
	}
	tiled(t, ctx, tx)
	numbered(t, ctx, tx)
}

func TestPartsOfTheCityAreTiledToo(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, Size{Cells: 300, Parts: []string{"440303001", "440304001019"}})
	if n := query[int](t, ctx, tx, `select count(*) from regions where level = 'community' and code ^@ '440304'`); n != 1 {
		t.Errorf("%d communities where one was asked for", n)
	}
	if n := query[int](t, ctx, tx, `select count(*) from cells`); n < 280 || n > 320 {
		t.Errorf("%d cells where about 300 were asked for", n)
	}
	tiled(t, ctx, tx)
}

func TestACityIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	const all = `select md5(string_agg(code || st_astext(shape), ',' order by code)) from cells`
	ctx, first := built(t, oneStreet)
	_, second := built(t, oneStreet)
	if a, b := query[string](t, ctx, first, all), query[string](t, ctx, second, all); a != b {
		t.Errorf("two runs, two cities: %s and %s", a, b)
	}
}

func TestCellsShrinkTowardsADistrictSeat(t *testing.T) {
	t.Parallel()
	ctx, tx := built(t, Size{Cells: 2000, Parts: []string{"440303"}})
	const mean = `select avg(c.area_m2) from cells c join regions d on d.code = c.district
		where st_distance(st_centroid(c.shape)::geography, d.seat::geography) between $1 and $2`
	near, far := query[float64](t, ctx, tx, mean, 0, 1_000), query[float64](t, ctx, tx, mean, 8_000, 50_000)
	if far < 2*near {
		t.Errorf("mean cell %.0f m² at the seat, %.0f m² far from it", near, far)
	}
}

// Fjords narrower than a cell cut districts, streets, communities and cells in two: a piece without its seed has to go
// to a neighbour, or cells would be several polygons.
func TestPiecesCutOffByAnAwkwardOutlineJoinANeighbour(t *testing.T) {
	t.Parallel()
	ctx, tx := alone(t)
	if err := build(ctx, tx, Size{Cells: 3000}, comb()); err != nil {
		t.Fatal(err)
	}
	tiled(t, ctx, tx)
	numbered(t, ctx, tx)
}

func TestAPartThatDoesNotExistIsRefused(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	if err := City(ctx, tx, Size{Cells: 10, Parts: []string{"440399"}}); err == nil || !strings.Contains(err.Error(), "440399") {
		t.Errorf("got %v, want an error that names the division", err)
	}
}

func TestNamesReadAsPeopleInTheCitySayThem(t *testing.T) {
	t.Parallel()
	for _, want := range []division{
		{code: "4403", nameZH: "深圳市", nameEN: "Shenzhen", pinyin: "shen zhen"},
		{code: "440306", nameZH: "宝安区", nameEN: "Bao'an District", pinyin: "bao an"},
		{code: "440303001", nameZH: "桂园街道", nameEN: "Guiyuan Subdistrict", pinyin: "gui yuan"},
		{code: "440307009", nameZH: "葵涌街道", nameEN: "Kuichong Subdistrict", pinyin: "kui chong"},
		{code: "440306400", nameZH: "深圳市宝安国际机场", nameEN: "Shenzhen Bao'an International Airport", pinyin: "shen zhen shi bao an guo ji ji chang"},
		{code: "440303001002", nameZH: "桂木园社区", nameEN: "Guimuyuan Community", pinyin: "gui mu yuan"},
		{code: "440308001002", nameZH: "小梅沙社区", nameEN: "Xiaomeisha Community", pinyin: "xiao mei sha"},
		{code: "440307013016", nameZH: "杨美社区嘉丽园", nameEN: "Jialiyuan, Yangmei Community", pinyin: "yang mei she qu jia li yuan"},
		{code: "440304400498", nameZH: "福田保税区虚拟社区", nameEN: "Futian Free Trade Zone Virtual Community", pinyin: "fu tian bao shui qu"},
	} {
		i := slices.IndexFunc(allDivisions(), func(d division) bool { return d.code == want.code })
		if i < 0 {
			t.Errorf("no division %s", want.code)
			continue
		}
		if d := allDivisions()[i]; d.nameZH != want.nameZH || d.nameEN != want.nameEN || d.pinyin != want.pinyin {
			t.Errorf("%s is %s, %s, %q; want %s, %s, %q", d.code, d.nameZH, d.nameEN, d.pinyin, want.nameZH, want.nameEN, want.pinyin)
		}
	}
}

func built(t *testing.T, size Size) (context.Context, *pg.Tx) {
	t.Helper()
	ctx, tx := alone(t)
	if err := City(ctx, tx, size); err != nil {
		t.Fatal(err)
	}
	return ctx, tx
}

// alone is a transaction on a database of its own: two that build the same city on one database wait for each other.
func alone(t *testing.T) (context.Context, *pg.Tx) {
	t.Helper()
	ctx := t.Context()
	tx, end, err := dbtest.DB(t).Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return ctx, tx
}

func query[T any](t *testing.T, ctx context.Context, tx *pg.Tx, sql string, args ...any) T {
	t.Helper()
	v, err := pg.Val[T](ctx, tx, sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tiled checks that cells are valid single polygons, that each border segment belongs to one cell on either side or lies
// on the city's border, and that every region is what its children cover.
func tiled(t *testing.T, ctx context.Context, tx *pg.Tx) {
	t.Helper()
	for wrong, sql := range map[string]string{
		"cells that are not valid": `select count(*) from cells where not st_isvalid(shape) or st_numinteriorrings(shape) > 0 or area_m2 < 100`,
		"cells whose codes do not nest": `select count(*) from cells
			where not (length(code) = 15 and code ^@ community and community ^@ street and street ^@ district)`,
		"regions whose codes do not nest": `select count(*) from regions where parent is not null and not code ^@ parent or (parent is null) <> (level = 'city')`,
		"regions unlike the cells in them": `select count(*) from regions r join lateral (
				select st_union(shape) as shape from cells c where c.code ^@ r.code) u on true where not st_equals(u.shape, r.shape)`,
		"seats outside": `select count(*) from regions where not st_intersects(seat, shape)`,
		"segments that more than two cells share": borderSegmentsSQL + `select count(*) from segments where cells > 2`,
	} {
		if n := query[int](t, ctx, tx, sql); n != 0 {
			t.Errorf("%d %s", n, wrong)
		}
	}
	outer := query[float64](t, ctx, tx, borderSegmentsSQL+`select sum(length) from segments where cells = 1`)
	border := query[float64](t, ctx, tx, `select st_perimeter(shape) from regions where level = 'city'`)
	if math.Abs(outer-border) > 1e-9*border {
		t.Errorf("segments with a cell on one side only: %.9f degrees, but the city's border is %.9f", outer, border)
	}
	sum := query[float64](t, ctx, tx, `select sum(st_area(shape)) from cells`)
	union := query[float64](t, ctx, tx, `select st_area(st_union(shape)) from cells`)
	if math.Abs(sum-union) > 1e-9*union {
		t.Errorf("cells cover %.12f square degrees and overlap: they add up to %.12f", union, sum)
	}
}

const borderSegmentsSQL = `with ends as (
	select st_length(d.geom) as length, st_asbinary(st_startpoint(d.geom)) as a, st_asbinary(st_endpoint(d.geom)) as b
	from cells cross join lateral st_dumpsegments(shape) d
), segments as (
	select count(*) as cells, min(length) as length from ends group by least(a, b), greatest(a, b)
) `

// numbered checks the last three digits: 001 onwards, from west to east in rows from north to south.
func numbered(t *testing.T, ctx context.Context, tx *pg.Tx) {
	t.Helper()
	type placed struct {
		Code, Community string
		X, Y, Top, Mean float64
		Place           int
	}
	cells, err := pg.All[placed](ctx, tx, `select code, community, st_x(st_centroid(shape)) as x, st_y(st_centroid(shape)) as y,
			max(st_ymax(shape)) over same as top, avg(st_area(shape)) over same as mean, row_number() over (partition by community order by code)::int as place
		from cells window same as (partition by community) order by code`)
	if err != nil {
		t.Fatal(err)
	}
	line := func(c placed) float64 {
		return math.Floor((c.Top - c.Y) / math.Sqrt(c.Mean*math.Cos(c.Top*math.Pi/180)))
	}
	for i, c := range cells {
		if number := c.Code[12:]; number != pad(c.Place) {
			t.Errorf("cell %s is the %d. of its community", c.Code, c.Place)
		}
		if i == 0 || cells[i-1].Community != c.Community {
			continue
		}
		if before := cells[i-1]; line(before) > line(c) || line(before) == line(c) && before.X > c.X {
			t.Errorf("cell %s follows %s, but lies before it", c.Code, before.Code)
		}
	}
}

func pad(n int) string {
	return string([]byte{'0' + byte(n/100), '0' + byte(n/10%10), '0' + byte(n%10)})
}

// comb is a box around the city's seats with fjords from the north that stop short of the southern shore.
func comb() geo.Polygon {
	const west, south, east, north = 113.76, 22.45, 114.60, 22.85
	ring := []geo.Point{{Lon: west, Lat: south}, {Lon: east, Lat: south}, {Lon: east, Lat: north}}
	for lon := east - 0.013; lon > west+0.01; lon -= 0.031 {
		ring = append(ring, geo.Point{Lon: lon, Lat: north}, geo.Point{Lon: lon - 0.0005, Lat: south + 0.02},
			geo.Point{Lon: lon - 0.001, Lat: south + 0.02}, geo.Point{Lon: lon - 0.0015, Lat: north})
	}
	ring = append(ring, geo.Point{Lon: west, Lat: north}, ring[0])
	polygon, err := geo.NewPolygon(ring)
	if err != nil {
		panic(err)
	}
	return polygon
}
