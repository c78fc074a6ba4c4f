// Tiles measures how long a vector tile of the map takes that nobody has kept, from zoom 11 up, for a supervisor of the city, a
// dispatcher, a department's desk and a grid worker: 18 000 cells, 99 000 open cases, half a million premises. Tiles are
// drawn where cases are, so that crowded ones come up more often. The floor is what the map shows drawn without asking whose
// it is and without saying what it is.
//
//	go run ./bench/tiles
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	fieldapi "gridwork/field-app-api"
	"gridwork/geo"
	"gridwork/pg"
)

// goal is for each zoom from 11 up, milliseconds, p95.
const goal = 60

// Cases lie anywhere in their cells, and not all at one point.
const scatteredSQL = `update cases set point = st_translate(point, (random() - 0.5) * 0.001, (random() - 0.5) * 0.001)`

func main() {
	cases := flag.Int("cases", 99_000, "how many are open")
	premises := flag.Int("premises", 500_000, "how many there are")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return tiles(ctx, s, *cases, *premises) })
	})
}

func tiles(ctx context.Context, s *stand.Stand, cases, premises int) error {
	address, err := s.DemoCity(ctx, "tiles", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillCases(ctx, address, cases, scatteredSQL); err != nil {
		return err
	}
	if err := s.FillPremises(ctx, address, premises, "餐饮", "工厂", "出租屋"); err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	m, err := newMap(actor.With(ctx, actor.System("bench")), db, []gauge.Meter{gauge.Self("this process"), s.Postgres()})
	if err != nil {
		return err
	}
	fmt.Printf("%d open cases, %d premises; %s\n", cases, premises, gauge.Machine())
	return m.look(ctx)
}

// cityMap is what is looked at, where, and by whom.
type cityMap struct {
	db      *pg.DB
	api     http.Handler
	cpu     []gauge.Meter
	points  []geo.Point
	viewers map[string]*actor.Actor
	bytes   map[string][]int
}

func newMap(ctx context.Context, db *pg.DB, cpu []gauge.Meter) (*cityMap, error) {
	m := &cityMap{db: db, cpu: cpu, api: fieldapi.New(fieldapi.Deps{DB: db, Log: slog.Default()}), bytes: map[string][]int{}}
	return m, db.Read(ctx, func(tx *pg.Tx) (err error) {
		if m.points, err = pg.Vals[geo.Point](ctx, tx, "select point from cases order by md5(id::text) limit 2000"); err != nil {
			return err
		}
		worker, err := pg.Val[uuid.UUID](ctx, tx, "select person_id from duties order by duty_grid_id, person_id limit 1")
		grant := func(id uuid.UUID, role actor.Role, region, department string) *actor.Actor {
			return &actor.Actor{ID: id, Grants: []actor.Grant{{Role: role, Region: region, Department: department}}}
		}
		m.viewers = map[string]*actor.Actor{
			"supervisor":  grant(uuid.New(), actor.Supervisor, "4403", ""),
			"dispatcher":  grant(uuid.New(), actor.Dispatcher, "440304001", ""),
			"desk":        grant(uuid.New(), actor.DepartmentDesk, "4403", "fire"),
			"grid worker": grant(worker, actor.GridWorker, "440304001", ""),
		}
		return err
	})
}

func (m *cityMap) look(ctx context.Context) error {
	const first, last = 11, 16
	contenders := []gauge.Contender{{Name: "floor at z13", Meters: m.cpu, Do: m.bare}}
	for z := first; z <= last; z++ {
		contenders = append(contenders, m.at(z, "supervisor"))
	}
	for _, who := range []string{"dispatcher", "desk", "grid worker"} {
		contenders = append(contenders, m.at(first, who), m.at(13, who))
	}
	series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: 5, Slice: time.Second, Warm: time.Second}, contenders...)
	if err != nil {
		return err
	}
	gauge.Report(os.Stdout, series)
	for _, s := range series {
		fmt.Printf("%s: p95 %v ms (goal %d)", s.Name, s.Of(gauge.Slice.P95), goal)
		if sizes := m.bytes[s.Name]; len(sizes) > 0 {
			fmt.Printf(", %v bytes zipped", gauge.Over(floats(sizes)))
		}
		fmt.Println()
	}
	fmt.Println(gauge.Machine())
	return nil
}

func floats(all []int) []float64 {
	of := make([]float64, 0, len(all))
	for _, n := range all {
		of = append(of, float64(n))
	}
	return of
}

// somewhere is the tile of a zoom in which some case lies.
func (m *cityMap) somewhere(z int) geo.Tile {
	p := m.points[rand.IntN(len(m.points))]
	side, lat := float64(int(1)<<z), p.Lat*math.Pi/180
	return geo.Tile{Z: z, X: int((p.Lon + 180) / 360 * side), Y: int((1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * side)}
}

func (m *cityMap) at(z int, who string) gauge.Contender {
	name := fmt.Sprintf("z%d, %s", z, who)
	return gauge.Contender{Name: name, Meters: m.cpu, Do: func(ctx context.Context, _ int) error {
		t := m.somewhere(z)
		r := httptest.NewRequestWithContext(actor.With(ctx, m.viewers[who]), http.MethodGet, fmt.Sprintf("/field/v1/tiles/%d/%d/%d", t.Z, t.X, t.Y), nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		m.api.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			return fmt.Errorf("%v: %d %s", t, w.Code, w.Body)
		}
		m.bytes[name] = append(m.bytes[name], w.Body.Len())
		return nil
	}}
}

const bareSQL = `select st_asmvt(drawn, 'map', 4096, 'geom') from (
	select st_asmvtgeom(st_transform(shape, 3857), st_tileenvelope($1, $2, $3)) as geom from (
		select point as shape from cases where point && st_transform(st_tileenvelope($1, $2, $3), 4326)
			and state not in ('closed', 'voided', 'force_closed')
		union all
		select shape from regions where level = 'community' and shape && st_transform(st_tileenvelope($1, $2, $3), 4326)
	) shapes) drawn`

func (m *cityMap) bare(ctx context.Context, _ int) error {
	t := m.somewhere(13)
	return m.db.Read(ctx, func(tx *pg.Tx) error {
		_, err := pg.Val[[]byte](ctx, tx, bareSQL, t.Z, t.X, t.Y)
		return err
	})
}
