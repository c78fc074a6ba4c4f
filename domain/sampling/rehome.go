package sampling

import (
	"context"

	"gridwork/domain/cell"
	"gridwork/pg"
)

// Re-inspections that are to be made in the ended cells. Their cases are closed and stay where they were.
const (
	openInEnded = ` from (select r.id, r.cell, c.point from reinspections r join cases c on c.id = r.case_id
		where r.state = 'open' and r.cell = any($3)) work `

	homesSQL = `select 'reinspection' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home ` + openInEnded + `) moving group by home order by home`

	rehomeSQL = `update reinspections set cell = moved.home from (
			select work.id, ` + cell.NewHome + ` as home ` + openInEnded + ` order by work.id limit $5
		) moved where reinspections.id = moved.id and reinspections.state = 'open'`
)

// Homes counts which open re-inspections in ended cells would go to which cell.
func Homes(ctx context.Context, tx *pg.Tx, h cell.Heirs) ([]cell.Moving, error) {
	return pg.All[cell.Moving](ctx, tx, homesSQL, h.Bind()...)
}

// Rehome moves the next open re-inspections out of ended cells, at most batch of them, and returns how many.
func Rehome(ctx context.Context, tx *pg.Tx, h cell.Heirs, batch int) (int, error) {
	moved, err := pg.Exec(ctx, tx, rehomeSQL, h.Bind(batch)...)
	return int(moved), err
}
