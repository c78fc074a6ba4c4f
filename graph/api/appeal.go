package api

import (
	"time"

	"github.com/google/uuid"

	"gridwork/domain/casework"
)

// AppealConnection is a page of appeals.
type AppealConnection = Connection[casework.Appeal]

// AppealPayload is what appealing and reviewing give.
type AppealPayload struct {
	Appeal *casework.Appeal
	Errors []UserError
}

// AppealReview is what one reviewer says to an appeal.
type AppealReview struct {
	Reviewer uuid.UUID
	Grant    bool
	Note     string
	At       time.Time
}

// ReviewsOf are what the reviewers of an appeal say, in order. The second one's is the decision.
func ReviewsOf(a casework.Appeal) []AppealReview {
	reviews := []AppealReview{}
	if a.FirstReviewer != nil {
		reviews = append(reviews, AppealReview{*a.FirstReviewer, *a.FirstDecision, *a.FirstNote, *a.FirstAt})
	}
	if a.SecondReviewer != nil {
		reviews = append(reviews, AppealReview{*a.SecondReviewer, *a.SecondDecision, *a.SecondNote, *a.DecidedAt})
	}
	return reviews
}
