package cell

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

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

// holds is the part of whoever a duty grid was given to.
const holds = "holder"

// HolderAt is who looks after a cell at a time, or nil where nobody was given it. See Holders.
func HolderAt(ctx context.Context, tx *pg.Tx, code string, at time.Time) (*uuid.UUID, error) {
	held, err := Holders(ctx, tx, []string{code}, at)
	if person, ok := held[code]; ok {
		return &person, err
	}
	return nil, err
}

// Holders finds for each cell who looks after it at a time, past or to come: its holder if on duty as a grid worker then,
// else the first stand-in who is, else the holder all the same, since somebody has to find the work in the morning. A
// cell that nobody was given is absent from the result. Any number of cells costs two queries.
//
// Duties, shifts, absences and grants count as they stand at that time, by what is known now. Which duty grid a cell
// belongs to is kept for now only.
func Holders(ctx context.Context, tx *pg.Tx, codes []string, at time.Time) (map[string]uuid.UUID, error) {
	duties, err := pg.All[duty](ctx, tx, dutiesSQL, codes, at)
	if err != nil {
		return nil, fmt.Errorf("holders of cells: %w", err)
	}
	working, err := onDuty(ctx, tx, duties, at)
	if err != nil {
		return nil, fmt.Errorf("holders of cells: %w", err)
	}
	held := make(map[string]uuid.UUID, len(codes))
	for _, d := range duties { // holders first
		current, found := held[d.Code]
		if !found && d.Part == holds || working[d.Person] && !(found && working[current]) {
			held[d.Code] = d.Person
		}
	}
	return held, nil
}

// onDuty asks who of the grid workers of the cells' communities, streets and districts is on shift at a time.
func onDuty(ctx context.Context, tx *pg.Tx, duties []duty, at time.Time) (map[uuid.UUID]bool, error) {
	var regions []string
	for _, d := range duties {
		for _, digits := range []int{12, 9, 6} {
			regions = append(regions, d.Code[:min(digits, len(d.Code))])
		}
	}
	slices.Sort(regions)
	var moments []identity.Moment
	for _, region := range slices.Compact(regions) {
		moments = append(moments, identity.Moment{Audience: identity.Audience{Role: actor.GridWorker, Region: region}, At: at})
	}
	found, err := identity.OnDutyAt(ctx, tx, moments)
	working := map[uuid.UUID]bool{}
	for _, people := range found {
		for _, person := range people {
			working[person] = true
		}
	}
	return working, err
}

// Crews finds for each duty grid who can do its work between two times: the holders who have some time on duty in them,
// else the stand-ins who have, else the holders all the same. Each crew is in the order of the roster: the longest-serving
// first. A duty grid that nobody was given is absent from the result. Any number of duty grids costs two queries.
func Crews(ctx context.Context, tx *pg.Tx, grids []uuid.UUID, from, until time.Time) (map[uuid.UUID][]uuid.UUID, error) {
	roster, err := pg.All[post](ctx, tx, rosterSQL, grids, from)
	if err != nil {
		return nil, fmt.Errorf("crews of duty grids: %w", err)
	}
	people := make([]uuid.UUID, len(roster))
	for i, p := range roster {
		people[i] = p.Person
	}
	working, err := identity.WorkingWithin(ctx, tx, actor.GridWorker, people, from, until)
	if err != nil {
		return nil, fmt.Errorf("crews of duty grids: %w", err)
	}
	return muster(roster, func(person uuid.UUID) bool {
		_, found := slices.BinarySearchFunc(working, person, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
		return found
	}), nil
}

// post is one person's part in a duty grid.
type post struct {
	Grid   uuid.UUID `db:"duty_grid_id"`
	Person uuid.UUID `db:"person_id"`
	Part   string    `db:"part"`
}

func muster(roster []post, working func(uuid.UUID) bool) map[uuid.UUID][]uuid.UUID {
	crews := map[uuid.UUID][]uuid.UUID{}
	for _, fits := range []func(post) bool{
		func(p post) bool { return p.Part == holds && working(p.Person) },
		func(p post) bool { return p.Part != holds && working(p.Person) },
		func(p post) bool { return p.Part == holds },
	} {
		found := map[uuid.UUID][]uuid.UUID{}
		for _, p := range roster {
			if len(crews[p.Grid]) == 0 && fits(p) {
				found[p.Grid] = append(found[p.Grid], p.Person)
			}
		}
		maps.Copy(crews, found)
	}
	return crews
}

// InRoster reports whether a person holds, or stands in for, the cell's duty grid now.
func InRoster(ctx context.Context, tx *pg.Tx, person uuid.UUID, code string) (bool, error) {
	return pg.Val[bool](ctx, tx, inRosterSQL, person, code, tx.Now)
}

// Colleagues are those who hold, or stand in for, a duty grid that a person does, without the person. Ordered by id.
func Colleagues(ctx context.Context, tx *pg.Tx, person uuid.UUID) ([]uuid.UUID, error) {
	return pg.Vals[uuid.UUID](ctx, tx, colleaguesSQL, person, tx.Now)
}

// Held are the codes of the valid cells that a person holds or stands in for now, ordered.
func Held(ctx context.Context, tx *pg.Tx, person uuid.UUID) ([]string, error) {
	return pg.Vals[string](ctx, tx, heldSQL, person, tx.Now)
}
