package demo

import (
	"context"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/pg"
)

// Load builds the demo city on an empty, migrated database in one transaction: regions and cells, standards, rules,
// ladders, calendar, and people.
func Load(ctx context.Context, db *pg.DB, size Size) error {
	ctx = actor.With(ctx, actor.System("demo city"))
	return db.Write(ctx, func(tx *pg.Tx) error {
		if err := City(ctx, tx, size); err != nil {
			return err
		}
		if err := Policies(ctx, tx); err != nil {
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
