package place

import (
	"context"

	"gridwork/actor"
	"gridwork/geo"
	"gridwork/pg"
)

// Tile is the layer "premises" of a vector tile: a point with code, kind and risk for each of the viewer's regions. Nil where
// there is none.
func Tile(ctx context.Context, tx *pg.Tx, t geo.Tile) ([]byte, error) {
	reach := tx.Actor.Scope(actor.ReadPlace)
	return pg.Val[[]byte](ctx, tx, tileSQL, reach.Regions, reach.Departments, t.Z, t.X, t.Y)
}

const tileSQL = `select st_asmvt(drawn, 'premises', 4096, 'geom' order by drawn.code) from (
		select scoped.code, scoped.kind, scoped.risk,
			st_asmvtgeom(st_transform(scoped.point, 3857), st_tileenvelope($3, $4, $5), 4096, 64) as geom
		from premises scoped
		where scoped.point && st_transform(st_tileenvelope($3, $4, $5, margin => 0.015625), 4326) and ` + actor.InReach + `
	) drawn where drawn.geom is not null`
