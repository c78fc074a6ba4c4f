package cell

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/pg"
)

// duty is one person's part in a cell.
type duty struct {
	Code   string    `db:"code"`
	Person uuid.UUID `db:"person_id"`
	Part   string    `db:"part"` // holder or stand_in
}

// HolderAt is who looks after a cell at this moment, or nil where nobody was given it. See Holders.
func HolderAt(ctx context.Context, tx *pg.Tx, code string) (*uuid.UUID, error) {
	held, err := Holders(ctx, tx, []string{code})
	if person, ok := held[code]; ok {
		return &person, err
	}
	return nil, err
}

// Holders finds for each cell who looks after it at this moment: its holder if on duty as a grid worker, else the
// first stand-in who is, else the holder all the same, since somebody has to find the work in the morning. A cell that
// nobody was given is absent from the result. Any number of cells costs two queries.
func Holders(ctx context.Context, tx *pg.Tx, codes []string) (map[string]uuid.UUID, error) {
	duties, err := pg.All[duty](ctx, tx, dutiesSQL, codes, tx.Now)
	if err != nil {
		return nil, fmt.Errorf("holders of cells: %w", err)
	}
	working, err := onDuty(ctx, tx, duties)
	if err != nil {
		return nil, fmt.Errorf("holders of cells: %w", err)
	}
	held := make(map[string]uuid.UUID, len(codes))
	for _, d := range duties { // holders first
		current, found := held[d.Code]
		if !found && d.Part == "holder" || working[d.Person] && !(found && working[current]) {
			held[d.Code] = d.Person
		}
	}
	return held, nil
}

// onDuty asks who of the grid workers of the cells' communities, streets and districts is on shift.
func onDuty(ctx context.Context, tx *pg.Tx, duties []duty) (map[uuid.UUID]bool, error) {
	var regions []string
	for _, d := range duties {
		for _, digits := range []int{12, 9, 6} {
			regions = append(regions, d.Code[:min(digits, len(d.Code))])
		}
	}
	slices.Sort(regions)
	var audiences []identity.Audience
	for _, region := range slices.Compact(regions) {
		audiences = append(audiences, identity.Audience{Role: actor.GridWorker, Region: region})
	}
	found, err := identity.OnDutyAll(ctx, tx, audiences)
	working := map[uuid.UUID]bool{}
	for _, people := range found {
		for _, person := range people {
			working[person] = true
		}
	}
	return working, err
}

// Held are the codes of the valid cells that a person holds or stands in for now, ordered.
func Held(ctx context.Context, tx *pg.Tx, person uuid.UUID) ([]string, error) {
	return pg.Vals[string](ctx, tx, heldSQL, person, tx.Now)
}
