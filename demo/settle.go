package demo

import (
	"context"
	"fmt"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/domain/intake"
	"gridwork/domain/place"
	"gridwork/domain/visit"
	"gridwork/pg"
)

// shown is the street of the accounts that are shown to whoever tries the city: there the places are dense.
const shown = "440304001"

// How much of the full city's spine the first look at it needs.
const (
	premisesShown   = 3 // in each cell of the street that is shown
	componentsShown = 2
	sparse          = 6  // one in so many of all other cells has premises and a component
	codesShown      = 60 // premises of that street at which a code hangs
)

// settle gives the city a few of the places that a full one has. They are the same places: where the full spine is loaded
// later, it finds them there and adds the others.
func settle(ctx context.Context, tx *pg.Tx, full Places, codes visit.Key) error {
	town, err := survey(ctx, tx)
	if err != nil {
		return err
	}
	var buildings, premises, components []map[string]string
	for i, g := range town.cells {
		shops, things := 0, 0
		switch {
		case g.Code[:len(shown)] == shown:
			shops, things = premisesShown, componentsShown
		case i%sparse == 0:
			shops, things = 1, 1
		}
		for _, n := range town.inCell(i, full.Components, things) {
			components = append(components, town.component(n, full.Components))
		}
		for _, n := range town.premisesIn(i, full, shops) {
			premises = append(premises, town.premises(n, full))
			for b := full.buildingOf(n); b < full.buildingOf(n+1); b++ { // and the house beside it, where nothing is inspected
				buildings = append(buildings, town.building(b, full.Buildings))
			}
		}
	}
	for _, part := range []struct {
		kind intake.Kind
		rows []map[string]string
	}{{place.Addresses, buildings}, {place.PremisesOf, premises}, {place.Components, components}} {
		if err := town.takeIn(ctx, tx, part.kind, part.rows); err != nil {
			return fmt.Errorf("%s: %w", part.kind.Name, err)
		}
	}
	return hang(ctx, tx, codes)
}

// inCell are the first few of so many things that lie in the i-th cell.
func (t *Town) inCell(i, count, few int) (ns []int) {
	for n := (i*count + len(t.cells) - 1) / len(t.cells); len(ns) < few && n < count && n*len(t.cells)/count == i; n++ {
		ns = append(ns, n)
	}
	return ns
}

// premisesIn are the first few premises whose buildings lie in the i-th cell.
func (t *Town) premisesIn(i int, of Places, few int) (ns []int) {
	first := (i*of.Buildings + len(t.cells) - 1) / len(t.cells)
	for n := (first*of.Premises + of.Buildings - 1) / of.Buildings; len(ns) < few && n < of.Premises; n++ {
		if of.buildingOf(n)*len(t.cells)/of.Buildings != i {
			break
		}
		ns = append(ns, n)
	}
	return ns
}

// takeIn imports rows in the transaction that builds the city.
func (t *Town) takeIn(ctx context.Context, tx *pg.Tx, kind intake.Kind, rows []map[string]string) error {
	in, err := place.Begin(ctx, tx, spine(kind, "demo, first look"))
	if err != nil {
		return err
	}
	records := make([]intake.Record, len(rows))
	for i, fields := range rows {
		records[i] = intake.Record{Number: i + 1, Fields: fields}
	}
	in, rejects, err := in.Load(ctx, tx, len(records), place.Taking(in, t.Atlas).Take(records))
	if err != nil {
		return err
	}
	if len(rejects) > 0 {
		return fmt.Errorf("%v: %w", rejects[0].Fields, rejects[0].Why)
	}
	_, err = in.Finish(ctx, tx)
	return err
}

// hang makes the codes of premises of the street that is shown, as its first dispatcher does.
func hang(ctx context.Context, tx *pg.Tx, codes visit.Key) error {
	dispatcher, err := identity.Behind(ctx, tx, PersonID("dispatcher."+shown+".1"))
	if err != nil || dispatcher == nil { // the city is built without that street
		return err
	}
	defer func(before *actor.Actor) { tx.Actor = before }(tx.Actor)
	tx.Actor = dispatcher
	plates, _, err := visit.Plates(ctx, tx, visit.Range{Region: shown}, nil, codesShown)
	if err != nil || len(plates) == 0 {
		return err
	}
	premises := make([]string, len(plates))
	for i, p := range plates {
		premises[i] = p.Premises
	}
	_, err = codes.Print(ctx, tx, visit.PrintInput{Premises: premises})
	return err
}
