// Web measures the pages in a browser against their budgets: what they transfer and when they can be used on a slow phone, how long the
// handheld takes to open without a network, and at the desk what a key, a map of a hundred thousand open cases and a colleague's act take.
// The platform runs beside it on the whole demo city; the pages have to be built and Chromium installed, `make bench-web` sees to both.
//
//	go run ./bench/web
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"gridwork/bench/gauge"
	"gridwork/bench/stand"
	"gridwork/demo"
	"gridwork/geo"
	"gridwork/pg"
)

// Cases lie anywhere in their cells, and not all at one point.
const scatteredSQL = `update cases set point = st_translate(point, (random() - 0.5) * 0.001, (random() - 0.5) * 0.001)`

// citySQL gives one of two dispatchers of a street the whole city, so that the map has everything on it.
const citySQL = `update grants set region = '4403' where role = 'dispatcher' and region = $1 and person_id = (select id from people where login = $2)`

func main() {
	cases, clues := flag.Int("cases", 100_000, "how many are open"), flag.Int("clues", 4_000, "how many reports wait for a decision")
	folder := flag.String("browser", "test/e2e", "where the browser's driver is")
	serve := flag.Bool("serve", false, "be the platform that is measured")
	flag.Parse()
	stand.Run(func(ctx context.Context) error {
		if *serve {
			return stand.Platform(ctx, true)
		}
		return stand.With(ctx, stand.Fleeting, func(s *stand.Stand) error { return measure(ctx, s, *folder, *cases, *clues) })
	})
}

func measure(ctx context.Context, s *stand.Stand, folder string, cases, clues int) (err error) {
	address, err := s.DemoCity(ctx, "web", demo.Whole)
	if err != nil {
		return err
	}
	if err := s.FillCases(ctx, address, cases, scatteredSQL); err != nil {
		return err
	}
	if err := s.FillClues(ctx, address, stand.Clues{Total: clues, Waiting: 1}); err != nil {
		return err
	}
	given, err := people(ctx, s, address)
	if err != nil {
		return err
	}
	child, err := stand.Spawn(ctx, s.Environment(address, "GRIDWORK_MODE=demo", "COOKIE_SECURE=false"), "-serve")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, child.Stop()) }()
	fmt.Printf("%d open cases, %d reports that wait; %s\n", cases, clues, gauge.Machine())
	seen, err := look(ctx, folder, child.URL, given)
	if err != nil {
		return err
	}
	report(seen)
	fmt.Println(gauge.Machine())
	return nil
}

type account struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// facts is what the browser is told: who signs in, and where there is something on the map.
type facts struct {
	Worker     account     `json:"worker"`
	Dispatcher account     `json:"dispatcher"` // of the street in which most waits
	Colleague  account     `json:"colleague"`  // of the same street
	City       account     `json:"city"`       // a dispatcher who sees all of it
	Points     []geo.Point `json:"points"`
	At         struct {
		Lon float64 `json:"longitude"`
		Lat float64 `json:"latitude"`
	} `json:"at"`
}

const streetSQL = `select street from clues where state = 'submitted' group by street order by count(*) desc limit 1`

const workerSQL = `select login from people p join grants g on g.person_id = p.id where g.role = 'grid_worker' and g.region = $1 and g.revoked_at is null order by login limit 1`

// people picks them. The one with the city is from another street.
func people(ctx context.Context, s *stand.Stand, address string) (f facts, err error) {
	db, err := s.Open(ctx, address, 1)
	if err != nil {
		return f, err
	}
	defer db.Close()
	return f, db.Write(ctx, func(tx *pg.Tx) error {
		street, err := pg.Val[string](ctx, tx, streetSQL)
		if err != nil {
			return err
		}
		worker, err := pg.Val[string](ctx, tx, workerSQL, street)
		if err != nil {
			return err
		}
		others, err := pg.Val[string](ctx, tx, "select max(region) from grants where role = 'dispatcher' and region <> $1", street)
		if err != nil {
			return err
		}
		of := func(street string, n int) account {
			return account{fmt.Sprintf("dispatcher.%s.%d", street, n), demo.Password}
		}
		f.Worker, f.Dispatcher, f.Colleague, f.City = account{worker, demo.Password}, of(street, 1), of(street, 2), of(others, 1)
		if _, err := tx.Exec(ctx, citySQL, others, f.City.Login); err != nil {
			return err
		}
		f.Points, err = pg.Vals[geo.Point](ctx, tx, "select point from cases order by md5(id::text) limit 1500")
		f.At.Lon, f.At.Lat = f.Points[0].Lon, f.Points[0].Lat
		return err
	})
}

// figure is one budget and what was seen of it.
type figure struct {
	Name string  `json:"name"`
	Unit string  `json:"unit"`
	Goal float64 `json:"goal"` // at most; 0: there is none
	Seen float64 `json:"seen"`
	Of   string  `json:"of"` // how many were looked at
}

func look(ctx context.Context, folder, url string, given facts) (seen []figure, err error) {
	told, err := json.Marshal(given)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "node", filepath.Join("specs", "budgets.mjs"))
	cmd.Dir, cmd.Stderr = folder, os.Stderr
	cmd.Env = append(os.Environ(), "GRIDWORK_URL="+url, "GIVEN="+string(told))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var f figure
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return nil, errors.Join(fmt.Errorf("the browser told %q: %w", lines.Text(), err), cmd.Cancel(), cmd.Wait())
		}
		seen = append(seen, f)
		fmt.Fprintf(os.Stderr, "%s: %.4g %s\n", f.Name, f.Seen, f.Unit)
	}
	err = cmd.Wait()
	if err != nil {
		report(seen)
		return nil, fmt.Errorf("the browser: %w", err)
	}
	return seen, nil
}

func report(seen []figure) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "| what\t| goal\t| seen\t| of\t|")
	for _, f := range seen {
		goal, mark := "", ""
		if f.Goal > 0 {
			goal = fmt.Sprintf("%g %s", f.Goal, f.Unit)
			if f.Seen > f.Goal {
				mark = " SHORT"
			}
		}
		fmt.Fprintln(w, strings.Join([]string{"| " + f.Name, goal, fmt.Sprintf("%.4g %s%s", f.Seen, f.Unit, mark), f.Of, ""}, "\t| "))
	}
	_ = w.Flush()
}
