package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/domain/escalation"
	"gridwork/pg"
)

// claimed is a due deadline, locked together with the case or clue that it presses, and what deciding needs to know of it.
type claimed struct {
	escalation.Claimed
	CaseNumber int64      `db:"number"` // the case's, or the clue's
	ChildNo    int        `db:"child_number"`
	Cell       string     `db:"cell"`
	Urgent     bool       `db:"urgent"`
	Restricted bool       `db:"restricted"` // only its readers may hear
	NameZH     string     `db:"name_zh"`    // of the category; empty while a clue has none
	NameEN     string     `db:"name_en"`
	Epoch      int        `db:"epoch"`
	Lead       *string    `db:"lead"`    // the case's department
	Handler    *uuid.UUID `db:"handler"` // who is named in the case
	Worker     *uuid.UUID `db:"worker"`  // whose check or verification is open
}

// pin is the ladder that the clock climbs.
func (c *claimed) pin() escalation.Pin {
	return escalation.Pin{Code: c.Ladder, Version: c.LadderVersion}
}

// Deadlines and their case are locked together, and both are skipped where somebody else holds one of them: no
// transaction ever waits for the keeper and the keeper for none. After a wait for nothing, a fired deadline is not armed
// any more, so that two keepers cannot have the same.
const claimCasesSQL = `select deadlines.id as deadline_id, deadlines.step, deadlines.occurrence, ` + escalation.ClockColumns + `,
		cases.number, cases.child_number, cases.cell, cases.urgent, cases.restricted, categories.name_zh, categories.name_en, cases.epoch,
		cases.department as lead, cases.handler_id as handler, check_tasks.assignee_id as worker
	from deadlines
	join cases on cases.id = deadlines.case_id
	join clocks on clocks.id = deadlines.clock_id
	join categories on categories.code = cases.category
	left join check_tasks on check_tasks.case_id = cases.id and check_tasks.state = 'open' and clocks.stage = 'check'
	where deadlines.state = 'armed' and deadlines.case_id is not null and deadlines.due_at <= $1
	order by deadlines.due_at, deadlines.id limit $2
	for no key update of deadlines, cases skip locked`

const claimCluesSQL = `select deadlines.id as deadline_id, deadlines.step, deadlines.occurrence, ` + escalation.ClockColumns + `,
		clues.number, 0 as child_number, clues.cell, clues.urgent, clues.restricted, coalesce(categories.name_zh, '') as name_zh, coalesce(categories.name_en, '') as name_en,
		0 as epoch, null::text as lead, null::uuid as handler, verify_tasks.assignee_id as worker
	from deadlines
	join clues on clues.id = deadlines.clue_id
	join clocks on clocks.id = deadlines.clock_id
	left join categories on categories.code = clues.category
	left join verify_tasks on verify_tasks.clue_id = clues.id and verify_tasks.state = 'open' and clocks.stage = 'verify'
	where deadlines.state = 'armed' and deadlines.clue_id is not null and deadlines.due_at <= $1
	order by deadlines.due_at, deadlines.id limit $2
	for no key update of deadlines, clues skip locked`

// claim takes the oldest due deadlines of cases and of clues, and the oldest acknowledgements that have run out, in one
// round trip.
func claim(ctx context.Context, tx *pg.Tx, max int) (due []claimed, expired []outlasted, err error) {
	var b pgx.Batch
	for _, query := range []string{claimCasesSQL, claimCluesSQL} {
		b.Queue(query, tx.Now, max).Query(func(rows pgx.Rows) error {
			due, err = pgx.AppendRows(due, rows, pgx.RowToStructByName[claimed])
			return err
		})
	}
	b.Queue(claimSilenceSQL, tx.Now, max).Query(func(rows pgx.Rows) error {
		expired, err = pgx.AppendRows(expired, rows, pgx.RowToStructByName[outlasted])
		return err
	})
	return due, expired, tx.SendBatch(ctx, &b).Close()
}
