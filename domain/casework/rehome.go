package casework

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/pg"
)

// Open cases and their undecided checks in the ended cells: both go where the case is.
const (
	openInEnded = ` from cases work where work.cell = any($3) and work.state not in ('closed', 'voided', 'force_closed') `

	homesSQL = `select 'case' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home ` + openInEnded + `) moving group by home order by home`

	rehomedSQL = `select work.id, work.round, work.cell, ` + cell.NewHome + ` as home ` + openInEnded + ` order by work.id limit $5 for no key update`

	rehomeSQL = `update cases set cell = moved.home from unnest($1::uuid[], $2::text[]) as moved(id, home) where cases.id = moved.id`

	askedInEnded = ` from (select t.id, t.cell, c.point from check_tasks t join cases c on c.id = t.case_id
		where t.state = 'open' and t.cell = any($3)) work `

	homesOfChecksSQL = `select 'check' as work, home as cell, count(*)::int as count from (
		select ` + cell.NewHome + ` as home ` + askedInEnded + `) moving group by home order by home`

	rehomeChecksSQL = `update check_tasks set cell = moved.home from (
			select work.id, ` + cell.NewHome + ` as home ` + askedInEnded + ` order by work.id limit $5
		) moved where check_tasks.id = moved.id and check_tasks.state = 'open'`
)

// Homes counts which open cases and checks in ended cells would go to which cell. Restricted cases are counted like others.
func Homes(ctx context.Context, tx *pg.Tx, h cell.Heirs) ([]cell.Moving, error) {
	cases, err := pg.All[cell.Moving](ctx, tx, homesSQL, h.Bind()...)
	if err != nil {
		return nil, fmt.Errorf("cases of ended cells: %w", err)
	}
	checks, err := pg.All[cell.Moving](ctx, tx, homesOfChecksSQL, h.Bind()...)
	return append(cases, checks...), err
}

// Rehome moves the next open cases and checks out of ended cells, at most batch of them, and returns how many. What is
// over stays where it was. Neither clocks nor versions move: a form that somebody is filling in stays good.
func Rehome(ctx context.Context, tx *pg.Tx, h cell.Heirs, edit uuid.UUID, batch int) (int, error) {
	moved, err := pg.All[rehomed](ctx, tx, rehomedSQL, h.Bind(batch)...)
	if err != nil {
		return 0, fmt.Errorf("cases of ended cells: %w", err)
	}
	if err := move(ctx, tx, moved, edit); err != nil {
		return 0, fmt.Errorf("move cases: %w", err)
	}
	if len(moved) == batch {
		return batch, nil
	}
	checks, err := pg.Exec(ctx, tx, rehomeChecksSQL, h.Bind(batch-len(moved))...)
	return len(moved) + int(checks), err
}

// rehomed is a case that was moved, in the round that it stands in.
type rehomed struct {
	cell.Rehomed
	Round int `db:"round"`
}

func move(ctx context.Context, tx *pg.Tx, moved []rehomed, edit uuid.UUID) error {
	if len(moved) == 0 {
		return nil
	}
	ids, of, rounds := make([]uuid.UUID, len(moved)), make([]uuid.UUID, len(moved)), make([]int, len(moved))
	homes, details := make([]string, len(moved)), make([]json.RawMessage, len(moved))
	for i, m := range moved {
		ids[i], of[i], rounds[i], homes[i], details[i] = pg.NewID(), m.ID, m.Round, m.To, m.Line(edit)
	}
	if _, err := tx.Exec(ctx, rehomeSQL, of, homes); err != nil {
		return err
	}
	by, role := audit.Who(tx.Actor)
	tx.Queue(insertCaseEventsSQL, tx.Now, "rehomed", by, role, ids, of, rounds, details)
	tx.Wake() // whoever watches the cases looks again
	return nil
}
