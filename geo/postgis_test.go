package geo_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/jackc/pgx/v5"

	"gridwork/geo"
	"gridwork/pg"
	"gridwork/test/dbtest"
)

const (
	createCellsSQL = `create temporary table shapes
		(code text collate "C", shape geometry(polygon, 4326)) on commit drop`
	indexCellsSQL = `create index on shapes using gist (shape)`
	// the tie rule of CellIndex, in SQL
	landSQL = `select coalesce(found.code, '')
		from unnest($1::geometry[]) with ordinality as asked(point, nth)
		left join lateral (select code from shapes where ST_Covers(shape, asked.point) order by code limit 1) found on true
		order by nth`
)

func TestAPointOnABorderLandsInTheSameCellInGoAndInSQL(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	cells := patchwork(t, 20, 11)
	ix := index(t, cells)
	store(t, ctx, tx, cells)

	points := tellingPoints(cells, 2000, 11)
	landed := column[string](t, ctx, tx, landSQL, points)

	if len(landed) != len(points) {
		t.Fatalf("%d answers to %d points", len(landed), len(points))
	}
	for i, p := range points {
		if code, _ := ix.Find(p); code != landed[i] {
			t.Errorf("%.17g lies in %q here and in %q there", p, code, landed[i])
		}
	}
}

func TestAPolygonWithHolesCoversTheSamePointsInGoAndInSQL(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	cells := patchwork(t, 6, 12)
	ringed := polygon(t, square(114, 22.5, 0.006), cells[14].Polygon.Rings()[0], reversed(cells[21].Polygon.Rings()[0]))
	apart := polygon(t, square(114.0061, 22.5, 0.001))
	m := geo.NewMultiPolygon(ringed, apart)
	points := tellingPoints(append(cells, geo.CellShape{Polygon: apart}), 1000, 12)

	covered := column[bool](t, ctx, tx,
		`select ST_Covers($2::geometry, point) from unnest($1::geometry[]) with ordinality as asked(point, nth) order by nth`, points, m)

	for i, p := range points {
		if got := m.Covers(p); got != covered[i] {
			t.Errorf("%.17g: covered %v here, %v there", p, got, covered[i])
		}
	}
}

func TestShapesTravelInEveryFormAndMode(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	point := geo.Point{Lon: 114.05, Lat: 22.54}
	shape := polygon(t, square(114, 22, 1), square(114.2, 22.2, 0.1))
	several := geo.NewMultiPolygon(shape, polygon(t, square(120, 30, 1)))
	for name, mode := range map[string]pgx.QueryExecMode{
		"prepared": pgx.QueryExecModeCacheStatement, "cached": pgx.QueryExecModeCacheDescribe,
		"described": pgx.QueryExecModeDescribeExec,
	} {
		sameBack(t, ctx, tx, name, mode, "geometry", point)
		sameBack(t, ctx, tx, name, mode, "geometry", &point)
		sameBack(t, ctx, tx, name, mode, "geometry", (*geo.Point)(nil))
		sameBack(t, ctx, tx, name, mode, "geometry[]", []*geo.Point{&point, nil})
		sameBack(t, ctx, tx, name, mode, "geometry[]", []geo.Point{point, {Lon: -1, Lat: 1}})
		sameBack(t, ctx, tx, name, mode, "geometry", shape)
		sameBack(t, ctx, tx, name, mode, "geometry", &shape)
		sameBack(t, ctx, tx, name, mode, "geometry", several)
		sameBack(t, ctx, tx, name, mode, "geometry[]", []geo.MultiPolygon{several, {}})
		sameBack(t, ctx, tx, name, mode, "geometry[]", []geo.Polygon{shape, {}})
	}
}

func TestWordsTravelAsText(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	datum, mode := geo.BD09, pgx.QueryExecModeCacheStatement
	sameBack(t, ctx, tx, "datum", mode, "text", datum)
	sameBack(t, ctx, tx, "datum", mode, "text", &datum)
	sameBack(t, ctx, tx, "no datum", mode, "text", (*geo.Datum)(nil))
	sameBack(t, ctx, tx, "source", mode, "text", geo.SourceMapPin)
	sameBack(t, ctx, tx, "sources", mode, "text[]", []geo.Source{geo.SourceGNSS, geo.SourceAddress})
	if text := column[string](t, ctx, tx, `select $1::text`, geo.SourceMapPin)[0]; text != "map_pin" {
		t.Errorf("stored as %q", text)
	}
}

