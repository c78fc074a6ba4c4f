package cell

import (
	"context"

	"gridwork/pg"
)

// The other end of each succession, by code. An edit that was cancelled made none.
const (
	predecessorsSQL = `select s.successor as own, s.predecessor as other from cell_successions s join cells c on c.code = s.successor
		where s.successor = any($1::text[]) and c.valid_to is distinct from c.valid_from order by s.successor, s.predecessor`
	successorsSQL = `select s.predecessor as own, s.successor as other from cell_successions s join cells c on c.code = s.successor
		where s.predecessor = any($1::text[]) and c.valid_to is distinct from c.valid_from order by s.predecessor, s.successor`
)

type kin struct {
	Own   string `db:"own"`
	Other string `db:"other"`
}

// Predecessors are the cells that the ground of others was taken from, by the other's code.
func Predecessors(ctx context.Context, tx *pg.Tx, codes []string) (map[string][]string, error) {
	return kinOf(ctx, tx, predecessorsSQL, codes)
}

// Successors are the cells that took the ground of others over, or are to, by the other's code.
func Successors(ctx context.Context, tx *pg.Tx, codes []string) (map[string][]string, error) {
	return kinOf(ctx, tx, successorsSQL, codes)
}

func kinOf(ctx context.Context, tx *pg.Tx, query string, codes []string) (map[string][]string, error) {
	rows, err := pg.All[kin](ctx, tx, query, codes)
	found := make(map[string][]string, len(rows))
	for _, r := range rows {
		found[r.Own] = append(found[r.Own], r.Other)
	}
	return found, err
}
