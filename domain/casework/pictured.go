package casework

import (
	"context"

	"github.com/google/uuid"

	"gridwork/pg"
)

// Pictured is what photos belong to, as far as it decides who judges by them.
type Pictured struct {
	Subject uuid.UUID   `db:"subject"`
	Street  string      `db:"street"`
	Clue    *uuid.UUID  `db:"clue_id"`
	Cases   []uuid.UUID `db:"cases"` // behind which it stands
	Taker   *uuid.UUID  `db:"taker"` // who took them, where that is no secret
	Mark    []byte      `db:"mark"`  // of the clue's reporter
}

// Reported tells that the photos came with a report.
func (p Pictured) Reported() bool { return p.Clue != nil && *p.Clue == p.Subject }

// PicturedBy finds what photos belong to by the subjects' ids, whoever looks: what is shown of it is for the caller to decide.
// What a person has yet to decide on is not among it.
func PicturedBy(ctx context.Context, tx *pg.Tx, subjects []uuid.UUID) ([]Pictured, error) {
	return pg.All[Pictured](ctx, tx, picturedSQL, subjects)
}

// domain/sampling, a rung above, keeps the rest of re-inspections.
const picturedSQL = `select id as subject, street, id as clue_id, case when case_id is null then '{}'::uuid[] else array[case_id] end as cases,
		null::uuid as taker, mark from clues where id = any($1::uuid[])
	union all
	select v.id, v.street, v.clue_id, case when c.case_id is null then '{}' else array[c.case_id] end, v.assignee_id, null
		from verify_tasks v join clues c on c.id = v.clue_id where v.id = any($1::uuid[])
	union all
	select d.id, k.street, null, array[d.case_id], d.handler_id, null
		from disposals d join cases k on k.id = d.case_id where d.id = any($1::uuid[])
	union all
	select id, street, null, array[case_id], assignee_id, null from check_tasks where id = any($1::uuid[])
	union all
	select i.id, t.street, null, array(select case_id from findings where inspection_id = i.id and case_id is not null order by case_id), i.person_id, null
		from inspections i join inspection_tasks t on t.id = i.task_id where i.id = any($1::uuid[])
	union all
	select r.id, k.street, null, array[r.case_id], r.assignee_id, null
		from reinspections r join cases k on k.id = r.case_id where r.id = any($1::uuid[])
	order by 1`
