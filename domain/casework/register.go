package casework

import (
	"context"
	"slices"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/fault"
	"gridwork/pg"
)

// RegisterMost is how many cases a register may have that is taken away: more are asked for in parts.
const RegisterMost = 50_000

// Entry is a case as a line of the register 台账, with the names of what its codes mean. It says nothing of who reported
// it, and nothing of who works on it.
type Entry struct {
	Case
	CategoryZH   string  `db:"category_zh"`
	CategoryEN   string  `db:"category_en"`
	StreetZH     string  `db:"street_zh"`
	StreetEN     string  `db:"street_en"`
	DepartmentZH *string `db:"department_zh"` // nil until routed
	DepartmentEN *string `db:"department_en"`
}

// taken is what the log says of a register that was taken away.
type taken struct {
	Region     string  `json:"region,omitempty"`
	Department string  `json:"department,omitempty"`
	Category   string  `json:"category,omitempty"`
	States     []State `json:"states,omitempty"`
	Cases      int     `json:"cases"`
}

// TakeRegister begins a register that leaves the platform as a file: it counts what it will hold, and writes down who
// takes it. What was looked for in the texts is not written down.
//
// Faults: REGISTER_NOT_YOURS for whoever reads no cases by role; REGISTER_TOO_LARGE above RegisterMost.
func TakeRegister(ctx context.Context, tx *pg.Tx, f Filter) (count int, err error) {
	if len(tx.Actor.Scope(actor.ReadCase).Regions) == 0 {
		return 0, fault.Denied("REGISTER_NOT_YOURS", "a register is for those who read cases by their role")
	}
	if count, err = pg.Val[int](ctx, tx, countRegisterSQL, f.args(tx, nil, RegisterMost+1)...); err != nil {
		return 0, err
	}
	if count > RegisterMost {
		return 0, fault.Invalid("REGISTER_TOO_LARGE", "a register has at most %d cases: ask for a smaller region, or fewer states", RegisterMost)
	}
	audit.Record(tx, "register.take", "register", "", taken{f.Region, f.Department, f.Category, f.States, count})
	return count, nil
}

// Register is a page of List with names, for a register that was begun, and where the next page begins; nil: it was the
// last. Restricted cases are in none, not even for their readers: a file goes where the platform does not see it.
func Register(ctx context.Context, tx *pg.Tx, f Filter, page Page) (entries []Entry, next *Place, err error) {
	found, err := pg.All[Entry](ctx, tx, registerSQL, f.args(tx, page.After, page.First+1)...)
	found, more, err := pg.Page(found, page.First, err)
	if more {
		end := found[len(found)-1].Place()
		next = &end
	}
	return slices.DeleteFunc(found, func(e Entry) bool { return e.Restricted }), next, err
}
