package api

import "gridwork/domain/casework"

// SupervisionOrderConnection is a page of orders.
type SupervisionOrderConnection = Connection[casework.SupervisionOrder]

// OrderPayload is what ordering, replying and deciding give.
type OrderPayload struct {
	Order  *casework.SupervisionOrder
	Errors []UserError
}

// RateOutcomePayload is what rating gives.
type RateOutcomePayload struct {
	Clue   *TrackedClue
	Errors []UserError
}
