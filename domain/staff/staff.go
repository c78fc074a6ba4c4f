// Package staff administers 人员管理 those who work on the platform: who they are, what they are granted, when they are on duty
// and which duty grids they look after. Grants take two administrators, and nobody administers themselves. Reporters are no
// staff: whoever is a volunteer and nothing else is never listed here.
package staff

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"gridwork/actor"
	"gridwork/domain/identity"
	"gridwork/fault"
	"gridwork/pg"
)

// Codes of the faults about staff.
const (
	CodeNotFound   = "PERSON_NOT_FOUND"    // nobody of the staff whom this viewer administers
	CodeNotAllowed = "NOT_ALLOWED"         // not what somebody of these roles does, or not there
	CodeOneself    = "ONESELF"             // nobody administers themselves
	CodeBeyond     = "PERSON_BEYOND"       // somebody who also works where the viewer administers nothing
	CodeLogin      = "LOGIN_MALFORMED"     // 3 to 64 of a–z, 0–9, dot, hyphen and underscore
	CodeLoginTaken = "LOGIN_TAKEN"         // somebody else signs in with it
	CodePhone      = "PHONE_MALFORMED"     // not E.164
	CodeLocale     = "LOCALE_UNKNOWN"      // neither zh nor en
	CodeRole       = "ROLE_NOT_STAFF"      // volunteers enrol themselves, systems come by a key
	CodeRegion     = "REGION_UNKNOWN"      // no such region
	CodeDepartment = "DEPARTMENT_UNKNOWN"  // no such department, or one where the role has none, or none where it has one
	CodeHeld       = "GRANT_HELD"          // granted already
	CodeAsked      = "GRANT_ASKED"         // asked for already, and not decided yet
	CodeNoRequest  = "REQUEST_NOT_FOUND"   // no such request that waits for a decision
	CodeNoGrant    = "GRANT_NOT_FOUND"     // no such grant in force
	CodeDisabled   = "PERSON_DISABLED"     // the account is closed
	CodeEnabled    = "PERSON_ENABLED"      // the account is open
	CodeShift      = "SHIFT_MALFORMED"     // a weekday twice or none, or a time that is none
	CodeNoShift    = "SHIFT_NOT_FOUND"     // no such shift
	CodePeriod     = "PERIOD_REVERSED"     // ends before it begins
	CodeNoAbsence  = "ABSENCE_NOT_FOUND"   // no such absence that is not over
	CodeNoGrid     = "DUTY_GRID_NOT_FOUND" // no such duty grid where the viewer administers
	CodeNoWorker   = "NOT_A_GRID_WORKER"   // duty grids are for grid workers of their street
	CodeDuty       = "DUTY_HELD"           // has this part in the duty grid already
	CodeNoDuty     = "DUTY_NOT_FOUND"      // has no part in the duty grid
	CodePart       = "PART_UNKNOWN"        // of a list: neither holder nor stand_in
	CodeDay        = "DAY_MALFORMED"       // of a list: no day
	CodeNotYet     = "GRANT_NOT_YET"       // of a list: the first day is still to come
)

const (
	nameMost   = 60 // characters
	reasonMost = 500
)

// Member 工作人员 is one of the staff.
type Member struct {
	identity.Person
	Phone      *string    `db:"phone"` // E.164
	CreatedAt  time.Time  `db:"created_at"`
	DisabledAt *time.Time `db:"disabled_at"` // since when the account is closed; nil: it is open
}

// Filter narrows the list of the staff; what is empty does not.
type Filter struct {
	Text       string     // a piece of the name or of the login
	Role       actor.Role // granted now
	Region     string     // a grant lies in it
	Department string     // of a grant
	Disabled   bool       // closed accounts instead of open ones
}

// Place is where a member stands in the list: by name.
type Place struct {
	Name string
	ID   uuid.UUID
}

// At is the member's place.
func (m Member) At() Place { return Place{m.Name, m.ID} }

// List is a page of the staff that the actor administers, by name, after a place (nil: from the first). more tells whether
// others follow.
func List(ctx context.Context, tx *pg.Tx, f Filter, after *Place, first int) (page []Member, more bool, err error) {
	if after == nil {
		after = &Place{}
	}
	reach := tx.Actor.Scope(actor.AdministerAll)
	page, err = pg.All[Member](ctx, tx, listSQL, reach.Regions, reach.Departments, after.Name, after.ID, strings.ToLower(strings.TrimSpace(f.Text)),
		f.Role, f.Region, f.Department, f.Disabled, first+1)
	return pg.Page(page, first, err)
}

// Look finds one of the staff that the actor administers. Fault: PERSON_NOT_FOUND.
func Look(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Member, error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	return one(ctx, tx, lookSQL, reach.Regions, reach.Departments, id)
}

func one(ctx context.Context, tx *pg.Tx, sql string, args ...any) (Member, error) {
	found, err := pg.All[Member](ctx, tx, sql, args...)
	if err == nil && len(found) == 0 {
		err = fault.NotFound(CodeNotFound, "nobody of the staff").At("person")
	}
	if err != nil {
		return Member{}, err
	}
	return found[0], nil
}

// take locks one of the staff, for a change that an administrator of all that they do may make, except to themselves.
func take(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Member, error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	m, err := one(ctx, tx, lockSQL, reach.Regions, reach.Departments, id)
	if err != nil {
		return m, err
	}
	if id == tx.Actor.ID {
		return m, errOneself.At("person")
	}
	beyond, err := pg.Val[bool](ctx, tx, beyondSQL, reach.Regions, reach.Departments, id)
	if err == nil && beyond {
		err = fault.Denied(CodeBeyond, "this person also works where you administer nothing").At("person")
	}
	return m, err
}

var errOneself = fault.Denied(CodeOneself, "nobody administers themselves: ask another administrator")
