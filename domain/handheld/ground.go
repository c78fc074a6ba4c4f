package handheld

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/domain/place"
	"gridwork/domain/visit"
	"gridwork/pg"
)

// ground is the owner's duty grids with their cells and places, and the cells and places that work leads to.
func (p *parcel) ground(ctx context.Context, tx *pg.Tx) error {
	own, err := cell.Held(ctx, tx, tx.Actor.ID)
	if err != nil {
		return err
	}
	grids, err := p.dutyGrids(ctx, tx)
	if err != nil {
		return err
	}
	if err := p.cellsOf(ctx, tx, own, grids); err != nil {
		return err
	}
	if err := p.premisesOf(ctx, tx, own); err != nil || len(own) == 0 {
		return err
	}
	return p.assets(ctx, tx, own)
}

func (p *parcel) dutyGrids(ctx context.Context, tx *pg.Tx) (own map[uuid.UUID]bool, err error) {
	posts, err := cell.Posts(ctx, tx, tx.Actor.ID)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	parts, own := map[uuid.UUID]cell.Part{}, map[uuid.UUID]bool{}
	for _, post := range posts {
		parts[post.Grid], own[post.Grid] = post.Part, true
	}
	grids, err := cell.DutyGrids(ctx, tx, idsOf(posts, func(p cell.Post) uuid.UUID { return p.Grid }))
	for _, g := range grids {
		p.put(DutyGrid, g.ID.String(), dutyGridBody{g.Code, g.Name, g.Street, parts[g.ID]})
	}
	return own, err
}

func (p *parcel) cellsOf(ctx context.Context, tx *pg.Tx, own []string, grids map[uuid.UUID]bool) error {
	codes := unique(slices.Concat(own, p.cells))
	if len(codes) == 0 {
		return nil
	}
	holders, err := cell.Holders(ctx, tx, own, tx.Now)
	if err != nil {
		return err
	}
	all, err := cell.Cells(ctx, tx, codes)
	for _, c := range all {
		b := cellBody{Community: c.Community, Street: c.Street, Shape: c.Shape, Held: holders[c.Code] == tx.Actor.ID}
		if c.DutyGridID != nil && grids[*c.DutyGridID] {
			b.DutyGrid = c.DutyGridID
		}
		p.put(Cell, c.Code, b)
	}
	return err
}

func (p *parcel) premisesOf(ctx context.Context, tx *pg.Tx, own []string) error {
	there, err := place.PremisesIn(ctx, tx, own)
	if err != nil {
		return err
	}
	away, err := place.PremisesByCode(ctx, tx, unique(p.premises))
	if err != nil {
		return err
	}
	all := slices.Concat(there, away)
	addresses, err := addressesOf(ctx, tx, all)
	if err != nil {
		return err
	}
	hanging, err := visit.Hanging(ctx, tx, codesOf(all))
	if err != nil {
		return err
	}
	for _, s := range all {
		_, hangs := slices.BinarySearch(hanging, s.Code)
		b := premisesBody{VisitCode: hangs, Name: s.Name, Kind: s.Kind, LegalEntity: s.LegalEntity, CreditCode: s.CreditCode, Risk: s.Risk, Point: s.Point, Cell: s.Cell}
		if s.Address != nil {
			b.Address = &addressBody{*s.Address, addresses[*s.Address]}
		}
		p.put(Premises, s.Code, b)
	}
	return nil
}

func codesOf(premises []place.Premises) (codes []string) {
	for _, s := range premises {
		codes = append(codes, s.Code)
	}
	return codes
}

func addressesOf(ctx context.Context, tx *pg.Tx, premises []place.Premises) (map[string]string, error) {
	var codes []string
	for _, s := range premises {
		if s.Address != nil {
			codes = append(codes, *s.Address)
		}
	}
	found, err := place.AddressesByCode(ctx, tx, unique(codes))
	texts := make(map[string]string, len(found))
	for _, a := range found {
		texts[a.Code] = a.Text
	}
	return texts, err
}

// assets are a cell's buildings and components, all of them in one thing each: they change seldom, and there are many.
func (p *parcel) assets(ctx context.Context, tx *pg.Tx, own []string) error {
	buildings, err := place.BuildingsIn(ctx, tx, own)
	if err != nil {
		return err
	}
	components, err := place.ComponentsIn(ctx, tx, own)
	if err != nil {
		return err
	}
	for at, some := range chunks(buildings, func(a place.Address) string { return a.Cell }) {
		var b buildingsBody
		for _, a := range some {
			b.Buildings = append(b.Buildings, buildingBody{a.Code, a.Text, a.Floors, a.Point})
		}
		p.put(Buildings, at, b)
	}
	for at, some := range chunks(components, func(c place.Component) string { return c.Cell }) {
		var b componentsBody
		for _, c := range some {
			b.Components = append(b.Components, componentBody{c.Code, c.Category, c.Name, c.Point})
		}
		p.put(Components, at, b)
	}
	return nil
}

func chunks[T any](rows []T, key func(T) string) map[string][]T {
	found := map[string][]T{}
	for _, row := range rows {
		found[key(row)] = append(found[key(row)], row)
	}
	return found
}

func unique(codes []string) []string {
	slices.Sort(codes)
	return slices.Compact(codes)
}
