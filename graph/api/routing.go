package api

import "gridwork/domain/routing"

// RuleSetConnection is a page of rule sets.
type RuleSetConnection = Connection[routing.Set]

// RuleSetPayload is what every change of a rule set gives.
type RuleSetPayload struct {
	RuleSet *routing.Set
	Errors  []UserError
}
