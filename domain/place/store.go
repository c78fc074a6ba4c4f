package place

import (
	"context"
	"slices"
	"strings"

	"gridwork/fault"
	"gridwork/geo"
	"gridwork/pg"
)

// refused is a record that could not be stored.
type refused struct {
	row int
	why *fault.Error
}

// columns are records, column by column, so that any number of them is one statement.
type columns struct {
	codes, kinds, texts, terms, cells, streets, categories []string
	buildings, legal, credit, risks, addresses             []*string
	floors                                                 []*int
	points                                                 []geo.Point
}

func columnsOf(records []record) (c columns) {
	for _, r := range records {
		c.codes, c.kinds, c.texts = append(c.codes, r.code), append(c.kinds, r.kind), append(c.texts, r.text)
		c.terms = append(c.terms, strings.Join(r.terms, termBreak))
		c.cells, c.streets, c.categories = append(c.cells, r.cell), append(c.streets, r.street), append(c.categories, r.category)
		c.buildings, c.legal, c.credit = append(c.buildings, r.building), append(c.legal, r.legal), append(c.credit, r.credit)
		c.risks, c.addresses, c.floors = append(c.risks, r.risk), append(c.addresses, r.address), append(c.floors, r.floors)
		c.points = append(c.points, *r.point)
	}
	return c
}

// termBreak stands between the terms of a row on their way: lists of lists have to be of one length in SQL.
const termBreak = "\t"

func storeAddresses(ctx context.Context, tx *pg.Tx, records []record) (int, []refused, error) {
	c := columnsOf(records)
	if err := c.recount(ctx, tx, addressesStoodSQL); err != nil {
		return 0, nil, err
	}
	written, err := pg.Exec(ctx, tx, storeAddressesSQL, tx.Now, c.codes, c.kinds, c.buildings, c.texts, c.terms, c.floors, c.points, c.cells, c.streets)
	if err != nil {
		return 0, nil, err
	}
	return int(written), nil, storeAliases(ctx, tx, records)
}

// storeAliases makes the aliases of addresses those that the rows name. A row without any leaves what there is.
func storeAliases(ctx context.Context, tx *pg.Tx, records []record) error {
	var of, texts, all, codes []string
	for _, r := range records {
		if len(r.otherName) > 0 {
			codes = append(codes, r.code)
		}
		for _, a := range r.otherName {
			of, texts, all = append(of, r.code), append(texts, a.text), append(all, strings.Join(a.terms, termBreak))
		}
	}
	if len(codes) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, dropAliasesSQL, codes, texts); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, storeAliasesSQL, of, texts, all)
	return err
}

// whereabouts is where an address lies, by the code or alias that premises were given.
type whereabouts struct {
	Asked  string    `db:"asked"`
	Code   string    `db:"code"`
	Point  geo.Point `db:"point"`
	Cell   string    `db:"cell"`
	Street string    `db:"street"`
}

func storePremises(ctx context.Context, tx *pg.Tx, records []record) (int, []refused, error) {
	var asked []string
	for _, r := range records {
		if r.address != nil {
			asked = append(asked, *r.address)
		}
	}
	slices.Sort(asked)
	lie, err := pg.All[whereabouts](ctx, tx, whereSQL, slices.Compact(asked))
	if err != nil {
		return 0, nil, err
	}
	known := make(map[string]whereabouts, len(lie))
	for _, w := range lie {
		known[w.Asked] = w
	}
	var lost []refused
	kept := slices.DeleteFunc(slices.Clone(records), func(r record) bool {
		if _, ok := known[deref(r.address)]; r.address == nil || ok {
			return false
		}
		lost = append(lost, refused{r.row, fault.Invalid(CodeUnknown, "no address has the code or alias %q", *r.address).At("address")})
		return true
	})
	for i := range kept {
		r := &kept[i]
		if r.address == nil {
			continue
		}
		at := known[*r.address]
		r.address = &at.Code
		if r.point == nil {
			r.point, r.cell, r.street = &at.Point, at.Cell, at.Street
		}
	}
	c := columnsOf(kept)
	if err := c.recount(ctx, tx, premisesStoodSQL); err != nil {
		return 0, nil, err
	}
	written, err := pg.Exec(ctx, tx, storePremisesSQL, tx.Now, c.codes, c.texts, c.terms, c.kinds, c.legal, c.credit, c.risks, c.addresses, c.points, c.cells, c.streets)
	return int(written), lost, err
}

func storeComponents(ctx context.Context, tx *pg.Tx, records []record) (int, []refused, error) {
	categories, err := pg.Vals[string](ctx, tx, componentCategoriesSQL)
	if err != nil {
		return 0, nil, err
	}
	var lost []refused
	kept := slices.DeleteFunc(slices.Clone(records), func(r record) bool {
		if slices.Contains(categories, r.category) {
			return false
		}
		lost = append(lost, refused{r.row, fault.Invalid(CodeCategory, "no component has the category %q", r.category).At("category")})
		return true
	})
	c := columnsOf(kept)
	written, err := pg.Exec(ctx, tx, storeComponentsSQL, tx.Now, c.codes, c.categories, c.texts, c.points, c.cells, c.streets)
	return int(written), lost, err
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
