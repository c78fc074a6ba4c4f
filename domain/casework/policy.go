package casework

import (
	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/pg"
)

// visible is who may read a case, as a predicate on the row "scoped": whoever a grant reaches it for, assisting
// departments, the handler who is named, and the grid workers who hold its cell or were asked to check it, or to look at it again. A restricted
// case is for its named readers alone, whatever else they are. $1 and $2 are the reach of the grants, $3 the person, or
// null for the platform, $4 the time; scoped binds them.
const visible = ` ($3::uuid is null or (
		(` + actor.InScope + `
		or scoped.handler_id = $3
		or exists (select from assignments helped join unnest($1::text[], $2::text[]) as helper(region, department)
			on helped.department = helper.department and scoped.street ^@ helper.region
			where helped.case_id = scoped.id and helped.round = scoped.round and (helped.ended_at is null or helped.end_reason = 'closed'))
		or exists (select from check_tasks asked where asked.case_id = scoped.id and asked.assignee_id = $3)
		or exists (select from reinspections again where again.case_id = scoped.id and again.assignee_id = $3)
		or exists (select from cells held join duties on duties.duty_grid_id = held.duty_grid_id
			where held.code = scoped.cell and duties.person_id = $3
			and duties.valid_from <= $4 and (duties.valid_to is null or duties.valid_to > $4)))
		and (not scoped.restricted
			or exists (select from case_readers named where named.case_id = scoped.id and named.person_id = $3)))) `

// scoped puts the parameters of visible before a query's own, which begin at $5.
func scoped(tx *pg.Tx, args ...any) []any {
	scope := tx.Actor.Scope(actor.ReadCase)
	var person *uuid.UUID
	if tx.Actor.System == "" {
		person = &tx.Actor.ID
	}
	return append([]any{scope.Regions, scope.Departments, person, tx.Now}, args...)
}
