package api

import (
	"gridwork/domain/escalation"
	"gridwork/domain/notify"
)

// PublishLadderInput is a ladder as an administrator writes it.
type PublishLadderInput struct {
	Code   string
	NameZH string
	NameEN string
	Steps  []escalation.Step
}

// Ladder is what it comes to, before it has a version.
func (in PublishLadderInput) Ladder() escalation.Ladder {
	return escalation.Ladder{Code: in.Code, NameZH: in.NameZH, NameEN: in.NameEN, Steps: in.Steps}
}

// LadderPayload is what publishing a ladder gives.
type LadderPayload struct {
	Ladder *escalation.Ladder
	Errors []UserError
}

// QuietRulePayload is what publishing a quiet rule gives.
type QuietRulePayload struct {
	QuietRule *notify.QuietRule
	Errors    []UserError
}
