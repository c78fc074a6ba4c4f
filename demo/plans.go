package demo

import (
	"context"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"gridwork/domain/calendar"
	"gridwork/domain/identity"
	"gridwork/domain/inspection"
	"gridwork/pg"
)

var planData = sync.OnceValue(func() planFile { return read[planFile]("plans.json") })

type planFile struct {
	Note  string `json:"note"`
	Plans []Plan `json:"plans"`
}

// Plan is an inspection plan of the whole city before it is made.
type Plan struct {
	Name      string              `json:"name"`
	Kind      string              `json:"kind"`      // of premises
	Checklist string              `json:"checklist"` // its code
	Rhythms   []inspection.Rhythm `json:"rhythms"`
}

// beginPlans makes the city's plans, which begin today, and the tasks of their first periods, as the night does. The jobs
// that would make them find them made.
func beginPlans(ctx context.Context, tx *pg.Tx) error {
	latest, err := inspection.Checklists(ctx, tx)
	if err != nil {
		return err
	}
	checklists := make(map[string]uuid.UUID, len(latest))
	for _, c := range latest {
		checklists[c.Code] = c.ID
	}
	for _, p := range planData().Plans {
		made, err := inspection.NewPlan(ctx, tx, inspection.CreatePlan{Name: p.Name, Region: cityCode, Checklist: checklists[p.Checklist],
			Places: inspection.OfPremises, Kind: &p.Kind, Rhythms: p.Rhythms, StartsOn: calendar.DateOf(tx.Now.In(identity.City))})
		if err != nil {
			return fmt.Errorf("plan %s: %w", p.Name, err)
		}
		periods, _, err := inspection.Campaigns(ctx, tx, &made.ID, nil, len(p.Rhythms))
		if err != nil {
			return err
		}
		for _, c := range periods {
			for more := true; more; {
				if more, err = inspection.Generate(ctx, tx, c.ID, inspection.Batch); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
