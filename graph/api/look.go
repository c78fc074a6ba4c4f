package api

import "gridwork/domain/look"

// LookPayload is what telling of a look gives.
type LookPayload struct {
	Looks  []look.Look
	Errors []UserError
}
