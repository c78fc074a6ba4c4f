package api

import (
	"gridwork/domain/audit"
	"gridwork/domain/staff"
)

// StaffConnection is a page of the staff.
type StaffConnection = Connection[staff.Member]

// AuditConnection is a page of the audit log.
type AuditConnection = Connection[audit.Mark]

// StaffPayload is what a change of somebody's work gives.
type StaffPayload struct {
	Member *staff.Member
	Errors []UserError
}

// StaffPasswordPayload is what making a password gives.
type StaffPasswordPayload struct {
	Member   *staff.Member
	Password *string
	Errors   []UserError
}

// Password is the payload of a password that was made, or why it was not.
func Password(made *staff.Registered, refusal []UserError) *StaffPasswordPayload {
	if made == nil {
		return &StaffPasswordPayload{Errors: refusal}
	}
	return &StaffPasswordPayload{Member: &made.Member, Password: &made.Password, Errors: refusal}
}
