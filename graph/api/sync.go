package api

import "gridwork/domain/fieldwork"

type (
	// ConflictConnection is a page of conflicts.
	ConflictConnection = Connection[fieldwork.Conflict]
	// HeldOperationConnection is a page of operations in quarantine.
	HeldOperationConnection = Connection[fieldwork.Held]
)

// DecideConflictPayload is what deciding a conflict gives.
type DecideConflictPayload struct {
	Conflict *fieldwork.Conflict
	Errors   []UserError
}

// DecideHeldPayload is what deciding on an operation in quarantine gives.
type DecideHeldPayload struct {
	Held   *fieldwork.Held
	Errors []UserError
}
