package api

import "gridwork/domain/inspection"

type (
	// CampaignConnection is a page of campaigns.
	CampaignConnection = Connection[inspection.Campaign]
	// PlanConnection is a page of plans.
	PlanConnection = Connection[inspection.Plan]
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

// CampaignPayload is what closing a campaign gives.
type CampaignPayload struct {
	Campaign *inspection.Campaign
	Errors   []UserError
}

// PlanPayload is what making or ending a plan gives.
type PlanPayload struct {
	Plan   *inspection.Plan
	Errors []UserError
}

// InspectionTaskPayload is what handing a task on gives.
type InspectionTaskPayload struct {
	Task   *inspection.Task
	Errors []UserError
}

// InspectionScore is what an inspection's answers came to, with the grade as its checklist calls it.
type InspectionScore struct {
	Earned   float64
	Possible float64
	Critical bool
	Grade    *inspection.Band
}
