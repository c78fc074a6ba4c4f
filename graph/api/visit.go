package api

import "gridwork/domain/visit"

type (
	// VisitCodeConnection is a page of premises with their codes.
	VisitCodeConnection = Connection[visit.Plate]
	// VisitSightingConnection is a page of codes that were read.
	VisitSightingConnection = Connection[visit.Sighting]
)

// PrintVisitCodesPayload is what printing codes gives.
type PrintVisitCodesPayload struct {
	Codes  []visit.Printed
	Errors []UserError
}

// WithdrawVisitCodePayload is what withdrawing a code gives.
type WithdrawVisitCodePayload struct {
	Code   *visit.Plate
	Errors []UserError
}
