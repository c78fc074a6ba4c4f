package api

import "gridwork/domain/consignment"

type (
	// ImportConnection is a page of imports.
	ImportConnection = Connection[consignment.Import]
	// ImportRejectConnection is a page of why rows were not taken.
	ImportRejectConnection = Connection[consignment.Reject]
)

// ImportPayload is what a change of an import gives.
type ImportPayload struct {
	Import *consignment.Import
	Errors []UserError
}
