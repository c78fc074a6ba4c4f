package geo_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"gridwork/geo"
)

// patchwork is a city of n × n four-cornered cells that tile it without gap or overlap: neighbours share their corners
// exactly. Every other row of corners is straight, so half the borders run due east and the rest aslant; so is the
// outer border.
// Codes are dealt out at random, so that the smallest is anywhere.
func patchwork(t testing.TB, n int, seed uint64) []geo.CellShape {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	const step = 0.001 // degrees, about 100 m: the size of a cell
	corner := make([][]geo.Point, n+1)
	for row := range corner {
		for col := range n + 1 {
			p := geo.Point{Lon: 114 + float64(col)*step, Lat: 22.5 + float64(row)*step}
			if row%2 == 1 && row < n && col > 0 && col < n {
				p.Lon += (random.Float64() - 0.5) * step / 2
				p.Lat += (random.Float64() - 0.5) * step / 2
			}
			corner[row] = append(corner[row], p)
		}
	}
	codes := random.Perm(n * n)
	var cells []geo.CellShape
	for row := range n {
		for col := range n {
			sw, se, ne, nw := corner[row][col], corner[row][col+1], corner[row+1][col+1], corner[row+1][col]
			code := fmt.Sprintf("440304001%06d", codes[row*n+col])
			cells = append(cells, geo.CellShape{Code: code, Polygon: polygon(t, []geo.Point{sw, se, ne, nw, sw})})
		}
	}
	return cells
}

// tellingPoints are corners, points on borders as near as a double can say, points a hair off them, and any others.
func tellingPoints(cells []geo.CellShape, n int, seed uint64) []geo.Point {
	random := rand.New(rand.NewPCG(seed, 2))
	var points []geo.Point
	for range n {
		ring := cells[random.IntN(len(cells))].Polygon.Rings()[0]
		i := random.IntN(len(ring) - 1)
		a, b, share := ring[i], ring[i+1], random.Float64()
		onBorder := geo.Point{Lon: a.Lon + share*(b.Lon-a.Lon), Lat: a.Lat + share*(b.Lat-a.Lat)}
		middle := geo.Point{Lon: (a.Lon + b.Lon) / 2, Lat: (a.Lat + b.Lat) / 2}
		const hair = 1e-13
		off := geo.Point{Lon: onBorder.Lon + hair*(random.Float64()-0.5), Lat: onBorder.Lat + hair*(random.Float64()-0.5)}
		anywhere := geo.Point{Lon: 113.999 + random.Float64()*0.03, Lat: 22.499 + random.Float64()*0.03}
		points = append(points, a, onBorder, middle, off, anywhere)
	}
	return points
}

func polygon(t testing.TB, rings ...[]geo.Point) geo.Polygon {
	t.Helper()
	p, err := geo.NewPolygon(rings...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// square is a closed ring, counter-clockwise from its south-west corner.
func square(west, south, side float64) []geo.Point {
	e, n := west+side, south+side
	return []geo.Point{{Lon: west, Lat: south}, {Lon: e, Lat: south}, {Lon: e, Lat: n}, {Lon: west, Lat: n}, {Lon: west, Lat: south}}
}

func reversed(ring []geo.Point) []geo.Point {
	r := slices.Clone(ring)
	slices.Reverse(r)
	return r
}
