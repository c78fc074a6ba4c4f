package cell

import (
	"context"

	"gridwork/geo"
	"gridwork/pg"
)

// Tile is the layer "cells" of a vector tile: the valid cells with their code, and mine for those of a duty grid that the
// viewer holds or stands in for. Nil where there is none.
func Tile(ctx context.Context, tx *pg.Tx, t geo.Tile) ([]byte, error) {
	return pg.Val[[]byte](ctx, tx, tileSQL, t.Z, t.X, t.Y, tx.Now, tx.Actor.ID)
}

// RegionsIn are the codes of a level's regions that a tile shows, or borders on.
func RegionsIn(ctx context.Context, tx *pg.Tx, t geo.Tile, level Level) ([]string, error) {
	return pg.Vals[string](ctx, tx, regionsInSQL, t.Z, t.X, t.Y, level)
}

// RegionTile is two layers of a vector tile: "regions" has the outlines of the given regions, as exact as the zoom shows
// them, and "labels" a point for each whose seat lies in the tile. Both carry code, level, name_zh, name_en, schematic 示意图 where
// the outline is no surveyed boundary, and open, the number that is given for it, where there is one.
func RegionTile(ctx context.Context, tx *pg.Tx, t geo.Tile, codes []string, open map[string]int) ([]byte, error) {
	counts := make([]*int, len(codes))
	for i, code := range codes {
		if n, some := open[code]; some {
			counts[i] = &n
		}
	}
	outlines, err := pg.Val[[]byte](ctx, tx, regionTileSQL, t.Z, t.X, t.Y, codes, counts)
	if err != nil {
		return nil, err
	}
	labels, err := pg.Val[[]byte](ctx, tx, labelTileSQL, t.Z, t.X, t.Y, codes, counts)
	return append(outlines, labels...), err
}

const tileSQL = `with held as materialized (
		select duty_grid_id from duties where person_id = $5 and valid_from <= $4 and (valid_to is null or valid_to > $4)
	)
	select st_asmvt(drawn, 'cells', 4096, 'geom' order by drawn.code) from (
		select cells.code, case when cells.duty_grid_id in (select duty_grid_id from held) then true end as mine,
			st_asmvtgeom(st_transform(cells.shape, 3857), st_tileenvelope($1, $2, $3), 4096, 64) as geom
		from cells
		where cells.shape && st_transform(st_tileenvelope($1, $2, $3, margin => 0.015625), 4326)
			and cells.valid_from <= $4 and (cells.valid_to is null or cells.valid_to > $4)
	) drawn where drawn.geom is not null`

const regionsInSQL = `select code from regions
	where level = $4 and shape && st_transform(st_tileenvelope($1, $2, $3, margin => 0.015625), 4326) order by code`

const regionAttributes = `regions.code, regions.level, regions.name_zh, regions.name_en,
	case when regions.approval is null then true end as schematic, asked.open`

const askedRegions = ` unnest($4::text[], $5::int[]) as asked(code, open) join regions on regions.code = asked.code `

// 4 of a tile's 4096 steps are half a pixel of a screen. The plain simplification takes a third of the time of the one that keeps each outline valid,
// which drawing into the tile sees to anyway; true lets nothing vanish.
const regionTileSQL = `select st_asmvt(drawn, 'regions', 4096, 'geom' order by drawn.code) from (
		select ` + regionAttributes + `, st_asmvtgeom(st_simplify(st_transform(regions.shape, 3857),
				4 * 40075016.6856 / 4096 / (1::bigint << $1), true), st_tileenvelope($1, $2, $3), 4096, 64) as geom
		from ` + askedRegions + `
	) drawn where drawn.geom is not null`

const labelTileSQL = `select st_asmvt(drawn, 'labels', 4096, 'geom' order by drawn.code) from (
		select ` + regionAttributes + `,
			st_asmvtgeom(st_transform(regions.seat, 3857), st_tileenvelope($1, $2, $3), 4096, 0) as geom
		from ` + askedRegions + `
	) drawn where drawn.geom is not null`
