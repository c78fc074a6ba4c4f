package api

import (
	"gridwork/domain/cell"
	"gridwork/domain/regrid"
	"gridwork/geo"
)

// CellConnection is a page of cells.
type CellConnection = Connection[cell.Cell]

// CellEditConnection is a page of edits.
type CellEditConnection = Connection[regrid.Edit]

// PreviewCellEditPayload answers a preview.
type PreviewCellEditPayload struct {
	Preview *regrid.Preview
	Errors  []UserError
}

// CellEditPayload answers a publication, or the end of one that was to come.
type CellEditPayload struct {
	Edit   *regrid.Edit
	Errors []UserError
}

// CellFinding is what speaks against an edit, as the API tells it.
type CellFinding struct {
	Code    string
	Message string
	Path    []string
	At      geo.Point
	Shape   *geo.MultiPolygon
	Area    float64
}

// FindingsOf are findings as the API tells them.
func FindingsOf(findings []cell.Finding) []CellFinding {
	said := make([]CellFinding, len(findings))
	for i, f := range findings {
		said[i] = CellFinding{Code: f.Code, Message: f.Message, Path: steps(f.Path), At: f.At, Area: f.AreaM2}
		if !f.Shape.Empty() {
			said[i].Shape = &f.Shape
		}
	}
	return said
}
