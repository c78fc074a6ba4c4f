// Package regrid edits the grid 网格调整: cells of a community are split, merged and reshaped at a time, and what lies in
// them, places and open work, goes to the cells that begin there. What is over keeps the cell that it was in, whose shape
// and period stay readable.
package regrid

import (
	"io"
	"time"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/geo"
)

// State is how far an edit has come.
type State string

const (
	Pending   State = "pending"   // its time is to come
	Applying  State = "applying"  // the cells have changed, and what lies in them is being moved
	Done      State = "done"      // nothing is left to move
	Cancelled State = "cancelled" // before its time
)

// States lists every state.
var States = []State{Pending, Applying, Done, Cancelled}

func (s State) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *State) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, States) }

// Edit 网格调整 is a change of a community's cells at a time.
type Edit struct {
	ID          uuid.UUID  `db:"id"`
	Community   string     `db:"community"` // division code, 12 digits
	Street      string     `db:"street"`
	Note        string     `db:"note"`
	Ends        []string   `db:"ends"`   // codes of the cells that end
	Begins      []string   `db:"begins"` // and of those that begin
	EffectiveAt time.Time  `db:"effective_at"`
	State       State      `db:"state"`
	Total       int        `db:"total"` // what lay in the ended cells when moving began
	Moved       int        `db:"moved"` // of that, and of what came to lie there later
	PublishedBy *uuid.UUID `db:"published_by"`
	PublishedAt time.Time  `db:"published_at"`
	CancelledBy *uuid.UUID `db:"cancelled_by"`
	CancelledAt *time.Time `db:"cancelled_at"`
	StartedAt   *time.Time `db:"started_at"`
	FinishedAt  *time.Time `db:"finished_at"`
}

// Input is an edit to make. Faults of its parts carry their paths: "ends[0]", "cells[1].shape", "line", "effectiveAt", "note".
type Input struct {
	Ends  []string
	Cells []CellInput // none: the ground of the ended cells is cut along Line, or becomes one
	Line  []geo.Point
	// EffectiveAt is when it happens, at most a year ahead; nil: at once.
	EffectiveAt *time.Time
	Note        string // up to 200 characters
}

// CellInput is a cell that is to begin.
type CellInput struct {
	Shape    geo.Polygon
	DutyGrid *uuid.UUID // nil: that of the ended cell that it overlaps most
}

func (in Input) change() cell.Change {
	c := cell.Change{Ends: in.Ends, Line: in.Line}
	for _, b := range in.Cells {
		c.Begun = append(c.Begun, cell.Begun(b))
	}
	return c
}

const (
	maxNote = 200
	longest = 366 * 24 * time.Hour
)

// when is the time of the edit.
func (in Input) when(now time.Time) (time.Time, error) {
	switch {
	case in.EffectiveAt == nil:
		return now, nil
	case in.EffectiveAt.Before(now) || in.EffectiveAt.After(now.Add(longest)):
		return now, fault.Invalid("CELL_EDIT_TIME", "cells change now or within a year, never in the past").At("effectiveAt")
	}
	return *in.EffectiveAt, nil
}
