package demo

import (
	"context"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"strconv"
	"sync"

	"gridwork/domain/cell"
	"gridwork/domain/intake"
	"gridwork/domain/place"
	"gridwork/geo"
	"gridwork/pg"
)

var placeData = sync.OnceValue(func() placeFile { return read[placeFile]("places.json") })

type placeFile struct {
	Note     string   `json:"note"`
	Roads    []string `json:"roads"`
	First    []string `json:"first"`
	Second   []string `json:"second"`
	Brands   []string `json:"brands"`
	Premises []struct {
		Kind  string   `json:"kind"`
		Names []string `json:"names"`
		Risks []string `json:"risks"`
	} `json:"premises"`
}

// Places says how many places a city gets.
type Places struct{ Buildings, Premises, Components int }

// Full is what a city of twenty million has on its address spine.
var Full = Places{Buildings: 640_000, Premises: 300_000, Components: 200_000}

// LoadPlaces puts buildings, premises and components into a city, the same ones every time, the way in which files of them
// are imported. done hears after each batch how many rows of how many are in.
func LoadPlaces(ctx context.Context, db *pg.DB, want Places, done func(rows, of int)) error {
	town, err := Survey(ctx, db)
	if err != nil {
		return err
	}
	total, behind := want.Buildings+want.Premises+want.Components, 0
	for _, part := range []struct {
		kind  intake.Kind
		count int
		rows  iter.Seq[map[string]string]
	}{
		{place.Addresses, want.Buildings, town.Buildings(want.Buildings)},
		{place.PremisesOf, want.Premises, all(want.Premises, func(n int) map[string]string { return town.premises(n, want) })},
		{place.Components, want.Components, all(want.Components, func(n int) map[string]string { return town.component(n, want.Components) })},
	} {
		if err := town.carryIn(ctx, db, part.kind, part.rows, func(rows int) { done(behind+rows, total) }); err != nil {
			return fmt.Errorf("%s of the demo city: %w", part.kind.Name, err)
		}
		behind += part.count
	}
	return nil
}

// Town is a surveyed city: where places can be.
type Town struct {
	Atlas      *cell.Atlas
	cells      []ground
	categories []string // of components
}

// ground is a cell's box.
type ground struct {
	Code  string  `db:"code"`
	West  float64 `db:"west"`
	South float64 `db:"south"`
	East  float64 `db:"east"`
	North float64 `db:"north"`
}

const groundSQL = `select code, st_xmin(shape) as west, st_ymin(shape) as south, st_xmax(shape) as east, st_ymax(shape) as north
	from cells where valid_to is null order by code`

const componentCategoriesSQL = `select code from categories where kind = 'component' order by code`

// Survey reads a city's cells.
func Survey(ctx context.Context, db *pg.DB) (*Town, error) {
	return pg.ReadVal(ctx, db, func(tx *pg.Tx) (*Town, error) { return survey(ctx, tx) })
}

func survey(ctx context.Context, tx *pg.Tx) (*Town, error) {
	var t Town
	var err error
	if t.Atlas, err = cell.LoadAtlas(ctx, tx); err != nil {
		return nil, err
	}
	if t.cells, err = pg.All[ground](ctx, tx, groundSQL); err != nil {
		return nil, err
	}
	t.categories, err = pg.Vals[string](ctx, tx, componentCategoriesSQL)
	return &t, err
}

func (t *Town) carryIn(ctx context.Context, db *pg.DB, kind intake.Kind, rows iter.Seq[map[string]string], done func(rows int)) error {
	in := spine(kind, "demo")
	in, err := pg.WriteVal(ctx, db, func(tx *pg.Tx) (intake.Import, error) { return place.Begin(ctx, tx, in) })
	if err != nil {
		return err
	}
	next, stop := iter.Pull(rows)
	defer stop()
	source := func() (intake.Record, error) {
		fields, more := next()
		if !more {
			return intake.Record{}, io.EOF
		}
		return intake.Record{Fields: fields}, nil
	}
	_, err = intake.Carry(ctx, db, in, place.Taking(in, t.Atlas), source, func(in intake.Import, rejects []intake.Reject) error {
		done(in.Rows)
		if len(rejects) > 0 {
			return fmt.Errorf("%v: %w", rejects[0].Fields, rejects[0].Why)
		}
		return nil
	})
	return err
}

