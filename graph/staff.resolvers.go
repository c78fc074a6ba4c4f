package graph

import (
	"context"

	"github.com/google/uuid"

	"gridwork/domain/audit"
	"gridwork/domain/cell"
	"gridwork/domain/identity"
	"gridwork/domain/staff"
	"gridwork/domain/standard"
	"gridwork/graph/api"
	"gridwork/graph/generated"
	"gridwork/pg"
)

func (r *auditRowResolver) Person(ctx context.Context, obj *audit.Mark) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.ActorID)
}

func (r *dutyResolver) Grid(ctx context.Context, obj *staff.Duty) (*cell.DutyGrid, error) {
	return load(ctx, loadersOf(ctx).dutyGrids, obj.Grid)
}

func (r *grantRequestResolver) Person(ctx context.Context, obj *staff.Request) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.PersonID)
}

func (r *grantRequestResolver) Region(ctx context.Context, obj *staff.Request) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *grantRequestResolver) Department(ctx context.Context, obj *staff.Request) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *grantRequestResolver) AskedBy(ctx context.Context, obj *staff.Request) (*identity.Person, error) {
	return load(ctx, loadersOf(ctx).people, obj.AskedBy)
}

func (r *mutationResolver) RegisterStaff(ctx context.Context, input staff.Registration) (*api.StaffPasswordPayload, error) {
	made, refusal, err := write(ctx, r.Resolver, staff.Register, input)
	return api.Password(made, refusal), err
}

func (r *mutationResolver) ResetPassword(ctx context.Context, id uuid.UUID) (*api.StaffPasswordPayload, error) {
	made, refusal, err := write(ctx, r.Resolver, staff.ResetPassword, id)
	return api.Password(made, refusal), err
}

func (r *mutationResolver) ChoosePassword(ctx context.Context, input identity.Choice) (*api.SignInPayload, error) {
	return r.signIn(ctx, func() (identity.Session, error) { return identity.Choose(ctx, r.DB, input, r.SessionTTL) })
}

func (r *mutationResolver) DisableStaff(ctx context.Context, input staff.DisableInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.Disable, input)
}

func (r *mutationResolver) EnableStaff(ctx context.Context, id uuid.UUID) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.Enable, id)
}

func (r *mutationResolver) AskGrant(ctx context.Context, input staff.AskInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.Ask, input)
}

func (r *mutationResolver) DecideGrant(ctx context.Context, input staff.DecideInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.Decide, input)
}

func (r *mutationResolver) WithdrawGrant(ctx context.Context, id uuid.UUID) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.Withdraw, id)
}

func (r *mutationResolver) RevokeGrant(ctx context.Context, id uuid.UUID) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.Revoke, id)
}

func (r *mutationResolver) AddShift(ctx context.Context, input staff.ShiftInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.AddShift, input)
}

func (r *mutationResolver) EndShift(ctx context.Context, id uuid.UUID) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.EndShift, id)
}

func (r *mutationResolver) AddAbsence(ctx context.Context, input staff.AbsenceInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.AddAbsence, input)
}

func (r *mutationResolver) EndAbsence(ctx context.Context, id uuid.UUID) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.EndAbsence, id)
}

func (r *mutationResolver) AssignDuty(ctx context.Context, input staff.DutyInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.AssignDuty, input)
}

func (r *mutationResolver) EndDuty(ctx context.Context, input staff.EndDutyInput) (*api.StaffPayload, error) {
	return onStaff(ctx, r.Resolver, staff.EndDuty, input)
}

func (r *queryResolver) Staff(ctx context.Context, filter staff.Filter, first int, after *string) (*api.Connection[staff.Member], error) {
	place, err := api.Turn[staff.Place](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, staff.Member.At, func(tx *pg.Tx) ([]staff.Member, bool, error) {
		return staff.List(ctx, tx, filter, place, first)
	})
}

func (r *queryResolver) StaffMember(ctx context.Context, id uuid.UUID) (*staff.Member, error) {
	return found(read(ctx, r.Resolver, staff.Look, id))
}

func (r *queryResolver) GrantRequests(ctx context.Context) ([]staff.Request, error) {
	return pg.ReadVal(ctx, r.DB, func(tx *pg.Tx) ([]staff.Request, error) { return staff.Requests(ctx, tx) })
}

func (r *queryResolver) AuditLog(ctx context.Context, filter audit.Filter, first int, after *string) (*api.Connection[audit.Mark], error) {
	before, err := api.Turn[uuid.UUID](first, 100, after)
	if err != nil {
		return nil, err
	}
	return page(ctx, r.Resolver, func(m audit.Mark) uuid.UUID { return m.ID }, func(tx *pg.Tx) ([]audit.Mark, bool, error) {
		return audit.List(ctx, tx, filter, before, first)
	})
}

func (r *shiftResolver) Region(ctx context.Context, obj *staff.Shift) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *shiftResolver) Department(ctx context.Context, obj *staff.Shift) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *staffGrantResolver) Region(ctx context.Context, obj *staff.Grant) (*cell.Region, error) {
	return load(ctx, loadersOf(ctx).regions, obj.Region)
}

func (r *staffGrantResolver) Department(ctx context.Context, obj *staff.Grant) (*standard.Department, error) {
	return maybe(ctx, loadersOf(ctx).departments, obj.Department)
}

func (r *staffGrantResolver) GrantedBy(ctx context.Context, obj *staff.Grant) (*identity.Person, error) {
	return maybe(ctx, loadersOf(ctx).people, obj.GrantedBy)
}

func (r *staffMemberResolver) Grants(ctx context.Context, obj *staff.Member) ([]staff.Grant, error) {
	return load(ctx, loadersOf(ctx).grants, obj.ID)
}

func (r *staffMemberResolver) Shifts(ctx context.Context, obj *staff.Member) ([]staff.Shift, error) {
	return load(ctx, loadersOf(ctx).shifts, obj.ID)
}

func (r *staffMemberResolver) Absences(ctx context.Context, obj *staff.Member) ([]staff.Absence, error) {
	return load(ctx, loadersOf(ctx).absences, obj.ID)
}

func (r *staffMemberResolver) Duties(ctx context.Context, obj *staff.Member) ([]staff.Duty, error) {
	return load(ctx, loadersOf(ctx).duties, obj.ID)
}

func (r *Resolver) AuditRow() generated.AuditRowResolver { return &auditRowResolver{r} }

func (r *Resolver) Duty() generated.DutyResolver { return &dutyResolver{r} }

func (r *Resolver) GrantRequest() generated.GrantRequestResolver { return &grantRequestResolver{r} }

func (r *Resolver) Shift() generated.ShiftResolver { return &shiftResolver{r} }

func (r *Resolver) StaffGrant() generated.StaffGrantResolver { return &staffGrantResolver{r} }

func (r *Resolver) StaffMember() generated.StaffMemberResolver { return &staffMemberResolver{r} }

type (
	auditRowResolver     struct{ *Resolver }
	dutyResolver         struct{ *Resolver }
	grantRequestResolver struct{ *Resolver }
	shiftResolver        struct{ *Resolver }
	staffGrantResolver   struct{ *Resolver }
	staffMemberResolver  struct{ *Resolver }
)
