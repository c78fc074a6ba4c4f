package place

import (
	"context"

	"gridwork/actor"
	"gridwork/pg"
)

const premisesInSQL = `select ` + premisesColumns + ` from premises scoped
	where scoped.cell = any($3::text[]) and ` + actor.InReach + ` order by scoped.code`

const buildingsInSQL = `select ` + addressColumns + ` from addresses scoped
	where scoped.cell = any($3::text[]) and scoped.kind = 'building' and ` + actor.InReach + ` order by scoped.cell, scoped.code`

const componentsInSQL = `select scoped.code, scoped.category, scoped.name, scoped.point, scoped.cell, scoped.street, scoped.updated_at
	from components scoped where scoped.cell = any($3::text[]) and ` + actor.InReach + ` order by scoped.cell, scoped.code`

const addressesByCodeSQL = `select ` + addressColumns + ` from addresses scoped
	where scoped.code = any($3::text[]) and ` + actor.InReach + ` order by scoped.code`

// PremisesIn are the premises in cells of the viewer's regions, ordered by code.
func PremisesIn(ctx context.Context, tx *pg.Tx, cells []string) ([]Premises, error) {
	return in[Premises](ctx, tx, premisesInSQL, cells)
}

// BuildingsIn are the buildings in cells of the viewer's regions, ordered by cell and code.
func BuildingsIn(ctx context.Context, tx *pg.Tx, cells []string) ([]Address, error) {
	return in[Address](ctx, tx, buildingsInSQL, cells)
}

// ComponentsIn are the components in cells of the viewer's regions, ordered by cell and code.
func ComponentsIn(ctx context.Context, tx *pg.Tx, cells []string) ([]Component, error) {
	return in[Component](ctx, tx, componentsInSQL, cells)
}

// AddressesByCode finds addresses in the viewer's regions by their codes, ordered by code.
func AddressesByCode(ctx context.Context, tx *pg.Tx, codes []string) ([]Address, error) {
	return in[Address](ctx, tx, addressesByCodeSQL, codes)
}

func in[T any](ctx context.Context, tx *pg.Tx, sql string, these []string) ([]T, error) {
	reach := tx.Actor.Scope(actor.ReadPlace)
	return pg.All[T](ctx, tx, sql, reach.Regions, reach.Departments, these)
}
