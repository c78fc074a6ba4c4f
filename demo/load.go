package demo

import (
	"context"
	"fmt"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/pg"
)

// Load builds the demo city on an empty, migrated database in one transaction: regions and cells, standards, rules,
// ladders, calendar, checklists, measures, and people.
func Load(ctx context.Context, db *pg.DB, size Size) error {
	ctx = actor.With(ctx, actor.System("demo city"))
	return db.Write(ctx, func(tx *pg.Tx) error {
		if err := City(ctx, tx, size); err != nil {
			return err
		}
		if err := Policies(ctx, tx); err != nil {
			return err
		}
		if err := publishChecklists(ctx, tx); err != nil {
			return err
		}
		if err := publishMeasures(ctx, tx); err != nil {
			return err
		}
		if err := People(ctx, tx); err != nil {
			return err
		}
		audit.Record(tx, "demo.load", "city", cityCode, struct{}{})
		return nil
	})
}

const loadedSQL = `select exists (select from regions)`

// Loaded reports whether a migrated database has a city already, the demo's or a real one.
func Loaded(ctx context.Context, databaseURL, city string) (bool, error) {
	db, err := pg.Open(ctx, pg.Options{URL: databaseURL, City: city, Conns: 1})
	if err != nil {
		return false, err
	}
	defer db.Close()
	return pg.ReadVal(ctx, db, func(tx *pg.Tx) (bool, error) { return pg.Val[bool](ctx, tx, loadedSQL) })
}

// Counts is how large a city is.
type Counts struct {
	Districts  int `db:"districts"`
	Streets    int `db:"streets"`
	Cells      int `db:"cells"`
	DutyGrids  int `db:"duty_grids"`
	People     int `db:"people"`
	Categories int `db:"categories"`
}

const countsSQL = `select (select count(*) from regions where level = 'district') as districts,
	(select count(*) from regions where level = 'street') as streets, (select count(*) from cells) as cells,
	(select count(*) from duty_grids) as duty_grids, (select count(*) from people) as people,
	(select count(*) from categories) as categories`

// Count measures the city.
func Count(ctx context.Context, tx *pg.Tx) (Counts, error) { return pg.One[Counts](ctx, tx, countsSQL) }

func (c Counts) String() string {
	return fmt.Sprintf("%d districts, %d streets, %d cells in %d duty grids, %d people, %d categories",
		c.Districts, c.Streets, c.Cells, c.DutyGrids, c.People, c.Categories)
}
