package geo

import (
	"math"

	"gridwork/fault"
)

// CodeTile is the fault of a tile address that does not exist.
const CodeTile = "TILE_INVALID"

// MaxZoom is the deepest tile level served: a tile is 15 m wide there, less than a building.
const MaxZoom = 21

// mercatorHalf is half the width of the EPSG:3857 square in metres: π times WGS 84's semi-major axis.
const mercatorHalf = math.Pi * wgsAxis

// Tile is the address of a web-map tile: zoom, column from the west, row from the north.
type Tile struct {
	Z, X, Y int
}

// Envelope is a rectangle in EPSG:3857 metres, ready for ST_MakeEnvelope(…, 3857).
type Envelope struct {
	MinX, MinY, MaxX, MaxY float64
}

// NewTile is a checked Tile: CodeTile at "z" for a zoom outside 0–MaxZoom, at "x" or "y" for a column or row that the zoom
// does not have.
func NewTile(z, x, y int) (Tile, error) {
	refused := fault.Invalid(CodeTile, "there is no such tile: zoom is 0–%d, column and row under 2^zoom", MaxZoom)
	switch {
	case z < 0 || z > MaxZoom:
		return Tile{}, refused.At("z")
	case x < 0 || x >= 1<<z:
		return Tile{}, refused.At("x")
	case y < 0 || y >= 1<<z:
		return Tile{}, refused.At("y")
	}
	return Tile{z, x, y}, nil
}

// Envelope is the tile's square in EPSG:3857, as ST_TileEnvelope(z, x, y) gives it.
func (t Tile) Envelope() Envelope {
	side := 2 * mercatorHalf / float64(int(1)<<t.Z)
	west, north := -mercatorHalf+float64(t.X)*side, mercatorHalf-float64(t.Y)*side
	return Envelope{MinX: west, MinY: north - side, MaxX: west + side, MaxY: north}
}

// Box is the tile in WGS 84 degrees: what to search a WGS 84 index with.
func (t Tile) Box() Box {
	e := t.Envelope()
	return Box{West: mercatorLon(e.MinX), South: mercatorLat(e.MinY), East: mercatorLon(e.MaxX), North: mercatorLat(e.MaxY)}
}

func mercatorLon(x float64) float64 { return x / mercatorHalf * 180 }

func mercatorLat(y float64) float64 { return math.Atan(math.Sinh(y/wgsAxis)) / radians }
