package cell

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Codes of the faults about a change of cells. Those of a shape are in topology.go.
const (
	CodeNoEnds         = "CELL_NONE"          // no cell ends, or more than a change may touch
	CodeElsewhere      = "CELL_ELSEWHERE"     // a cell of another community
	CodeTwice          = "CELL_TWICE"         // a cell is named twice
	CodeNotValid       = "CELL_NOT_VALID"     // the cell has ended, or never was valid: the change was made on an older state
	CodeChangePending  = "CELL_EDIT_PENDING"  // an edit that is to come ends the cell, or begins it
	CodeGridElsewhere  = "DUTY_GRID_NOT_HERE" // no duty grid of the street has this id
	CodeSequencesSpent = "CELL_CODES_SPENT"   // a community has no more than 999 codes, ended cells included
)

const (
	maxCells    = 50  // that a change ends, or begins
	maxSequence = 999 // three digits
)

// Change 网格调整 is what ends and what begins: a split, a merge, or both at once, which is another border.
type Change struct {
	Ends []string // codes of 1 to 50 valid cells of one community
	// Begun are the cells that begin, on exactly the ground of those that end. Without any, that ground is cut along Line:
	// one cell is split, of two the line is the new border. Without a line too, the ended cells become one.
	Begun []Begun
	Line  []geo.Point
}

// Begun is a cell that is to begin.
type Begun struct {
	Shape    geo.Polygon // WGS 84
	DutyGrid *uuid.UUID  // nil: that of the cell which it overlaps most
}

// Plan is a change as it would be: nothing is stored of it yet.
type Plan struct {
	Community string
	Street    string
	District  string
	Ends      []Cell    // by code
	Begins    []Planned // in the order in which they were given, numbered on after the community's highest code
	Findings  []Finding // what speaks against it; Begins is what was given then, as far as it could be numbered
	Shares    []Share
}

// Planned is a cell as it would be.
type Planned struct {
	Code     string
	Shape    geo.Polygon
	AreaM2   float64
	DutyGrid *uuid.UUID
	// Follows is the ended cell that it overlaps most, the one with the smaller code of two; then the ones that that one
	// followed.
	Follows []string
	// StandsOn is every ended cell that some of its ground was in, those of earlier changes too; by code.
	StandsOn []string
}

// Share is the ground that an ended cell gives to one that begins.
type Share struct {
	Ended  string  `db:"ended"`
	Begun  string  `db:"begun"`
	AreaM2 float64 `db:"area_m2"`
}

// Heir is the cell that takes over what lies in an ended one and has no position: the one that got most of its ground, the
// one with the smaller code of two.
func (p Plan) Heir(ended string) string {
	var heir Share
	for _, s := range p.Shares {
		if s.Ended == ended && (s.AreaM2 > heir.AreaM2 || s.AreaM2 == heir.AreaM2 && s.Begun < heir.Begun) {
			heir = s
		}
	}
	return heir.Begun
}

// PlanChange reckons a change without writing anything; the ended cells' rows are locked if lock says so. What is wrong
// with the shapes is among the findings, everything else is a fault: CELL_NONE, CELL_TWICE, CELL_ELSEWHERE, UNKNOWN_CELL,
// CELL_NOT_VALID and CELL_EDIT_PENDING at "ends" or "ends[i]"; DUTY_GRID_NOT_HERE at "cells[i].dutyGrid"; CELL_CODES_SPENT.
func PlanChange(ctx context.Context, tx *pg.Tx, in Change, lock bool) (Plan, error) {
	p, err := readEnds(ctx, tx, in.Ends, lock)
	if err != nil {
		return Plan{}, err
	}
	if lock {
		if _, err := tx.Exec(ctx, lockCommunitySQL, p.Community); err != nil {
			return Plan{}, fmt.Errorf("lock community %s: %w", p.Community, err)
		}
	}
	given, err := p.given(ctx, tx, in)
	if err != nil {
		return Plan{}, err
	}
	if err := p.number(ctx, tx, given); err != nil {
		return Plan{}, err
	}
	if err := p.checkGrids(ctx, tx, len(in.Begun) > 0); err != nil || len(p.Findings) > 0 {
		return p, err
	}
	if err := p.checkGround(ctx, tx); err != nil || len(p.Findings) > 0 {
		return p, err
	}
	return p, p.inherit(ctx, tx)
}

