package clue

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/pg"
)

// Clues that nobody has decided on, and verifications that nobody has answered, in the ended cells: they go where the clue was.
const (
	openInEnded = ` from clues work where work.street = $5 and work.state in ('submitted', 'verifying') and work.cell = any($3) `

	homesSQL = `select 'clue' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home ` + openInEnded + `) moving group by home order by home`

	rehomedSQL = `select work.id, work.cell, ` + cell.NewHome + ` as home ` + openInEnded + ` order by work.id limit $6 for no key update`

	rehomeSQL = `update clues set cell = moved.home from unnest($1::uuid[], $2::text[]) as moved(id, home) where clues.id = moved.id`

	insertRehomedSQL = `insert into clue_events (id, clue_id, at, kind, actor_role, detail)
		select moved.id, moved.clue_id, $1, 'rehomed', $2, moved.detail
		from unnest($3::uuid[], $4::uuid[], $5::jsonb[]) as moved(id, clue_id, detail)`

	askedInEnded = ` from (select v.id, v.cell, c.point from verify_tasks v join clues c on c.id = v.clue_id
		where v.state = 'open' and v.street = $5 and v.cell = any($3)) work `

	homesOfVerificationsSQL = `select 'verification' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home ` + askedInEnded + `) moving group by home order by home`

	rehomeVerificationsSQL = `update verify_tasks set cell = moved.home from (
			select work.id, ` + cell.NewHome + ` as home ` + askedInEnded + ` order by work.id limit $6
		) moved where verify_tasks.id = moved.id and verify_tasks.state = 'open'`
)

// Homes counts which open clues and verifications in ended cells would go to which cell.
func Homes(ctx context.Context, tx *pg.Tx, h cell.Heirs) ([]cell.Moving, error) {
	clues, err := pg.All[cell.Moving](ctx, tx, homesSQL, h.Bind(h.Street())...)
	if err != nil {
		return nil, fmt.Errorf("clues of ended cells: %w", err)
	}
	verifications, err := pg.All[cell.Moving](ctx, tx, homesOfVerificationsSQL, h.Bind(h.Street())...)
	return append(clues, verifications...), err
}

// Rehome moves the next open clues and verifications out of ended cells, at most batch of them, and returns how many. What is
// over stays where it was. Neither clocks nor versions move: a form that somebody is filling in stays good.
func Rehome(ctx context.Context, tx *pg.Tx, h cell.Heirs, edit uuid.UUID, batch int) (int, error) {
	moved, err := pg.All[cell.Rehomed](ctx, tx, rehomedSQL, h.Bind(h.Street(), batch)...)
	if err != nil {
		return 0, fmt.Errorf("clues of ended cells: %w", err)
	}
	of, homes := cell.Split(moved)
	if len(moved) > 0 {
		if _, err := tx.Exec(ctx, rehomeSQL, of, homes); err != nil {
			return 0, fmt.Errorf("move clues: %w", err)
		}
		ids, details := make([]uuid.UUID, len(moved)), make([]json.RawMessage, len(moved))
		for i, m := range moved {
			ids[i], details[i] = pg.NewID(), m.Line(edit)
		}
		_, role := audit.Who(tx.Actor)
		tx.Queue(insertRehomedSQL, tx.Now, role, ids, of, details)
	}
	if len(moved) == batch {
		return batch, nil
	}
	asked, err := pg.Exec(ctx, tx, rehomeVerificationsSQL, h.Bind(h.Street(), batch-len(moved))...)
	return len(moved) + int(asked), err
}
