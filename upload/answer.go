package upload

import (
	"encoding/json"

	"github.com/tus/tusd/v2/pkg/handler"

	"gridwork/refusal"
)

// inTus is the error as tusd passes it on.
func inTus(err error) error {
	status, headers, told := refusal.Of(err)
	body, _ := json.Marshal(told) // three strings
	return handler.Error{ErrorCode: "REFUSED", Message: "refused", HTTPResponse: handler.HTTPResponse{StatusCode: status, Body: string(body), Header: headers}}
}
