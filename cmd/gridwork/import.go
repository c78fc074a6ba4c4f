package main

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/domain/intake"
	"gridwork/domain/place"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/server"
)

type importCommands struct {
	Register  importCommand           `cmd:"" default:"withargs" help:"Read addresses, premises or components: gridwork import premises FILE."`
	People    importPeopleCommand     `cmd:"" help:"Register staff from a personnel list, and ask for what they are to be."`
	Boundary  importBoundariesCommand `cmd:"" name:"boundaries" help:"Give divisions their surveyed boundaries."`
	Checklist importChecklistCommand  `cmd:"" help:"Publish the next version of a checklist that was written as XLSForm."`
}

type importCommand struct {
	Kind string `arg:"" enum:"addresses,premises,components" help:"What the file holds: addresses, premises or components."`
	importFile
	Datum geo.Datum `help:"Of the coordinates: wgs84, gcj02, bd09 or cgcs2000." default:"wgs84" enum:"wgs84,gcj02,bd09,cgcs2000"`
}

func (c importCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error { return c.run(ctx, db) })
}

func (c importCommand) run(ctx context.Context, db *pg.DB) error { return c.carry(ctx, db, progress) }

// carry takes the file in. heard is told of each batch that is stored.
func (c importCommand) carry(ctx context.Context, db *pg.DB, heard func(intake.Import)) error {
	atlas, err := pg.ReadVal(ctx, db, cellAtlas(ctx))
	if err != nil {
		return err
	}
	kinds := map[string]intake.Kind{place.Addresses.Name: place.Addresses, place.PremisesOf.Name: place.PremisesOf, place.Components.Name: place.Components}
	return c.importFile.carry(ctx, db, register{
		kind: kinds[c.Kind], name: c.Kind, datum: c.Datum, begin: place.Begin, heard: heard,
		way: func(i intake.Import) intake.Way { return place.Taking(i, atlas) },
	})
}

func cellAtlas(ctx context.Context) func(*pg.Tx) (*cell.Atlas, error) {
	return func(tx *pg.Tx) (*cell.Atlas, error) { return cell.LoadAtlas(ctx, tx) }
}
