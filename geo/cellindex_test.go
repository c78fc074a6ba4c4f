package geo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"gridwork/geo"
)

func TestTheIndexAnswersAsALookAtEveryCellWould(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		cells := patchwork(t, 25, seed)
		ix := index(t, cells)
		shared := 0
		for _, p := range tellingPoints(cells, 2000, seed) {
			covering := covers(cells, p)
			code, ok := ix.Find(p)
			if ok != (len(covering) > 0) || ok && code != covering[0] {
				t.Fatalf("seed %d: %v is in %q, %v; covered by %v", seed, p, code, ok, covering)
			}
			if len(covering) > 1 {
				shared++
			}
		}
		if shared < 2000 {
			t.Errorf("only %d points lay on shared borders", shared)
		}
	}
}

func TestNearestIsTheNearestOfAllCells(t *testing.T) {
	t.Parallel()
	cells := patchwork(t, 6, 5)
	ix := index(t, cells)
	random := rand.New(rand.NewPCG(5, 5))
	outside := 0
	for range 600 {
		p := geo.Point{Lon: 113.998 + random.Float64()*0.010, Lat: 22.498 + random.Float64()*0.010}
		within := random.Float64() * 200
		code, metres, ok := ix.Nearest(p, within)
		if inside := covers(cells, p); len(inside) > 0 {
			if code != inside[0] || metres != 0 || !ok {
				t.Fatalf("%v lies in %s, but the nearest is %s at %v m", p, inside[0], code, metres)
			}
			continue
		}
		outside++
		want := nearestByHaversine(cells, p)
		switch {
		case ok != (want <= within) && math.Abs(want-within) > 0.01:
			t.Fatalf("%v within %v m: %v, the nearest is %v m away", p, within, ok, want)
		case ok && math.Abs(metres-want) > 0.01:
			t.Fatalf("%v: %v m to %s, want %v m", p, metres, code, want)
		}
	}
	if outside < 200 {
		t.Errorf("only %d points lay outside", outside)
	}
}

func TestOfTwoCellsEquallyNearTheSmallerCodeWins(t *testing.T) {
	t.Parallel()
	west, east := square(114, 22, 0.5), square(114.5, 22, 0.5) // they share the corner 114.5, 22.5
	for _, codes := range [][2]string{{"1", "2"}, {"2", "1"}} {
		ix := index(t, []geo.CellShape{{Code: codes[0], Polygon: polygon(t, west)}, {Code: codes[1], Polygon: polygon(t, east)}})
		code, metres, ok := ix.Nearest(geo.Point{Lon: 114.5, Lat: 22.501}, 200)
		if code != "1" || !ok || math.Abs(metres-111.195) > 0.01 {
			t.Errorf("%v: %s at %v m, %v", codes, code, metres, ok)
		}
	}
}

func TestTheIndexSurvivesHostileQuestions(t *testing.T) {
	t.Parallel()
	cells := patchwork(t, 3, 1)
	inside := geo.Point{Lon: 114.0015, Lat: 22.5015}
	for _, ix := range []*geo.CellIndex{index(t, cells), index(t, nil)} {
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
			for _, p := range []geo.Point{{Lon: x, Lat: 22.5}, {Lon: 114, Lat: x}, {Lon: x, Lat: x}} {
				if code, ok := ix.Find(p); ok {
					t.Errorf("%v lies in %s", p, code)
				}
				if code, _, ok := ix.Nearest(p, 1000); ok {
					t.Errorf("%v lies near %s", p, code)
				}
			}
		}
	}
	ix := index(t, cells)
	if _, metres, ok := ix.Nearest(inside, math.NaN()); !ok || metres != 0 {
		t.Error("a covered point needs no radius")
	}
	out := geo.Point{Lon: 114.01, Lat: 22.5}
	for _, within := range []float64{math.NaN(), -1, 0, math.Inf(-1)} {
		if _, _, ok := ix.Nearest(out, within); ok {
			t.Errorf("found within %v m", within)
		}
	}
	if _, _, ok := ix.Nearest(out, math.Inf(1)); !ok {
		t.Error("nothing found on the whole earth")
	}
}

