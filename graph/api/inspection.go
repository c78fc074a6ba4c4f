package api

import "gridwork/domain/inspection"

type (
	// CampaignConnection is a page of campaigns.
	CampaignConnection = Connection[inspection.Campaign]
	// InspectionTaskConnection is a page of inspection tasks.
	InspectionTaskConnection = Connection[inspection.Task]
)

// StartCampaignPayload is what starting a campaign gives.
type StartCampaignPayload struct {
	Campaign *inspection.Campaign
	Errors   []UserError
}

// SubmitInspectionPayload is what submitting an inspection gives.
type SubmitInspectionPayload struct {
	Task     *inspection.Task
	Repeated bool
	Errors   []UserError
}
