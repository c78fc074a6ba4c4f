package graph

import (
	"context"
	"slices"

	"gridwork/domain/casework"
	"gridwork/domain/standard"
)

// roundOf is the round that the case is in.
func roundOf(ctx context.Context, c *casework.Case) (*casework.Round, error) {
	rounds, err := load(ctx, loadersOf(ctx).rounds, c.ID)
	if i := slices.IndexFunc(rounds, func(r casework.Round) bool { return r.Round == c.Round }); i >= 0 {
		return &rounds[i], err
	}
	return nil, err
}

// assisting are the departments whose help in the round was not taken back.
func assisting(ctx context.Context, c *casework.Case) ([]standard.Department, error) {
	assigned, err := load(ctx, loadersOf(ctx).assignments, c.ID)
	found := []standard.Department{}
	for _, a := range assigned {
		helps := a.Part == casework.Assisting && a.Round == c.Round && (a.EndedAt == nil || *a.EndReason == string(casework.Closed))
		if !helps || err != nil {
			continue
		}
		var d *standard.Department
		if d, err = load(ctx, loadersOf(ctx).departments, a.Department); d != nil {
			found = append(found, *d)
		}
	}
	return found, err
}