func TestCellsWithoutCodeOrShapeAreRefused(t *testing.T) {
	t.Parallel()
	good := patchwork(t, 1, 1)[0]
	for _, bad := range []geo.CellShape{{Polygon: good.Polygon}, {Code: "1"}} {
		if _, err := geo.NewCellIndex([]geo.CellShape{good, bad}); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

func TestACellOfTwoPolygonsIsOneCell(t *testing.T) {
	t.Parallel()
	ix := index(t, []geo.CellShape{
		{Code: "1", Polygon: polygon(t, square(114, 22, 0.1))}, {Code: "1", Polygon: polygon(t, square(115, 22, 0.1))},
	})
	for _, p := range []geo.Point{{Lon: 114.05, Lat: 22.05}, {Lon: 115.05, Lat: 22.05}} {
		if code, ok := ix.Find(p); code != "1" || !ok {
			t.Errorf("%v: %q, %v", p, code, ok)
		}
	}
	if ix.Len() != 2 || ix.Box() != (geo.Box{West: 114, South: 22, East: 115.1, North: 22.1}) {
		t.Errorf("%d cells in %v", ix.Len(), ix.Box())
	}
}

func TestTheCallersSliceMayChangeAfterwardsAndManyMayRead(t *testing.T) {
	t.Parallel()
	cells := patchwork(t, 10, 2)
	ix := index(t, cells)
	points := tellingPoints(cells, 200, 2)
	want := make([]string, len(points))
	for i, p := range points {
		want[i], _ = ix.Find(p)
	}
	clear(cells)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for i, p := range points {
				if code, _ := ix.Find(p); code != want[i] {
					t.Errorf("%v: %s, want %s", p, code, want[i])
				}
			}
		})
	}
	readers.Wait()
}

func BenchmarkFindAmong20000Cells(b *testing.B) {
	ix, points := benchmarkCity(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, ok := ix.Find(points[i%len(points)]); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkNearestOutside20000Cells(b *testing.B) {
	ix, points := benchmarkCity(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := points[i%len(points)]
		p.Lon = 113.9997 // west of the city, 30 m
		if _, _, ok := ix.Nearest(p, 50); !ok {
			b.Fatal("not found")
		}
	}
}

func benchmarkCity(b *testing.B) (*geo.CellIndex, []geo.Point) {
	cells := patchwork(b, 142, 1) // 20 164
	random := rand.New(rand.NewPCG(1, 1))
	points := make([]geo.Point, 1<<16)
	for i := range points {
		points[i] = geo.Point{Lon: 114.001 + random.Float64()*0.14, Lat: 22.501 + random.Float64()*0.14}
	}
	return index(b, cells), points
}

func index(t testing.TB, cells []geo.CellShape) *geo.CellIndex {
	t.Helper()
	ix, err := geo.NewCellIndex(cells)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// covers lists the codes of all cells that cover p, the smallest first.
func covers(cells []geo.CellShape, p geo.Point) []string {
	var codes []string
	for _, c := range cells {
		if c.Polygon.Covers(p) {
			codes = append(codes, c.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

// nearestByHaversine is the distance from p to the nearest border of any cell, found on great circles: the distance
// along an edge falls to one minimum, which a ternary search closes in on.
func nearestByHaversine(cells []geo.CellShape, p geo.Point) float64 {
	nearest := math.Inf(1)
	for _, c := range cells {
		ring := c.Polygon.Rings()[0]
		for i := range ring[1:] {
			at := func(share float64) float64 {
				a, b := ring[i], ring[i+1]
				return geo.Distance(p, geo.Point{Lon: a.Lon + share*(b.Lon-a.Lon), Lat: a.Lat + share*(b.Lat-a.Lat)})
			}
			low, high := 0.0, 1.0
			for range 30 {
				third := (high - low) / 3
				if at(low+third) < at(high-third) {
					high -= third
				} else {
					low += third
				}
			}
			nearest = min(nearest, at(low), at(high))
		}
	}
	return nearest
}
