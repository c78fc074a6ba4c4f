package cell

import (
	"context"

	"gridwork/geo"
	"gridwork/pg"
)

const childrenOfSQL = `select ` + regionColumns + ` from regions where parent = any($1::text[]) order by code`

const outlinesSQL = `select code, shape from regions where code = any($1::text[]) order by code`

// ChildrenOf are the regions right below many, by the parent's code and in the order of their own.
func ChildrenOf(ctx context.Context, tx *pg.Tx, parents []string) (map[string][]Region, error) {
	regions, err := pg.All[Region](ctx, tx, childrenOfSQL, parents)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]Region, len(parents))
	for _, r := range regions {
		found[*r.Parent] = append(found[*r.Parent], r)
	}
	return found, nil
}

type outline struct {
	Code  string           `db:"code"`
	Shape geo.MultiPolygon `db:"shape"`
}

// Outlines are the shapes of regions, WGS 84, by code. They are read apart from the regions because they are a
// thousand times as large.
func Outlines(ctx context.Context, tx *pg.Tx, codes []string) (map[string]geo.MultiPolygon, error) {
	rows, err := pg.All[outline](ctx, tx, outlinesSQL, codes)
	if err != nil {
		return nil, err
	}
	found := make(map[string]geo.MultiPolygon, len(rows))
	for _, row := range rows {
		found[row.Code] = row.Shape
	}
	return found, nil
}
