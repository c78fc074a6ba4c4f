package regrid

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/inspection"
	"gridwork/domain/place"
	"gridwork/domain/sampling"
	"gridwork/fault"
	"gridwork/pg"
)

// Preview is what an edit would do if it were published, and came into force, now.
type Preview struct {
	cell.Plan

	EffectiveAt time.Time
	Moves       []cell.Moving // what would go to which cell; empty while there are findings
	DutyGrids   []GridChange  // of the cells that end or begin, by id
}

// GridChange is how large a duty grid is and would be.
type GridChange struct {
	DutyGrid    uuid.UUID
	CellsBefore int
	CellsAfter  int
	AreaBefore  float64 // m²
	AreaAfter   float64
}

// Look tells what publishing an edit would do, and writes nothing. What is wrong with the shapes is told in findings.
//
// Faults: ACTION_NOT_YOURS, CELL_EDIT_TIME, and those of cell.PlanChange.
func Look(ctx context.Context, tx *pg.Tx, in Input) (Preview, error) {
	at, err := in.when(tx.Now)
	if err != nil {
		return Preview{}, err
	}
	plan, err := cell.PlanChange(ctx, tx, in.change(), false)
	if err != nil {
		return Preview{}, err
	}
	if err := permitted(tx, plan.Community); err != nil {
		return Preview{}, err
	}
	p := Preview{Plan: plan, EffectiveAt: at}
	if len(plan.Findings) > 0 {
		return p, nil
	}
	if p.Moves, err = homes(ctx, tx, plan.Heirs()); err != nil {
		return Preview{}, err
	}
	p.DutyGrids, err = gridChanges(ctx, tx, plan)
	return p, err
}

// permitted refuses whoever does not administer the community's cells.
func permitted(tx *pg.Tx, community string) error {
	if tx.Actor.May(actor.AdministerAll, community, "") {
		return nil
	}
	return fault.Denied("ACTION_NOT_YOURS", "only administrators of the region edit its cells")
}

// homes counts everything that would move.
func homes(ctx context.Context, tx *pg.Tx, h cell.Heirs) (all []cell.Moving, err error) {
	for _, count := range []func(context.Context, *pg.Tx, cell.Heirs) ([]cell.Moving, error){
		place.Homes, clue.Homes, casework.Homes, sampling.Homes, inspection.Homes,
	} {
		found, err := count(ctx, tx, h)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b cell.Moving) int {
		return slices.Index(cell.Works, a.Work) - slices.Index(cell.Works, b.Work)
	})
	return all, nil
}

type gridSize struct {
	ID     uuid.UUID `db:"duty_grid_id"`
	Cells  int       `db:"cells"`
	AreaM2 float64   `db:"area_m2"`
}

func gridChanges(ctx context.Context, tx *pg.Tx, plan cell.Plan) ([]GridChange, error) {
	changes := map[uuid.UUID]*GridChange{}
	of := func(id *uuid.UUID) *GridChange {
		if id == nil {
			return &GridChange{}
		}
		if changes[*id] == nil {
			changes[*id] = &GridChange{DutyGrid: *id}
		}
		return changes[*id]
	}
	for _, c := range plan.Ends {
		g := of(c.DutyGridID)
		g.CellsAfter, g.AreaAfter = g.CellsAfter-1, g.AreaAfter-c.AreaM2
	}
	for _, b := range plan.Begins {
		g := of(b.DutyGrid)
		g.CellsAfter, g.AreaAfter = g.CellsAfter+1, g.AreaAfter+b.AreaM2
	}
	var ids []uuid.UUID
	for id := range changes {
		ids = append(ids, id)
	}
	sizes, err := pg.All[gridSize](ctx, tx, gridSizesSQL, ids, tx.Now)
	if err != nil {
		return nil, fmt.Errorf("sizes of duty grids: %w", err)
	}
	for _, s := range sizes {
		g := changes[s.ID]
		g.CellsBefore, g.AreaBefore = s.Cells, s.AreaM2
		g.CellsAfter, g.AreaAfter = g.CellsAfter+s.Cells, g.AreaAfter+s.AreaM2
	}
	var all []GridChange
	for _, g := range changes {
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b GridChange) int { return slices.Compare(a.DutyGrid[:], b.DutyGrid[:]) })
	return all, nil
}
