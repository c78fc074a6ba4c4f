package casework

import (
	"context"
	"time"

	"gridwork/actor"
	"gridwork/domain/standard"
	"gridwork/fault"
	"gridwork/pg"
)

// precedentsMost is how many precedents stand beside a rule or a case.
const precedentsMost = 10

// Precedent is an arbitrated return 裁决 without the case that it was about: whose a kind of case was said to be, by whom,
// and what was decided.
type Precedent struct {
	Category   string    `db:"category"`
	Street     string    `db:"street"`
	Department string    `db:"department"` // said "not ours"
	Proposed   string    `db:"proposed"`
	Basis      string    `db:"basis"`
	Decision   Decision  `db:"decision"`
	Note       *string   `db:"note"`
	DecidedAt  time.Time `db:"decided_at"`
	Rule       *string   `db:"rule"` // the code of the rule that had sent the case there; nil: a person had
}

const precedentColumns = `scoped.category, scoped.street, r.department, r.proposed, r.basis, r.decision, r.note, r.decided_at,
	(select tried->>'rule' from case_rounds rounds, jsonb_array_elements(rounds.trace) as tried
		where rounds.case_id = r.case_id and rounds.round = r.round and tried->>'failed' is null limit 1) as rule`

const precedentsOfRuleSQL = `select * from (select ` + precedentColumns + `
	from return_requests r join cases scoped on scoped.id = r.case_id
	where r.decided_at is not null and r.decided_at > $1 and not scoped.restricted) as precedent
	where rule = $2 order by decided_at desc, category, street limit $3`

// The likest ones: of the category, those of the street first, then of the district.
const precedentsOfCaseSQL = `select ` + precedentColumns + `
	from return_requests r join cases scoped on scoped.id = r.case_id
	where r.decided_at is not null and scoped.category = $1 and scoped.street ^@ left($2, 6) and not scoped.restricted and r.case_id <> $3
	order by scoped.street = $2 desc, r.decided_at desc, r.id limit $4`

// precedentAge is how old a precedent may be that stands beside a rule.
const precedentAge = 90 * 24 * time.Hour

// PrecedentsOfRule are the returns that were decided lately of cases that a rule had sent, the newest first: for
// administrators and supervisors.
func PrecedentsOfRule(ctx context.Context, tx *pg.Tx, rule string) ([]Precedent, error) {
	if tx.Actor.System == "" && !tx.Actor.Has(actor.Admin) && !tx.Actor.Has(actor.Supervisor) {
		return nil, fault.Denied("ACTION_NOT_YOURS", "precedents of rules are for administrators and supervisors")
	}
	return pg.All[Precedent](ctx, tx, precedentsOfRuleSQL, tx.Now.Add(-precedentAge), rule, precedentsMost)
}

// Precedents are returns that were decided of cases like this one, the likest first: for whoever decides on its own.
func (c Case) Precedents(ctx context.Context, tx *pg.Tx) ([]Precedent, error) {
	return pg.All[Precedent](ctx, tx, precedentsOfCaseSQL, c.Category, c.Street, c.ID, precedentsMost)
}

// LedgerFilter narrows the ledger of returns.
type LedgerFilter struct {
	Region   string
	From, To time.Time // when they were asked for
}

// LedgerLine 退回台账 is what became of the returns of one department.
type LedgerLine struct {
	Department string `db:"department"`
	Dispatched int    `db:"dispatched"` // cases that the department was to lead
	Asked      int    `db:"asked"`
	Upheld     int    `db:"upheld"`
	Rejected   int    `db:"rejected"`
	Hidden     int    `db:"hidden"` // asked for in restricted cases, which the others leave out: see Restricted
}

// Restricted is how many returns of restricted cases may be told.
func (l LedgerLine) Restricted() *int { return standard.Disclosed(l.Hidden) }

// Share of the cases that the department was to lead, which it said were not its own; 0 where it was to lead none.
func (l LedgerLine) Share() float64 {
	if l.Dispatched == 0 {
		return 0
	}
	return float64(l.Asked) / float64(l.Dispatched)
}

const ledgerSQL = `select d.code as department,
		(select count(*) from assignments a join cases scoped on scoped.id = a.case_id
			where a.department = d.code and a.part = 'lead' and a.assigned_at between $3 and $4 and scoped.cell ^@ $5 and not scoped.restricted and ` + actor.InRegion + `) as dispatched,
		count(r.id) filter (where not r.restricted) as asked, count(r.id) filter (where r.decision = 'upheld' and not r.restricted) as upheld,
		count(r.id) filter (where r.decision = 'rejected' and not r.restricted) as rejected, count(r.id) filter (where r.restricted) as hidden
	from departments d left join (
		select returned.id, returned.department, returned.decision, scoped.restricted from return_requests returned join cases scoped on scoped.id = returned.case_id
		where returned.requested_at between $3 and $4 and scoped.cell ^@ $5 and ` + actor.InRegion + `) as r on r.department = d.code
	group by d.code order by d.code`

// ReturnLedger counts returns by department within the viewer's reach, every department once, by code. ACTION_NOT_YOURS for
// whoever may read no counts; PERIOD_REVERSED at "to".
func ReturnLedger(ctx context.Context, tx *pg.Tx, f LedgerFilter) ([]LedgerLine, error) {
	if f.To.Before(f.From) {
		return nil, fault.Invalid("PERIOD_REVERSED", "a period ends after it begins").At("to")
	}
	reach := tx.Actor.Scope(actor.ReadMeasure)
	if len(reach.Regions) == 0 {
		return nil, fault.Denied("ACTION_NOT_YOURS", "counts are for those who run the work")
	}
	return pg.All[LedgerLine](ctx, tx, ledgerSQL, reach.Regions, reach.Departments, f.From, f.To, f.Region)
}
