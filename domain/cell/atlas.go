package cell

import (
	"context"
	"fmt"
	"time"

	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// borderReach is how far outside every cell a position may lie and still be taken for one of the city: receivers
// between houses are wrong by that much, and so is a schematic border.
const borderReach = 200 // metres

// Atlas is the grid in memory: the valid cells of one moment and the names of all regions. It never changes; whoever
// keeps one replaces it by what Fresh returns.
type Atlas struct {
	index   *geo.CellIndex
	places  map[string]place
	regions map[string]Region
	edition edition
}

// place is what the atlas knows of a cell besides its shape, which the index has.
type place struct{ community, street, district string }

// edition tells whether an atlas is still true.
type edition struct {
	Cells int        `db:"cells"`
	Began *time.Time `db:"began"`
	Ended *time.Time `db:"ended"`
	Plain int        `db:"plain"` // regions whose shape is a schematic
}

func (e edition) equal(o edition) bool {
	return e.Cells == o.Cells && e.Plain == o.Plain && sameTime(e.Began, o.Began) && sameTime(e.Ended, o.Ended)
}

func sameTime(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

type placed struct {
	Code      string      `db:"code"`
	Community string      `db:"community"`
	Street    string      `db:"street"`
	District  string      `db:"district"`
	Shape     geo.Polygon `db:"shape"`
}

// LoadAtlas reads the cells that are valid now and all regions: about 0.2 s and 15 MB for 20 000 cells.
func LoadAtlas(ctx context.Context, tx *pg.Tx) (*Atlas, error) {
	now, err := pg.One[edition](ctx, tx, editionSQL, tx.Now)
	if err != nil {
		return nil, fmt.Errorf("load atlas: %w", err)
	}
	return load(ctx, tx, now)
}

// Fresh returns the atlas itself while its cells are the valid ones, else a new one. It costs a few milliseconds:
// whoever keeps an atlas asks every few seconds. Names that are edited in place are seen after a restart;
// splitting, merging and reshaping end cells and begin new ones, and are seen here, as is
// a region's shape that is surveyed now, or was.
func (a *Atlas) Fresh(ctx context.Context, tx *pg.Tx) (*Atlas, error) {
	now, err := pg.One[edition](ctx, tx, editionSQL, tx.Now)
	if err != nil {
		return nil, fmt.Errorf("look for a newer atlas: %w", err)
	}
	if a.edition.equal(now) {
		return a, nil
	}
	return load(ctx, tx, now)
}

func load(ctx context.Context, tx *pg.Tx, now edition) (*Atlas, error) {
	regions, err := pg.All[Region](ctx, tx, allRegionsSQL)
	if err != nil {
		return nil, fmt.Errorf("load regions: %w", err)
	}
	cells, err := pg.All[placed](ctx, tx, placesSQL, tx.Now)
	if err != nil {
		return nil, fmt.Errorf("load cells: %w", err)
	}
	a := &Atlas{places: make(map[string]place, len(cells)), regions: make(map[string]Region, len(regions)), edition: now}
	for _, r := range regions {
		a.regions[r.Code] = r
	}
	shapes := make([]geo.CellShape, len(cells))
	for i, c := range cells {
		shapes[i] = geo.CellShape{Code: c.Code, Polygon: c.Shape}
		// The regions' own codes: thousands of cells share them, and each row came with strings of its own.
		a.places[c.Code] = place{a.regions[c.Community].Code, a.regions[c.Street].Code, a.regions[c.District].Code}
	}
	if a.index, err = geo.NewCellIndex(shapes); err != nil {
		return nil, fmt.Errorf("index cells: %w", err)
	}
	return a, nil
}

// Landing is where a point came to lie 落格.
type Landing struct {
	Cell      string
	Community string
	Street    string
	District  string
	// BorderM is how many metres outside every cell the point lies, when it was given to the nearest one; nil inside.
	BorderM *float64
}

// Land binds a point to the cell that it lies in. On a shared border it is the cell with the smallest code, as in SQL:
//
//	select code from cells where st_covers(shape, point) order by code limit 1
//
// A point outside every cell but within 200 m of one is given to the nearest, and flagged; farther away it is
// CodeOutsideCity. The other faults are those of geo.Point.Check.
func (a *Atlas) Land(p geo.Point) (Landing, error) {
	if err := p.Check(); err != nil {
		return Landing{}, err
	}
	code, metres, ok := a.index.Nearest(p, borderReach)
	if !ok {
		return Landing{}, fault.Invalid(CodeOutsideCity, "this position lies outside the city")
	}
	at := a.places[code]
	landing := Landing{Cell: code, Community: at.community, Street: at.street, District: at.district}
	if metres > 0 {
		landing.BorderM = &metres
	}
	return landing, nil
}

// Region finds a region by its code.
func (a *Atlas) Region(code string) (Region, bool) {
	r, ok := a.regions[code]
	return r, ok
}

// Len is the number of cells.
func (a *Atlas) Len() int { return len(a.places) }

// Box is the bounding box of all cells, WGS 84.
func (a *Atlas) Box() geo.Box { return a.index.Box() }

// Schematic reports whether any region's shape is a schematic 示意图, so that a map of the city has to say so.
func (a *Atlas) Schematic() bool {
	for _, r := range a.regions {
		if r.Schematic() {
			return true
		}
	}
	return false
}
