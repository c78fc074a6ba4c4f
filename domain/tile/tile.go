// Package tile draws vector tiles 矢量瓦片 of the city's map for one viewer: what is drawn at which zoom. Whose cases and
// premises they may be, the packages decide that own them.
package tile

import (
	"context"
	"slices"

	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/place"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// CodeLayer is the fault of a layer that there is not.
const CodeLayer = "LAYER_UNKNOWN"

// Layer is a part of a tile that can be asked for by itself.
type Layer string

const (
	Regions  Layer = "regions"  // outlines and labels, and from afar the number of open cases: how many the viewer may see
	Borders  Layer = "borders"  // the same without numbers, which is drawn faster and seldom changes
	Cells    Layer = "cells"    // unit cells
	Premises Layer = "premises" // what gets inspected
	Cases    Layer = "cases"    // open cases, each at its point
)

// Layers lists them all, from the ground up.
var Layers = []Layer{Regions, Borders, Cells, Premises, Cases}

// From these zooms on a layer is drawn thing by thing; before, a region's number stands for its cases. A tile of z13 is
// 4.5 km wide in Shenzhen and has up to some thousand cases, one of z15 as many premises.
const (
	casesFrom    = 13
	cellsFrom    = 14
	premisesFrom = 15
)

// levelAt is the level of the regions that are drawn at a zoom.
func levelAt(z int) cell.Level {
	switch {
	case z <= 8:
		return cell.District
	case z <= 10:
		return cell.Street
	}
	return cell.Community
}

// Draw is a tile in the encoding of Mapbox Vector Tile 2.1, with the layers that are asked for and that its zoom has; no
// layer means all. Borders are drawn under the names of regions, which have them already. A layer with nothing in it is left out. The same content is the same bytes.
//
// Fault: LAYER_UNKNOWN at "layers".
func Draw(ctx context.Context, tx *pg.Tx, t geo.Tile, layers []Layer) ([]byte, error) {
	if len(layers) == 0 {
		layers = Layers
	}
	for _, l := range layers {
		if !slices.Contains(Layers, l) {
			return nil, fault.Invalid(CodeLayer, "a tile's layers are %v", Layers).At("layers")
		}
	}
	var drawn []byte
	for _, l := range Layers {
		if !slices.Contains(layers, l) || l == Borders && slices.Contains(layers, Regions) {
			continue
		}
		layer, err := l.draw(ctx, tx, t)
		if err != nil {
			return nil, err
		}
		drawn = append(drawn, layer...)
	}
	return drawn, nil
}

func (l Layer) draw(ctx context.Context, tx *pg.Tx, t geo.Tile) ([]byte, error) {
	switch {
	case l == Regions:
		return regions(ctx, tx, t, t.Z < casesFrom)
	case l == Borders:
		return regions(ctx, tx, t, false)
	case l == Cells && t.Z >= cellsFrom:
		return cell.Tile(ctx, tx, t)
	case l == Premises && t.Z >= premisesFrom:
		return place.Tile(ctx, tx, t)
	case l == Cases && t.Z >= casesFrom:
		return casework.Tile(ctx, tx, t)
	}
	return nil, nil
}

func regions(ctx context.Context, tx *pg.Tx, t geo.Tile, counted bool) ([]byte, error) {
	codes, err := cell.RegionsIn(ctx, tx, t, levelAt(t.Z))
	if err != nil || len(codes) == 0 {
		return nil, err
	}
	var open map[string]int
	if counted {
		if open, err = casework.OpenIn(ctx, tx, codes); err != nil {
			return nil, err
		}
	}
	return cell.RegionTile(ctx, tx, t, codes, open)
}
