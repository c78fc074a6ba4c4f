package scenario

import (
	"testing"

	"github.com/google/uuid"

	"gridwork/test/fixture"
	"gridwork/test/harness"
)

const cellEditFields = ` { id state total moved ends { code } begins { code area } } `

var (
	previewCellEdit = mutation{"previewCellEdit", "CellEditInput", `preview { begins { code } findings { code path } moves { work cell count } }`}
	publishCellEdit = mutation{"publishCellEdit", "CellEditInput", `edit` + cellEditFields}
)

type cellEditView struct {
	ID           uuid.UUID
	State        string
	Total, Moved int
	Ends, Begins []struct{ Code string }
}

type cellPreviewView struct {
	Preview struct {
		Begins   []struct{ Code string }
		Findings []struct {
			Code string
			Path []string
		}
		Moves []struct {
			Work, Cell string
			Count      int
		}
	}
}

// regrid publishes an edit of cells, and waits until everything has moved.
func (s *stage) regrid(in harness.Vars) cellEditView {
	s.t.Helper()
	made, refused := attempt[struct{ Edit cellEditView }](s.As(s.Admin), publishCellEdit, in)
	if refused != nil {
		s.t.Fatalf("the edit is refused: %v", refused)
	}
	s.Settle()
	e := harness.Ask[struct{ CellEdit cellEditView }](s.As(s.Admin), `query ($id: UUID!) { cellEdit(id: $id)`+cellEditFields+`}`,
		harness.Vars{"id": made.Edit.ID}).CellEdit
	if e.State != "DONE" || e.Moved != e.Total {
		s.t.Errorf("the edit: %+v", e)
	}
	return e
}

func TestACellIsCutAndMergedAgainWhileWorkIsOpenInIt(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.accepted(tip{Text: "消火栓损坏", Category: fixture.Hydrant, Cell: 1})
	s.Settle()
	lon, _ := fixture.Centre(fixture.Nanyuan, 1)
	old := fixture.Cell(fixture.Nanyuan, 1)
	cut := harness.Vars{"ends": []string{old}, "note": "网格过大",
		"line": []harness.Vars{{"lon": lon - 0.0002, "lat": fixture.South - 0.001}, {"lon": lon - 0.0002, "lat": fixture.South + 0.002}}}

	// Given that the administrator looks at what would move first,
	foreseen, refused := attempt[cellPreviewView](s.As(s.Admin), previewCellEdit, cut)
	if refused != nil || len(foreseen.Preview.Begins) != 2 || len(foreseen.Preview.Findings) != 0 {
		t.Fatalf("foreseen: %+v, %v", foreseen, refused)
	}
	east := foreseen.Preview.Begins[1].Code
	if len(foreseen.Preview.Moves) != 1 || foreseen.Preview.Moves[0].Work != "CASE" || foreseen.Preview.Moves[0].Cell != east {
		t.Errorf("foreseen: %+v", foreseen.Preview.Moves)
	}

	// then the case goes to the part that it lies in, and its due time stays.
	s.regrid(cut)
	after := s.read(s.As(s.Supervisor), c.ID)
	if after.Cell.Code != east || !after.DueAt.Equal(*c.DueAt) || after.Version != c.Version || after.happened("rehomed") != 1 {
		t.Errorf("the case: %+v", after)
	}
	history := harness.Ask[struct {
		Cell struct {
			ValidTo    *string
			Successors []struct{ Code string }
		}
	}](s.As(s.Volunteer), `query ($c: String!) { cell(code: $c) { validTo successors { code } } }`, harness.Vars{"c": old}).Cell
	if history.ValidTo == nil || len(history.Successors) != 2 {
		t.Errorf("the ended cell: %+v", history)
	}

	// An edit that was made on the state of before is refused; so is what leaves a hole, where it is, and whoever is no administrator.
	s.refused(s.As(s.Admin), publishCellEdit, cut, "CELL_NOT_VALID")
	parts := []string{foreseen.Preview.Begins[0].Code, east}
	hole := harness.Vars{"ends": parts, "cells": []harness.Vars{{"shape": harness.Vars{"type": "Polygon", "coordinates": [][][2]float64{{
		{fixture.West + 0.001, fixture.South}, {fixture.West + 0.0015, fixture.South}, {fixture.West + 0.0015, fixture.South + 0.001},
		{fixture.West + 0.001, fixture.South + 0.001}, {fixture.West + 0.001, fixture.South}}}}}}}
	s.refused(s.As(s.Admin), publishCellEdit, hole, "CELL_GAP")
	s.refused(s.As(s.DutyLead), publishCellEdit, harness.Vars{"ends": parts}, "ACTION_NOT_YOURS")

	// Merged again, it is one cell under a new code.
	merged := s.regrid(harness.Vars{"ends": parts})
	if now := s.read(s.As(s.Supervisor), c.ID); len(merged.Begins) != 1 || now.Cell.Code != merged.Begins[0].Code || now.Cell.Code == old {
		t.Errorf("the case lies in %s, the edit made %+v", now.Cell.Code, merged.Begins)
	}
}
