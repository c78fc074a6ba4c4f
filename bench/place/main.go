// Place measures how long a file of 640 000 buildings takes to come in, and how long it then takes to find one: by name,
// spelling, initials, code, and by nearness. The floor of the import is the same rows copied into a table without an index.
//
//	go run ./bench/place
package main

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/mozillazg/go-pinyin"

	"gridwork/actor"
	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/domain/intake"
	"gridwork/domain/place"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/rowfile"
)

const (
	importGoal = 60 * time.Second // for 640 000 buildings on two cores
	searchGoal = 50               // milliseconds, p95
)

func main() {
	buildings := flag.Int("buildings", demo.Full.Buildings, "how many")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		return stand.With(ctx, stand.Durable, func(s *stand.Stand) error { return measure(ctx, s, *buildings) })
	})
}

func measure(ctx context.Context, s *stand.Stand, buildings int) error {
	address, err := s.DemoCity(ctx, "place", demo.Whole)
	if err != nil {
		return err
	}
	db, err := s.Open(ctx, address, 2)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx = actor.With(ctx, actor.System("bench"))
	town, err := demo.Survey(ctx, db)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "place")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "buildings.csv")
	if err := write(path, town, buildings); err != nil {
		return err
	}
	fmt.Printf("%d buildings; %s\n", buildings, gauge.Machine())
	if err := bring(ctx, s, db, town, path); err != nil {
		return err
	}
	fmt.Println(gauge.Machine())
	return find(ctx, db)
}

var columns = []string{"code", "text", "lon", "lat", "floors", "aliases"}

func write(path string, town *demo.Town, buildings int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := csv.NewWriter(file)
	_ = w.Write(columns)
	for row := range town.Buildings(buildings) {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = row[c]
		}
		_ = w.Write(line)
	}
	w.Flush()
	return w.Error()
}

// bring takes the file in, and the same rows into a bare table.
func bring(ctx context.Context, s *stand.Stand, db *pg.DB, town *demo.Town, path string) error {
	meters := []gauge.Meter{gauge.Self("this process"), s.Postgres()}
	floor, err := gauge.Clocked(meters, func() error { return copied(ctx, db, path) })
	if err != nil {
		return err
	}
	file, err := rowfile.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	profile, err := place.Addresses.Bind(intake.Profile{Datum: geo.WGS84}, file.Columns())
	if err != nil {
		return err
	}
	in, err := pg.WriteVal(ctx, db, func(tx *pg.Tx) (intake.Import, error) {
		return place.Begin(ctx, tx, intake.Import{Kind: place.Addresses.Name, File: "buildings.csv", SHA256: []byte(path), Columns: profile, Datum: geo.WGS84})
	})
	if err != nil {
		return err
	}
	took, err := gauge.Clocked(meters, func() error {
		in, err = intake.Carry(ctx, db, in, place.Taking(in, town.Atlas), records(file), func(intake.Import, []intake.Reject) error { return nil })
		return err
	})
	if err != nil {
		return err
	}
	verdict := "met"
	if took.Wall > importGoal {
		verdict = "MISSED"
	}
	fmt.Printf("floor:  %v\nimport: %v (goal %v: %s), %.1f of the floor; %d rows, %d rejected\n", floor, took, importGoal, verdict,
		float64(took.Wall)/float64(floor.Wall), in.Rows, in.Rejected)
	return nil
}

func records(file *rowfile.File) intake.Source {
	return func() (intake.Record, error) {
		row, err := file.Next()
		return intake.Record{Number: row.Number, Fields: row.Fields}, err
	}
}

// copied is what no import can be quicker than.
func copied(ctx context.Context, db *pg.DB, path string) error {
	file, err := rowfile.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return db.Write(ctx, func(tx *pg.Tx) error {
		if _, err := tx.Exec(ctx, "create temporary table bare (code text, text text, lon text, lat text) on commit drop"); err != nil {
			return err
		}
		_, err := tx.CopyFrom(ctx, "bare", []string{"code", "text", "lon", "lat"}, pgx.CopyFromFunc(func() ([]any, error) {
			row, err := file.Next()
			if err != nil {
				return nil, nil //nolint:nilerr // the end
			}
			return []any{row.Fields["code"], row.Fields["text"], row.Fields["lon"], row.Fields["lat"]}, nil
		}))
		return err
	})
}

// find asks in as many ways as people do, each time for another place.
func find(ctx context.Context, db *pg.DB) error {
	return db.Read(ctx, func(tx *pg.Tx) error {
		some, err := pg.All[place.Address](ctx, tx, `select code, kind, building, text, floors, point, cell, street, updated_at
			from addresses where abs(hashtext(code)) % 1000 = 0 order by code limit 500`)
		if err != nil {
			return err
		}
		ask := func(name string, do func(ctx context.Context, a place.Address) error) gauge.Contender {
			return gauge.Contender{Name: name, Do: func(ctx context.Context, _ int) error {
				return do(ctx, some[rand.IntN(len(some))])
			}}
		}
		search := func(text func(place.Address) string) func(context.Context, place.Address) error {
			return func(ctx context.Context, a place.Address) error {
				_, err := place.Find(ctx, tx, place.Search{Text: text(a), First: 20})
				return err
			}
		}
		series, err := gauge.Interleave(ctx, gauge.Plan{Workers: 1, Slices: 5, Slice: 2 * time.Second, Warm: time.Second},
			ask("the beginning of a code", search(func(a place.Address) string { return a.Code[:20] })),
			ask("road and number", search(roadAndNumber)),
			ask("the whole address", search(func(a place.Address) string { return a.Text })),
			ask("a road's name alone", search(func(a place.Address) string { return strings.TrimRight(roadAndNumber(a), "0123456789号") })),
			ask("spelled", search(func(a place.Address) string { return read(roadAndNumber(a), pinyin.Normal) })),
			ask("initials and number", search(func(a place.Address) string { return read(roadAndNumber(a), pinyin.FirstLetter) })),
			ask("the nearest within 200 m", func(ctx context.Context, a place.Address) error {
				_, err := place.Nearest(ctx, tx, place.Nearby{Point: a.Point, Metres: 200, First: 20})
				return err
			}),
		)
		if err != nil {
			return err
		}
		gauge.Report(os.Stdout, series)
		fmt.Printf("goal: p95 of each at most %d ms\n", searchGoal)
		return nil
	})
}

// roadAndNumber is what somebody remembers of an address, such as 科苑路15号.
func roadAndNumber(a place.Address) string {
	_, tail, _ := strings.Cut(a.Text, "社区")
	road, _, _ := strings.Cut(tail, "号")
	return road + "号"
}

// read is a text as it is typed without Chinese characters.
func read(text string, style int) (typed string) {
	args := pinyin.NewArgs()
	args.Style = style
	args.Fallback = func(r rune, _ pinyin.Args) []string { return []string{string(r)} }
	return strings.Join(pinyin.LazyPinyin(strings.TrimSuffix(text, "号"), args), "")
}
