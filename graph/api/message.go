package api

import "gridwork/domain/notify"

// MessageConnection is a page of an inbox.
type MessageConnection = Connection[notify.Message]

// MessagePayload is what reading or acknowledging gives.
type MessagePayload struct {
	Message *notify.Message
	Errors  []UserError
}

// RequeuePayload is what requeueing a delivery gives.
type RequeuePayload struct {
	Requeued bool
	Errors   []UserError
}

// DeadDeliveryConnection is a page of deliveries that were given up.
type DeadDeliveryConnection = Connection[notify.Delivery]
