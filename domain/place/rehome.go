package place

import (
	"context"
	"fmt"

	"gridwork/domain/cell"
	"gridwork/pg"
)

const (
	homesOfAddressesSQL = `select 'address' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home from addresses work where work.cell = any($3)) moving group by home order by home`
	homesOfPremisesSQL = `select 'premises' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home from premises work where work.cell = any($3)) moving group by home order by home`
	homesOfComponentsSQL = `select 'component' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home from components work where work.cell = any($3)) moving group by home order by home`

	rehomeAddressesSQL = `update addresses set cell = moved.home from (
			select work.code, ` + cell.NewHome + ` as home from addresses work where work.cell = any($3) order by work.code limit $5 for no key update
		) moved where addresses.code = moved.code`
	rehomePremisesSQL = `update premises set cell = moved.home from (
			select work.code, ` + cell.NewHome + ` as home from premises work where work.cell = any($3) order by work.code limit $5 for no key update
		) moved where premises.code = moved.code`
	rehomeComponentsSQL = `update components set cell = moved.home from (
			select work.code, ` + cell.NewHome + ` as home from components work where work.cell = any($3) order by work.code limit $5 for no key update
		) moved where components.code = moved.code`
)

// Homes counts which places that lie in ended cells would land in which cell.
func Homes(ctx context.Context, tx *pg.Tx, h cell.Heirs) (all []cell.Moving, err error) {
	for _, query := range []string{homesOfAddressesSQL, homesOfPremisesSQL, homesOfComponentsSQL} {
		found, err := pg.All[cell.Moving](ctx, tx, query, h.Bind()...)
		if err != nil {
			return nil, fmt.Errorf("places of ended cells: %w", err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// Rehome lands the next places that lie in ended cells anew, at most batch of them, and returns how many.
func Rehome(ctx context.Context, tx *pg.Tx, h cell.Heirs, batch int) (moved int, err error) {
	for _, query := range []string{rehomeAddressesSQL, rehomePremisesSQL, rehomeComponentsSQL} {
		n, err := pg.Exec(ctx, tx, query, h.Bind(batch-moved)...)
		if err != nil {
			return 0, fmt.Errorf("land places anew: %w", err)
		}
		if moved += int(n); moved >= batch {
			break
		}
	}
	return moved, nil
}
