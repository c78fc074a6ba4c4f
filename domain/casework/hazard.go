package casework

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/cell"
	"gridwork/geo"
	"gridwork/pg"
)

// Hazard 险情 is what somebody who walks by has to know of an open case: what it is and where, and nothing that anybody wrote.
type Hazard struct {
	ID       uuid.UUID `db:"id"` // the case's
	Category string    `db:"category"`
	Urgent   bool      `db:"urgent"`
	Priority int       `db:"priority"` // 1 highest … 4
	Point    geo.Point `db:"point"`    // WGS 84
	Cell     string    `db:"cell"`
}

// A part of a joint case lies where its parent does.
const hazardsSQL = `select c.id, c.category, c.urgent, c.priority, c.point, c.cell
	from cases c join categories k on k.code = c.category
	where c.cell = any($1::text[]) and c.state not in ('closed', 'voided', 'force_closed') and c.parent_id is null
	  and not c.restricted and k.hazard and not k.restricted
	order by c.id`

// Hazards are the open cases of dangerous kinds in the cells that whoever acts holds or stands in for, and in those that
// border on them, ordered by id. Restricted ones are never among them, not even for their readers: they are shown on no map.
func Hazards(ctx context.Context, tx *pg.Tx) ([]Hazard, error) {
	own, err := cell.Held(ctx, tx, tx.Actor.ID)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	around, err := cell.Around(ctx, tx, own)
	if err != nil {
		return nil, err
	}
	return pg.All[Hazard](ctx, tx, hazardsSQL, append(own, around...))
}
