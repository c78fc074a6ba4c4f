package staff

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"gridwork/actor"
	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/standard"
	"gridwork/enum"
	"gridwork/fault"
	"gridwork/pg"
)

// RequestState is how far a request has come.
type RequestState string

const (
	Asked     RequestState = "asked"
	Granted   RequestState = "granted"
	Refused   RequestState = "refused"
	Withdrawn RequestState = "withdrawn"
)

// RequestStates lists them all.
var RequestStates = []RequestState{Asked, Granted, Refused, Withdrawn}

func (s RequestState) MarshalGQL(w io.Writer)     { enum.Marshal(w, s) }
func (s *RequestState) UnmarshalGQL(in any) error { return enum.Unmarshal(s, in, RequestStates) }

// GrantOf is what somebody is to be.
type GrantOf struct {
	Role       actor.Role
	Region     string // division code
	Department string // for desks and handlers, who have one; "" for all others
}

// Grant is one in force.
type Grant struct {
	ID         uuid.UUID  `db:"id"`
	PersonID   uuid.UUID  `db:"person_id"`
	Role       actor.Role `db:"role"`
	Region     string     `db:"region"`
	Department *string    `db:"department"`
	GrantedBy  *uuid.UUID `db:"granted_by"` // the second of the two administrators; nil: the installation itself
	GrantedAt  time.Time  `db:"granted_at"`
}

// Request asks for a grant.
type Request struct {
	ID         uuid.UUID    `db:"id"`
	PersonID   uuid.UUID    `db:"person_id"`
	Role       actor.Role   `db:"role"`
	Region     string       `db:"region"`
	Department *string      `db:"department"`
	State      RequestState `db:"state"`
	AskedBy    uuid.UUID    `db:"asked_by"`
	AskedAt    time.Time    `db:"asked_at"`
	DecidedBy  *uuid.UUID   `db:"decided_by"`
	DecidedAt  *time.Time   `db:"decided_at"`
}

// Grants are what people are granted now, by person, role and region.
func Grants(ctx context.Context, tx *pg.Tx, people []uuid.UUID) ([]Grant, error) {
	return pg.All[Grant](ctx, tx, grantsSQL, people)
}

// Requests are those of regions that the actor administers that wait for a decision, the oldest first.
func Requests(ctx context.Context, tx *pg.Tx) ([]Request, error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	return pg.All[Request](ctx, tx, requestsSQL, reach.Regions, reach.Departments)
}

// AskInput asks for a grant for one of the staff.
type AskInput struct {
	Person uuid.UUID
	Grant  GrantOf
}

// Ask asks for a grant, which another administrator decides.
//
// Faults: PERSON_NOT_FOUND, ONESELF, PERSON_DISABLED at "person"; ROLE_NOT_STAFF, REGION_UNKNOWN, DEPARTMENT_UNKNOWN, NOT_ALLOWED,
// GRANT_HELD, GRANT_ASKED below "grant".
func Ask(ctx context.Context, tx *pg.Tx, in AskInput) (Member, error) {
	m, err := Look(ctx, tx, in.Person)
	switch {
	case err != nil:
		return m, err
	case m.ID == tx.Actor.ID:
		return m, errOneself.At("person")
	case m.DisabledAt != nil:
		return m, errDisabled
	}
	if err := in.Grant.check(ctx, tx); err != nil {
		return m, fault.Under("grant", err)
	}
	return m, fault.Under("grant", ask(ctx, tx, m.ID, in.Grant))
}

// check refuses a grant that nobody can have, or that is not the actor's to ask for.
func (g GrantOf) check(ctx context.Context, tx *pg.Tx) error {
	if !slices.Contains(staffRoles, g.Role) {
		return fault.Invalid(CodeRole, "volunteers enrol themselves, and systems come by a key").At("role")
	}
	regions, err := cell.Regions(ctx, tx, []string{g.Region})
	if err != nil {
		return err
	}
	if len(regions) == 0 {
		return fault.Invalid(CodeRegion, "there is no region %q", g.Region).At("region")
	}
	if !tx.Actor.May(actor.AdministerAll, g.Region, "") {
		return fault.Denied(CodeNotAllowed, "this is for administrators of that region").At("region")
	}
	return g.checkDepartment(ctx, tx)
}

func (g GrantOf) checkDepartment(ctx context.Context, tx *pg.Tx) error {
	has := g.Role == actor.DepartmentDesk || g.Role == actor.Handler
	if has == (g.Department == "") {
		return fault.Invalid(CodeDepartment, "desks and handlers belong to a department, and nobody else does").At("department")
	}
	if !has {
		return nil
	}
	known, err := standard.Departments(ctx, tx)
	if err == nil && !slices.ContainsFunc(known, func(d standard.Department) bool { return d.Code == g.Department }) {
		err = fault.Invalid(CodeDepartment, "there is no department %q", g.Department).At("department")
	}
	return err
}

