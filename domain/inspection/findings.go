package inspection

import (
	"context"

	"github.com/google/uuid"

	"gridwork/pg"
)

const findingsOfCasesSQL = `select id, inspection_id, task_id, cell, street, item, category, note, point, fixed, case_id, found_at
	from findings where case_id = any($1::uuid[]) order by case_id, found_at, id`

// FindingsOfCases are the findings that cases were filed from, by case. The caller has made sure that the viewer may see
// the cases.
func FindingsOfCases(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Finding, error) {
	all, err := pg.All[Finding](ctx, tx, findingsOfCasesSQL, cases)
	found := make(map[uuid.UUID][]Finding, len(cases))
	for _, f := range all {
		found[*f.CaseID] = append(found[*f.CaseID], f)
	}
	return found, err
}
