package api

import "gridwork/domain/casework"

// Dispute is what is known of a case that is one.
type Dispute struct {
	Steps    []casework.DisputeStep
	Outcome  *casework.DisputeOutcome
	SentUpTo *casework.SentUpTo
}