func TestARowReadBlindlyHoldsShapes(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	want := geo.Point{Lon: 114.05, Lat: 22.54}
	rows, err := tx.Query(ctx, `select $1::geometry as at, null::geometry as nowhere`, want)
	if err != nil {
		t.Fatal(err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToMap)
	if err != nil || row["at"] != want || row["nowhere"] != nil {
		t.Errorf("%v, %v", row, err)
	}
}

func TestAPolygonScansIntoAMultiPolygonAndASinglePartBack(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	shape := polygon(t, square(114, 22, 1))
	single := geo.NewMultiPolygon(shape)
	var asMany geo.MultiPolygon
	var asOne geo.Polygon
	if err := tx.QueryRow(ctx, `select $1::geometry, $2::geometry`, shape, single).Scan(&asMany, &asOne); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(asMany, single) || !reflect.DeepEqual(asOne, shape) {
		t.Errorf("%v, %v", asMany, asOne)
	}
}

func TestGeometriesThatAreNotOursDoNotScan(t *testing.T) {
	t.Parallel()
	ctx, tx := dbtest.Tx(t)
	for name, sql := range map[string]string{
		"metres":    `select ST_Transform(ST_SetSRID(ST_MakePoint(114, 22), 4326), 3857)`,
		"no SRID":   `select ST_MakePoint(114, 22)`,
		"a line":    `select ST_SetSRID('linestring(0 0, 1 1)'::geometry, 4326)`,
		"a polygon": `select ST_MakeEnvelope(114, 22, 115, 23, 4326)`,
		"empty":     `select ST_SetSRID('point empty'::geometry, 4326)`,
		"NULL":      `select null::geometry`,
	} {
		var p geo.Point
		if err := tx.QueryRow(ctx, sql).Scan(&p); err == nil {
			t.Errorf("%s: scanned as %v", name, p)
		}
	}
}

func TestWithoutPostGISRegisterSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, address := dbtest.Open(t)
	config, err := pgx.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	config.RuntimeParams["search_path"] = "pg_catalog"
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := geo.Register(t.Context(), conn); err == nil || errors.Is(err, pgx.ErrNoRows) {
		t.Errorf("got %v, want a sentence about PostGIS", err)
	}
}

// store also shows that shapes go through COPY.
func store(t *testing.T, ctx context.Context, tx *pg.Tx, cells []geo.CellShape) {
	t.Helper()
	exec(t, ctx, tx, createCellsSQL)
	copied, err := tx.CopyFrom(ctx, "shapes", []string{"code", "shape"}, pgx.CopyFromSlice(len(cells), func(i int) ([]any, error) {
		return []any{cells[i].Code, cells[i].Polygon}, nil
	}))
	if err != nil || copied != int64(len(cells)) {
		t.Fatalf("copied %d cells: %v", copied, err)
	}
	exec(t, ctx, tx, indexCellsSQL)
}

func exec(t *testing.T, ctx context.Context, tx *pg.Tx, sql string) {
	t.Helper()
	if _, err := tx.Exec(ctx, sql); err != nil {
		t.Fatal(err)
	}
}

func column[T any](t *testing.T, ctx context.Context, tx *pg.Tx, sql string, args ...any) []T {
	t.Helper()
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	values, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func sameBack[T any](t *testing.T, ctx context.Context, tx *pg.Tx, how string, mode pgx.QueryExecMode, sqlType string, sent T) {
	t.Helper()
	var back T
	if err := tx.QueryRow(ctx, "select $1::"+sqlType, mode, sent).Scan(&back); err != nil || !reflect.DeepEqual(back, sent) {
		t.Errorf("%s: %T %v came back as %v, %v", how, sent, sent, back, err)
	}
}
