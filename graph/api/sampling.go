package api

import "gridwork/domain/sampling"

type (
	// SampleConnection is a page of samples.
	SampleConnection = Connection[sampling.Sample]
	// ReinspectionConnection is a page of cases that are looked at again.
	ReinspectionConnection = Connection[sampling.Reinspection]
)

// SamplePayload is what drawing and closing give.
type SamplePayload struct {
	Sample *sampling.Sample
	Errors []UserError
}

// ReinspectionPayload is what answering, settling and assigning give.
type ReinspectionPayload struct {
	Reinspection *sampling.Reinspection
	Errors       []UserError
}
