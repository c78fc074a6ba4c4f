package standard

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// Standards is everything that one version says.
type Standards struct {
	Departments []Department
	Categories  []Category
	Filings     []Filing // ID, Version and Position are given by Publish; the order within a category counts
	Limits      []TimeLimit
}

// Publish makes the next version current and returns its number. Departments and categories are added or renamed, never
// removed. Open cases keep the version that they were filed under. Faults carry the path, such as "filings[3].limit.number".
func Publish(ctx context.Context, tx *pg.Tx, s Standards) (int, error) {
	if tx.Actor.System == "" && !tx.Actor.Has(actor.Admin) {
		return 0, fault.Denied("ACTION_NOT_YOURS", "only administrators publish standards")
	}
	if err := s.Check(); err != nil {
		return 0, err
	}
	version, err := pg.Val[int](ctx, tx, nextVersionSQL)
	if err != nil {
		return 0, err
	}
	if err := s.write(ctx, tx, version); err != nil {
		return 0, err
	}
	audit.Record(tx, "standard.publish", "standard", strconv.Itoa(version), map[string]int{"filings": len(s.Filings)})
	return version, nil
}

func (s Standards) write(ctx context.Context, tx *pg.Tx, version int) error {
	b := &pgx.Batch{}
	b.Queue(upsertDepartmentsSQL, column(s.Departments, func(d Department) string { return d.Code }),
		column(s.Departments, func(d Department) string { return d.NameZH }),
		column(s.Departments, func(d Department) string { return d.NameEN }))
	b.Queue(upsertCategoriesSQL, column(s.Categories, func(c Category) string { return c.Code }),
		column(s.Categories, func(c Category) string { return string(c.Kind) }),
		column(s.Categories, func(c Category) string { return c.MajorZH }),
		column(s.Categories, func(c Category) string { return c.MajorEN }),
		column(s.Categories, func(c Category) string { return c.NameZH }),
		column(s.Categories, func(c Category) string { return c.NameEN }),
		column(s.Categories, func(c Category) bool { return c.Restricted }),
		column(s.Categories, func(c Category) bool { return c.Hazard }))
	b.Queue(insertStageLimitsSQL, version, column(s.Limits, func(l TimeLimit) string { return l.Stage }),
		column(s.Limits, func(l TimeLimit) bool { return l.Urgent }),
		column(s.Limits, func(l TimeLimit) int { return l.LimitNumber }),
		column(s.Limits, func(l TimeLimit) string { return string(l.LimitUnit) }))
	err := tx.SendBatch(ctx, b).Close()
	if pg.Constraint(err) == "stage_limits_pkey" {
		return fault.Conflict("STANDARD_RACE", "another version was published at the same time").Because(err)
	}
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, "filing_standards", filingColumns, s.rows(version))
	return err
}

var filingColumns = []string{"id", "version", "category", "position", "condition_zh", "condition_en", "limit_number",
	"limit_unit", "closing_zh", "closing_en", "department", "assisting", "legal_basis", "urgent"}

func (s Standards) rows(version int) pgx.CopyFromSource {
	position := map[string]int{}
	return pgx.CopyFromSlice(len(s.Filings), func(i int) ([]any, error) {
		f := s.Filings[i]
		position[f.Category]++
		assisting := append([]string{}, f.Assisting...) // never null
		return []any{pg.NewID(), version, f.Category, position[f.Category], f.ConditionZH, f.ConditionEN, f.LimitNumber,
			string(f.LimitUnit), f.ClosingZH, f.ClosingEN, f.Department, assisting, f.LegalBasis, f.Urgent}, nil
	})
}

func column[T, V any](rows []T, value func(T) V) []V {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = value(row)
	}
	return values
}

// Stages that have a limit of their own, whatever the category; and what follows them: a written reply to an order, an
// appeal against lateness, a reporter's reopening.
var stages = []string{"verify", "file", "dispatch", "accept", "check", "quality", "total", "reply", "appeal", "reopen"}

// Check refuses standards that contradict themselves: every filing names a category and departments of the same
// Standards, every limit can be counted, and every stage has one limit for urgent and one for other cases.
func (s Standards) Check() error {
	for i, d := range s.Departments {
		if !named(d.Code, d.NameZH, d.NameEN) {
			return fault.Invalid("DEPARTMENT_UNNAMED", "a department needs a code and both names").At(at("departments", i))
		}
	}
	for i, c := range s.Categories {
		if err := c.check(); err != nil {
			return fault.Under(at("categories", i), err)
		}
	}
	for i, f := range s.Filings {
		if err := f.check(s); err != nil {
			return fault.Under(at("filings", i), err)
		}
	}
	return s.checkLimits()
}

func (c Category) check() error {
	digits := func(r rune) bool { return r < '0' || r > '9' }
	switch {
	case len(c.Code) != 4 || strings.ContainsFunc(c.Code, digits):
		return fault.Invalid("CATEGORY_CODE", "a category's code has 4 digits").At("code")
	case !slices.Contains(Kinds, c.Kind):
		return fault.Invalid("CATEGORY_KIND", "a category is a component, an event or a dispute").At("kind")
	case !named(c.MajorZH, c.MajorEN, c.NameZH, c.NameEN):
		return fault.Invalid("CATEGORY_UNNAMED", "a category needs its names in both languages")
	}
	return nil
}

func (f Filing) check(s Standards) error {
	switch {
	case !slices.ContainsFunc(s.Categories, func(c Category) bool { return c.Code == f.Category }):
		return fault.Invalid("CATEGORY_UNKNOWN", "there is no such category").At("category")
	case !s.knows(f.Department):
		return fault.Invalid("DEPARTMENT_UNKNOWN", "there is no such department").At("department")
	case !named(f.ConditionZH, f.ConditionEN, f.ClosingZH, f.ClosingEN, f.LegalBasis):
		return fault.Invalid("STANDARD_INCOMPLETE", "a standard states its condition, its closing and its legal basis")
	}
	for i, d := range f.Assisting {
		if !s.knows(d) || d == f.Department {
			return fault.Invalid("DEPARTMENT_UNKNOWN", "assisting departments exist and do not lead").At(at("assisting", i))
		}
	}
	return fault.Under("limit", f.Limit().Check())
}

func (s Standards) knows(department string) bool {
	return slices.ContainsFunc(s.Departments, func(d Department) bool { return d.Code == department })
}

func (s Standards) checkLimits() error {
	type key struct {
		stage  string
		urgent bool
	}
	seen := map[key]bool{}
	for i, l := range s.Limits {
		k := key{l.Stage, l.Urgent}
		if !slices.Contains(stages, l.Stage) || seen[k] {
			return fault.Invalid("STAGE_LIMIT", "each stage has one limit for urgent and one for other cases").At(at("limits", i))
		}
		if err := l.Limit().Check(); err != nil {
			return fault.Under(at("limits", i), err)
		}
		seen[k] = true
	}
	if len(seen) != 2*len(stages) {
		return fault.Invalid("STAGE_LIMIT_MISSING", "every stage needs a limit, urgent and not").At("limits")
	}
	return nil
}

func named(texts ...string) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" })
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
