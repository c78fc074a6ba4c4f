package geo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/tidwall/rtree"
)

// CellShape is a cell's code and its polygon. A cell of several polygons is several CellShapes with one code.
type CellShape struct {
	Code    string
	Polygon Polygon
}

// CellIndex finds the cell of a point in memory. It is immutable: any number of goroutines may read it, and a changed
// city is a new index.
//
// A point on a border that cells share belongs to the cell with the smallest code among those that cover it. In SQL
// the same rule is
//
//	select code from cells where ST_Covers(shape, $1) order by code limit 1
//
// with code collated "C".
type CellIndex struct {
	tree  rtree.RTreeGN[float64, int]
	cells []CellShape // by code, so that a smaller position is a smaller code
	box   Box
}

// NewCellIndex builds the index. It refuses a cell without a code or with an empty polygon.
func NewCellIndex(cells []CellShape) (*CellIndex, error) {
	ix := &CellIndex{cells: slices.Clone(cells)}
	slices.SortFunc(ix.cells, func(a, b CellShape) int { return cmp.Compare(a.Code, b.Code) })
	for i, cell := range ix.cells {
		switch {
		case cell.Code == "":
			return nil, errors.New("geo: a cell without a code")
		case cell.Polygon.Empty():
			return nil, fmt.Errorf("geo: cell %s has an empty polygon", cell.Code)
		}
		ix.insert(i, cell.Polygon.Box())
	}
	return ix, nil
}

func (ix *CellIndex) insert(i int, box Box) {
	ix.tree.Insert([2]float64{box.West, box.South}, [2]float64{box.East, box.North}, i)
	if i == 0 {
		ix.box = box
	}
	ix.box = ix.box.union(box)
}

// Len is the number of cells, counting a code once for each of its polygons.
func (ix *CellIndex) Len() int { return len(ix.cells) }

// Box is the bounding box of all cells: the box for Point.CheckWithin. Without cells it is the zero Box.
func (ix *CellIndex) Box() Box { return ix.box }

// Find returns the code of the cell that covers p, the smallest on a shared border; ok is false where no cell does.
func (ix *CellIndex) Find(p Point) (code string, ok bool) {
	if !finite(p.Lon) || !finite(p.Lat) {
		return "", false
	}
	found := len(ix.cells)
	at := [2]float64{p.Lon, p.Lat}
	ix.tree.Search(at, at, func(_, _ [2]float64, i int) bool {
		if i < found && ix.cells[i].Polygon.Covers(p) {
			found = i
		}
		return true
	})
	if found == len(ix.cells) {
		return "", false
	}
	return ix.cells[found].Code, true
}

// Nearest returns the cell nearest to p within the given metres and how far its border is: 0 for the cell that Find
// gives, the smallest code among cells equally far. ok is false where every cell is farther. The distance is measured
// on the sphere's tangent plane at p, good to 0.6 % within 10 km.
func (ix *CellIndex) Nearest(p Point, withinMetres float64) (code string, metres float64, ok bool) {
	if code, ok = ix.Find(p); ok {
		return code, 0, true
	}
	if !finite(p.Lon) || !finite(p.Lat) || !(withinMetres >= 0) {
		return "", 0, false
	}
	found, nearest := len(ix.cells), withinMetres
	around := Around(p, withinMetres)
	ix.tree.Search([2]float64{around.West, around.South}, [2]float64{around.East, around.North},
		func(_, _ [2]float64, i int) bool {
			d := ix.cells[i].Polygon.distance(p)
			if d < nearest || d == nearest && i < found {
				found, nearest = i, d
			}
			return true
		})
	if found == len(ix.cells) {
		return "", 0, false
	}
	return ix.cells[found].Code, nearest, true
}
