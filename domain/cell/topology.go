package cell

import (
	"context"
	"fmt"
	"strconv"

	"gridwork/geo"
	"gridwork/pg"
)

// Codes of what can be wrong with the shapes of a change.
const (
	CodeShape       = "CELL_SHAPE"        // the border crosses itself, or is none
	CodeCorners     = "CELL_CORNERS"      // more corners than a cell may have
	CodeTooSmall    = "CELL_TOO_SMALL"    // smaller than a cell may be
	CodeTooLarge    = "CELL_TOO_LARGE"    // larger than a cell may be
	CodeGap         = "CELL_GAP"          // ground of the ended cells that no cell begins on
	CodeOverlap     = "CELL_OVERLAP"      // ground that two cells begin on
	CodeOutside     = "CELL_OUTSIDE"      // ground that is none of the ended cells'
	CodeNotAdjacent = "CELL_NOT_ADJACENT" // the ended cells do not lie side by side
	CodeLine        = "CELL_LINE"         // the line does not part the ground
	CodeUnchanged   = "CELL_UNCHANGED"    // the same cells would begin again
)

const (
	minArea    = 500     // m²: a block of 20 m × 25 m
	maxArea    = 4000000 // m²: a reservoir, a hill
	maxCorners = 2000

	// nearby is how far, in degrees, a corner may lie from the border that it is meant to lie on: some 5 cm, more than is
	// lost on the way through a screen and less than anybody measures. What is thinner than half of it is no ground.
	nearby = 5e-7
	// speck, in m², is ground that is left out of what cells share: rounding, where two of them touch.
	speck = 1
)

// Finding is something that speaks against a change, and where.
type Finding struct {
	Code    string
	Path    string    // of the input: "cells[1].shape", "ends", "line"
	At      geo.Point // a point of it, WGS 84
	Shape   geo.MultiPolygon
	AreaM2  float64 // of the shape; 0 where there is none
	Message string
}

func (p *Plan) find(f Finding) { p.Findings = append(p.Findings, f) }

func shapePath(i int) string { return "cells[" + strconv.Itoa(i) + "].shape" }

// looked is what PostGIS says of one shape by itself.
type looked struct {
	Valid   bool      `db:"valid"`
	Why     string    `db:"why"`
	At      geo.Point `db:"at"`
	Corners int       `db:"corners"`
	AreaM2  float64   `db:"area_m2"`
}

// face is a piece of ground between the borders of all cells that end and begin.
type face struct {
	Inside bool             `db:"inside"` // of the ended cells
	Owners []int            `db:"owners"` // of the begun cells, by their index
	Shape  geo.MultiPolygon `db:"shape"`
	At     geo.Point        `db:"at"`
	AreaM2 float64          `db:"area_m2"`
}

// checkGround looks whether the begun cells tile the ground of the ended ones, and makes their borders meet exactly.
func (p *Plan) checkGround(ctx context.Context, tx *pg.Tx) error {
	given := p.shapes()
	if err := p.checkEach(ctx, tx, given); err != nil || len(p.Findings) > 0 {
		return err
	}
	// What begins on ground that does not hang together could only be two changes.
	if _, err := p.merge(ctx, tx); err != nil || len(p.Findings) > 0 {
		return err
	}
	faces, err := pg.All[face](ctx, tx, facesSQL, p.grounds(), given, nearby)
	if err != nil {
		return fmt.Errorf("faces of a change: %w", err)
	}
	for _, f := range faces {
		p.judge(f)
	}
	if len(p.Findings) > 0 {
		return nil
	}
	return p.tidy(ctx, tx, given)
}

func (p *Plan) checkEach(ctx context.Context, tx *pg.Tx, given []geo.Polygon) error {
	found, err := pg.All[looked](ctx, tx, lookedSQL, given)
	if err != nil {
		return fmt.Errorf("shapes of a change: %w", err)
	}
	for i, l := range found {
		f := Finding{Path: shapePath(i), At: l.At, AreaM2: l.AreaM2}
		switch {
		case !l.Valid:
			f.Code, f.Message, f.AreaM2 = CodeShape, "the border is not that of one area: "+l.Why, 0
		case l.Corners > maxCorners:
			f.Code, f.Message = CodeCorners, fmt.Sprintf("a cell has at most %d corners", maxCorners)
		case l.AreaM2 < minArea:
			f.Code, f.Message = CodeTooSmall, fmt.Sprintf("a cell has at least %d m², this one has %.0f", minArea, l.AreaM2)
		case l.AreaM2 > maxArea:
			f.Code, f.Message = CodeTooLarge, fmt.Sprintf("a cell has at most %d m², this one has %.0f", maxArea, l.AreaM2)
		default:
			continue
		}
		p.find(f)
	}
	return nil
}

func (p *Plan) judge(f face) {
	found := Finding{At: f.At, Shape: f.Shape, AreaM2: f.AreaM2}
	switch {
	case f.Inside && len(f.Owners) == 0:
		found.Code, found.Path, found.Message = CodeGap, "cells", "no cell begins on this ground"
	case !f.Inside && len(f.Owners) > 0:
		found.Code, found.Path, found.Message = CodeOutside, shapePath(f.Owners[0]), "this ground is none of the cells that end"
	case len(f.Owners) > 1:
		found.Code, found.Path = CodeOverlap, shapePath(f.Owners[1])
		found.Message = fmt.Sprintf("another cell begins on this ground too: cells[%d]", f.Owners[0])
	default:
		return
	}
	p.find(found)
}

// tidied is a begun cell whose borders meet those of its neighbours.
type tidied struct {
	Owner  int              `db:"owner"`
	Shape  geo.MultiPolygon `db:"shape"`
	AreaM2 float64          `db:"area_m2"`
}

func (p *Plan) tidy(ctx context.Context, tx *pg.Tx, given []geo.Polygon) error {
	cells, err := pg.All[tidied](ctx, tx, tidySQL, p.grounds(), given, nearby)
	if err != nil {
		return fmt.Errorf("tidy a change: %w", err)
	}
	if len(cells) != len(given) {
		return fmt.Errorf("tidy a change: %d of %d cells", len(cells), len(given))
	}
	for _, c := range cells {
		parts := c.Shape.Polygons()
		if len(parts) != 1 {
			p.find(Finding{Code: CodeShape, Path: shapePath(c.Owner), At: c.Shape.LabelPoint(), Shape: c.Shape, AreaM2: c.AreaM2,
				Message: "the cell falls into pieces"})
			continue
		}
		p.Begins[c.Owner].Shape, p.Begins[c.Owner].AreaM2 = parts[0], c.AreaM2
	}
	return nil
}

func (p *Plan) grounds() []geo.Polygon {
	shapes := make([]geo.Polygon, len(p.Ends))
	for i, c := range p.Ends {
		shapes[i] = c.Shape
	}
	return shapes
}

func (p *Plan) shapes() []geo.Polygon {
	shapes := make([]geo.Polygon, len(p.Begins))
	for i, b := range p.Begins {
		shapes[i] = b.Shape
	}
	return shapes
}
