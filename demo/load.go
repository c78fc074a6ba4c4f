package demo

import (
	"context"
	"fmt"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/visit"
	"gridwork/pg"
)

// Load builds the demo city on an empty, migrated database in one transaction: regions and cells, standards, rules,
// ladders, calendar, checklists, measures, and people.
func Load(ctx context.Context, db *pg.DB, size Size) error {
	return load(ctx, db, size, func(context.Context, *pg.Tx) error { return nil })
}

// LoadLived builds the demo city as Load does, and in the same transaction what it needs to be looked at: a few thousand
// places, codes at some of them, and plans that have given people their first tasks.
func LoadLived(ctx context.Context, db *pg.DB, size Size, codes visit.Key) error {
	return load(ctx, db, size, func(ctx context.Context, tx *pg.Tx) error {
		if err := settle(ctx, tx, Full, codes); err != nil {
			return fmt.Errorf("places of the demo city: %w", err)
		}
		return beginPlans(ctx, tx)
	})
}

func load(ctx context.Context, db *pg.DB, size Size, then func(context.Context, *pg.Tx) error) error {
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
		return then(ctx, tx)
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
	Buildings  int `db:"buildings"`
	Premises   int `db:"premises"`
}

const countsSQL = `select (select count(*) from regions where level = 'district') as districts,
	(select count(*) from regions where level = 'street') as streets, (select count(*) from cells) as cells,
	(select count(*) from duty_grids) as duty_grids, (select count(*) from people) as people,
	(select count(*) from categories) as categories, (select count(*) from addresses where kind = 'building') as buildings,
	(select count(*) from premises) as premises`

// Count measures the city.
func Count(ctx context.Context, tx *pg.Tx) (Counts, error) { return pg.One[Counts](ctx, tx, countsSQL) }

func (c Counts) String() string {
	return fmt.Sprintf("%d districts, %d streets, %d cells in %d duty grids, %d people, %d categories, %d buildings with %d premises",
		c.Districts, c.Streets, c.Cells, c.DutyGrids, c.People, c.Categories, c.Buildings, c.Premises)
}