// readEnds finds the cells that are to end, and refuses those that cannot.
func readEnds(ctx context.Context, tx *pg.Tx, codes []string, lock bool) (Plan, error) {
	if len(codes) == 0 || len(codes) > maxCells {
		return Plan{}, fault.Invalid(CodeNoEnds, "a change ends 1 to %d cells", maxCells).At("ends")
	}
	query := cellsSQL
	if lock {
		query = lockCellsSQL
	}
	ends, err := pg.All[Cell](ctx, tx, query, codes)
	if err != nil {
		return Plan{}, fmt.Errorf("cells of a change: %w", err)
	}
	known := make(map[string]Cell, len(ends))
	for _, c := range ends {
		known[c.Code] = c
	}
	seen := make(map[string]bool, len(codes))
	for i, code := range codes {
		c, ok := known[code]
		switch {
		case !ok:
			err = fault.NotFound(CodeUnknownCell, "there is no cell %q", code)
		case seen[code]:
			err = fault.Invalid(CodeTwice, "cell %s is named twice", code)
		case c.Community != known[codes[0]].Community:
			err = fault.Invalid(CodeElsewhere, "a change stays within one community")
		case c.ValidFrom.After(tx.Now), c.ValidTo != nil && c.ValidTo.After(tx.Now):
			err = fault.Conflict(CodeChangePending, "an edit that is to come begins or ends cell %s", code)
		case c.ValidTo != nil:
			err = fault.Stale(CodeNotValid, "cell %s has ended", code)
		}
		if err != nil {
			return Plan{}, fault.Under("ends["+strconv.Itoa(i)+"]", err)
		}
		seen[code] = true
	}
	first := ends[0]
	return Plan{Community: first.Community, Street: first.Street, District: first.District, Ends: ends}, nil
}

// given are the shapes that begin, as they are meant.
func (p *Plan) given(ctx context.Context, tx *pg.Tx, in Change) ([]Begun, error) {
	var shapes []geo.Polygon
	var err error
	switch {
	case len(in.Begun) > maxCells:
		return nil, fault.Invalid(CodeNoEnds, "a change begins at most %d cells", maxCells).At("cells")
	case len(in.Begun) > 0:
		return in.Begun, nil
	case len(in.Line) > 0:
		shapes, err = p.cut(ctx, tx, in.Line)
	default:
		shapes, err = p.merge(ctx, tx)
	}
	begun := make([]Begun, len(shapes))
	for i, s := range shapes {
		begun[i].Shape = s
	}
	return begun, err
}

// number gives the begun cells their codes: the community's next. A code that ever was is never given again.
func (p *Plan) number(ctx context.Context, tx *pg.Tx, given []Begun) error {
	highest, err := pg.Val[string](ctx, tx, highestCodeSQL, p.Community)
	if err != nil {
		return fmt.Errorf("highest code of %s: %w", p.Community, err)
	}
	sequence, err := strconv.Atoi(highest[len(p.Community):])
	if err != nil {
		return fmt.Errorf("the sequence of cell %s: %w", highest, err)
	}
	if sequence+len(given) > maxSequence {
		return fault.Conflict(CodeSequencesSpent, "community %s has no code left for %d more cells", p.Community, len(given))
	}
	for i, g := range given {
		code := fmt.Sprintf("%s%03d", p.Community, sequence+1+i)
		p.Begins = append(p.Begins, Planned{Code: code, Shape: g.Shape, AreaM2: g.Shape.Area(), DutyGrid: g.DutyGrid})
	}
	return nil
}

func (p *Plan) checkGrids(ctx context.Context, tx *pg.Tx, named bool) error {
	for i, b := range p.Begins {
		if !named || b.DutyGrid == nil {
			continue
		}
		if _, err := pg.Val[uuid.UUID](ctx, tx, dutyGridHereSQL, b.DutyGrid, p.Street); errors.Is(err, pgx.ErrNoRows) {
			return fault.NotFound(CodeGridElsewhere, "no duty grid of the street has this id").At("cells[" + strconv.Itoa(i) + "].dutyGrid")
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Replace ends and begins cells at a time, and remembers under an edit's id which came out of which. The plan was made
// with its cells locked, in the same transaction.
func Replace(ctx context.Context, tx *pg.Tx, p Plan, edit uuid.UUID, at time.Time) error {
	ends, begins := p.codes()
	if _, err := tx.Exec(ctx, endCellsSQL, ends, at); err != nil {
		return fmt.Errorf("end cells: %w", err)
	}
	for _, b := range p.Begins {
		if _, err := tx.Exec(ctx, beginCellSQL, b.Code, p.Community, p.Street, p.District, b.Shape, b.AreaM2, b.DutyGrid, at, b.Follows,
			b.StandsOn); err != nil {
			return fmt.Errorf("begin cell %s: %w", b.Code, err)
		}
	}
	var from, to []string
	var shared []float64
	for _, s := range p.Shares {
		from, to, shared = append(from, s.Ended), append(to, s.Begun), append(shared, s.AreaM2)
	}
	if _, err := tx.Exec(ctx, insertSuccessionsSQL, edit, from, to, shared); err != nil {
		return fmt.Errorf("successions of %v: %w", begins, err)
	}
	return nil
}

// Restore takes a change back that has not come yet: what it would have ended stays valid, and what it would have begun
// never is.
func Restore(ctx context.Context, tx *pg.Tx, ends, begins []string) error {
	if _, err := tx.Exec(ctx, endCellsSQL, ends, nil); err != nil {
		return fmt.Errorf("restore cells: %w", err)
	}
	_, err := tx.Exec(ctx, neverBeginSQL, begins)
	return err
}

func (p Plan) codes() (ends, begins []string) {
	for _, c := range p.Ends {
		ends = append(ends, c.Code)
	}
	for _, b := range p.Begins {
		begins = append(begins, b.Code)
	}
	return ends, begins
}
