package cell

import (
	"context"
	"encoding/json"
	"fmt"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/intake"
	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// Codes of the faults about boundaries.
const (
	CodeNotAllowed  = "NOT_ALLOWED"  // boundaries are taken in for the whole city
	CodeRegionTwice = "REGION_TWICE" // a row before this one has the division
	CodeCellOutside = "CELL_OUTSIDE" // a cell of the division lies mostly outside of the boundary
	CodeCellForeign = "CELL_FOREIGN" // a cell of another division lies mostly within it
	codeMost        = 40             // characters of a map-approval number
	boundaryBatch   = 100            // boundaries that one transaction stores: each may be megabytes
	mostly          = 0.5            // of a cell's ground
)

// Boundaries is what a file of surveyed boundaries 行政区划界线 holds: a row for each division, with its polygon.
var Boundaries = intake.Kind{Name: "boundaries", Fields: []intake.Field{
	{Name: "code", Needed: true, Called: []string{"区划代码", "行政区划代码", "XZQDM"}}, {Name: "approval", Called: []string{"审图号"}},
}}

// Survey is how boundaries are taken in.
type Survey struct {
	Approval string // map-approval number 审图号 of those whose row has none; "": they are schematic 示意图
	Anyway   bool   // also where cells lie elsewhere
}

// MaySurvey refuses everybody but the operator and administrators of the city: NOT_ALLOWED.
func MaySurvey(a *actor.Actor) error {
	if a.System == "" && !a.Citywide(actor.AdministerAll) {
		return fault.Denied(CodeNotAllowed, "boundaries are taken in for the whole city")
	}
	return nil
}

// BeginBoundaries starts an import of boundaries, or goes on with one. Fault: NOT_ALLOWED but for whoever may.
func BeginBoundaries(ctx context.Context, tx *pg.Tx, in intake.Import) (intake.Import, error) {
	if err := MaySurvey(tx.Actor); err != nil {
		return intake.Import{}, err
	}
	return intake.Begin(ctx, tx, in)
}

// Taking is how boundaries are taken in: each becomes the shape of the division that has its code, which maps draw. What lies in a
// division is said by its cells alone, so a boundary with which cells disagree is told cell by cell, and left unless Anyway.
//
// Faults: UNKNOWN_REGION, REGION_TWICE at "code"; TEXT_TOO_LONG at "approval"; GEOMETRY_INVALID and those of geo.Point.Check, CELL_OUTSIDE and CELL_FOREIGN at "geometry".
func (s Survey) Taking(i intake.Import) intake.Way {
	seen := map[string]bool{}
	return intake.Way{Batch: boundaryBatch, Take: func(rows []intake.Record) intake.Store {
		read := make([]boundary, len(rows))
		for n, row := range rows {
			read[n] = s.read(i, row)
			if b := &read[n]; b.err == nil && seen[b.code] {
				b.err = fault.Invalid(CodeRegionTwice, "the file has this division already: one row has all of its ground").At("code")
			}
			seen[read[n].code] = true
		}
		return func(ctx context.Context, tx *pg.Tx) (written int, rejects []intake.Reject, err error) {
			for n, b := range read {
				set, whys, err := s.set(ctx, tx, b)
				if err != nil {
					return 0, nil, err
				}
				for _, why := range whys {
					rejects = append(rejects, intake.Reject{Record: rows[n], Why: why})
				}
				if set {
					written++
				}
			}
			return written, rejects, nil
		}
	}}
}

// boundary is one row, as far as it is read without a store.
type boundary struct {
	code     string
	approval *string
	shape    geo.MultiPolygon // WGS 84
	err      error            // a fault
}

func (s Survey) read(i intake.Import, row intake.Record) (b boundary) {
	if b.err = row.Broken; b.err != nil {
		return b
	}
	b.code = row.Fields[i.Columns["code"]]
	approval := row.Fields[i.Columns["approval"]]
	if approval == "" {
		approval = s.Approval
	}
	if len([]rune(approval)) > codeMost {
		b.err = fault.Invalid("TEXT_TOO_LONG", "a map-approval number has at most %d characters", codeMost).At("approval")
	}
	if approval != "" {
		b.approval = &approval
	}
	if b.err == nil {
		b.shape, b.err = ground(i.Datum, row.Shape)
		b.err = fault.Under("geometry", b.err)
	}
	return b
}

// ground reads a polygon.
func ground(datum geo.Datum, text []byte) (shape geo.MultiPolygon, err error) {
	if text == nil {
		return shape, fault.Invalid(geo.CodeGeometry, "a boundary is a polygon, or several of them")
	}
	if err := json.Unmarshal(text, &shape); err != nil {
		if _, told := fault.As(err); !told {
			err = fault.Invalid(geo.CodeGeometry, "no geometry").Because(err)
		}
		return shape, err
	}
	if shape, err = datum.Ground(shape); err != nil {
		return shape, err
	}
	if shape.Empty() {
		return shape, fault.Invalid(geo.CodeGeometry, "a boundary without ground")
	}
	return shape, shape.LabelPoint().Check()
}

// misplaced is a cell that a boundary and its code disagree about.
type misplaced struct {
	Code     string  `db:"code"`
	Own      bool    `db:"own"` // of the division
	AreaM2   float64 `db:"area_m2"`
	InsideM2 float64 `db:"inside_m2"` // of the boundary
}

func (m misplaced) why() *fault.Error {
	if m.Own {
		return fault.Conflict(CodeCellOutside, "cell %s of this division lies mostly outside: %.0f of its %.0f m² are within", m.Code, m.InsideM2, m.AreaM2).At("geometry")
	}
	return fault.Conflict(CodeCellForeign, "cell %s of another division lies mostly within: %.0f of its %.0f m²", m.Code, m.InsideM2, m.AreaM2).At("geometry")
}

// set makes a boundary the division's shape, or tells all that speaks against it.
func (s Survey) set(ctx context.Context, tx *pg.Tx, b boundary) (set bool, whys []*fault.Error, err error) {
	if why, told := fault.As(b.err); told {
		return false, []*fault.Error{why}, nil
	}
	known, err := Regions(ctx, tx, []string{b.code})
	if err == nil && len(known) == 0 {
		return false, []*fault.Error{fault.NotFound(CodeUnknownRegion, "there is no region %q", b.code).At("code")}, nil
	}
	if err != nil {
		return false, nil, err
	}
	reason, err := pg.Val[string](ctx, tx, amissSQL, b.shape)
	if err == nil && reason != "" {
		return false, []*fault.Error{fault.Invalid(geo.CodeGeometry, "the polygon is not valid: %s", reason).At("geometry")}, nil
	}
	if err != nil {
		return false, nil, err
	}
	elsewhere, err := pg.All[misplaced](ctx, tx, elsewhereSQL, b.code, b.shape, tx.Now, mostly)
	if err != nil {
		return false, nil, fmt.Errorf("cells against the boundary of %s: %w", b.code, err)
	}
	if len(elsewhere) > 0 && !s.Anyway {
		for _, m := range elsewhere {
			whys = append(whys, m.why())
		}
		return false, whys, nil
	}
	changed, err := pg.Exec(ctx, tx, setShapeSQL, b.code, b.shape, b.approval)
	if err == nil && changed > 0 {
		audit.Record(tx, "boundary.set", "region", b.code, map[string]any{"area_m2": int(b.shape.Area()), "approval": b.approval, "cells_elsewhere": len(elsewhere)})
	}
	return changed > 0, nil, err
}

const amissSQL = `select case when st_isvalid($1::geometry) then '' else st_isvalidreason($1::geometry) end`

// A cell within or without is told by one look; only those that the boundary crosses are cut.
const elsewhereSQL = `select code, own, area_m2, area_m2 * inside as inside_m2 from (
		select c.code, c.code ^@ $1 as own, c.area_m2, case when st_covers(given.shape, c.shape) then 1 when not st_intersects(given.shape, c.shape) then 0
			else st_area(st_intersection(given.shape, c.shape)) / st_area(c.shape) end as inside
		from (select $2::geometry as shape) given cross join cells c
		where c.valid_from <= $3 and (c.valid_to is null or c.valid_to > $3) and (c.code ^@ $1 or c.shape && given.shape)
	) looked where own <> (inside > $4) order by code`

// The seat stays where it is as long as it lies within.
const setShapeSQL = `update regions set shape = given.shape, approval = $3,
		seat = case when st_covers(given.shape, seat) then seat else st_pointonsurface(given.shape) end
	from (select st_multi($2::geometry) as shape) given
	where code = $1 and (not st_orderingequals(regions.shape, given.shape) or regions.approval is distinct from $3)`
