package api

import "gridwork/domain/safety"

// AlarmPayload is what an answer to an alarm, or its end, gives.
type AlarmPayload struct {
	Alarm  *safety.Alarm
	Errors []UserError
}
