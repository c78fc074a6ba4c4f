package casework

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// candidate is somebody who looks after a cell of the case's street.
type candidate struct {
	Person uuid.UUID `db:"person_id"`
	Own    bool      `db:"own"`    // the case's own cell
	Holder bool      `db:"holder"` // and not a stand-in
	Away   float64   `db:"away"`   // of the cell from the case, in degrees: only compared
}

// nearer orders candidates: the holder of the case's cell, its stand-ins, then whoever's cell is nearest.
func nearer(a, b candidate) int {
	return cmp.Or(first(a.Own, b.Own), first(a.Own && a.Holder, b.Own && b.Holder), cmp.Compare(a.Away, b.Away),
		first(a.Holder, b.Holder), slices.Compare(a.Person[:], b.Person[:]))
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// choose picks the first candidate in order who is on duty and did not fix it. Where nobody is on duty, whoever looks
// after the case's own cell finds the work in the morning; nil where there is nobody at all.
func choose(candidates []candidate, onDuty, fixers []uuid.UUID) *uuid.UUID {
	able := slices.DeleteFunc(slices.SortedFunc(slices.Values(candidates), nearer), func(c candidate) bool {
		return slices.Contains(fixers, c.Person)
	})
	if i := slices.IndexFunc(able, func(c candidate) bool { return slices.Contains(onDuty, c.Person) }); i >= 0 {
		return &able[i].Person
	}
	if len(able) > 0 && able[0].Own {
		return &able[0].Person
	}
	return nil
}

// checker is the grid worker who shall look whether it is fixed.
func (t *turn) checker(ctx context.Context, tx *pg.Tx) (*uuid.UUID, error) {
	fixers, err := t.fixers(ctx, tx)
	if err != nil {
		return nil, err
	}
	candidates, err := pg.All[candidate](ctx, tx, checkersSQL, t.Street, t.Cell, t.Point, tx.Now)
	if err != nil {
		return nil, err
	}
	working, err := t.gridWorkers(ctx, tx)
	if err != nil {
		return nil, err
	}
	return choose(candidates, working, fixers), nil
}

// fixers are all who had a hand in this round's disposals.
func (t *turn) fixers(ctx context.Context, tx *pg.Tx) ([]uuid.UUID, error) {
	return pg.Vals[uuid.UUID](ctx, tx, fixersSQL, t.ID, t.Round)
}

// gridWorkers are those on duty whose grant is for the case's street, or for a part or the whole around it.
func (t *turn) gridWorkers(ctx context.Context, tx *pg.Tx) ([]uuid.UUID, error) {
	communities, err := pg.Vals[string](ctx, tx, communitiesSQL, t.Street)
	if err != nil {
		return nil, err
	}
	who := t.above(actor.GridWorker, "")
	for _, community := range communities {
		who = append(who, identity.Audience{Role: actor.GridWorker, Region: community})
	}
	found, err := identity.OnDutyAll(ctx, tx, who)
	var people []uuid.UUID
	for _, some := range found {
		people = append(people, some...)
	}
	return people, err
}

// otherChecker is the named grid worker, if one of the place who did not fix it, or the nearest on duty.
func (t *turn) otherChecker(ctx context.Context, tx *pg.Tx, named *uuid.UUID) (*uuid.UUID, error) {
	if named == nil {
		return t.checker(ctx, tx)
	}
	fixers, err := t.fixers(ctx, tx)
	if err != nil {
		return nil, err
	}
	workers, err := identity.Holders(ctx, tx, actor.GridWorker, t.Cell, "")
	if err == nil && (slices.Contains(fixers, *named) || !slices.ContainsFunc(workers, func(p identity.Person) bool { return p.ID == *named })) {
		err = fault.Invalid("ASSIGNEE_NOT_POSSIBLE", "a check is for a grid worker of the place who did not fix it")
	}
	return named, err
}
