package casework

import (
	"context"
	"io"

	"github.com/google/uuid"

	"gridwork/domain/escalation"
	"gridwork/enum"
	"gridwork/pg"
)

// AppealState is how far an appeal has come.
type AppealState string

const (
	AppealAsked    AppealState = "asked"    // nobody has reviewed it
	AppealSeconded AppealState = "seconded" // one reviewer agrees
	AppealGranted  AppealState = "granted"  // two do: statistics leave the lateness out
	AppealRefused  AppealState = "refused"  // one does not
)

// AppealStates lists every state of an appeal.
var AppealStates = []AppealState{AppealAsked, AppealSeconded, AppealGranted, AppealRefused}

func (s AppealState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *AppealState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, AppealStates) }

const appealColumns = `appeals.id, appeals.case_id, appeals.round, appeals.clock_id, appeals.department, appeals.grounds,
	appeals.asked_by, appeals.asked_at, appeals.first_reviewer, appeals.first_decision, appeals.first_note, appeals.first_at,
	appeals.second_reviewer, appeals.second_decision, appeals.second_note, appeals.state, appeals.decided_at`

// The clock $5 of a case that the viewer sees, or of one that has left the department that the viewer acts for.
const clockSQL = `select ` + escalation.ClockColumns + ` from clocks join cases scoped on scoped.id = clocks.case_id
	where clocks.id = $5 and (` + visible + ` or exists (select from unnest($1::text[], $2::text[]) as owner(region, department)
		where clocks.street ^@ owner.region and clocks.department = owner.department)
		and (not scoped.restricted or exists (select from case_readers named where named.case_id = scoped.id and named.person_id = $3)))`

const appealedSQL = `select exists (select from appeals where clock_id = $1)`

const insertAppealSQL = `insert into appeals (id, case_id, round, clock_id, department, grounds, asked_by, asked_at, state)
	values ($1, $2, $3, $4, $5, $6, $7, $8, 'asked')`

const appealSQL = `select ` + appealColumns + ` from appeals where id = $1`

const reviewAppealSQL = `update appeals set first_reviewer = $2, first_decision = $3, first_note = $4, first_at = $5,
	second_reviewer = $6, second_decision = $7, second_note = $8, state = $9, decided_at = $10 where id = $1`

const appealsSQL = `select ` + appealColumns + ` from appeals join cases scoped on scoped.id = appeals.case_id ` + ofCases + `
	order by appeals.case_id, appeals.asked_at, appeals.id`

// AppealsOf of all rounds, in order.
func AppealsOf(ctx context.Context, tx *pg.Tx, cases []uuid.UUID) (map[uuid.UUID][]Appeal, error) {
	return byCase(ctx, tx, appealsSQL, cases, func(a Appeal) uuid.UUID { return a.CaseID })
}
