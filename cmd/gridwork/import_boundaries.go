package main

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/domain/intake"
	"gridwork/geo"
	"gridwork/pg"
	"gridwork/server"
)

type importBoundariesCommand struct {
	importFile
	Datum    geo.Datum `help:"Of the coordinates: wgs84, gcj02, bd09 or cgcs2000." default:"wgs84" enum:"wgs84,gcj02,bd09,cgcs2000"`
	Approval string    `help:"Map-approval number 审图号 of the boundaries. Those without one are shown as schematic 示意图."`
	Anyway   bool      `help:"Also boundaries with which cells disagree: work stays in the division that its cell's code says, wherever the map draws it."`
}

func (c importBoundariesCommand) Run(ctx context.Context) error {
	return asOperator(ctx, func(ctx context.Context, _ server.Config, db *pg.DB) error { return c.run(ctx, db) })
}

func (c importBoundariesCommand) run(ctx context.Context, db *pg.DB) error {
	c.shapes = true
	survey := cell.Survey{Approval: c.Approval, Anyway: c.Anyway}
	return c.carry(ctx, db, register{
		kind: cell.Boundaries, name: cell.Boundaries.Name, datum: c.Datum, begin: cell.BeginBoundaries, heard: progress,
		way: func(i intake.Import) intake.Way { return survey.Taking(i) },
	})
}
