package routing

import (
	"context"

	"gridwork/pg"
)

const namesSQL = `select version, code, name_zh, name_en from routing_rules where version = any($1::integer[])
	order by version, position`

// Name is what a rule was called in one version of the rules.
type Name struct {
	Version int    `db:"version"`
	Code    string `db:"code"`
	NameZH  string `db:"name_zh"`
	NameEN  string `db:"name_en"`
}

// NamesOf are the names of the rules of several versions, by version, in the order in which they were tried: for
// showing the trace of a decision, which keeps codes alone.
func NamesOf(ctx context.Context, tx *pg.Tx, versions []int) (map[int][]Name, error) {
	rows, err := pg.All[Name](ctx, tx, namesSQL, versions)
	found := make(map[int][]Name, len(versions))
	for _, n := range rows {
		found[n.Version] = append(found[n.Version], n)
	}
	return found, err
}
