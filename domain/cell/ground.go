package cell

import (
	"context"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Part is what somebody is in a duty grid.
type Part string

const (
	Holder  Part = "holder"   // it was given to them
	StandIn Part = "stand_in" // they look after it while no holder is on duty
)

// Post is a person's part in a duty grid.
type Post struct {
	Grid uuid.UUID `db:"duty_grid_id"`
	Part Part      `db:"part"`
}

const postsOfSQL = `select duty_grid_id, min(part) as part from duties
	where person_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)
	group by duty_grid_id order by duty_grid_id`

// Within a few metres, so that a gap in an imported boundary parts no neighbours; the second condition is exact.
const aroundSQL = `select distinct n.code from cells own
	join cells n on n.shape && st_expand(own.shape, 0.00005) and st_dwithin(n.shape, own.shape, 0.00003)
	where own.code = any($1::text[]) and n.code <> all($1::text[]) and n.valid_from <= $2 and (n.valid_to is null or n.valid_to > $2)
	order by n.code`

// Posts are the duty grids that a person holds or stands in for now, ordered by id.
func Posts(ctx context.Context, tx *pg.Tx, person uuid.UUID) ([]Post, error) {
	return pg.All[Post](ctx, tx, postsOfSQL, person, tx.Now)
}

// Around are the codes of the valid cells that border on any of these, at a corner too, without these, ordered.
func Around(ctx context.Context, tx *pg.Tx, codes []string) ([]string, error) {
	return pg.Vals[string](ctx, tx, aroundSQL, codes, tx.Now)
}
