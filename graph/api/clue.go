package api

import (
	"time"

	"gridwork/domain/casework"
	"gridwork/domain/clue"
)

type (
	// ClueConnection is a page of clues.
	ClueConnection = Connection[clue.Clue]
	// VerifyTaskConnection is a page of verifications.
	VerifyTaskConnection = Connection[clue.VerifyTask]
)

// TrackedClue is the reporter's view of a clue.
type TrackedClue struct {
	clue.Progress
	ReopenUntil  *time.Time
	RatableUntil *time.Time
	Rating       *casework.Rating
}

// SubmitCluePayload is what submitting gives.
type SubmitCluePayload struct {
	Number    *int64
	Cell      *string
	ClaimCode *string
	Repeated  bool
	Errors    []UserError
}

// CluePayload is what every action on a clue gives.
type CluePayload struct {
	Clue   *clue.Clue
	Errors []UserError
}