func ask(ctx context.Context, tx *pg.Tx, person uuid.UUID, g GrantOf) error {
	held, err := pg.Val[bool](ctx, tx, heldSQL, person, g.Role, g.Region, g.Department)
	if err != nil {
		return err
	}
	if held {
		return fault.Conflict(CodeHeld, "this is granted already")
	}
	r, err := pg.One[Request](ctx, tx, askSQL, pg.NewID(), person, g.Role, g.Region, g.Department, tx.Actor.ID, tx.Now)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Conflict(CodeAsked, "this was asked for already, and is not decided yet")
	}
	if err != nil {
		return fmt.Errorf("ask for a grant: %w", err)
	}
	r.record(tx, "grant.ask")
	return nil
}

func (r Request) record(tx *pg.Tx, action string) {
	audit.Record(tx, action, "person", r.PersonID.String(), map[string]any{"request": r.ID, "role": r.Role, "region": r.Region, "department": r.Department})
}

// DecideInput decides a request.
type DecideInput struct {
	Request uuid.UUID
	Grant   bool // or refuse
}

// Decide grants or refuses what another administrator has asked for somebody else. It holds with the person's next request.
// Faults: REQUEST_NOT_FOUND at "request"; ONESELF for whoever asked, and for whom it was asked; PERSON_DISABLED.
func Decide(ctx context.Context, tx *pg.Tx, in DecideInput) (Member, error) {
	r, m, err := takeRequest(ctx, tx, in.Request)
	switch {
	case err != nil:
		return m, err
	case r.AskedBy == tx.Actor.ID:
		return m, fault.Denied(CodeOneself, "a grant takes two administrators: another one decides").At("request")
	case r.PersonID == tx.Actor.ID:
		return m, errOneself.At("request")
	case in.Grant && m.DisabledAt != nil:
		return m, errDisabled
	}
	state := Refused
	if in.Grant {
		state = Granted
		tx.Queue(grantSQL, pg.NewID(), r.PersonID, r.Role, r.Region, r.Department, tx.Actor.ID, tx.Now)
	}
	tx.Queue(decideSQL, r.ID, state, tx.Actor.ID, tx.Now)
	r.record(tx, "grant."+string(state))
	return m, nil
}

// Withdraw takes back what the actor has asked for. Faults: REQUEST_NOT_FOUND; NOT_ALLOWED for everybody else.
func Withdraw(ctx context.Context, tx *pg.Tx, request uuid.UUID) (Member, error) {
	r, m, err := takeRequest(ctx, tx, request)
	if err == nil && r.AskedBy != tx.Actor.ID {
		err = fault.Denied(CodeNotAllowed, "another administrator has asked for this: refuse it").At("request")
	}
	if err != nil {
		return m, err
	}
	tx.Queue(decideSQL, r.ID, Withdrawn, tx.Actor.ID, tx.Now)
	r.record(tx, "grant.withdrawn")
	return m, nil
}

func takeRequest(ctx context.Context, tx *pg.Tx, id uuid.UUID) (Request, Member, error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	found, err := pg.All[Request](ctx, tx, lockRequestSQL, reach.Regions, reach.Departments, id)
	if err == nil && len(found) == 0 {
		err = fault.NotFound(CodeNoRequest, "no such request waits for a decision").At("request")
	}
	if err != nil {
		return Request{}, Member{}, err
	}
	m, err := one(ctx, tx, byIDSQL, found[0].PersonID)
	return found[0], m, err
}

// Revoke ends a grant at once; the person's sessions end, so that nothing is kept open with it. It takes one administrator.
// Faults: GRANT_NOT_FOUND at "grant"; ONESELF.
func Revoke(ctx context.Context, tx *pg.Tx, grant uuid.UUID) (Member, error) {
	reach := tx.Actor.Scope(actor.AdministerAll)
	found, err := pg.All[Grant](ctx, tx, lockGrantSQL, reach.Regions, reach.Departments, grant)
	if err == nil && len(found) == 0 {
		err = fault.NotFound(CodeNoGrant, "no such grant is in force").At("grant")
	}
	if err != nil {
		return Member{}, err
	}
	g := found[0]
	if g.PersonID == tx.Actor.ID {
		return Member{}, errOneself.At("grant")
	}
	tx.Queue(revokeGrantSQL, g.ID, tx.Now)
	identity.EndSessions(tx, g.PersonID)
	audit.Record(tx, "grant.revoke", "person", g.PersonID.String(), map[string]any{"role": g.Role, "region": g.Region, "department": g.Department})
	return one(ctx, tx, byIDSQL, g.PersonID)
}