// spine is the import of one kind of places under a name.
func spine(kind intake.Kind, file string) intake.Import {
	columns := map[string]string{}
	for _, name := range kind.Names() {
		columns[name] = name
	}
	return intake.Import{Kind: kind.Name, File: file, SHA256: []byte(file + " " + kind.Name), Columns: columns, Datum: geo.WGS84}
}

// spot is a point of the n-th cell's ground that lies in the city, as an import writes it, and the names of its regions.
func (t *Town) spot(r *rand.Rand, n, of int) (g ground, row map[string]string, regions string) {
	g = t.cells[n*len(t.cells)/of]
	for {
		p := geo.Point{Lon: round(g.West + r.Float64()*(g.East-g.West)), Lat: round(g.South + r.Float64()*(g.North-g.South))}
		at, err := t.Atlas.Land(p)
		if err != nil {
			continue
		}
		for _, code := range []string{cityCode, at.District, at.Street, at.Community} {
			region, _ := t.Atlas.Region(code)
			regions += region.NameZH
		}
		return g, map[string]string{"lon": strconv.FormatFloat(p.Lon, 'f', 6, 64), "lat": strconv.FormatFloat(p.Lat, 'f', 6, 64)}, regions
	}
}

func round(degrees float64) float64 { return float64(int(degrees*1e6+0.5)) / 1e6 }

// of draws from a list.
func of[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func dice(seed, n int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(seed), uint64(n))) //nolint:gosec // places, not secrets
}

// buildingCode is the n-th of so many buildings' 25 digits: its cell's, and a number in it.
func (t *Town) buildingCode(n, of int) string {
	return fmt.Sprintf("%s%010d", t.cells[n*len(t.cells)/of].Code, n)
}

// Buildings are the rows of so many buildings, as an import of addresses reads them.
func (t *Town) Buildings(count int) iter.Seq[map[string]string] {
	return all(count, func(n int) map[string]string { return t.building(n, count) })
}

func all(count int, row func(n int) map[string]string) iter.Seq[map[string]string] {
	return func(yield func(map[string]string) bool) {
		for n := range count {
			if !yield(row(n)) {
				return
			}
		}
	}
}

// building is the n-th of so many.
func (t *Town) building(n, count int) map[string]string {
	words, r := placeData(), dice(1, n)
	_, row, regions := t.spot(r, n, count)
	row["code"] = t.buildingCode(n, count)
	row["text"] = fmt.Sprintf("%s%s%d号%s%s%d栋", regions, of(r, words.Roads), 1+r.IntN(3000), of(r, words.First), of(r, words.Second), 1+r.IntN(30))
	row["floors"] = strconv.Itoa(1 + r.IntN(33))
	if r.IntN(20) == 0 {
		row["aliases"] = of(r, words.First) + of(r, words.Second) + strconv.Itoa(n)
	}
	return row
}

// premises are the n-th of so many.
func (t *Town) premises(n int, want Places) map[string]string {
	words, r := placeData(), dice(2, n)
	kind := of(r, words.Premises)
	return map[string]string{"code": fmt.Sprintf("P%09d", n), "name": of(r, words.Brands) + of(r, kind.Names), "kind": kind.Kind,
		"risk": of(r, kind.Risks), "address": t.buildingCode(want.buildingOf(n), want.Buildings)}
}

// buildingOf is the building in which the n-th premises are.
func (p Places) buildingOf(n int) int { return n * p.Buildings / p.Premises }

// component is the n-th of so many.
func (t *Town) component(n, count int) map[string]string {
	r := dice(3, n)
	g, row, _ := t.spot(r, n, count)
	row["category"] = of(r, t.categories)
	row["code"] = fmt.Sprintf("%s%s%06d", g.Code[:6], row["category"], n)
	return row
}
